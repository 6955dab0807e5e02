//! A company on a server of its own, asked over HTTP, beside the policy that it is expected to keep.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use engine::{
    Role,
    policy::{self, Category, Policy, Purpose, SettingKind},
    token,
};
use serde_json::{Value, json};

use crate::world::{Answer, TestServer};

/// The policies that lie beside the code.
pub(crate) fn source(company: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    std::fs::read_to_string(format!("{folder}/{company}.toml")).unwrap()
}

/// One company: a server, and what it promises.
pub(crate) struct Company {
    pub(crate) server: TestServer,
    /// What is expected; the server may run a broken copy, to see a check fail.
    pub(crate) policy: Policy,
    pub(crate) source: String,
    pub(crate) system: String,
    pub(crate) admin: String,
    pub(crate) officer: String,
    staff: RefCell<BTreeMap<String, String>>,
    opened: RefCell<BTreeSet<String>>,
    pub(super) counter: RefCell<u32>,
}

/// Somebody whose data are held, with one record of each category that others hang on.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) records: RefCell<BTreeMap<String, String>>,
}

impl Company {
    pub(crate) fn start(company: &str) -> Company {
        Company::breaking(company, |source| source)
    }

    /// The server keeps an altered policy, while the checks expect the true one.
    pub(crate) fn breaking(company: &str, alter: impl FnOnce(String) -> String) -> Company {
        let source = source(company);
        let policy = policy::check(company, &source).policy.unwrap();
        let altered = alter(source.clone());
        let server = TestServer::with(|_| {});
        let number = server.deployment.create_workspace("main", &altered).unwrap();
        let token = |role| {
            let new = token::New { role, subject: None, expires: None };
            server.deployment.token(number, &new).unwrap()
        };
        let (system, admin) = (token(Role::System), token(Role::Admin));
        let officer = token(Role::Officer);
        let (staff, opened, counter) = (RefCell::default(), RefCell::default(), RefCell::default());
        Company { server, policy, source, system, admin, officer, staff, opened, counter }
    }

    pub(crate) fn category(&self, id: &str) -> &Category {
        self.policy.category(id).unwrap_or_else(|| panic!("no category {id}"))
    }

    pub(crate) fn purpose(&self, id: &str) -> &Purpose {
        self.policy.purpose(id).unwrap_or_else(|| panic!("no purpose {id}"))
    }

    /// A number that no other value of this run has.
    pub(super) fn next(&self) -> u32 {
        let mut counter = self.counter.borrow_mut();
        *counter += 1;
        *counter
    }

    pub(crate) fn staff(&self, role: &str) -> String {
        if role == "officer" {
            return self.officer.clone();
        }
        let known = self.staff.borrow().get(role).cloned();
        known.unwrap_or_else(|| {
            let body = json!({"role": "staff", "staff": role});
            let made = self.server.post(&self.admin, "/v1/tokens", body);
            assert_eq!(made.status, 201, "{}", made.text());
            let token = made.json()["token"].as_str().unwrap().to_owned();
            self.staff.borrow_mut().insert(role.to_owned(), token.clone());
            token
        })
    }

    pub(crate) fn person(&self, kinds: &[String]) -> Person {
        let country = self.policy.company.country.as_str();
        let body = json!({"people": kinds, "country": country});
        let id = self.server.post(&self.system, "/v1/subjects", body).id();
        let body = json!({"role": "person", "subject": id});
        let made = self.server.post(&self.admin, "/v1/tokens", body);
        assert_eq!(made.status, 201, "{}", made.text());
        let token = made.json()["token"].as_str().unwrap().to_owned();
        Person { id, token, records: RefCell::default() }
    }

    /// Somebody of the first kind that a category is about.
    pub(crate) fn person_of(&self, category: &str) -> Person {
        self.person(&self.category(category).of[..1])
    }

    /// A category and the wholes above it, itself first.
    pub(crate) fn chain(&self, category: &str) -> Vec<&Category> {
        let mut chain = vec![self.category(category)];
        while let Some(whole) = chain.last().and_then(|last| last.part_of.as_deref()) {
            let Some(whole) = self.policy.category(whole) else { break };
            chain.push(whole);
        }
        chain
    }

    pub(crate) fn switch(&self, feature: &str, on: bool) -> Answer {
        self.opened.borrow_mut().remove(feature);
        self.server.put(&self.admin, &format!("/v1/features/{feature}"), json!({"on": on}))
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals read better without a borrow")]
    pub(crate) fn choose(&self, setting: &str, value: Value) -> Answer {
        self.opened.borrow_mut().remove(setting);
        let path = format!("/v1/settings/{setting}");
        self.server.put(&self.admin, &path, json!({"value": value}))
    }

    pub(crate) fn give_plan(&self, plan: &str) {
        let given = self.server.put(&self.system, "/v1/plan", json!({"plan": plan}));
        assert_eq!(given.status, 204, "{plan}: {}", given.text());
    }

    pub(crate) fn meet(&self, feature: &str, need: &str) {
        let path = format!("/v1/features/{feature}/needs/{need}");
        let met = self.server.put(&self.officer, &path, json!({"reference": "file 7 of 2026"}));
        assert_eq!(met.status, 204, "{need}: {}", met.text());
    }

    /// Accepts each document that the policy wants before use.
    pub(crate) fn accept_documents(&self) {
        let listed = self.server.get(&self.admin, "/v1/documents").json();
        let all = listed["documents"].as_array().unwrap().iter();
        for one in all.filter(|one| one["before_use"] == true) {
            let path = format!("/v1/documents/{}/accept", one["document"].as_str().unwrap());
            let accepted = self.server.post(&self.admin, &path, json!({}));
            assert_eq!(accepted.status, 204, "{path}: {}", accepted.text());
        }
    }

    /// Switches on a feature with its plan and its needs, or a setting; both where both have the name.
    pub(crate) fn turn_on(&self, name: &str) {
        if self.opened.borrow().contains(name) {
            return;
        }
        if let Some(feature) = self.policy.feature(name) {
            if let Some(plan) = feature.plans.last() {
                self.give_plan(plan);
            }
            for need in &feature.needs {
                self.meet(name, need);
            }
            let switched = self.switch(name, true);
            assert_eq!(switched.status, 204, "{name}: {}", switched.text());
        }
        if let Some(setting) = self.policy.setting(name)
            && matches!(setting.kind, SettingKind::Switch { .. })
        {
            let chosen = self.choose(name, json!(true));
            assert_eq!(chosen.status, 204, "{name}: {}", chosen.text());
        }
        self.opened.borrow_mut().insert(name.to_owned());
    }

    /// What a category and its purposes wait for.
    pub(crate) fn needs(&self, category: &str) -> BTreeSet<String> {
        let chain = self.chain(category);
        let parts = chain.iter().filter_map(|part| part.when.clone());
        let purposes = chain.iter().flat_map(|part| self.purposes(&part.id));
        parts.chain(purposes.filter_map(|purpose| purpose.when.clone())).collect()
    }

    /// Makes open what a category and its purposes wait for: features, switches, documents.
    pub(crate) fn open(&self, category: &str) {
        for needed in self.needs(category) {
            self.turn_on(&needed);
        }
        let processor = self.chain(category).iter().any(|part| part.processor);
        if processor && self.opened.borrow_mut().insert("documents of the policy".to_owned()) {
            self.accept_documents();
        }
    }

    /// The purposes of a category that the engine of this version serves.
    pub(crate) fn purposes(&self, category: &str) -> Vec<&Purpose> {
        let own = self.category(category).purposes.iter().map(|id| self.purpose(id));
        own.filter(|purpose| purpose.closed.is_none()).collect()
    }

    pub(crate) fn consent(&self, person: &Person, purpose: &str) -> Answer {
        let language = &self.policy.binding;
        let body = json!({"subject": person.id, "purpose": purpose, "language": language});
        self.server.post(&person.token, "/v1/consents", body)
    }

    pub(crate) fn withdraw(&self, person: &Person, purpose: &str) -> Answer {
        let body = json!({"subject": person.id, "purpose": purpose});
        self.server.post(&person.token, "/v1/consents/withdraw", body)
    }

    /// Gives every consent that a category and its wholes ask for, but one.
    pub(crate) fn consents_but(&self, person: &Person, category: &str, but: Option<&str>) {
        for part in self.chain(category) {
            for purpose in self.purposes(&part.id) {
                if purpose.needs_consent(part) && but != Some(purpose.id.as_str()) {
                    let given = self.consent(person, &purpose.id);
                    assert_eq!(given.status, 201, "{}: {}", purpose.id, given.text());
                }
            }
        }
    }

    pub(crate) fn read_as(&self, token: &str, record: &str, purpose: &str) -> Answer {
        self.server.get(token, &format!("/v1/records/{record}?purpose={purpose}"))
    }

    pub(crate) fn decide_as(
        &self,
        token: &str,
        person: &Person,
        category: &str,
        purpose: &str,
    ) -> Value {
        let body = json!({"subject": person.id, "category": category, "purpose": purpose});
        let decided = self.server.post(token, "/v1/decide", body);
        assert_eq!(decided.status, 200, "{}", decided.text());
        decided.json()
    }

    /// What reading for an open purpose answers; 0 when the category is only counted.
    pub(crate) fn status(&self, category: &str, record: &str) -> u16 {
        let purposes = self.purposes(category);
        let Some(purpose) = purposes.first() else { return 0 };
        self.read_as(&self.system, record, &purpose.id).status
    }

    pub(crate) fn ask(&self, person: &Person, kind: &str, purpose: Option<&str>) -> Answer {
        let mut body = json!({"subject": person.id, "kind": kind});
        if let Some(purpose) = purpose {
            body["purpose"] = purpose.into();
        }
        self.server.post(&person.token, "/v1/requests", body)
    }

    /// The copy that a person has a right to, for whoever still exists.
    pub(crate) fn copy(&self, person: &Person) -> Value {
        let asked = self.ask(person, "access", None);
        assert_eq!(asked.status, 201, "{}", asked.text());
        let id = asked.json()["id"].as_str().unwrap().to_owned();
        let copy = self.server.get(&person.token, &format!("/v1/requests/{id}/export"));
        assert_eq!(copy.status, 200, "{}", copy.text());
        copy.json()
    }

    /// One record as the person's copy shows it.
    pub(crate) fn copied(&self, person: &Person, record: &str) -> Option<Value> {
        let copy = self.copy(person);
        let records = copy["records"].as_array().unwrap().clone();
        records.into_iter().find(|one| one["id"] == record)
    }

    pub(crate) fn sweep(&self) -> Value {
        let swept = self.server.post(&self.admin, "/v1/sweeps", json!({}));
        assert_eq!(swept.status, 200, "{}", swept.text());
        swept.json()
    }

    pub(crate) fn raise(&self, record: &str, event: &str) {
        let body = json!({"record": record, "event": event});
        let raised = self.server.post(&self.system, "/v1/events", body);
        assert_eq!(raised.status, 204, "{event}: {}", raised.text());
    }

    /// One promise as the server judges it.
    pub(crate) fn promise(&self, id: &str) -> Value {
        let told = self.server.get(&self.officer, "/v1/promises").json();
        let all = told["promises"].as_array().unwrap();
        all.iter().find(|one| one["promise"] == id).unwrap().clone()
    }

    /// Which of these words lie in a file of the server in clear. They are ASCII, so decoding loses none.
    pub(crate) fn in_clear<'w>(&self, words: &[&'w str]) -> Vec<&'w str> {
        let files = self.server.files();
        let texts: Vec<_> = files.iter().map(|file| String::from_utf8_lossy(file)).collect();
        assert!(words.iter().all(|word| word.is_ascii()));
        let lies = |word: &&str| texts.iter().any(|text| text.contains(*word));
        words.iter().copied().filter(lies).collect()
    }
}
