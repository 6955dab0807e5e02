//! What the engine keeps whatever a policy says, seen with the categories of a company.

use std::{collections::BTreeSet, fs};

use engine::policy::{self, Keep};
use ledger::{note::Vkey, verify_log};
use serde_json::json;

use super::bench::{Company, Person};
use crate::world::Answer;

impl Company {
    /// The categories that the engine of this version takes and serves.
    pub(crate) fn usable(&self) -> Vec<String> {
        let open = |id: &str| {
            self.chain(id).iter().all(|part| {
                let kept = !matches!(part.keep, Keep::Never | Keep::ForEver);
                let feature = self.needs(id).iter().all(|needed| {
                    self.policy.feature(needed).is_none_or(|own| own.closed.is_none())
                });
                part.closed.is_none() && kept && feature && !self.purposes(&part.id).is_empty()
            })
        };
        let all = self.policy.categories.iter().map(|category| category.id.clone());
        all.filter(|id| open(id)).collect()
    }

    /// One record of every category, each of a person of their own.
    fn everything(&self) -> Vec<(String, Person, super::values::Written)> {
        let one = |category: String| {
            let person = self.person_of(&category);
            let written = self.write(&person, &category);
            (category, person, written)
        };
        self.usable().into_iter().map(one).collect()
    }

    /// No category, field, purpose or kind of person but the declared ones.
    pub(crate) fn declared_only(&self) {
        for category in self.usable() {
            let person = self.person_of(&category);
            self.ready(&person, &category);
            let mut fields = self.filled(&person, &category).fields;
            fields.insert("religion".to_owned(), json!("none"));
            let refused = self.send(&self.system, &person, &category, &fields);
            assert_eq!(refused.status, 422, "{category}: {}", refused.text());
            assert_eq!(refused.json()["field"], "religion", "{category}");
            let known = self.copy(&person).to_string();
            assert!(!known.contains("religion"), "{known}");
        }
        let person = self.person(&self.policy.people[..1]);
        let hobby = self.server.record(&self.system, &person.id, "hobby", None, json!({"a": "b"}));
        assert_eq!((hobby.status, hobby.json()["field"].as_str()), (422, Some("category")));
        let stranger = json!({"people": ["rival"]});
        let stranger = self.server.post(&self.system, "/v1/subjects", stranger);
        assert_eq!(
            (stranger.status, stranger.json()["rule"].as_str()),
            (422, Some("scope.people"))
        );
        let before = self.server.send("GET", "/policy", &[], None);
        assert_eq!(before.status, 200, "who only looks is nobody's data");
    }

    /// A read names a purpose of the policy and of its category; both answers stand in the history.
    pub(crate) fn purpose_bound(&self) {
        for (category, person, written) in self.everything() {
            let without = self.server.get(&self.system, &format!("/v1/records/{}", written.id));
            assert_eq!(without.status, 422, "{category}");
            let purpose = self.purposes(&category)[0].id.clone();
            assert_eq!(self.read_as(&self.system, &written.id, &purpose).status, 200);
            let foreign = self.policy.purposes.iter().map(|own| own.id.as_str());
            let own = &self.category(&category).purposes;
            for other in foreign.filter(|id| !own.iter().any(|known| known == id)) {
                assert_eq!(self.read_as(&self.system, &written.id, other).status, 403);
            }
            let path = format!("/v1/ledger/entries?subject={}&limit=200", person.id);
            let told = self.server.get(&self.officer, &path).json();
            let entries = told["entries"].as_array().unwrap();
            let named = |act: &str| entries.iter().any(|entry| entry["act"] == act);
            assert!(named("read"), "{told}");
            let read = entries.iter().find(|entry| entry["act"] == "read").unwrap();
            assert_eq!(read["purpose"], *purpose);
        }
    }

    /// Nobody of staff reads anything but for a purpose that names them, and nobody runs the workspace.
    pub(crate) fn least_privilege(&self) {
        let roles: Vec<&String> = self.policy.staff.iter().collect();
        for (category, person, written) in self.everything() {
            for purpose in self.purposes(&category) {
                for role in &roles {
                    // A purpose that needs a reason is closed to staff until access was given.
                    let allowed = purpose.by.contains(role) && purpose.needs.is_empty();
                    let token = self.staff(role);
                    let read = self.read_as(&token, &written.id, &purpose.id).status;
                    let wanted = if allowed { 200 } else { 403 };
                    assert_eq!(read, wanted, "{role}: {category} for {}", purpose.id);
                }
            }
            let stolen = self.server.get(&self.admin, &format!("/v1/records/{}", written.id));
            assert_eq!(stolen.status, 403, "the admin reads {category}");
            drop(person);
        }
        let nobody = self.person(&self.policy.people[..1]);
        for role in roles {
            let token = self.staff(role);
            for (path, body) in [
                ("/v1/tokens", json!({"role": "admin"})),
                ("/v1/sweeps", json!({})),
                ("/v1/holds", json!({"subject": nobody.id, "case": "1"})),
                ("/v1/consents", json!({"subject": nobody.id, "purpose": "x", "language": "en"})),
                ("/v1/requests", json!({"subject": nobody.id, "kind": "erasure"})),
            ] {
                assert_eq!(self.server.post(&token, path, body).status, 403, "{role} {path}");
            }
            assert_eq!(self.server.get(&token, "/v1/promises").status, 403, "{role}");
        }
        let made = json!({"role": "staff", "staff": "chef"});
        let made = self.server.post(&self.admin, "/v1/tokens", made);
        assert_eq!(made.json()["rule"], "scope.staff", "{}", made.text());
    }

    /// A purpose of a category that waits for the person's own word.
    fn rests_on_consent(&self, category: &str) -> Option<String> {
        let own = self.category(category);
        let purposes = self.purposes(category);
        purposes.iter().find(|purpose| purpose.needs_consent(own)).map(|purpose| purpose.id.clone())
    }

    /// Using a service gives no consent: only a recorded act of the person does.
    pub(crate) fn use_is_no_consent(&self) {
        let asking = |id: &String| self.rests_on_consent(id).is_some();
        let category = self.usable().into_iter().find(asking).expect("a purpose rests on consent");
        let purpose = self.rests_on_consent(&category).unwrap();
        let person = self.person_of(&category);
        self.open(&category);
        self.consents_but(&person, &category, Some(&purpose));
        for days in [1, 40, 400] {
            self.pass(days * 86_400);
            self.server.get(&person.token, &format!("/v1/subjects/{}", person.id));
            self.server.get(&person.token, "/v1/policy");
            let decided = self.decide_as(&self.system, &person, &category, &purpose);
            assert_eq!(decided["reason"], "no_consent", "{decided}");
        }
        let body = json!({"subject": person.id, "purpose": purpose, "language": "en"});
        assert_eq!(self.server.post(&self.admin, "/v1/consents", body).status, 403);
        assert_eq!(self.consent(&person, &purpose).status, 201);
        let decided = self.decide_as(&self.system, &person, &category, &purpose);
        assert_eq!(decided["decision"], "allow", "{decided}");
    }

    /// Every category that is stored has an end, on the page as in the file, and none without is accepted.
    pub(crate) fn bounded(&self) {
        let page = self.page(&self.policy.binding.clone());
        let data = page["chapters"].as_array().unwrap().iter().find(|one| one["id"] == "data");
        for row in data.unwrap()["rows"].as_array().unwrap() {
            let id = row["path"].as_str().unwrap().trim_start_matches("data.");
            let path = format!("data.{id}");
            let own = self.policy.rows.iter().find(|row| row.path == path).unwrap();
            assert!(own.keys.iter().any(|key| ["keep", "grace"].contains(&key.key.as_str())));
            assert!(row["facts"].as_array().unwrap().len() >= 3, "{row}");
        }
        let line = self.source.lines().find(|line| line.starts_with("keep ")).unwrap();
        let altered = self.source.replacen(&format!("{line}\n"), "", 1);
        let findings = policy::check("altered", &altered).findings;
        assert!(findings.iter().any(|found| found.severity == policy::Severity::Error));
        for category in ["as needed", "as long as required"] {
            let vague = self.source.replacen(line, &format!("keep = \"{category}\""), 1);
            assert!(policy::check("altered", &vague).policy.is_none(), "{category}");
        }
    }

    /// No value of any category lies on the disk in clear, nor in a backup.
    pub(crate) fn sealed(&self) {
        let all = self.everything();
        let canaries = all.iter().flat_map(|(_, _, one)| &one.canaries);
        let canaries: Vec<&str> = canaries.map(String::as_str).collect();
        assert!(canaries.len() >= all.len(), "something to look for");
        let beside = self.server.folder.path().join("backups");
        engine::backup::take(&self.server.deployment, &beside, 30).unwrap();
        let found = self.in_clear(&canaries);
        assert!(found.is_empty(), "on the disk in clear: {found:?}");
    }

    /// Another workspace of the same company finds nothing: not by id, not by value, not in words.
    pub(crate) fn walls(&self) {
        let other = self.server.deployment.create_workspace("other", &self.source).unwrap();
        let token = |role| {
            let new = engine::token::New { role, subject: None, expires: None };
            self.server.deployment.token(other, &new).unwrap()
        };
        let [system, admin] = [engine::Role::System, engine::Role::Admin].map(token);
        for (category, person, written) in self.everything() {
            let purpose = self.purposes(&category)[0].id.clone();
            let record = format!("/v1/records/{}", written.id);
            let answers: Vec<Answer> = vec![
                self.server.get(&system, &format!("{record}?purpose={purpose}")),
                self.server.patch(&system, &record, json!({"fields": {}})),
                self.server.delete(&admin, &record),
                self.server.get(&system, &format!("/v1/subjects/{}", person.id)),
                self.server.delete(&admin, &format!("/v1/subjects/{}", person.id)),
                self.server
                    .get(&system, &format!("/v1/records?subject={}&purpose={purpose}", person.id)),
            ];
            for answer in answers {
                assert_eq!(answer.status, 404, "{category}: {}", answer.text());
                for canary in &written.canaries {
                    assert!(!answer.text().contains(canary));
                }
            }
            assert_eq!(self.status(&category, &written.id), 200, "{category} is still there");
        }
    }

    /// The log can be fetched and verified by anybody; one changed bit anywhere in it is seen.
    pub(crate) fn tamper_evident(&self) {
        self.everything();
        self.server.deployment.tick().unwrap();
        let known = self.server.get(&self.system, "/v1/ledger").json();
        let tiles = known["tiles"].as_str().unwrap();
        let vkey: Vkey = known["vkey"].as_str().unwrap().parse().unwrap();
        let fetched = |path: &str| {
            let file = self.server.send("GET", &format!("{tiles}{path}"), &[], None);
            (file.status == 200).then_some(file.bytes)
        };
        let whole = verify_log(&fetched, &vkey).unwrap();
        assert!(whole.size >= self.usable().len() as u64, "{}", whole.size);
        let altered = |path: &str| {
            let mut bytes = fetched(path)?;
            if path.contains("entries") {
                *bytes.last_mut()? ^= 1;
            }
            Some(bytes)
        };
        assert!(verify_log(&altered, &vkey).is_err(), "a changed entry fits the log");
        for path in ["/v1/ledger/entries", "/v1/ledger"] {
            for token in [&self.admin, &self.system, &self.officer] {
                assert_eq!(self.server.delete(token, path).status, 405, "{path}");
            }
        }
    }

    /// Nobody gets anything who is not on the list: no route gives it, and no connection leaves the machine.
    pub(crate) fn listed_recipients(&self) {
        self.everything();
        let rows = self.page(&self.policy.binding.clone());
        let listed = rows.to_string();
        for recipient in &self.policy.recipients {
            assert!(listed.contains(&format!("\"recipient.{}\"", recipient.id)));
        }
        let routes = self.server.send("GET", "/openapi.json", &[], None).json();
        let paths: BTreeSet<&String> = routes["paths"].as_object().unwrap().keys().collect();
        for word in ["share", "transfer", "webhook", "forward", "push", "disclos"] {
            assert!(!paths.iter().any(|path| path.contains(word)), "{word} in {paths:?}");
        }
        let away = connections_away();
        assert!(away.is_empty(), "{away:?}");
    }
}

/// Connections of this process to anything but the machine itself.
fn connections_away() -> Vec<String> {
    let own: BTreeSet<String> = fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| {
            let text = link.to_string_lossy().into_owned();
            Some(text.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    let mut away = Vec::new();
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let Ok(text) = fs::read_to_string(format!("/proc/self/net/{table}")) else { continue };
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let remote = cells[2].split(':').next().unwrap();
            let at_home = remote.ends_with("0100007F")
                || remote.bytes().all(|digit| digit == b'0')
                || remote == "00000000000000000000000001000000";
            if own.contains(cells[9]) && !at_home {
                away.push(remote.to_owned());
            }
        }
    }
    away
}
