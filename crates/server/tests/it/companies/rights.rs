//! What a person can ask for, and has at once.

use engine::policy;
use serde_json::json;

use super::bench::Company;

impl Company {
    /// The copy holds everything of the person, and nothing of others.
    pub(crate) fn right_of_access(&self) {
        for category in self.usable() {
            let person = self.person_of(&category);
            let other = self.person_of(&category);
            let written = self.write(&person, &category);
            let strange = self.write(&other, &category);
            let copy = self.copy(&person);
            let records = copy["records"].as_array().unwrap();
            for record in person.records.borrow().values() {
                assert!(records.iter().any(|one| one["id"] == **record), "{category}");
            }
            assert!(records.iter().any(|one| one["id"] == written.id), "{category}");
            let text = copy.to_string();
            for canary in &strange.canaries {
                assert!(!text.contains(canary), "{category} of somebody else");
            }
            let history = copy["history"].as_array().unwrap();
            assert!(history.iter().any(|entry| entry["act"] == "record written"), "{copy}");
            let id = self.ask(&person, "access", None).json()["id"].as_str().unwrap().to_owned();
            let path = format!("/v1/requests/{id}/export");
            assert_ne!(self.server.get(&other.token, &path).status, 200, "somebody else's copy");
        }
    }

    /// A wrong value is put right at the person's request; the old one is read by nobody and found by nobody.
    pub(crate) fn right_of_correction(&self) {
        let mut seen = 0;
        for category in self.usable() {
            let person = self.person_of(&category);
            let other = self.person_of(&category);
            let written = self.write(&person, &category);
            let texts = [policy::FieldKind::Text, policy::FieldKind::Email];
            let fields = &self.category(&category).fields;
            let Some(field) = fields.iter().find(|field| texts.contains(&field.kind)) else {
                continue;
            };
            seen += 1;
            let before = self.copied(&person, &written.id).unwrap()["fields"][&field.name].clone();
            let (right, _) = self.value(&person, &category, field);
            let body = json!({
                "subject": person.id, "kind": "correction", "record": written.id,
                "fields": {field.name.as_str(): right},
            });
            let stranger = json!({
                "subject": other.id, "kind": "correction", "record": written.id, "fields": {},
            });
            let asked = self.server.post(&other.token, "/v1/requests", stranger);
            assert_eq!(asked.status, 404, "somebody else's record");
            let asked = self.server.post(&person.token, "/v1/requests", body);
            assert_eq!(asked.status, 201, "{category}: {}", asked.text());
            let after = self.copied(&person, &written.id).unwrap();
            assert_eq!(after["fields"][&field.name], right, "{category}");
            assert!(!after.to_string().contains(before.as_str().unwrap()), "{category}");
            if field.find != policy::Find::No {
                let purpose = &self.purposes(&category)[0].id;
                let find = json!({
                    "field": format!("{category}.{}", field.name), "value": before, "purpose": purpose,
                });
                let found = self.server.post(&self.system, "/v1/records/find", find);
                assert!(!found.text().contains(&written.id), "{category}: {}", found.text());
            }
        }
        assert!(seen > 0, "nothing could be corrected");
    }

    /// What a person gave is handed out with the types of its fields and a sum that fits, and can be taken in.
    pub(crate) fn right_of_portability(&self) {
        let mut seen = 0;
        for category in self.usable() {
            let person = self.person_of(&category);
            let written = self.write(&person, &category);
            let asked = self.ask(&person, "portability", None);
            assert_eq!(asked.status, 201, "{}", asked.text());
            let id = asked.json()["id"].as_str().unwrap().to_owned();
            let file = self.server.get(&person.token, &format!("/v1/requests/{id}/export"));
            assert_eq!(file.status, 200, "{}", file.text());
            let file = file.json();
            let sum = crypto::sha256(&[file["records"].to_string().as_bytes()]);
            let told = file["sha256"].as_str().unwrap();
            let pairs =
                (0..32).map(|at| u8::from_str_radix(&told[2 * at..2 * at + 2], 16).unwrap());
            assert_eq!(pairs.collect::<Vec<u8>>(), sum);
            let records = file["records"].as_array().unwrap();
            let Some(own) = records.iter().find(|one| one["id"] == written.id.as_str()) else {
                continue;
            };
            seen += 1;
            let schema = &file["schema"][&category];
            let fields = own["fields"].as_object().unwrap();
            for field in &self.category(&category).fields {
                assert_eq!(schema[&field.name], field.kind.word(), "{category}");
            }
            // Taken in elsewhere, here under another person, it is the same.
            let plain = fields.values().all(|value| {
                value
                    .as_str()
                    .is_none_or(|text| !text.starts_with("blo_") && !text.starts_with("sub_"))
            });
            let unique = |field: &policy::Field| field.find == policy::Find::Unique;
            if !plain || self.category(&category).fields.iter().any(unique) {
                continue;
            }
            let other = self.person_of(&category);
            self.ready(&other, &category);
            let again = self.send(&self.system, &other, &category, fields);
            assert_eq!(again.status, 201, "{category}: {}", again.text());
            let copied = self.copied(&other, &again.id()).unwrap();
            assert_eq!(copied["fields"], own["fields"], "{category}");
        }
        assert!(seen > 0, "nothing could be taken along");
    }

    /// Who asks is erased at once, whatever periods say, and gets a proof; others stay.
    pub(crate) fn right_to_erasure(&self) {
        for category in self.usable() {
            let person = self.person_of(&category);
            let other = self.person_of(&category);
            let written = self.write(&person, &category);
            let stays = self.write(&other, &category);
            let asked = self.ask(&person, "erasure", None);
            let told = asked.json();
            assert_eq!(told["state"], "answered", "{category}: {}", asked.text());
            let proof = self.statement(told["certificate"].as_str().unwrap());
            assert_eq!(proof["cause"], "request", "{proof}");
            assert!(proof["keys_destroyed"].is_string(), "{proof}");
            assert!([0, 410].contains(&self.status(&category, &written.id)), "{category}");
            let known = self.server.get(&self.system, &format!("/v1/subjects/{}", person.id));
            assert_eq!(known.status, 410, "{category}: {}", known.text());
            assert!(self.copied(&other, &stays.id).is_some(), "{category} of somebody else");
        }
    }

    /// What is restricted stays where it is and is used for nothing until the person lifts it.
    pub(crate) fn right_to_restriction(&self) {
        for category in self.usable() {
            let person = self.person_of(&category);
            let written = self.write(&person, &category);
            let asked = self.ask(&person, "restriction", None);
            assert_eq!(asked.status, 201, "{}", asked.text());
            for purpose in self.purposes(&category) {
                let refused = self.read_as(&self.system, &written.id, &purpose.id);
                let reason = refused.json()["reason"].as_str().unwrap_or("").to_owned();
                assert_eq!((refused.status, reason.as_str()), (403, "restricted"), "{category}");
            }
            assert!(self.copied(&person, &written.id).is_some(), "{category} is still stored");
            let id = asked.json()["id"].as_str().unwrap().to_owned();
            let path = format!("/v1/requests/{id}/lift");
            assert_eq!(self.server.post(&person.token, &path, json!({})).status, 204);
            assert_eq!(self.status(&category, &written.id), 200, "{category}");
        }
    }

    /// Each consent can be taken back, with effect at once.
    pub(crate) fn right_of_withdrawal(&self) {
        let mut seen = 0;
        for category in self.usable() {
            let consented: Vec<String> = self
                .purposes(&category)
                .iter()
                .filter(|purpose| purpose.needs_consent(self.category(&category)))
                .map(|purpose| purpose.id.clone())
                .collect();
            for purpose in consented {
                self.consent_first(&category, &purpose);
                seen += 1;
            }
        }
        for purpose in self.policy.purposes.iter().filter(|purpose| purpose.consent()) {
            self.taken_back(&purpose.id);
            seen += 1;
        }
        assert!(seen > 0, "nothing rests on consent");
    }

    /// A consent stands until it is withdrawn; for what the engine does not open yet none is taken.
    fn taken_back(&self, purpose: &str) {
        let about = |own: &&policy::Category| {
            own.closed.is_none() && own.purposes.iter().any(|id| id == purpose)
        };
        let category = self.policy.categories.iter().find(about);
        let of = category.map_or(self.policy.people.as_slice(), |own| &own.of);
        let person = self.person(&of[..1]);
        let given = self.consent(&person, purpose);
        if self.purpose(purpose).closed.is_some() || category.is_none() {
            assert!((400..500).contains(&given.status), "{purpose}: {}", given.text());
            return;
        }
        assert_eq!(given.status, 201, "{purpose}: {}", given.text());
        let listed = |when: &str| {
            let path = format!("/v1/consents?subject={}", person.id);
            self.server.get(&person.token, &path).json()["consents"][0][when].clone()
        };
        assert!(listed("withdrawn").is_null());
        assert_eq!(self.withdraw(&person, purpose).status, 200);
        assert!(listed("withdrawn").is_string(), "{purpose}");
        let strange = json!({"subject": person.id, "purpose": purpose, "language": "en"});
        let staff = self.staff(&self.policy.staff[0]);
        assert_eq!(self.server.post(&staff, "/v1/consents", strange).status, 403);
    }

    /// Each purpose of the company's own interest can be objected to; one that rests on anything else cannot.
    pub(crate) fn right_to_object(&self) {
        let mut seen = 0;
        for category in self.usable() {
            for purpose in self.purposes(&category) {
                if purpose.objection == engine::policy::Objection::None {
                    let person = self.person_of(&category);
                    let asked = self.ask(&person, "objection", Some(&purpose.id));
                    assert_eq!(asked.status, 422, "{}: {}", purpose.id, asked.text());
                    continue;
                }
                self.objected(&category, &purpose.id);
                seen += 1;
            }
        }
        assert!(seen > 0, "nothing rests on legitimate interest");
    }
}
