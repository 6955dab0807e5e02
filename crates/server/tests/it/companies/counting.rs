//! What is collected to be counted: groups with noise, nobody in them, and nothing of what was counted can be read.

use std::collections::BTreeSet;

use engine::time;
use serde_json::{Value, json};

use super::bench::Company;
use crate::world::Answer;

impl Company {
    /// Records of as many people, all with the same value of a field.
    fn using(&self, category: &str, field: &str, value: &str, people: usize) -> Vec<String> {
        let one = |_| {
            let person = self.person_of(category);
            self.ready(&person, category);
            let mut fields = self.filled(&person, category).fields;
            fields.insert(field.to_owned(), value.into());
            self.send(&self.system, &person, category, &fields).id()
        };
        (0..people).map(one).collect()
    }

    fn count(&self, category: &str, field: &str, month: &str, purpose: &str) -> Answer {
        let body = json!({
            "category": category, "field": field, "month": month, "purpose": purpose,
        });
        self.server.post(&self.system, "/v1/aggregates", body)
    }

    fn over(&self) -> String {
        let month = time::date(self.now(), &self.policy.company.zone)[..7].to_owned();
        self.pass(35 * 86_400);
        month
    }

    /// Large groups are counted with noise, small ones are left out, and no purpose reads what is counted.
    pub(crate) fn counted(&self, category: &str, field: &str, into: &str, purpose: &str) {
        let path = format!("{category}.{field}");
        let records = self.using(category, field, "report", 40);
        self.using(category, field, "rare thing", 3);
        for own in &self.policy.purposes {
            assert_eq!(self.read_as(&self.system, &records[0], &own.id).status, 403, "{}", own.id);
        }
        let month = self.over();
        let made = self.count(into, &path, &month, purpose);
        assert_eq!(made.status, 201, "{}", made.text());
        let groups = made.json()["groups"].as_array().unwrap().clone();
        let values: BTreeSet<&str> =
            groups.iter().map(|one| one["value"].as_str().unwrap()).collect();
        assert_eq!(values, BTreeSet::from(["report"]), "{groups:?}");
        let people = groups[0]["people"].as_u64().unwrap();
        assert!((10..80).contains(&people), "{people}");
        assert!(made.json()["groups_of"].as_u64().unwrap() >= 10);
        assert!(!made.text().contains("sub_") && !made.text().contains("rec_"), "{}", made.text());
        let again = self.count(into, &path, &month, purpose).json();
        assert_eq!(again["groups"], Value::from(groups), "asking again shows nothing more");
    }

    /// Who has switched it off is neither collected nor counted.
    pub(crate) fn uncounted(&self, category: &str, field: &str, into: &str, switch: &str) {
        let purpose = self.category(into).purposes[0].clone();
        self.using(category, field, "report", 40);
        assert_eq!(self.choose(switch, json!(false)).status, 204);
        let person = self.person_of(category);
        let whole = self.whole(&person, category);
        let fields = Value::Object(self.filled(&person, category).fields);
        let refused =
            self.server.record(&self.system, &person.id, category, whole.as_deref(), fields);
        assert_eq!(refused.status, 403, "{}", refused.text());
        let month = self.over();
        let made = self.count(into, &format!("{category}.{field}"), &month, &purpose).json();
        let groups = made["groups"].as_array().map_or(0, Vec::len);
        assert_eq!(groups, 0, "{made}");
    }
}
