//! Evidence: the state of each promise, found by looking at the data and not by asking the code that keeps
//! it. Probes read a snapshot, reckon in their own way, and show counts and dates only.

mod aggregates;
mod children;
mod choices;
mod closing;
mod consent;
mod decision;
mod declaration;
mod entries;
mod erasure;
mod exits;
mod features;
mod findings;
mod grants;
mod holds;
mod judge;
mod keys;
mod lapses;
mod lookup;
mod notices;
mod probe;
mod pseudonyms;
mod publication;
mod registers;
mod retention;
mod rights;
mod sample;
mod screening;
mod sealing;
mod sql;
mod statutory;
mod walls;

#[cfg(test)]
pub(crate) mod tests;

use crate::{
    ctx::Ctx,
    entry::{self, Act, Entry, Stream},
    refusal::Refusal,
};

/// What the data say about a promise, from the best to the worst: the worst rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The data agree.
    Kept,
    /// It is kept by publishing it, and what is published is what is in force.
    Said,
    /// Something is due: nobody can read it, and the sweep destroys it within its hour.
    Due,
    /// People show it with dated papers.
    Evidence,
    /// Nothing enforces it yet, and the page says so.
    Planned,
    /// The data contradict it.
    Broken,
}

impl State {
    /// The word for people and the API.
    pub fn word(self) -> &'static str {
        match self {
            State::Kept => "kept",
            State::Said => "said",
            State::Due => "due",
            State::Evidence => "evidence",
            State::Planned => "planned",
            State::Broken => "broken",
        }
    }
}

/// One promise and what was found when somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// Its id, such as `ASH-118`.
    pub promise: String,
    /// The paths of the rows and keys that stand for it.
    pub rules: Vec<String>,
    /// The worst state among its rules.
    pub state: State,
    /// How many things were looked at.
    pub looked_at: u64,
    /// What was found, in counts and dates.
    pub evidence: String,
    /// The probe that decided.
    pub probe: &'static str,
}

/// Looks at the data of a workspace and says how each promise of its policy stands. The look is entered
/// in the ledger before it begins.
pub fn prove(ctx: &Ctx) -> Result<Vec<Proved>, Refusal> {
    let act = ctx.clone();
    ctx.ws.act(ctx, move |tx| {
        let entry = Entry {
            act: Act::Probe,
            stream: Stream::Application,
            subject: None,
            purpose: "evidence",
            rule: "promises",
            records: &[],
        };
        entry::record(&act, tx, &entry)
    })?;
    let janji = ctx.as_janji();
    let in_force = ctx.ws.policy();
    let found = janji.ws.read(|link| probe::run(&janji, &in_force.policy, link))?;
    Ok(judge::promises(&in_force.policy, &found))
}
