//! How long things are kept: to the second, and then gone for good, with a proof.

use engine::{
    policy::{Anchor, End, Period, Unit},
    time,
};
use serde_json::{Value, json};

use super::bench::{Company, Person};

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600;

impl Company {
    /// The statements of all certificates, newest first, each verified offline under the published key.
    pub(crate) fn certificates(&self) -> Vec<Value> {
        let listed = self.server.get(&self.officer, "/v1/certificates").json();
        let ids = listed["certificates"].as_array().unwrap().clone();
        ids.iter().map(|one| self.statement(one["id"].as_str().unwrap())).collect()
    }

    pub(crate) fn statement(&self, certificate: &str) -> Value {
        let file = self.server.get(&self.officer, &format!("/v1/certificates/{certificate}"));
        assert_eq!(file.status, 200, "{}", file.text());
        let ledger = self.server.get(&self.officer, "/v1/ledger").json();
        let key = ledger["deployment"]["vkey"].as_str().unwrap().parse().unwrap();
        let trust = ledger::trust::Trust::pinned(vec![key]);
        ledger::certificate::verify(&file.bytes, &trust).unwrap().statement
    }

    /// Waits for a day that every month has, so that months and years are counted without doubt.
    fn on_a_plain_day(&self) {
        let zone = &self.policy.company.zone;
        while time::date(self.now(), zone)[8..10].parse::<u8>().unwrap() > 24 {
            self.pass(24 * HOUR);
        }
    }

    /// Each end of a category comes when the policy says, and neither before nor after.
    pub(crate) fn kept(&self, category: &str, ends: &[&str]) {
        let path = format!("data.{category}");
        let row = self.policy.rows.iter().find(|row| row.path == path).unwrap();
        let written = row.keys.iter().find(|key| ["keep", "grace"].contains(&key.key.as_str()));
        for end in ends {
            let value = &written.unwrap().value;
            assert!(value.contains(&format!("\"{end}\"")), "{category} is kept {value}, not {end}");
        }
        for end in self.ends(category) {
            self.ends_at(category, &end);
        }
    }

    fn ends_at(&self, category: &str, end: &End) {
        self.on_a_plain_day();
        let person = self.person_of(category);
        let written = self.write(&person, category);
        let copied = self.copied(&person, &written.id).unwrap();
        let at = time::parse(copied["at"].as_str().unwrap()).unwrap();
        let short = end.period.count > 0 && matches!(end.period.unit, Unit::Minute | Unit::Hour);
        self.pass(if short { 1 } else { HOUR });
        assert_ne!(self.status(category, &written.id), 410);
        let Some(anchor) = self.happens(&person, &written.id, at, end) else {
            panic!("{category}: {:?} cannot be made to happen here", end.anchor)
        };
        let due = self.due(end.period, anchor);
        if end.period != Period::ZERO {
            self.until(&person, category, due - SECOND);
            assert_ne!(self.status(category, &written.id), 410, "{category} went too soon");
            assert!(self.copied(&person, &written.id).is_some(), "{category} went too soon");
            self.pass(1);
        }
        self.gone(&person, category, &written.id, matches!(end.anchor, Anchor::FeatureOff(_)));
        for canary in &written.canaries {
            assert!(!self.copy(&person).to_string().contains(canary), "{canary}");
        }
    }

    /// Unreadable before any sweep, erased by the sweep, and proved.
    fn gone(&self, person: &Person, category: &str, record: &str, off: bool) {
        let status = self.status(category, record);
        let wanted: &[u16] = if off { &[403, 410] } else { &[0, 410] };
        assert!(wanted.contains(&status), "{category} is kept too long: {status}");
        assert!(self.copied(person, record).is_none(), "{category} is kept too long");
        assert!(self.sweep()["erased"].as_u64().unwrap() >= 1, "{category} was not swept");
        let status = self.status(category, record);
        assert!([0, 410].contains(&status), "{category} came back: {status}");
        let proofs = self.certificates();
        let rule = |told: &Value| told["rule"].as_str().unwrap_or("").to_owned();
        let proved = proofs.iter().any(|told| {
            told["cause"] == "sweep"
                && told["keys_destroyed"].is_string()
                && self
                    .chain(category)
                    .iter()
                    .any(|part| rule(told).starts_with(&format!("data.{}.", part.id)))
        });
        assert!(proved, "{category} has no certificate: {proofs:?}");
    }

    /// What hangs on something larger goes with it.
    pub(crate) fn kept_with_whole(&self, category: &str, whole: &str) {
        assert_eq!(self.category(category).part_of.as_deref(), Some(whole));
        let person = self.person_of(category);
        let written = self.write(&person, category);
        let holder = person.records.borrow()[whole].clone();
        let erased = self.server.delete(&self.admin, &format!("/v1/records/{holder}"));
        assert_eq!(erased.status, 200, "{}", erased.text());
        assert!([0, 410].contains(&self.status(category, &written.id)));
        assert!(self.copied(&person, &written.id).is_none());
        let told = self.statement(erased.json()["certificate"].as_str().unwrap());
        assert!(told["records"].as_u64().unwrap() >= 2, "{told}");
        self.ends_with_whole(category);
    }

    /// The end of the whole is the end of the part: before it both are there, after it none.
    fn ends_with_whole(&self, category: &str) {
        for end in self.ends(category) {
            if !matches!(end.anchor, Anchor::Disconnected(_) | Anchor::WorkspaceClosed) {
                self.ends_at(category, &end);
            }
        }
    }

    /// A closed account is used for nothing, is whole again when restored, and goes when its time is over.
    pub(crate) fn restorable(&self, account: &str) {
        let person = self.person_of(account);
        let written = self.write(&person, account);
        let purpose = self.purposes(account)[0].id.clone();
        self.raise(&written.id, "closed");
        for token in [&self.system, &person.token] {
            assert_eq!(self.read_as(token, &written.id, &purpose).status, 403);
        }
        self.raise(&written.id, "restored");
        assert_eq!(self.read_as(&self.system, &written.id, &purpose).status, 200);
        self.on_a_plain_day();
        self.pass(HOUR);
        self.raise(&written.id, "closed");
        let grace = self.category(account).grace.unwrap();
        let due = self.due(grace, self.now());
        self.until(&person, account, due - SECOND);
        assert_eq!(self.status(account, &written.id), 403);
        assert_eq!(self.sweep()["erased"], 0);
        self.pass(1);
        self.gone(&person, account, &written.id, false);
        let restored = json!({"record": written.id, "event": "restored"});
        assert_eq!(self.server.post(&self.system, "/v1/events", restored).status, 410);
    }

    /// A hold stops sweep, request and deletion; its release resumes them.
    pub(crate) fn held(&self, category: &str) {
        self.on_a_plain_day();
        let person = self.person_of(category);
        let written = self.write(&person, category);
        let at = self.now();
        let body = json!({"subject": person.id, "case": "Case 7/2026"});
        let hold = self.server.post(&self.officer, "/v1/holds", body).id();
        let before = self.certificates().len();
        let end = self.ends(category).remove(0);
        let anchor = self.happens(&person, &written.id, at, &end).unwrap();
        self.until(&person, category, self.due(end.period, anchor));
        self.sweep();
        let record = format!("/v1/records/{}", written.id);
        for path in [&record, &format!("/v1/subjects/{}", person.id)] {
            let refused = self.server.delete(&self.admin, path);
            assert_eq!(refused.status, 423, "{path}: {}", refused.text());
        }
        assert_eq!(self.certificates().len(), before, "erased under a hold");
        let path = format!("/v1/holds/{hold}/release");
        let released = self.server.post(&self.officer, &path, json!({}));
        assert_eq!(released.status, 200, "{}", released.text());
        self.sweep();
        assert!([0, 410].contains(&self.status(category, &written.id)));
        assert_eq!(self.certificates().len(), before + 1);
    }

    fn acts(&self, person: &Person) -> Vec<String> {
        let path = format!("/v1/ledger/entries?subject={}&limit=200", person.id);
        let told = self.server.get(&self.officer, &path).json();
        let entries = told["entries"].as_array().unwrap().clone();
        entries.iter().map(|entry| entry["act"].as_str().unwrap().to_owned()).collect()
    }

    /// What the application did is told for as long as the register says, and no longer.
    pub(crate) fn application_log(&self, category: &str) {
        let person = self.person_of(category);
        self.write(&person, category);
        let due = self.due(self.register("application_log"), self.now());
        assert!(self.acts(&person).contains(&"record written".to_owned()));
        self.until(&person, category, due - SECOND);
        self.sweep();
        assert!(self.acts(&person).contains(&"record written".to_owned()));
        self.pass(1);
        self.sweep();
        assert!(!self.acts(&person).contains(&"record written".to_owned()));
    }

    /// What concerns safety is remembered for as long as the register says; `promise` is one that counts its entries.
    pub(crate) fn security_log(&self, promise: &str) {
        let counted = || self.promise(promise)["looked_at"].as_u64().unwrap();
        let before = counted();
        self.on_a_plain_day();
        for role in self.policy.staff.iter().take(2) {
            self.staff(role);
        }
        assert!(counted() >= before + 2, "each token is an entry");
        let due = self.due(self.register("security_log"), self.now());
        let nobody = self.person(&self.policy.people[..1]);
        let account = self.usable().remove(0);
        self.until(&nobody, &account, due - SECOND);
        self.sweep();
        let full = counted();
        self.pass(1);
        self.sweep();
        assert!(counted() < full, "the entries of the first day are gone");
    }

    fn register(&self, id: &str) -> Period {
        match &self.policy.register(id).unwrap().keep {
            engine::policy::Keep::Ends(ends) => ends[0].period,
            keep => panic!("{id} ends by {keep:?}"),
        }
    }
}
