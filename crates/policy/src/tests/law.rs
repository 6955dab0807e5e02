use crate::{law, rules, schema::SECTIONS};

#[test]
fn every_law_pack_is_read_whole() {
    for (id, source) in law::SOURCES {
        let pack = law::load(source).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(pack.id, *id);
        assert!(!pack.demands.is_empty(), "{id} demands nothing");
    }
    assert_eq!(law::packs().len(), law::SOURCES.len());
}

#[test]
fn every_word_of_the_laws_is_a_pack() {
    for id in crate::vocabulary::LAWS {
        assert!(law::pack(id).is_some(), "{id} is no pack");
    }
}

#[test]
fn a_pack_with_an_unknown_key_or_a_demand_without_a_test_is_refused() {
    let (_, source) = law::SOURCES[0];
    let slip = source.replacen("at_most  =", "at_least_most =", 1);
    assert!(law::load(&slip).unwrap_err().contains("at_least_most"));
    let none = source.replacen("at_most  = \"72 hours\"\n", "", 1);
    assert!(law::load(&none).unwrap_err().contains("one of"));
}

#[test]
fn every_demand_speaks_of_sections_that_there_are() {
    for demand in law::packs().iter().flat_map(|pack| &pack.demands) {
        for selector in [Some(&demand.on), demand.when.as_ref(), demand.unless.as_ref()] {
            let Some(selector) = selector else { continue };
            let known = SECTIONS.iter().any(|section| section.name == selector.section);
            assert!(known, "{}: no section {}", demand.id, selector.section);
        }
    }
}

#[test]
fn every_article_that_a_rule_cites_is_in_its_pack() {
    let ids = rules::RULES.iter().map(|about| about.id);
    for id in ids.chain(rules::JUDGED.iter().map(|rule| rule.about.id)) {
        for (pack, article) in rules::articles(id) {
            assert!(law::cite(pack, article).is_some(), "{id} cites {pack} {article}");
        }
    }
}

#[test]
fn every_basis_and_special_kind_of_a_pack_has_its_article() {
    for pack in law::packs() {
        for (word, article) in pack.special.iter().chain(&pack.bases) {
            assert!(law::cite(&pack.id, article).is_some(), "{}: {word} {article}", pack.id);
        }
    }
}

#[test]
fn what_nobody_verified_is_shown_as_such() {
    let explained = crate::explain("id-pdp.tell-erasure", None).unwrap();
    assert!(explained.contains("unverified"), "{explained}");
    let explained = crate::explain("id-pdp.tell-people", None).unwrap();
    assert!(
        !explained.contains("unverified") && explained.contains("no legal advice"),
        "{explained}"
    );
}
