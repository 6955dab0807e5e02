//! The engine from outside its modules: acts in order, with a set clock on a simulated disk.

pub(crate) mod children;
mod choices;
mod clocks;
mod crash;
mod holds;
mod life;
mod mentions;
mod proofs;
mod statutory;

use crate::{Refusal, Role, hold as holds_of, testing::World};

fn gone<T: std::fmt::Debug>(answer: &Result<T, Refusal>) {
    assert!(matches!(answer, Err(Refusal::Gone { .. })), "{answer:?}");
}

/// Places a hold over a category of a subject, or over everything.
pub(crate) fn hold(world: &World, subject: u64, category: Option<&'static str>) -> u64 {
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    let placed = officer.ws.act(&officer, move |tx| {
        let new = holds_of::New { subject, category, rid: None, case: "case 7" };
        holds_of::place(&act, tx, &new)
    });
    placed.unwrap()
}
