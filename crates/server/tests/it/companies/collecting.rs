//! What is collected: all that is declared, nothing else, and nothing for a feature that is off.

use std::collections::BTreeSet;

use engine::policy::{self, FieldKind};
use serde_json::{Map, Value, json};

use super::bench::{Company, Person};

impl Company {
    /// The fields of a category that a person's copy has to show: secrets may be left out of it.
    fn shown(&self, category: &str, all: bool) -> BTreeSet<String> {
        let fields = self.category(category).fields.iter();
        let shown = fields.filter(|field| {
            (all || field.required) && !matches!(field.kind, FieldKind::Secret | FieldKind::Token)
        });
        shown.map(|field| field.name.clone()).collect()
    }

    fn copied_fields(&self, person: &Person, category: &str, record: &str) -> Map<String, Value> {
        let copied = self.copied(person, record);
        let copied = copied.unwrap_or_else(|| panic!("{category} is not in the copy"));
        assert_eq!(copied["category"], category);
        let mut fields = copied["fields"].as_object().unwrap().clone();
        let secret = |name: &str| {
            let own = self.category(category).fields.iter().find(|field| field.name == name);
            own.is_some_and(|field| matches!(field.kind, FieldKind::Secret | FieldKind::Token))
        };
        fields.retain(|name, _| !secret(name));
        fields
    }

    /// A category takes exactly its declared fields, among them these, and keeps them sealed.
    pub(crate) fn declared(&self, category: &str, named: &[&str]) {
        let declared = &self.category(category).fields;
        for name in named {
            assert!(declared.iter().any(|field| field.name == *name), "{category}: no {name}");
        }
        let person = self.person_of(category);
        self.ready(&person, category);
        let filled = self.filled(&person, category);
        let refused = |fields: &Map<String, Value>, field: &str| {
            let answer = self.send(&self.system, &person, category, fields);
            let told = answer.json();
            assert_eq!(
                (answer.status, told["field"].as_str()),
                (422, Some(field)),
                "{category} without or with {field}: {}",
                answer.text()
            );
        };
        for field in declared.iter().filter(|field| field.required) {
            let mut fields = filled.fields.clone();
            fields.remove(&field.name);
            refused(&fields, &field.name);
        }
        let mut fields = filled.fields.clone();
        fields.insert("undeclared".to_owned(), json!("more"));
        refused(&fields, "undeclared");
        let written = self.send(&self.system, &person, category, &filled.fields);
        assert_eq!(written.json().get("masked"), None, "{}", written.text());
        let copied = self.copied_fields(&person, category, &written.id());
        assert_eq!(copied.keys().cloned().collect::<BTreeSet<_>>(), self.shown(category, true));
        let text = self.copy(&person).to_string();
        for (name, value) in &copied {
            assert!(text.contains(&value.to_string()), "{category}.{name}");
        }
        let canaries: Vec<&str> = filled.canaries.iter().map(String::as_str).collect();
        let found = self.in_clear(&canaries);
        assert!(found.is_empty(), "on the disk in clear: {found:?}");
        self.declared_least(category);
    }

    /// What is optional is not there unless somebody gave it.
    fn declared_least(&self, category: &str) {
        let person = self.person_of(category);
        self.ready(&person, category);
        let mut filled = self.filled(&person, category);
        let optional = self.category(category).fields.iter().filter(|field| !field.required);
        for field in optional {
            filled.fields.remove(&field.name);
        }
        let written = self.send(&self.system, &person, category, &filled.fields).id();
        let copied = self.copied_fields(&person, category, &written);
        assert_eq!(copied.keys().cloned().collect::<BTreeSet<_>>(), self.shown(category, false));
    }

    /// No second record with this value; the first is found by it, until it is erased.
    pub(crate) fn unique(&self, category: &str, field: &str) {
        let [first, second] = [(); 2].map(|()| self.person_of(category));
        let written = self.write(&first, category);
        let value = self.copied_fields(&first, category, &written.id)[field].clone();
        self.ready(&second, category);
        let mut filled = self.filled(&second, category);
        filled.fields.insert(field.to_owned(), value.clone());
        let taken = self.send(&self.system, &second, category, &filled.fields);
        assert_eq!(taken.status, 409, "{}", taken.text());
        self.found(category, field, &value, &written.id);
    }

    /// A record is found by this value, and by no other, until it is erased.
    fn found(&self, category: &str, field: &str, value: &Value, record: &str) {
        let purpose = self.purposes(category)[0].id.clone();
        let find = |value: &Value| {
            let body = json!({
                "field": format!("{category}.{field}"), "value": value, "purpose": purpose,
            });
            self.server.post(&self.system, "/v1/records/find", body).json()["records"].clone()
        };
        assert_eq!(find(value)[0]["id"], *record);
        assert_eq!(find(&json!("nobody@example.org")), json!([]));
        let gone = self.server.delete(&self.admin, &format!("/v1/records/{record}"));
        assert_eq!(gone.status, 200, "{}", gone.text());
        assert_eq!(find(value), json!([]));
    }

    /// Nothing of a category is taken or used unless what it waits for is on; all of it is off until chosen otherwise.
    pub(crate) fn feature_first(&self, category: &str) {
        let needs = self.needs(category);
        assert!(!needs.is_empty(), "{category} waits for nothing");
        let person = self.person_of(category);
        let purpose = self.purposes(category)[0].id.clone();
        let listed = |path: &str, key: &str, name: &str, value: &str| {
            let all = self.server.get(&self.admin, &format!("/v1/{path}")).json();
            let all = all[path].as_array().unwrap().clone();
            let one = all.into_iter().find(|one| one[key] == name);
            one.map_or(Value::Null, |one| one[value].clone())
        };
        for need in &needs {
            if self.policy.feature(need).is_some() {
                assert_eq!(listed("features", "feature", need, "on"), json!(false), "{need}");
            }
            if let Some(setting) = self.policy.setting(need) {
                let wanted = json!(setting.default() == policy::Chosen::Switch(true));
                assert_eq!(listed("settings", "setting", need, "value"), wanted, "{need}");
            }
        }
        for part in self.chain(category).iter().filter_map(|part| part.when.as_deref()) {
            let written = self.write(&person, category);
            assert_eq!(self.status(category, &written.id), 200);
            let fields = self.filled(&person, category).fields;
            let off = match self.policy.setting(part) {
                Some(_) => self.choose(part, json!(false)),
                None => self.switch(part, false),
            };
            assert_eq!(off.status, 204, "{part}: {}", off.text());
            let decided = self.decide_as(&self.system, &person, category, &purpose);
            assert_eq!(decided["reason"], "feature_off", "{category} without {part}: {decided}");
            let refused = self.send(&self.system, &person, category, &fields);
            assert!([403, 410].contains(&refused.status), "{category}: {}", refused.text());
            assert_ne!(self.status(category, &written.id), 200, "{category} without {part}");
            self.turn_on(part);
            person.records.borrow_mut().clear();
        }
    }

    /// The number of a card in a text is masked on its way in, and lies nowhere.
    pub(crate) fn screened(&self, category: &str, field: &str) {
        let person = self.person_of(category);
        self.ready(&person, category);
        let mut filled = self.filled(&person, category);
        let card = "4111 1111 1111 1111";
        filled.fields.insert(field.to_owned(), format!("pay with {card} please").into());
        let written = self.send(&self.system, &person, category, &filled.fields);
        let masked = &written.json()["masked"][0];
        assert_eq!(masked["field"], field, "{}", written.text());
        let copied = self.copied(&person, &written.id()).unwrap().to_string();
        for number in [card, "4111111111111111"] {
            assert!(!copied.contains(number), "{copied}");
            assert!(self.in_clear(&[number]).is_empty());
        }
    }

    /// Words of special categories are masked in every free text; where none can be written, none is stored.
    pub(crate) fn special_words_masked(&self) {
        for category in self.policy.categories.iter().filter(|own| own.special.is_none()) {
            let free = category.fields.iter().find(|field| policy::is_free_text(&field.name));
            let Some(field) = free.map(|field| field.name.clone()) else { continue };
            let person = self.person(&category.of[..1]);
            if !self.usable().contains(&category.id) {
                let fields = json!({field: "I am diabetic"});
                let refused =
                    self.server.record(&self.system, &person.id, &category.id, None, fields);
                assert!(
                    (400..500).contains(&refused.status),
                    "{}: {}",
                    category.id,
                    refused.text()
                );
                continue;
            }
            self.ready(&person, &category.id);
            let mut fields = self.filled(&person, &category.id).fields;
            fields.insert(field.clone(), "my religion is Hinduism and I have diabetes".into());
            let written = self.send(&self.system, &person, &category.id, &fields);
            assert_eq!(written.json()["masked"][0]["field"], field, "{}", written.text());
            let copied = self.copied(&person, &written.id()).unwrap()["fields"].to_string();
            assert!(!copied.contains("diabetes"), "{copied}");
        }
    }
}
