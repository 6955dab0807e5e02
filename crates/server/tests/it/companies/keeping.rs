//! What is left out, kept back or kept longer: pseudonyms, what is never stored or shared, duties of the law, answers.

use std::collections::BTreeSet;

use engine::time;
use serde_json::json;

use super::{bench::Company, values::PHOTO};

const DAY: i64 = 86_400_000_000;

impl Company {
    /// Who reads for this purpose sees these values as tokens or not at all; one person's records have one stand-in.
    pub(crate) fn pseudonymous(&self, category: &str, purpose: &str, veiled: &[&str]) {
        let person = self.person_of(category);
        let [written, again] = [(); 2].map(|()| self.write(&person, category));
        let seen = self.read_as(&self.system, &written.id, purpose);
        assert_eq!(seen.status, 200, "{}", seen.text());
        let clear = self.copied(&person, &written.id).unwrap()["fields"].clone();
        for name in veiled {
            assert!(clear[name].is_string(), "{category} has no text {name}");
            let shown = seen.json()["fields"][name].clone();
            let token = shown.as_str().is_some_and(|text| text.starts_with("psn_"));
            assert!(shown.is_null() || token, "{category}.{name} for {purpose}: {shown}");
        }
        let known = self.category(category).fields.iter().map(|field| field.name.as_str());
        let open: Vec<&str> = known.filter(|name| !veiled.contains(name)).collect();
        assert!(open.iter().any(|name| !seen.json()["fields"][name].is_null()) || open.is_empty());
        let stand_in =
            |record: &str| self.read_as(&self.system, record, purpose).json()["subject"].clone();
        assert_eq!(stand_in(&written.id), stand_in(&again.id));
    }

    /// Nothing of it is stored, whoever sends it.
    pub(crate) fn never_stored(&self, category: &str) {
        let person = self.person_of(category);
        self.ready(&person, category);
        self.whole(&person, category);
        let before = self.copy(&person)["records"].as_array().unwrap().len();
        let field = self.category(category).fields[0].clone();
        let upload = self.upload(&person, category, &field, PHOTO);
        assert_eq!(upload.status, 403, "{}", upload.text());
        let fields = json!({field.name: "blo_0000000000000000000000000z"});
        let whole = self.whole(&person, category);
        let written =
            self.server.record(&self.system, &person.id, category, whole.as_deref(), fields);
        assert_eq!(written.status, 403, "{}", written.text());
        assert_eq!(self.copy(&person)["records"].as_array().unwrap().len(), before);
    }

    /// No recipient is named for it, and no route gives it to anybody.
    pub(crate) fn not_shared(&self, categories: &[&str]) {
        for category in categories {
            for recipient in &self.policy.recipients {
                let gets =
                    recipient.gets.iter().any(|piece| piece.split('.').next() == Some(category));
                assert!(!gets, "{} gets {category}", recipient.id);
            }
            let row = self.row(&self.policy.binding, &format!("data.{category}"));
            let mut facts = row["facts"].as_array().unwrap().iter();
            assert!(facts.any(|fact| fact["label"] == "passed on"), "{row}");
        }
        self.listed_recipients();
    }

    /// An erasure leaves these fields, for this duty alone and those who have it, until their day.
    pub(crate) fn left_by_law(&self, category: &str, purpose: &str, fields: &[&str]) {
        let person = self.person_of(category);
        let written = self.write(&person, category);
        let asked = self.ask(&person, "erasure", None).json();
        let kept = asked["kept"].as_array().unwrap();
        let told = kept.iter().find(|one| one["category"] == category);
        let told = told.unwrap_or_else(|| panic!("{asked}"));
        assert_eq!((&told["reason"], &told["purpose"]), (&json!("legal_duty"), &json!(purpose)));
        assert!(told["until"].is_string(), "{told}");
        assert_eq!(self.status(category, &written.id), 410);
        let path = format!("/v1/statutory?category={category}&purpose={purpose}");
        let by = &self.purpose(purpose).by;
        for role in &self.policy.staff {
            let copies = self.server.get(&self.staff(role), &path);
            assert_eq!(copies.status == 200, by.contains(role), "{role}: {}", copies.text());
        }
        let copies = self.server.get(&self.staff(&by[0]), &path).json();
        let copy = copies["copies"][0]["fields"].as_object().unwrap();
        let names: BTreeSet<&str> = copy.keys().map(String::as_str).collect();
        assert_eq!(names, fields.iter().copied().collect::<BTreeSet<_>>());
        assert!(!copies.to_string().contains(&person.id), "{copies}");
        let until = time::parse(told["until"].as_str().unwrap()).unwrap();
        self.pass((until - self.now()) / 1_000_000 - 1);
        let count = || {
            let copies = self.server.get(&self.staff(&by[0]), &path).json();
            copies["copies"].as_array().unwrap().len()
        };
        self.sweep();
        assert_eq!(count(), 1);
        self.pass(2 * 86_400);
        self.sweep();
        assert_eq!(count(), 0);
    }

    /// A request has a number and a due day at once, no later than the policy says, and is answered before it.
    pub(crate) fn answered_within(&self, days: i64) {
        for country in ["ID", "GB", "SG"] {
            let body = json!({"people": &self.policy.people[..1], "country": country});
            let id = self.server.post(&self.system, "/v1/subjects", body).id();
            for kind in ["access", "restriction"] {
                let body = json!({"subject": id, "kind": kind});
                let asked = self.server.post(&self.system, "/v1/requests", body).id();
                let path = format!("/v1/requests/{asked}");
                let told = self.server.get(&self.officer, &path).json();
                let at = |name: &str| time::parse(told[name].as_str().unwrap()).unwrap();
                let latest =
                    time::day_start(at("received") + (days + 1) * DAY, &self.policy.company.zone);
                assert!(at("due") <= latest, "{country}, {kind}: {told}");
                assert!(at("due") > at("received"), "{told}");
                assert!(at("answered") <= at("due"), "{told}");
            }
        }
    }
}
