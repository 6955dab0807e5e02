//! The state of a publisher's promises over all its workspaces. Looking costs work and leaves an entry, so the
//! public sees what was found at most a minute ago.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use engine::{
    Actor, Deployment, Refusal,
    evidence::{self, Proved},
};

const FRESH: Duration = Duration::from_secs(60);
const FRESH_MICROS: i64 = 60_000_000;

/// What was found, by publisher. Each has a lock of its own: nobody waits for another company's look.
#[derive(Default)]
pub(super) struct Looks(Mutex<BTreeMap<u64, Newest>>);

type Newest = Arc<Mutex<Option<(Instant, Arc<Look>)>>>;

/// What one look found.
pub(super) struct Look {
    /// When.
    pub(super) at: i64,
    /// The worst that any workspace shows of each promise.
    pub(super) promises: Vec<Proved>,
}

impl Looks {
    /// What was found lately, or now. Who comes while somebody looks waits for what that one finds.
    pub(super) fn newest(
        &self,
        deployment: &Deployment,
        publisher: u64,
    ) -> Result<Arc<Look>, Refusal> {
        let now = deployment.reading().now;
        let newest = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(publisher).or_default())
        };
        let mut known = newest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((looked, look)) = known.as_ref()
            && looked.elapsed() < FRESH
            && now - look.at < FRESH_MICROS
        {
            return Ok(Arc::clone(look));
        }
        let look = Arc::new(Look { at: now, promises: promises(deployment, publisher)? });
        *known = Some((Instant::now(), Arc::clone(&look)));
        Ok(look)
    }
}

fn promises(deployment: &Deployment, publisher: u64) -> Result<Vec<Proved>, Refusal> {
    let mut all: Vec<Proved> = Vec::new();
    for listed in deployment.workspaces()?.iter().filter(|one| one.publisher == publisher) {
        let ws = deployment.workspace(listed.number)?;
        let found = evidence::prove(&deployment.ctx(ws, Actor::janji()))?;
        if all.is_empty() {
            all = found;
            continue;
        }
        // One policy, so the same promises in the same order.
        for (sum, one) in all.iter_mut().zip(found) {
            let looked_at = sum.looked_at + one.looked_at;
            if one.state > sum.state {
                *sum = one;
            }
            sum.looked_at = looked_at;
        }
    }
    Ok(all)
}
