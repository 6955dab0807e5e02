//! Parts and wholes: what is taken over, and whose key a record takes.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Anchor, Category, End, FieldKind, Keep, Policy, Sealing};

/// What parts take over from their wholes, and what wholes know of their parts.
pub(crate) fn resolve(policy: &mut Policy) {
    let whole: BTreeMap<String, Option<String>> =
        policy.categories.iter().map(|part| (part.id.clone(), part.part_of.clone())).collect();
    let seen: Vec<Category> = policy.categories.clone();
    let of: BTreeMap<&str, &Category> = seen.iter().map(|one| (one.id.as_str(), one)).collect();
    let consents: BTreeSet<String> =
        policy.purposes.iter().filter(|one| one.consent()).map(|one| one.id.clone()).collect();
    for category in &mut policy.categories {
        for above in wholes(&whole, &category.id) {
            let Some(above) = of.get(above) else { continue };
            if category.of.is_empty() {
                category.of.clone_from(&above.of);
            }
            category.processor |= above.processor;
            if category.when.is_none() {
                category.when.clone_from(&above.when);
            }
        }
        if category.of.iter().any(|kind| kind == "everyone") {
            category.of.clone_from(&policy.people);
        }
        let above = category.part_of.as_ref().and_then(|id| of.get(id.as_str()));
        category.sealing = sealing(category, above.copied(), &consents);
        let parts = seen.iter().filter(|part| part.part_of.as_deref() == Some(&category.id));
        category.parts = parts.map(|part| part.id.clone()).collect();
    }
}

/// The wholes above a category, nearest first; a circle is walked once.
pub(crate) fn wholes<'m>(whole: &'m BTreeMap<String, Option<String>>, id: &str) -> Vec<&'m str> {
    let mut above: Vec<&str> = Vec::new();
    let mut next = whole.get(id).and_then(Option::as_deref);
    while let Some(id) = next.filter(|id| !above.contains(id) && above.len() < 32) {
        above.push(id);
        next = whole.get(id).and_then(Option::as_deref);
    }
    above
}

/// A part that can end before its whole needs a key that can die before.
fn sealing(part: &Category, whole: Option<&Category>, consents: &BTreeSet<String>) -> Sealing {
    let Some(whole) = whole else { return Sealing::Own };
    let blob =
        part.fields.iter().any(|field| matches!(field.kind, FieldKind::Image | FieldKind::File));
    let withdrawable =
        !part.purposes.is_empty() && part.purposes.iter().all(|id| consents.contains(id));
    let together = match (&part.keep, &whole.keep) {
        (Keep::WithWhole, _) => true,
        (Keep::Ends(ends), Keep::Ends(others)) => {
            same(ends, others) && !ends.iter().any(|end| end.anchor == Anchor::Collected)
        }
        _ => false,
    };
    if together && !blob && !withdrawable && part.special.is_none() {
        Sealing::Whole
    } else {
        Sealing::Own
    }
}

fn same(one: &[End], two: &[End]) -> bool {
    one.len() == two.len() && one.iter().all(|end| two.contains(end))
}
