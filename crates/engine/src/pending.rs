//! A read before its entry. Values were opened from a snapshot; they come out only inside the
//! transaction that records the read, after everything that allowed it was checked again if it changed.

use store::Tx;

use crate::{
    ctx::Ctx,
    decision::Denied,
    entry::{self, Act, Entry, Stream},
    ids::Rid,
    mention, record,
    refusal::Refusal,
    subject::{self, Subject},
};

/// A decided read that nobody has seen yet.
#[must_use = "a read that is not released leaves no entry and gives no value"]
pub struct Pending<T> {
    pub(crate) value: Result<T, Denied>,
    pub(crate) version: u64,
    pub(crate) subject: Subject,
    pub(crate) act: Act,
    pub(crate) purpose: String,
    pub(crate) rule: String,
    pub(crate) rids: Vec<u64>,
    /// Other people whom the value names.
    pub(crate) names: Vec<u64>,
    /// Whether the ground is built in, so that no purpose is decided again.
    pub(crate) built_in: bool,
}

impl<T> std::fmt::Debug for Pending<T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Pending")
    }
}

impl<T> Pending<T> {
    /// Records the read, or the refusal.
    fn release(&mut self, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
        if !ctx.ws.is_current(self.version) {
            // It was opened as another version knew it, with what may be collected no more.
            return Err(Refusal::Conflict { reason: "the policy changed meanwhile: ask again" });
        }
        if self.value.is_ok() && ctx.ws.version() != self.version {
            self.check_again(ctx, tx)?;
        }
        let refused = self.value.as_ref().err().cloned();
        let entry = Entry {
            act: if refused.is_some() { Act::Refuse } else { self.act },
            stream: Stream::Application,
            subject: self.subject.ledger(),
            purpose: &self.purpose,
            rule: refused.as_ref().map_or(self.rule.as_str(), |denied| denied.reason),
            records: &self.rids,
        };
        entry::record(ctx, tx, &entry)?;
        Ok(())
    }

    /// The act that records the read and gives the value, for the queue of a workspace. The inner refusal
    /// is one that was recorded.
    pub fn into_act(
        self,
        ctx: Ctx,
    ) -> impl FnMut(&mut Tx<'_>) -> Result<Result<T, Refusal>, Refusal> {
        let mut waiting = Some(self);
        move |tx| {
            let Some(mut pending) = waiting.take() else {
                return Err(Refusal::Conflict { reason: "released already" });
            };
            pending.release(&ctx, tx)?;
            Ok(pending.value.map_err(Refusal::from))
        }
    }

    /// Records the read in a turn of its own and gives the value.
    pub fn released(self, ctx: &Ctx) -> Result<T, Refusal>
    where
        T: Send + 'static,
    {
        ctx.ws.act(ctx, self.into_act(ctx.clone()))?
    }

    fn check_again(&mut self, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
        let subject = subject::load(ctx, tx.link(), self.subject.number)?;
        for rid in self.rids.clone() {
            if self.built_in {
                record::present(tx.link(), rid)?;
            } else if let Err(denied) =
                record::admit(ctx, tx.link(), &subject, Rid(rid), &self.purpose)?
            {
                self.value = Err(denied);
                return Ok(());
            }
        }
        for person in &self.names {
            if !mention::stands(tx.link(), *person)? {
                return Err(Refusal::Conflict { reason: "somebody named here is being erased" });
            }
        }
        Ok(())
    }
}
