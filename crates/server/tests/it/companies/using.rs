//! What data are used for, by whom, and on which ground.

use engine::policy::{Basis, Purpose};
use serde_json::json;

use super::bench::{Company, Person};

fn words(purpose: &Purpose) -> Vec<&'static str> {
    let word = |basis: &Basis| match basis {
        Basis::Contract => "contract",
        Basis::Consent => "consent",
        Basis::ExplicitConsent => "explicit_consent",
        Basis::LegitimateInterest => "legitimate_interest",
        Basis::LegalDuty => "legal_duty",
        Basis::VitalInterest => "vital_interest",
        Basis::PublicTask => "public_task",
        Basis::Instruction => "instruction",
    };
    purpose.bases.iter().map(word).collect()
}

impl Company {
    /// A category is used for this purpose by those who are named, on its ground, and by nobody else.
    pub(crate) fn used_for(&self, category: &str, purpose: &str) {
        let own = self.purpose(purpose);
        let person = self.person_of(category);
        let record = self.write(&person, category).id;
        let decided = self.decide_as(&self.system, &person, category, purpose);
        assert_eq!(decided["decision"], "allow", "{category} for {purpose}: {decided}");
        assert_eq!(decided["rule"], format!("purpose.{purpose}"));
        assert!(words(own).contains(&decided["basis"].as_str().unwrap()), "{decided}");
        assert_eq!(self.read_as(&self.system, &record, purpose).status, 200);
        assert_eq!(self.read_as(&person.token, &record, purpose).status, 200);
        self.roles_of(category, purpose, &person, &record);
        let stranger = self.person_of(category);
        let seen = self.read_as(&stranger.token, &record, purpose).status;
        assert!([403, 404].contains(&seen), "somebody else reads {category}: {seen}");
    }

    fn roles_of(&self, category: &str, purpose: &str, person: &Person, record: &str) {
        let own = self.purpose(purpose);
        for role in self.policy.staff.iter().map(String::as_str).chain(["officer"]) {
            let allowed = own.needs.is_empty() && own.by.iter().any(|named| named == role);
            let token = self.staff(role);
            let wanted = if allowed { ("allow", 200) } else { ("deny", 403) };
            let decided = self.decide_as(&token, person, category, purpose);
            let read = self.read_as(&token, record, purpose);
            assert_eq!(
                (decided["decision"].as_str().unwrap(), read.status),
                wanted,
                "{role} uses {category} for {purpose}: {decided}"
            );
        }
        assert_eq!(self.read_as(&self.admin, record, purpose).status, 403, "admin");
    }

    /// A category is used for these purposes and refused for all others.
    pub(crate) fn only_for(&self, category: &str, purposes: &[&str]) {
        let person = self.person_of(category);
        let record = self.write(&person, category).id;
        let others = self.policy.purposes.iter().map(|purpose| purpose.id.as_str());
        for other in others.chain(["curiosity", "religion"]) {
            let open = purposes.contains(&other);
            let closed = self.policy.purpose(other).is_some_and(|own| own.closed.is_some());
            if open && closed {
                continue;
            }
            let decided = self.decide_as(&self.system, &person, category, other);
            let read = self.read_as(&self.system, &record, other);
            let wanted = if open { ("allow", 200) } else { ("deny", 403) };
            assert_eq!(
                (decided["decision"].as_str().unwrap(), read.status),
                wanted,
                "{category} for {other}: {decided}"
            );
        }
    }

    /// A purpose with all its categories, and with none other.
    pub(crate) fn purpose_of(&self, purpose: &str, categories: &[&str]) {
        for category in self.usable() {
            if categories.contains(&category.as_str()) {
                self.used_for(&category, purpose);
                continue;
            }
            let person = self.person_of(&category);
            let decided = self.decide_as(&self.system, &person, &category, purpose);
            assert_eq!(decided["decision"], "deny", "{category} for {purpose}: {decided}");
        }
    }

    /// Each use for a purpose names this ground, on every category of it.
    pub(crate) fn basis(&self, purpose: &str, basis: &str) {
        let mut seen = 0;
        for category in self.usable() {
            if !self.purposes(&category).iter().any(|own| own.id == purpose) {
                continue;
            }
            let person = self.person_of(&category);
            self.ready(&person, &category);
            let decided = self.decide_as(&self.system, &person, &category, purpose);
            assert_eq!(
                (decided["decision"].as_str(), decided["basis"].as_str()),
                (Some("allow"), Some(basis)),
                "{category}: {decided}"
            );
            seen += 1;
        }
        assert!(seen > 0, "nothing is used for {purpose}");
    }

    /// Nothing without the person's own word, all with it, and nothing once it is taken back.
    pub(crate) fn consent_first(&self, category: &str, purpose: &str) {
        let whole = self.category(category);
        let alone = self.purposes(category).iter().all(|own| own.needs_consent(whole));
        let person = self.person_of(category);
        self.open(category);
        self.consents_but(&person, category, Some(purpose));
        let refused = self.decide_as(&self.system, &person, category, purpose);
        assert_eq!(refused["reason"], "no_consent", "{refused}");
        // A whole that waits for the same word is refused before its part can be tried.
        let above = self.chain(category).split_off(1);
        let shared = above.iter().any(|part| part.purposes.iter().any(|own| own == purpose));
        if alone && !shared {
            self.whole(&person, category);
            let copy = self.copy(&person)["records"].as_array().unwrap().len();
            let other = self.person_of(category);
            self.consents_but(&other, category, None);
            let fields = self.filled(&other, category).fields;
            let written = self.send(&self.system, &person, category, &fields);
            assert_eq!(written.json()["reason"], "no_consent", "{}", written.text());
            assert_eq!(self.copy(&person)["records"].as_array().unwrap().len(), copy);
        }
        let written = self.write(&person, category);
        assert_eq!(self.read_as(&self.system, &written.id, purpose).status, 200);
        let withdrawn = self.withdraw(&person, purpose);
        assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
        let after = self.read_as(&self.system, &written.id, purpose).status;
        assert_eq!(after, if alone { 410 } else { 403 });
        assert_eq!(self.copied(&person, &written.id).is_none(), alone);
        for canary in written.canaries.iter().filter(|_| alone) {
            assert!(!self.copy(&person).to_string().contains(canary), "{canary}");
        }
    }

    /// No role and no category: nothing is ever used for this, and no policy can allow it beside the promise.
    pub(crate) fn never(&self, kind: &str) {
        let category = self.usable().into_iter().next().unwrap();
        let person = self.person_of(&category);
        let record = self.write(&person, &category).id;
        for category in &self.policy.categories {
            for token in [&self.system, &self.admin, &self.officer] {
                let decided = self.decide_as(token, &person, &category.id, kind);
                assert_eq!(decided["decision"], "deny", "{decided}");
                assert_eq!(decided["rule"], format!("never.{kind}"));
            }
        }
        for token in [&self.system, &person.token, &self.officer] {
            assert_eq!(self.read_as(token, &record, kind).status, 403);
        }
        let row = format!("\nquiet_use = {{ kind = \"{kind}\", basis = \"consent\" }}\n");
        let altered = self.source.replacen("\n[purpose]", &format!("\n[purpose]{row}"), 1);
        assert_ne!(altered, self.source);
        let findings = engine::policy::check("altered", &altered).findings;
        let named = findings.iter().any(|found| found.rule == "forbidden-kind");
        assert!(named, "{:?}", findings.iter().map(|found| found.rule).collect::<Vec<_>>());
    }

    /// A person's word that a purpose must not go on: it stops at once, or is weighed, as the policy says.
    pub(crate) fn objected(&self, category: &str, purpose: &str) {
        let person = self.person_of(category);
        let record = self.write(&person, category).id;
        assert_eq!(self.read_as(&self.system, &record, purpose).status, 200);
        let asked = self.ask(&person, "objection", Some(purpose));
        assert_eq!(asked.status, 201, "{}", asked.text());
        let decided = self.decide_as(&self.system, &person, category, purpose);
        let read = self.read_as(&self.system, &record, purpose).status;
        let seen = (decided["decision"].as_str().unwrap(), decided["reason"].as_str().unwrap());
        match self.purpose(purpose).objection {
            engine::policy::Objection::Honoured => {
                assert_eq!((seen, read), (("deny", "objection"), 403));
            }
            engine::policy::Objection::Weighed => {
                assert_eq!((seen, read), (("allow", "weighed"), 200));
            }
            engine::policy::Objection::None => panic!("nobody can object to {purpose}"),
        }
        let id = asked.json()["id"].as_str().unwrap().to_owned();
        let lifted = self.server.post(&person.token, &format!("/v1/requests/{id}/lift"), json!({}));
        assert_eq!(lifted.status, 204, "{}", lifted.text());
        assert_eq!(self.read_as(&self.system, &record, purpose).status, 200);
    }
}
