//! Uses the whole interface as it is meant to be used, with a mark in every value that can be one.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use engine::policy::{Category, Field, FieldKind, Find, Policy};
use serde_json::{Map, Value, json};

use super::marks::Marks;
use crate::{
    scenarios::stage::{from, jpeg},
    world::{Answer, POLICY, STUDIO, TestServer, Workspace},
};

/// What a request carries.
pub(crate) enum Sent<'a> {
    Nothing,
    Json(Value),
    File(&'a str, &'a [u8]),
}

/// One person with a record of every category that is open.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) records: BTreeMap<String, String>,
    pub(crate) blobs: Vec<String>,
    /// A request of theirs.
    pub(crate) request: String,
    /// What the look-up field was given.
    pub(crate) email: String,
}

/// A server that is being used, and everything that it answered.
pub(crate) struct Drive {
    pub(crate) server: TestServer,
    pub(crate) ws: Workspace,
    pub(crate) policy: Policy,
    pub(crate) marks: Marks,
    calls: Cell<u64>,
    /// Routes that answered with success.
    pub(crate) driven: RefCell<BTreeSet<String>>,
    /// Answers that may not repeat anything, with what was asked.
    pub(crate) bare: RefCell<Vec<(String, Answer)>>,
}

impl Drive {
    pub(crate) fn new() -> Drive {
        let server = from("2026-03-02T02:00:00Z");
        // Somebody approves here, so that the route for it has something to do.
        let policy =
            POLICY.replace(r#"needs = ["ticket"] }"#, r#"needs = ["ticket", "workspace_grant"] }"#);
        let ws = server.workspace_of("main", &policy);
        let marks = Marks::default();
        for (role, token) in [
            ("system", &ws.system),
            ("admin", &ws.admin),
            ("officer", &ws.officer),
            ("staff", &ws.hr),
        ] {
            marks.keep(&format!("token of {role}"), token);
        }
        Drive {
            server,
            ws,
            policy: engine::policy::check("policy", &policy).policy.unwrap(),
            marks,
            calls: Cell::default(),
            driven: RefCell::default(),
            bare: RefCell::default(),
        }
    }

    /// One request with marks in every header that a client may send.
    pub(crate) fn call(&self, token: &str, route: &str, path: &str, sent: Sent<'_>) -> Answer {
        let (method, _) = route.split_once(' ').unwrap();
        let bearer = format!("Bearer {token}");
        let mark = |what: &str| self.marks.same(what);
        let (agent, from) = (mark("user agent"), format!("{}@example.com", mark("from")));
        let (referer, cookie) = (format!("https://a.example/{}", mark("referer")), mark("cookie"));
        let (forwarded, request) = (mark("forwarded for"), mark("request id"));
        let number = self.calls.replace(self.calls.get() + 1);
        let key = format!("{}.{number}", mark("idempotency key"));
        let language = mark("language");
        let name = format!("attachment; filename=\"{}.jpg\"", mark("file name"));
        let mut headers = vec![
            ("authorization", bearer.as_str()),
            ("user-agent", &agent),
            ("from", &from),
            ("referer", &referer),
            ("cookie", &cookie),
            ("x-forwarded-for", &forwarded),
            ("x-request-id", &request),
            ("accept-language", &language),
            ("content-disposition", &name),
        ];
        if method == "POST" {
            headers.push(("idempotency-key", &key));
        }
        let text;
        let body = match sent {
            Sent::Nothing => None,
            Sent::Json(value) => {
                text = value.to_string();
                headers.push(("content-type", "application/json"));
                Some(text.as_bytes())
            }
            Sent::File(media, bytes) => {
                headers.push(("content-type", media));
                Some(bytes)
            }
        };
        let answer = self.server.send(method, path, &headers, body);
        let asked = format!("{method} {path}");
        if answer.status < 400 {
            self.driven.borrow_mut().insert(route.to_owned());
        } else {
            let copy = Answer {
                status: answer.status,
                headers: answer.headers.clone(),
                bytes: answer.bytes.clone(),
            };
            self.bare.borrow_mut().push((asked, copy));
        }
        answer
    }

    pub(crate) fn get(&self, token: &str, route: &str, path: &str) -> Answer {
        self.call(token, &format!("GET {route}"), path, Sent::Nothing)
    }

    pub(crate) fn post(&self, token: &str, path: &str, body: Value) -> Answer {
        self.call(token, &format!("POST {path}"), path, Sent::Json(body))
    }

    /// A person with everything that the policy has a place for.
    pub(crate) fn person(&self) -> Person {
        let body = json!({"people": self.policy.people, "country": "ID"});
        let id = self.post(&self.ws.system, "/v1/subjects", body).id();
        let body = json!({"role": "person", "subject": id});
        let made = self.post(&self.ws.admin, "/v1/tokens", body);
        let token = made.json()["token"].as_str().unwrap().to_owned();
        self.marks.keep("token of a person", &token);
        for purpose in &self.policy.purposes {
            let body = json!({"subject": id, "purpose": purpose.id, "language": "id"});
            self.post(&token, "/v1/consents", body);
        }
        let body = json!({"subject": id, "kind": "access"});
        let request = self.post(&token, "/v1/requests", body).id();
        let mut person = Person {
            id,
            token,
            request,
            records: BTreeMap::new(),
            blobs: Vec::new(),
            email: String::new(),
        };
        for category in &self.policy.categories {
            self.record(&mut person, category);
        }
        person
    }

    fn record(&self, person: &mut Person, category: &Category) {
        let mut fields = Map::new();
        for field in &category.fields {
            if let Some(value) = self.value(person, category, field) {
                fields.insert(field.name.clone(), value);
            }
        }
        if let ("account", Some(email)) = (category.id.as_str(), fields.get("email")) {
            email.as_str().unwrap().clone_into(&mut person.email);
        }
        let mut body = json!({"subject": person.id, "category": category.id, "fields": fields});
        if let Some(whole) = category.part_of.as_ref().and_then(|whole| person.records.get(whole)) {
            body["part_of"] = whole.as_str().into();
        }
        let written = self.post(&self.ws.system, "/v1/records", body);
        if written.status == 201 {
            person.records.insert(category.id.clone(), written.id());
        }
    }

    fn value(&self, person: &mut Person, category: &Category, field: &Field) -> Option<Value> {
        let what = format!("contents of {}", field.name);
        let (media, bytes) = match &field.kind {
            FieldKind::Image => {
                let (place, picture) = (self.marks.word("place of camera"), self.marks.word(&what));
                ("image/jpeg", jpeg(&place, &picture))
            }
            FieldKind::File => ("text/plain", self.marks.word(&what).into_bytes()),
            FieldKind::Person => return Some(person.id.clone().into()),
            _ => return self.marks.value(field),
        };
        let blob = self.upload(person, category, field, media, &bytes);
        if blob.status != 201 {
            return None;
        }
        person.blobs.push(blob.id());
        Some(blob.id().into())
    }

    fn upload(
        &self,
        person: &Person,
        category: &Category,
        field: &Field,
        media: &str,
        bytes: &[u8],
    ) -> Answer {
        let (subject, category, field) = (&person.id, &category.id, &field.name);
        let path = format!("/v1/blobs?subject={subject}&category={category}&field={field}");
        let named = format!("{media}; name=\"{}.jpg\"", self.marks.word("name in media type"));
        self.call(&self.ws.system, "POST /v1/blobs", &path, Sent::File(&named, bytes))
    }

    /// Reads, finds, changes and asks about everything of a person, by every role.
    pub(crate) fn use_everything(&self, person: &Person) {
        let Person { id, token, records, blobs, email, .. } = person;
        let system = &self.ws.system;
        for purpose in &self.policy.purposes {
            let purpose = &purpose.id;
            for record in records.values() {
                let path = format!("/v1/records/{record}?purpose={purpose}");
                self.get(system, "/v1/records/{id}", &path);
            }
            for blob in blobs {
                let path = format!("/v1/blobs/{blob}?purpose={purpose}");
                self.get(system, "/v1/blobs/{id}", &path);
            }
            let path = format!("/v1/records?subject={id}&purpose={purpose}&limit=3");
            self.get(system, "/v1/records", &path);
            for value in [email.clone(), self.marks.word("value to find")] {
                let body = json!({"field": "account.email", "value": value, "purpose": purpose});
                self.post(system, "/v1/records/find", body);
            }
            let body = json!({"subject": id, "category": "account", "purpose": purpose});
            self.post(system, "/v1/decide", body);
        }
        self.change(person);
        for event in ["signed_in", "resolved", "ended", "submitted"] {
            for record in records.values() {
                self.post(system, "/v1/events", json!({"record": record, "event": event}));
            }
        }
        for kind in ["access", "restriction", "objection"] {
            let body = match kind {
                "objection" => json!({"subject": id, "kind": kind, "purpose": "security"}),
                _ => json!({"subject": id, "kind": kind}),
            };
            let request = self.post(token, "/v1/requests", body).id();
            self.get(token, "/v1/requests/{id}", &format!("/v1/requests/{request}"));
            let path = format!("/v1/requests/{request}/export");
            self.get(token, "/v1/requests/{id}/export", &path);
            let path = format!("/v1/requests/{request}/lift");
            self.call(token, "POST /v1/requests/{id}/lift", &path, Sent::Json(json!({})));
        }
        for route in ["/v1/consents", "/v1/requests", "/v1/ledger/entries", "/v1/certificates"] {
            self.get(token, route, &format!("{route}?subject={id}"));
        }
        self.get(token, "/v1/subjects/{id}", &format!("/v1/subjects/{id}"));
        self.hold(person);
        let body = json!({"subject": id, "purpose": "conversation"});
        self.post(token, "/v1/consents/withdraw", body);
    }

    fn change(&self, person: &Person) {
        for (category, record) in &person.records {
            let category = self.policy.category(category).unwrap();
            // What the person is found by stays, so that later requests find them.
            let fields = category
                .fields
                .iter()
                .filter(|field| field.find == Find::No && field.kind != FieldKind::Person)
                .filter_map(|field| Some((field.name.clone(), self.marks.value(field)?)));
            let body = json!({"fields": fields.collect::<Map<String, Value>>()});
            let path = format!("/v1/records/{record}");
            self.call(&self.ws.system, "PATCH /v1/records/{id}", &path, Sent::Json(body));
        }
    }

    /// Support looks into a ticket that it was given access to.
    fn access(&self, person: &Person) {
        let made = json!({"role": "staff", "staff": "support"});
        let made = self.post(&self.ws.admin, "/v1/tokens", made).json();
        let support = made["token"].as_str().unwrap().to_owned();
        self.marks.keep("token of support", &support);
        let fields = json!({"message": self.marks.word("message of a ticket")});
        let body = json!({
            "subject": person.id, "category": "ticket", "part_of": person.records["account"],
            "fields": fields,
        });
        let ticket = self.post(&self.ws.system, "/v1/records", body).id();
        let case = self.marks.word("case of an access");
        let body = json!({
            "subject": person.id, "purpose": "support", "ticket": ticket, "case": case,
        });
        let given = self.post(&support, "/v1/grants", body).id();
        self.get(&support, "/v1/grants", "/v1/grants");
        for (token, act) in [(&self.ws.admin, "approve"), (&person.token, "withdraw")] {
            let (path, route) =
                (format!("/v1/grants/{given}/{act}"), format!("POST /v1/grants/{{id}}/{act}"));
            self.call(token, &route, &path, Sent::Json(json!({})));
            let path = format!("/v1/records/{ticket}?purpose=support");
            self.get(&support, "/v1/records/{id}", &path);
        }
    }

    fn hold(&self, person: &Person) {
        let officer = &self.ws.officer;
        let case = self.marks.word("case of a hold");
        let body = json!({"subject": person.id, "category": "ticket", "case": case});
        let hold = self.post(officer, "/v1/holds", body).id();
        self.get(officer, "/v1/holds", &format!("/v1/holds?subject={}", person.id));
        self.access(person);
        let told = self.get(&person.token, "/v1/notices", "/v1/notices?lang=en").json();
        let notice = told["notices"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/notices/{notice}/seen");
        self.call(&person.token, "POST /v1/notices/{id}/seen", &path, Sent::Json(json!({})));
        let (route, path) =
            ("POST /v1/notices/{id}/acknowledge", format!("/v1/notices/{notice}/acknowledge"));
        self.call(&person.token, route, &path, Sent::Json(json!({})));
        let path = format!("/v1/holds/{hold}/release");
        self.call(officer, "POST /v1/holds/{id}/release", &path, Sent::Json(json!({})));
    }

    /// What belongs to no person: features, tokens, proofs, clock, policy; and the ways to delete.
    pub(crate) fn run_the_workspace(&self, person: &Person) {
        let Workspace { admin, system, .. } = &self.ws;
        for month in ["2026-02", "2026-03"] {
            let body = json!({
                "category": "statistics", "field": "usage.page", "month": month, "purpose": "improvement",
            });
            self.post(system, "/v1/aggregates", body);
        }
        let counts = "/v1/aggregates?category=statistics&purpose=improvement";
        self.get(system, "/v1/aggregates", counts);
        for feature in &self.policy.features {
            let path = format!("/v1/features/{}", feature.id);
            let on = Sent::Json(json!({"on": true}));
            self.call(admin, "PUT /v1/features/{feature}", &path, on);
        }
        self.choose();
        self.minor();
        let made = self.post(admin, "/v1/tokens", json!({"role": "system", "days": 3})).json();
        self.marks.keep("token that is revoked", made["token"].as_str().unwrap());
        let path = format!("/v1/tokens/{}", made["id"]);
        self.call(admin, "DELETE /v1/tokens/{id}", &path, Sent::Nothing);
        self.post(admin, "/v1/test/clock", json!({"run": 60}));
        self.post(admin, "/v1/sweeps", json!({}));
        for route in [
            "/v1/features",
            "/v1/settings",
            "/v1/plan",
            "/v1/documents",
            "/v1/promises",
            "/v1/ledger",
            "/v1/policy",
        ] {
            self.get(system, route, route);
        }
        let kept = "/v1/statutory?category=attendance&purpose=school_reports";
        self.get(system, "/v1/statutory", kept);
        for (category, end) in [("credentials", ""), ("workflow", "/key")] {
            let path = format!("/v1/records/{}{end}", person.records[category]);
            let route = format!("DELETE /v1/records/{{id}}{end}");
            let gone = self.call(admin, &route, &path, Sent::Nothing);
            assert_eq!(gone.status, 200, "{category}: {}", gone.text());
        }
        let path = format!("/v1/subjects/{}", person.id);
        let gone = self.call(admin, "DELETE /v1/subjects/{id}", &path, Sent::Nothing);
        assert_eq!(gone.status, 200, "{}", gone.text());
        self.server.deployment.tick().unwrap();
        let path = format!("/v1/certificates/{}", gone.json()["certificate"].as_str().unwrap());
        self.get(system, "/v1/certificates/{id}", &path);
    }

    /// An intern of an age at which others must agree.
    fn minor(&self) {
        let Workspace { officer, system, .. } = &self.ws;
        let born = "2011-07-23";
        self.marks.keep("day of birth", born);
        let body = json!({"people": ["intern"], "country": "ID", "born": born});
        let id = self.post(system, "/v1/subjects", body).id();
        for path in ["/v1/approvals", "/v1/approvals/withdraw"] {
            let said = self.post(officer, path, json!({"subject": id, "by": "school"}));
            assert!(said.status < 300, "{path}: {}", said.text());
        }
        self.get(officer, "/v1/approvals", &format!("/v1/approvals?subject={id}"));
        let young = json!({"people": ["intern"], "born": "2020-07-23"});
        assert_eq!(self.post(system, "/v1/subjects", young).status, 403);
    }

    /// What a workspace chooses, under a policy that lets it.
    fn choose(&self) {
        let studio = self.server.bare_workspace("studio", STUDIO, "manager");
        let reference = self.marks.word("reference of a need");
        for (token, route, path, body) in [
            (&studio.system, "PUT /v1/plan", "/v1/plan", json!({"plan": "studio"})),
            (
                &studio.officer,
                "PUT /v1/features/{feature}/needs/{need}",
                "/v1/features/face/needs/transparency",
                json!({"reference": reference}),
            ),
            (
                &studio.admin,
                "PUT /v1/settings/{setting}",
                "/v1/settings/visitor_keep",
                json!({"value": "30 days"}),
            ),
            (
                &studio.admin,
                "POST /v1/documents/{document}/accept",
                "/v1/documents/processing_agreement/accept",
                json!({}),
            ),
        ] {
            let body = if route.starts_with("POST") { Sent::Nothing } else { Sent::Json(body) };
            let done = self.call(token, route, path, body);
            assert_eq!(done.status, 204, "{route}: {}", done.text());
        }
    }

    /// The pages that everyone may see; whatever was asked with is not in them.
    pub(crate) fn look_at_the_pages(&self) {
        for path in PAGES {
            let mark = self.marks.word("query of a page");
            let agent = self.marks.word("visitor's agent");
            let cookie = self.marks.word("visitor's cookie");
            let headers = [("user-agent", agent.as_str()), ("cookie", &cookie)];
            for path in [format!("{path}?lang={mark}&{mark}=1"), format!("{path}/{mark}")] {
                let answer = self.server.send("GET", &path, &headers, None);
                assert!(answer.status < 500, "{path}");
                self.bare.borrow_mut().push((path, answer));
            }
        }
    }
}

const PAGES: [&str; 12] = [
    "/",
    "/style.css",
    "/policy",
    "/policy.json",
    "/policy.md",
    "/trust",
    "/ledger/deployment/checkpoint",
    "/ledger/deployment/anchored/0",
    "/healthz",
    "/metrics",
    "/openapi.json",
    "/.well-known/security.txt",
];
