//! Uses the whole interface as nobody should: marks wherever the description says that something else belongs.

use serde_json::{Map, Value, json};

use super::drive::{Drive, Person, Sent};

impl Drive {
    /// Every operation of the description by every role, each part of it in turn wrong.
    pub(crate) fn misuse(&self, victim: &Person) {
        let document = server::openapi(true);
        for (template, operations) in document["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                let route = format!("{} {template}", method.to_uppercase());
                let parts = operation["parameters"].as_array().unwrap();
                let query: Vec<&str> = parts
                    .iter()
                    .filter(|part| part["in"] == "query")
                    .map(|part| part["name"].as_str().unwrap())
                    .collect();
                let content = &operation["requestBody"]["content"];
                let schema = &content["application/json"]["schema"]["properties"];
                let names: Vec<&str> =
                    schema.as_object().into_iter().flatten().map(|(name, _)| &**name).collect();
                self.wrong_tokens(&route, template);
                for token in self.tokens(victim) {
                    self.wrong_paths(&token, &route, template, &query, victim);
                    self.wrong_bodies(&token, &route, template, &query, &names, victim);
                }
            }
        }
        self.wrong_fields(victim);
        self.wrong_media(victim);
    }

    fn tokens(&self, victim: &Person) -> [String; 5] {
        let ws = &self.ws;
        [&ws.system, &ws.admin, &ws.officer, &ws.hr, &victim.token].map(Clone::clone)
    }

    fn wrong_tokens(&self, route: &str, template: &str) {
        let token = self.marks.same("token that is none");
        let path = filled(template, &self.marks.same("id that is none"));
        let answer = self.call(&token, route, &path, Sent::Nothing);
        assert_eq!(answer.status, 401, "{route}");
    }

    fn wrong_paths(
        &self,
        token: &str,
        route: &str,
        template: &str,
        query: &[&str],
        victim: &Person,
    ) {
        let mark = |what: &str| self.marks.same(what);
        let path = filled(template, &mark("id in a path"));
        self.call(token, route, &path, Sent::Json(json!({})));
        let name = mark("name in a query");
        self.call(
            token,
            route,
            &format!("{path}?{name}={}", mark("value in a query")),
            Sent::Nothing,
        );
        for wrong in query {
            let parts: Vec<String> = query
                .iter()
                .map(|name| {
                    let value = if name == wrong { mark(name) } else { right(name, victim, &mark) };
                    format!("{name}={value}")
                })
                .collect();
            let path = format!("{}?{}", known(template, victim), parts.join("&"));
            self.call(token, route, &path, Sent::Nothing);
            self.call(token, route, &format!("{path}&{wrong}={}", mark("twice")), Sent::Nothing);
        }
    }

    fn wrong_bodies(
        &self,
        token: &str,
        route: &str,
        template: &str,
        query: &[&str],
        names: &[&str],
        victim: &Person,
    ) {
        let mark = |what: &str| self.marks.same(what);
        let query: Vec<String> =
            query.iter().map(|name| format!("{name}={}", right(name, victim, &mark))).collect();
        let path = format!("{}?{}", known(template, victim), query.join("&"));
        let path = path.trim_end_matches('?');
        let whole = || -> Map<String, Value> {
            let value = |name: &&str| ((*name).to_owned(), right_value(name, victim, &mark));
            names.iter().map(value).collect()
        };
        let wrongs: [fn(String) -> Value; 5] = [
            Value::from,
            |mark| json!([mark]),
            |mark| json!({mark.clone(): mark}),
            |mark| json!({"a": [{"b": mark}]}),
            |_| json!(-7.5e300),
        ];
        for name in names {
            // Moving the clock is another test's: a mark is no time.
            for wrong in wrongs {
                let mut body = whole();
                body.insert((*name).to_owned(), wrong(mark(name)));
                self.call(token, route, path, Sent::Json(body.into()));
            }
        }
        let mut more = whole();
        more.insert(mark("undeclared name"), mark("undeclared value").into());
        self.call(token, route, path, Sent::Json(more.into()));
        for text in [
            mark("no JSON"),
            format!("{{\"{0}\":1,\"{0}\":2}}", mark("name said twice")),
            format!("{}\"{}\"{}", "[".repeat(40), mark("deep"), "]".repeat(40)),
            format!("\"{}\\ud800\"", mark("half a letter")),
            format!("{{\"a\":\"{}", mark("cut off")),
        ] {
            let text = text.as_bytes();
            self.call(token, route, path, Sent::File("application/json", text));
            let media = format!("application/{}", mark("media type"));
            let _ = self.call(token, route, path, Sent::File(&media, text));
        }
    }

    /// Media types are texts that a client chooses, too.
    fn wrong_media(&self, victim: &Person) {
        for field in ["ticket.attachment", "account.photo", "ticket.message", "ticket.nothing"] {
            let (category, field) = field.split_once('.').unwrap();
            let subject = &victim.id;
            let path = format!("/v1/blobs?subject={subject}&category={category}&field={field}");
            let (kind, mark) = (self.marks.same("first part of a media type"), "media type");
            for media in [
                format!("{kind}/{}", self.marks.same(mark)),
                format!("application/vnd.{}", self.marks.same(mark)),
                format!("text/plain; charset={}", self.marks.same(mark)),
                self.marks.same(mark),
            ] {
                let sent = Sent::File(&media, b"the bytes of a file");
                self.call(&self.ws.system, "POST /v1/blobs", &path, sent);
            }
        }
    }

    /// Fields of records: undeclared, of the wrong type, too long, of other categories.
    fn wrong_fields(&self, victim: &Person) {
        let mark = |what: &str| self.marks.same(what);
        let send = |category: &str, fields: Value| {
            let mut body = json!({"subject": victim.id, "category": category, "fields": fields});
            let whole = self.policy.category(category).and_then(|known| known.part_of.clone());
            if let Some(whole) = whole.and_then(|whole| victim.records.get(&whole)) {
                body["part_of"] = whole.as_str().into();
            }
            self.post(&self.ws.system, "/v1/records", body.clone());
            if let Some(record) = victim.records.get(category) {
                let path = format!("/v1/records/{record}");
                let body = Sent::Json(json!({"fields": body["fields"]}));
                self.call(&self.ws.system, "PATCH /v1/records/{id}", &path, body);
            }
        };
        for category in &self.policy.categories {
            let declared = || -> Map<String, Value> {
                let value = |field: &engine::policy::Field| {
                    Some((field.name.clone(), self.marks.value(field)?))
                };
                category.fields.iter().filter_map(value).collect()
            };
            let mut more = declared();
            more.insert(mark("undeclared field"), mark("undeclared value").into());
            send(&category.id, more.into());
            for field in &category.fields {
                for wrong in [
                    json!([mark("in a list")]),
                    json!({mark("name within"): mark("value within")}),
                    json!({"latitude": mark("no degrees"), "longitude": 1}),
                    json!({"amount": mark("no amount"), "currency": mark("no currency")}),
                    json!(mark("too long").repeat(4000)),
                    json!(mark("wrong text")),
                    json!(4.125e7),
                ] {
                    let mut fields = declared();
                    fields.insert(field.name.clone(), wrong);
                    send(&category.id, fields.into());
                }
            }
        }
        send(&mark("category"), json!({"email": mark("email")}));
    }
}

fn filled(template: &str, id: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { id.to_owned() } else { part.to_owned() };
    template.split('/').map(part).collect::<Vec<String>>().join("/")
}

/// The path of something that is there. What a deletion carries is wrong, so that it stays there.
fn known(template: &str, victim: &Person) -> String {
    let id = match template.split('/').nth(2) {
        Some("records") => &victim.records["ticket"],
        Some("blobs") => &victim.blobs[0],
        Some("requests") => &victim.request,
        Some("features") => "chat",
        Some("settings" | "documents") => "nothing",
        _ => &victim.id,
    };
    filled(template, id)
}

/// What belongs in a part of a query.
fn right(name: &str, victim: &Person, mark: &dyn Fn(&str) -> String) -> String {
    match name {
        "subject" => victim.id.clone(),
        "category" => "account".to_owned(),
        "field" => "photo".to_owned(),
        "purpose" => "service".to_owned(),
        "limit" => "5".to_owned(),
        "lang" => "en".to_owned(),
        _ => mark(name),
    }
}

/// What belongs in a part of a body; whatever is not known here is a mark.
fn right_value(name: &str, victim: &Person, mark: &dyn Fn(&str) -> String) -> Value {
    match name {
        "record" => victim.records["ticket"].as_str().into(),
        "people" => json!(["user"]),
        "country" => "ID".into(),
        "kind" => "objection".into(),
        "claim" => false.into(),
        "event" => "resolved".into(),
        "days" => 1.into(),
        "role" => "staff".into(),
        "at" | "set" => "2026-03-02T02:00:30Z".into(),
        "fields" => json!({"first_name": mark("first name")}),
        "language" => "id".into(),
        _ => right(name, victim, mark).into(),
    }
}
