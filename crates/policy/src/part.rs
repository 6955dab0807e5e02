//! Parts and wholes: what is taken over, and whose key a record takes.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use crate::model::{Anchor, Category, End, FieldKind, Keep, Policy, Sealing};

/// What parts take over from their wholes, and what wholes know of their parts.
pub(crate) fn resolve(policy: &mut Policy) {
    let forest = Forest::of(policy);
    let people: Arc<[String]> = policy.people.as_slice().into();
    for category in &mut policy.categories {
        if category.of.iter().any(|kind| kind == "everyone") {
            category.of = Arc::clone(&people);
        }
    }
    for &(part, whole) in &forest.downwards {
        let above = whole.and_then(|whole| policy.categories.get(whole));
        let Some((of, processor, when)) =
            above.map(|above| (Arc::clone(&above.of), above.processor, above.when.clone()))
        else {
            continue;
        };
        let Some(category) = policy.categories.get_mut(part) else { continue };
        if category.of.is_empty() {
            category.of = of;
        }
        category.processor |= processor;
        category.when = category.when.take().or(when);
    }
    let consents: BTreeSet<&str> =
        policy.purposes.iter().filter(|one| one.consent()).map(|one| one.id.as_str()).collect();
    let mut parts: Vec<Vec<String>> = vec![Vec::new(); policy.categories.len()];
    let mut sealings = Vec::new();
    for (category, whole) in policy.categories.iter().zip(&forest.whole) {
        let above = whole.and_then(|whole| policy.categories.get(whole));
        sealings.push(sealing(category, above, &consents));
        if let Some(parts) = whole.and_then(|whole| parts.get_mut(whole)) {
            parts.push(category.id.clone());
        }
    }
    for ((category, parts), sealing) in policy.categories.iter_mut().zip(parts).zip(sealings) {
        category.parts = parts;
        category.sealing = sealing;
    }
}

/// Which category hangs on which, by their places: walked once, without recursion, however long a chain is.
#[derive(Debug)]
pub(crate) struct Forest {
    /// The whole of each.
    pub(crate) whole: Vec<Option<usize>>,
    /// Every category with its whole, after it. Circles are cut at the one that stands first in the file.
    pub(crate) downwards: Vec<(usize, Option<usize>)>,
    /// The circles, each from the one that stands first and on to what that is part of.
    pub(crate) circles: Vec<Vec<usize>>,
    /// When the walk came to each and when it left its last part; and the tree in which it lies.
    span: Vec<(usize, usize, usize)>,
    /// Trees that end in a circle.
    round: HashSet<usize>,
}

impl Forest {
    pub(crate) fn of(policy: &Policy) -> Self {
        let place = |id: &String| policy.places.categories.at(id);
        let wholes = policy.categories.iter().map(|one| one.part_of.as_ref().and_then(place));
        let whole: Vec<Option<usize>> = wholes.collect();
        let circles = circles(&whole);
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); whole.len()];
        let cut: HashSet<usize> = circles.iter().filter_map(|one| one.first().copied()).collect();
        let mut roots = Vec::new();
        for (part, above) in whole.iter().enumerate() {
            match above.filter(|_| !cut.contains(&part)).and_then(|above| parts.get_mut(above)) {
                Some(parts) => parts.push(part),
                None => roots.push(part),
            }
        }
        let mut forest = Self {
            span: vec![(0, 0, 0); whole.len()],
            downwards: Vec::with_capacity(whole.len()),
            round: cut,
            circles,
            whole,
        };
        for root in roots {
            forest.walk(root, &parts);
        }
        forest
    }

    fn walk(&mut self, root: usize, parts: &[Vec<usize>]) {
        let mut open = vec![(root, None, false)];
        while let Some((part, above, done)) = open.pop() {
            let time = self.downwards.len();
            let Some(span) = self.span.get_mut(part) else { continue };
            if done {
                span.1 = time;
                continue;
            }
            *span = (time, time, root);
            self.downwards.push((part, above));
            open.push((part, above, true));
            let below = parts.get(part).map(Vec::as_slice).unwrap_or_default();
            open.extend(below.iter().map(|below| (*below, Some(part), false)));
        }
    }

    /// Whether one is part of another, directly or through others. In a circle everything is part of everything.
    pub(crate) fn hangs_on(&self, part: usize, whole: usize) -> bool {
        let (Some(part), Some(whole)) = (self.span.get(part), self.span.get(whole)) else {
            return false;
        };
        let below = whole.0 < part.0 && part.0 < whole.1;
        below || (part.2 == whole.2 && self.round.contains(&part.2))
    }
}

/// The circles among wholes, each begun by the first of its members.
fn circles(whole: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut seen: Vec<usize> = vec![0; whole.len()];
    let mut found = Vec::new();
    for start in 0..whole.len() {
        // Each walk leaves its own number: coming to it again closes a circle, to another's ends the walk.
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| seen.get(*here) == Some(&0)) {
            if let Some(mark) = seen.get_mut(here) {
                *mark = start + 1;
            }
            at = whole.get(here).copied().flatten();
        }
        let Some(first) = at.filter(|here| seen.get(*here) == Some(&(start + 1))) else { continue };
        let mut circle = vec![first];
        let mut next = whole.get(first).copied().flatten();
        while let Some(here) = next.filter(|here| *here != first) {
            circle.push(here);
            next = whole.get(here).copied().flatten();
        }
        let least = circle.iter().enumerate().min_by_key(|(_, member)| **member);
        let turn = least.map_or(0, |(turn, _)| turn);
        circle.rotate_left(turn);
        found.push(circle);
    }
    found
}

/// A part that can end before its whole needs a key that can die before.
fn sealing(part: &Category, whole: Option<&Category>, consents: &BTreeSet<&str>) -> Sealing {
    let Some(whole) = whole else { return Sealing::Own };
    let blob =
        part.fields.iter().any(|field| matches!(field.kind, FieldKind::Image | FieldKind::File));
    let withdrawable =
        !part.purposes.is_empty() && part.purposes.iter().all(|id| consents.contains(id.as_str()));
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
    if one.len() != two.len() {
        return false;
    }
    let two: HashSet<&End> = two.iter().collect();
    one.iter().all(|end| two.contains(end))
}
