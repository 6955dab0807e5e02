//! Each effect has its entry: what an act must have left in the ledger, and what it left.

use super::{
    Verdict,
    act::Act,
    eyes,
    model::Model,
    perform::{Answer, Outcome},
    stage::Stage,
};
use crate::{entry::Act as Kind, request};

/// The entries that an act leaves, as far as the model knows before it: these and no other.
struct Expected {
    kinds: Vec<Kind>,
    /// Whether more may follow: an erasure goes on with steps of its own.
    open: bool,
}

fn expected(model: &Model, act: &Act, answer: &Answer) -> Expected {
    let just = |kind: Kind| Expected { kinds: vec![kind], open: false };
    let none = Expected { kinds: Vec::new(), open: false };
    let stands = |subject: &u64, purpose: &str| {
        let person = model.people.get(subject);
        person.and_then(|p| p.consents.get(purpose)).is_some_and(|consent| consent.1.is_none())
    };
    let erased = matches!(answer, Answer::Erased { records: 1.., .. });
    let erasing = |kind: Kind| {
        let mut kinds = vec![kind];
        if erased {
            kinds.extend([Kind::Condemn, Kind::Erase, Kind::Certify]);
        }
        Expected { kinds, open: erased }
    };
    match act {
        Act::Subject { .. } => just(Kind::Subject),
        Act::Write { .. } => just(Kind::Write),
        Act::Upload { .. } => just(Kind::Blob),
        Act::Change { .. } => just(Kind::Change),
        Act::Read { .. } => match answer {
            Answer::Number(1) => just(Kind::Read),
            Answer::Number(2) => just(Kind::Refuse),
            _ => none,
        },
        Act::Give { subject, purpose } if stands(subject, purpose) => none,
        Act::Give { .. } => just(Kind::Consent),
        Act::Withdraw { subject, purpose } if stands(subject, purpose) => erasing(Kind::Withdraw),
        Act::Event { .. } => just(Kind::Event),
        Act::Hold { .. } => Expected { kinds: vec![Kind::Hold, Kind::Notice], open: false },
        Act::Release { .. } => Expected { open: true, ..erasing(Kind::Release) },
        Act::Ask { kind: request::Kind::Erasure, .. } => {
            Expected { open: true, ..erasing(Kind::Request) }
        }
        Act::Ask { .. } => just(Kind::Request),
        Act::Lift { .. } => Expected { kinds: vec![Kind::Lift], open: true },
        Act::Delete { .. } => {
            Expected { kinds: vec![Kind::Condemn, Kind::Erase, Kind::Certify], open: true }
        }
        Act::DeletePerson { .. } => Expected { open: true, ..erasing(Kind::Condemn) },
        Act::Take { .. } => just(Kind::Condemn),
        Act::Feature { name, on } => {
            let same = model.features.get(*name).is_some_and(|(was, _)| was == on);
            if same { none } else { just(Kind::Feature) }
        }
        // A second withdrawal says nothing new.
        Act::Withdraw { .. } | Act::Pass { .. } | Act::Restart | Act::Batch(_) => {
            Expected { open: true, ..none }
        }
    }
}

/// What the acts of one call must leave, asked before the model learns of them.
pub(super) fn wanted(model: &Model, acts: &[Act], outcomes: &[Outcome]) -> (Vec<u8>, bool) {
    let (mut kinds, mut open) = (Vec::new(), false);
    let mut model = model.clone();
    for (act, outcome) in acts.iter().zip(outcomes) {
        if let Outcome::Done(answer) = outcome {
            let expected = expected(&model, act, answer);
            kinds.extend(expected.kinds.iter().map(|kind| *kind as u8));
            open |= expected.open;
            // Later acts of the same turn see these.
            match act {
                Act::Give { subject, purpose } => {
                    if let Some(person) = model.people.get_mut(subject) {
                        person.consents.insert((*purpose).to_owned(), (0, None));
                    }
                }
                Act::Feature { name, on } => {
                    model.features.insert((*name).to_owned(), (*on, 0));
                }
                _ => {}
            }
        }
    }
    (kinds, open)
}

/// Takes the new entries into the model and compares their kinds.
pub(super) fn take(stage: &Stage, model: &mut Model, wanted: &[u8], open: bool) -> Verdict {
    let from = model.leaves.len() as u64;
    let mut kinds = Vec::new();
    for (number, leaf, kind) in eyes::entries(stage, from)? {
        if number != model.leaves.len() as u64 {
            return Err(format!("entry {} is missing", model.leaves.len()));
        }
        model.leaves.push(leaf);
        kinds.push(kind);
    }
    let mut rest = kinds.clone();
    for kind in wanted {
        // The detail of an erased person's own entry is gone with its key.
        let found = rest.iter().position(|here| *here == Some(*kind));
        match found.or_else(|| rest.iter().position(Option::is_none)) {
            Some(place) => rest.remove(place),
            None => return Err(format!("no entry of kind {kind} in {kinds:?}, wanted {wanted:?}")),
        };
    }
    if !open && !rest.is_empty() {
        return Err(format!("entries {kinds:?} for {wanted:?}"));
    }
    Ok(())
}
