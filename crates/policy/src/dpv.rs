//! The policy in the W3C's Data Privacy Vocabulary, as JSON-LD: who processes which data of whom, what for, on which
//! basis, how long, with whom and guarded by what. The context stands in the document, so nothing is fetched to read it.

mod terms;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use crate::{
    activity::Activity,
    law,
    model::{Basis, Category, End, Keep, Period, Policy, Recipient, Unit},
};

type Node = Map<String, Value>;

impl Policy {
    /// The policy in the Data Privacy Vocabulary, with names in one language.
    pub fn to_dpv(&self, language: &str) -> String {
        let mut graph = vec![self.notice_node(language), self.company_node()];
        if self.categories.iter().any(|one| one.processor) {
            graph.push(self.node("customer", &["dpv:DataController"]));
        }
        graph.extend(self.officer_node());
        graph.extend(self.laws.iter().map(|id| self.law_node(id)));
        graph.extend(self.people.iter().map(|kind| {
            let path = format!("people.{kind}");
            self.named(&path, &["dpv:DataSubject"], language)
        }));
        for category in &self.categories {
            self.data_nodes(category, language, &mut graph);
        }
        graph.extend(self.purposes.iter().map(|purpose| {
            let kind = terms::of(terms::KINDS, &purpose.kind);
            let types: Vec<&str> = ["dpv:Purpose"].into_iter().chain(kind).collect();
            self.named(&format!("purpose.{}", purpose.id), &types, language)
        }));
        graph.extend(self.never.iter().map(|kind| self.prohibition(kind)));
        graph.extend(self.recipients.iter().map(|one| self.recipient_node(one, language)));
        graph.extend(self.measures().map(|(path, term)| self.node(path, &[term])));
        graph.extend(self.rights().map(|path| self.right_node(path)));
        let activities = self.activities();
        graph.extend(activities.iter().map(|activity| self.process(activity)));
        let document = json!({ "@context": context(), "@graph": graph });
        serde_json::to_string_pretty(&document).unwrap_or_default()
    }

    /// Where the nodes of this version have their names: on the policy's own page.
    fn base(&self) -> String {
        let hosts = self.services.iter().flat_map(|service| &service.hosts);
        let host = hosts.map(String::as_str).next();
        let host = host.or_else(|| self.company.privacy.split('@').next_back());
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let clean = |text: &str| -> String {
            text.chars().map(|c| if plain(c) { c } else { '-' }).collect()
        };
        format!("https://{}/policy/{}", clean(host.unwrap_or("localhost")), clean(&self.version))
    }

    fn iri(&self, path: &str) -> String {
        format!("{}#{path}", self.base())
    }

    fn link(&self, path: &str) -> Value {
        json!({ "@id": self.iri(path) })
    }

    fn node(&self, path: &str, types: &[&str]) -> Node {
        let mut node = Node::new();
        node.insert("@id".to_owned(), json!(self.iri(path)));
        put(&mut node, "@type", types.iter().map(|term| json!(term)));
        put(&mut node, "dct:identifier", [json!(path)]);
        node
    }

    /// A row that the author names, with its name.
    fn named(&self, path: &str, types: &[&str], language: &str) -> Node {
        let mut node = self.node(path, types);
        put(&mut node, "dct:title", self.title(path, language));
        node
    }

    /// The words for a row; a proper name has no language.
    fn title(&self, path: &str, language: &str) -> Option<Value> {
        let own = self.words.exactly(path, language).map(|words| (words, Some(language)));
        let any = || self.words.exactly(path, "*").map(|words| (words, None));
        let binding = || {
            let words = self.words.exactly(path, &self.binding)?;
            Some((words, Some(self.binding.as_str())))
        };
        let (words, language) = own.or_else(any).or_else(binding)?;
        Some(match language {
            Some(language) => json!({ "@value": words, "@language": language }),
            None => json!(words),
        })
    }

    fn notice_node(&self, language: &str) -> Node {
        let mut node = self.named("policy", &["dpv:PrivacyNotice"], language);
        put(&mut node, "dct:issued", [dated(&self.effective.to_string())]);
        put(&mut node, "dct:hasVersion", [json!(self.version)]);
        put(&mut node, "dct:publisher", [self.link("company")]);
        put(&mut node, "dct:language", self.languages.iter().map(|one| json!(one)));
        let laws = self.laws.iter().map(|id| self.link(&format!("law.{id}")));
        put(&mut node, "dpv:hasApplicableLaw", laws);
        let activities = self.activities();
        let processes = activities.iter().map(|activity| self.link(&process_path(activity)));
        put(&mut node, "dpv:hasProcess", processes);
        let never = self.never.iter().map(|kind| self.link(&format!("never.{kind}")));
        put(&mut node, "dpv:hasProhibition", never);
        put(&mut node, "dpv:hasRight", self.rights().map(|path| self.link(path)));
        node
    }

    fn company_node(&self) -> Node {
        let mut types = vec!["dpv:LegalEntity", "dpv:DataController"];
        if self.categories.iter().any(|one| one.processor) {
            types.push("dpv:DataProcessor");
        }
        let mut node = self.node("company", &types);
        put(&mut node, "dpv:hasName", [json!(self.company.name)]);
        put(&mut node, "dpv:hasAddress", [json!(self.company.address)]);
        put(&mut node, "dpv:hasContact", [json!(self.company.privacy)]);
        put(&mut node, "dpv:hasCountry", [country(&self.company.country)]);
        let officer = self.officer.iter().map(|_| self.link("officer"));
        put(&mut node, "dpv:hasDataProtectionOfficer", officer);
        node
    }

    fn officer_node(&self) -> Option<Node> {
        let mail = self.officer.as_ref()?;
        let mut node = self.node("officer", &["dpv:DataProtectionOfficer"]);
        put(&mut node, "dpv:hasContact", [json!(mail)]);
        Some(node)
    }

    fn law_node(&self, id: &str) -> Node {
        let mut node = self.node(&format!("law.{id}"), &["dpv:Law"]);
        put(&mut node, "dct:title", law::pack(id).map(|pack| json!(pack.short)));
        node
    }

    /// A category, its fields, and how long it is kept.
    fn data_nodes(&self, category: &Category, language: &str, graph: &mut Vec<Node>) {
        let path = format!("data.{}", category.id);
        let of = match (&category.special, category.groups_of) {
            (_, Some(_)) => "dpv:AnonymisedData",
            (Some(_), None) => "dpv:SpecialCategoryPersonalData",
            (None, None) => "dpv:PersonalData",
        };
        let mut node = self.named(&path, &[of], language);
        let fields = category.fields.iter().map(|field| format!("{path}.{}", field.name));
        let fields: Vec<String> = fields.collect();
        put(&mut node, "dct:hasPart", fields.iter().map(|field| self.link(field)));
        let people = category.of.iter().map(|kind| self.link(&format!("people.{kind}")));
        put(&mut node, "dpv:hasDataSubject", people);
        put(&mut node, "dpv:hasStorageCondition", [self.link(&format!("{path}.keep"))]);
        graph.push(node);
        for (field, path) in category.fields.iter().zip(&fields) {
            let term = terms::of(terms::FIELDS, &field.name).unwrap_or("dpv:PersonalData");
            let mut node = self.node(path, &[term]);
            put(&mut node, "dct:title", self.title(&format!("field.{}", field.name), language));
            graph.push(node);
        }
        graph.push(self.keeping(&path, category));
    }

    fn keeping(&self, path: &str, category: &Category) -> Node {
        let kind = match &category.keep {
            Keep::ForEver => "dpv:EndlessDuration",
            Keep::Ends(ends) if ends.iter().all(|end| end.period.count > 0) => {
                "dpv:TemporalDuration"
            }
            _ => "dpv:UntilEventDuration",
        };
        let mut node = self.node(&format!("{path}.keep"), &["dpv:StorageDuration", kind]);
        let texts: Vec<String> = ["keep", "lapses", "grace"]
            .into_iter()
            .flat_map(|key| {
                self.texts(path, key).into_iter().map(move |text| match key {
                    "keep" => text,
                    key => format!("{key}: {text}"),
                })
            })
            .collect();
        put(&mut node, "dct:description", texts.iter().map(|text| json!(text)));
        if let Keep::Ends(ends) = &category.keep {
            let lengths = ends.iter().filter_map(|end: &End| duration(end.period));
            put(&mut node, "dpv:hasDuration", lengths);
        }
        node
    }

    fn prohibition(&self, kind: &str) -> Node {
        let mut node = self.node(&format!("never.{kind}"), &["dpv:Prohibition"]);
        let purpose = terms::of(terms::KINDS, kind);
        put(&mut node, "dpv:hasPurpose", purpose.map(|term| json!({ "@id": term })));
        node
    }

    fn recipient_node(&self, recipient: &Recipient, language: &str) -> Node {
        let instructed = |piece: &String| {
            let id = piece.split('.').next().unwrap_or(piece);
            self.category(id).is_some_and(|one| one.processor)
        };
        let mut types = vec!["dpv:Recipient"];
        types.extend(terms::of(terms::ROLES, &recipient.role));
        if recipient.role == "processor" && recipient.gets.iter().any(instructed) {
            types.push("dpv:DataSubProcessor");
        }
        let mut node = self.named(&format!("recipient.{}", recipient.id), &types, language);
        put(&mut node, "dpv:hasCountry", recipient.countries.iter().map(|code| country(code)));
        node
    }

    fn measures(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.rows.iter().filter_map(|row| {
            let path = row.path.as_str();
            terms::of(terms::MEASURES, path).map(|term| (path, term))
        })
    }

    fn rights(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.path.as_str()).filter(|path| path.starts_with("right."))
    }

    fn right_node(&self, path: &str) -> Node {
        let id = path.strip_prefix("right.").unwrap_or(path);
        let article = terms::of(terms::GDPR_RIGHTS, id).filter(|_| self.gdpr());
        let types: Vec<&str> = ["dpv:DataSubjectRight"].into_iter().chain(article).collect();
        self.node(path, &types)
    }

    fn gdpr(&self) -> bool {
        self.laws.iter().any(|law| law == "gdpr")
    }

    fn process(&self, activity: &Activity<'_>) -> Node {
        let types = ["dpv:Process", "dpv:PersonalDataHandling"];
        let mut node = self.node(&process_path(activity), &types);
        let purpose = format!("purpose.{}", activity.purpose.id);
        put(&mut node, "dpv:hasPurpose", [self.link(&purpose)]);
        let controller = if activity.processor { "customer" } else { "company" };
        let processor = activity.processor.then(|| self.link("company"));
        put(&mut node, "dpv:hasDataController", [self.link(controller)]);
        put(&mut node, "dpv:hasDataProcessor", processor);
        let about = &activity.categories;
        let data = about.iter().map(|one| self.link(&format!("data.{}", one.id)));
        put(&mut node, "dpv:hasPersonalData", data);
        let kept = about.iter().map(|one| self.link(&format!("data.{}.keep", one.id)));
        put(&mut node, "dpv:hasStorageCondition", kept);
        let people = activity.people(self).into_iter();
        put(
            &mut node,
            "dpv:hasDataSubject",
            people.map(|kind| self.link(&format!("people.{kind}"))),
        );
        put(&mut node, "dpv:hasLegalBasis", self.bases(activity));
        let recipients = activity.recipients(self);
        let links = recipients.iter().map(|one| self.link(&format!("recipient.{}", one.id)));
        put(&mut node, "dpv:hasRecipient", links);
        let mut abroad: Vec<&str> = recipients.iter().flat_map(|one| self.abroad(one)).collect();
        abroad.sort_unstable();
        abroad.dedup();
        put(&mut node, "dpv:hasThirdCountry", abroad.iter().map(|code| country(code)));
        let mut guards: Vec<&str> = recipients
            .iter()
            .filter(|one| !self.abroad(one).is_empty())
            .flat_map(|one| self.safeguards(one))
            .filter_map(|word| terms::of(terms::SAFEGUARDS, &word))
            .collect();
        guards.sort_unstable();
        guards.dedup();
        let guards = guards.iter().map(|term| json!({ "@id": term }));
        let measures = self.measures().map(|(path, _)| self.link(path)).chain(guards);
        put(&mut node, "dpv:hasTechnicalOrganisationalMeasure", measures);
        put(&mut node, "dpv:hasRight", self.rights().map(|path| self.link(path)));
        node
    }

    fn bases(&self, activity: &Activity<'_>) -> Vec<Value> {
        let words = activity.purpose.bases.iter().map(|basis| word(*basis));
        let terms = words.flat_map(|word| {
            let article = terms::of(terms::GDPR_BASES, word).filter(|_| self.gdpr());
            terms::of(terms::BASES, word).into_iter().chain(article)
        });
        terms.map(|term| json!({ "@id": term })).collect()
    }
}

fn context() -> Value {
    json!({
        "dpv": "https://w3id.org/dpv#",
        "pd": "https://w3id.org/dpv/pd#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "loc": "https://w3id.org/dpv/loc#",
        "dct": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

fn process_path(activity: &Activity<'_>) -> String {
    let role = if activity.processor { "processor" } else { "controller" };
    format!("process.{}.{role}", activity.purpose.id)
}

/// Values under a key: none, one, or a list.
fn put(node: &mut Node, key: &str, values: impl IntoIterator<Item = Value>) {
    let mut values: Vec<Value> = values.into_iter().collect();
    let value = match values.len() {
        0 => return,
        1 => values.remove(0),
        _ => Value::Array(values),
    };
    node.insert(key.to_owned(), value);
}

fn country(code: &str) -> Value {
    json!({ "@id": format!("loc:{code}") })
}

fn dated(day: &str) -> Value {
    json!({ "@value": day, "@type": "xsd:date" })
}

/// ISO 8601 knows no business days.
fn duration(period: Period) -> Option<Value> {
    let count = period.count;
    let text = match period.unit {
        _ if count == 0 => return None,
        Unit::Minute => format!("PT{count}M"),
        Unit::Hour => format!("PT{count}H"),
        Unit::Day => format!("P{count}D"),
        Unit::BusinessDay => return None,
        Unit::Month => format!("P{count}M"),
        Unit::Year => format!("P{count}Y"),
    };
    Some(json!({ "@value": text, "@type": "xsd:duration" }))
}

/// The word of a basis.
fn word(basis: Basis) -> &'static str {
    match basis {
        Basis::Contract => "contract",
        Basis::Consent => "consent",
        Basis::ExplicitConsent => "explicit_consent",
        Basis::LegitimateInterest => "legitimate_interest",
        Basis::LegalDuty => "legal_duty",
        Basis::VitalInterest => "vital_interest",
        Basis::PublicTask => "public_task",
        Basis::Instruction => "instruction",
    }
}
