//! A fixed number of writer threads. A workspace belongs to one of them, by its number; while one commit is
//! synced, the next batch gathers.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
};

use engine::workspace::Workspace;

/// Tells a lane what time it is.
pub(crate) type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The writer threads.
#[derive(Debug)]
pub(crate) struct Lanes {
    lanes: Vec<Arc<Lane>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

#[derive(Debug, Default)]
struct Lane {
    waiting: Mutex<Waiting>,
    wake: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    workspaces: BTreeMap<u64, Arc<Workspace>>,
    stop: bool,
}

impl Lane {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, now: &Now) {
        loop {
            let mut waiting = self.waiting();
            while waiting.workspaces.is_empty() && !waiting.stop {
                waiting = self.wake.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
            let workspaces = std::mem::take(&mut waiting.workspaces);
            let stop = waiting.stop;
            drop(waiting);
            for workspace in workspaces.values() {
                workspace.turn_queue(now());
            }
            if stop && workspaces.is_empty() {
                return;
            }
        }
    }
}

impl Lanes {
    /// Starts the threads.
    pub(crate) fn start(count: usize, now: &Now) -> io::Result<Lanes> {
        let lanes: Vec<Arc<Lane>> = (0..count.max(1)).map(|_| Arc::default()).collect();
        let mut threads = Vec::new();
        for (number, lane) in lanes.iter().enumerate() {
            let (lane, now) = (Arc::clone(lane), Arc::clone(now));
            let thread = thread::Builder::new().name(format!("writer-{number}"));
            threads.push(thread.spawn(move || lane.run(&now))?);
        }
        Ok(Lanes { lanes, threads: Mutex::new(threads) })
    }

    /// Says that a workspace has work in its queue.
    pub(crate) fn wake(&self, workspace: &Arc<Workspace>) {
        let count = u64::try_from(self.lanes.len()).unwrap_or(1);
        let place = usize::try_from(workspace.number() % count).unwrap_or(0);
        let Some(lane) = self.lanes.get(place) else { return };
        lane.waiting().workspaces.insert(workspace.number(), Arc::clone(workspace));
        lane.wake.notify_one();
    }

    /// Lets every lane finish what waits, then ends the threads.
    pub(crate) fn stop(&self) {
        for lane in &self.lanes {
            lane.waiting().stop = true;
            lane.wake.notify_one();
        }
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A lane that panicked has said so on its own.
            let _ = thread.join();
        }
    }
}
