use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::terms;
use crate::{Policy, published, tests::policies};

/// The terms of the vocabulary, from its own files: prefixed name and IRI.
fn vocabulary() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("../../testdata/dpv-terms.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
}

fn read(source: &str) -> Policy {
    published(source).unwrap()
}

fn graph(policy: &Policy, language: &str) -> (Value, Vec<Value>) {
    let document: Value = serde_json::from_str(&policy.to_dpv(language)).unwrap();
    (document["@context"].clone(), document["@graph"].as_array().unwrap().clone())
}

/// Every prefixed name of a document: keys, types, references.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    const PREFIXES: &[&str] = &["dpv:", "pd:", "eu-gdpr:", "loc:"];
    let ours = |name: &str| PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    match value {
        Value::String(name) if ours(name) => {
            found.insert(name.clone());
        }
        Value::Array(list) => list.iter().for_each(|one| names(one, found)),
        Value::Object(map) => {
            found.extend(map.keys().filter(|key| ours(key)).cloned());
            map.values().for_each(|one| names(one, found));
        }
        _ => {}
    }
}

#[test]
fn every_term_stands_in_the_vocabulary() {
    let vocabulary = vocabulary();
    let mut used = BTreeSet::new();
    for (_, source) in policies() {
        let (_, graph) = graph(&read(&source), "en");
        for node in &graph {
            names(node, &mut used);
        }
    }
    let tables = [
        terms::KINDS,
        terms::BASES,
        terms::GDPR_BASES,
        terms::GDPR_RIGHTS,
        terms::SAFEGUARDS,
        terms::ROLES,
        terms::MEASURES,
        terms::FIELDS,
    ];
    used.extend(tables.iter().flat_map(|table| table.iter().map(|(_, term)| (*term).to_owned())));
    let unknown: Vec<&String> =
        used.iter().filter(|name| !vocabulary.contains_key(name.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(used.len() > 100, "{}", used.len());
}

#[test]
fn the_context_gives_each_prefix_the_place_of_its_vocabulary() {
    let (_, source) = policies().remove(0);
    let (context, _) = graph(&read(&source), "en");
    for (name, iri) in vocabulary() {
        let (prefix, local) = name.split_once(':').unwrap();
        let full = format!("{}{local}", context[prefix].as_str().unwrap());
        assert_eq!(full, iri);
    }
}

#[test]
fn every_category_purpose_recipient_and_person_is_a_node_and_no_link_leads_nowhere() {
    for (name, source) in policies() {
        let policy = read(&source);
        let (_, graph) = graph(&policy, "en");
        let ids: BTreeSet<&str> = graph.iter().map(|node| node["@id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), graph.len(), "{name}: a node stands twice");
        let wanted = (policy.categories.iter().map(|one| format!("data.{}", one.id)))
            .chain(policy.purposes.iter().map(|one| format!("purpose.{}", one.id)))
            .chain(policy.recipients.iter().map(|one| format!("recipient.{}", one.id)))
            .chain(policy.people.iter().map(|one| format!("people.{one}")));
        for path in wanted {
            assert!(ids.contains(policy.iri(&path).as_str()), "{name}: {path}");
        }
        let linked = |value: &Value| {
            let links = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            links
                .iter()
                .filter_map(|one| one["@id"].as_str().map(str::to_owned))
                .collect::<Vec<_>>()
        };
        for node in &graph {
            for link in node.as_object().unwrap().values().flat_map(linked) {
                let own = link.starts_with("https://");
                assert!(!own || ids.contains(link.as_str()), "{name}: {link}");
            }
        }
    }
}

#[test]
fn a_process_names_who_decides_and_what_it_rests_on() {
    let (_, source) = policies().into_iter().find(|(name, _)| name == "tapsence.toml").unwrap();
    let policy = read(&source);
    let (_, graph) = graph(&policy, "en");
    let node = |path: &str| {
        let iri = policy.iri(path);
        graph.iter().find(|node| node["@id"] == iri.as_str()).unwrap().clone()
    };
    let ours = node("process.billing.controller");
    assert_eq!(ours["dpv:hasDataController"]["@id"], policy.iri("company").as_str());
    assert_eq!(ours["dpv:hasLegalBasis"][1]["@id"], "eu-gdpr:A6-1-b");
    let theirs = node("process.reception.processor");
    assert_eq!(theirs["dpv:hasDataController"]["@id"], policy.iri("customer").as_str());
    assert_eq!(theirs["dpv:hasDataProcessor"]["@id"], policy.iri("company").as_str());
    let face = node("data.face_vector");
    assert_eq!(face["@type"], "dpv:SpecialCategoryPersonalData");
    let title = node("purpose.reception")["dct:title"].clone();
    assert_eq!(title["@language"], "en");
    assert_eq!(node("data.technical.keep")["dpv:hasDuration"]["@value"], "P90D");
}
