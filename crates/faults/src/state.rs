//! The state of one disk: its files, what a test asks of it, and the operations that are no [`steps`].

mod steps;

use std::collections::BTreeMap;

use crate::{
    chance::Chance,
    contents::{Contents, Tearing},
    failure::{Crash, Failure, Fault},
    locks::Locks,
    names::{Inode, Names, folder_of},
    shm::Shm,
    trace::Event,
};

#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) contents: Contents,
    pub(crate) locks: Locks,
    pub(crate) shm: Shm,
    /// The name it was opened or moved to last, for the trace.
    name: String,
    /// Open handles of SQLite.
    handles: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    Running,
    /// The process died in a step; what is left is not settled yet.
    Died,
    /// A crash settled what is left.
    Settled,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) chance: Chance,
    pub(crate) names: Names,
    /// How our own appends reach the medium.
    pub(crate) append_tearing: Tearing,
    /// Whether SQLite is told that a write leaves its sector's other bytes alone.
    pub(crate) powersafe: bool,
    /// Whether syncs only say that they were done.
    pub(crate) syncs_lie: bool,
    nodes: BTreeMap<Inode, Node>,
    /// The last number given to a file or a handle.
    last: u64,
    boot: u64,
    life: Life,
    steps: u64,
    crash_at: Option<u64>,
    fault: Option<(u64, Fault)>,
    trace: Option<Vec<Event>>,
}

impl State {
    pub(crate) fn new(seed: u64) -> State {
        State {
            chance: Chance::new(seed),
            names: Names::default(),
            append_tearing: Tearing::Prefix,
            powersafe: false,
            syncs_lie: false,
            nodes: BTreeMap::new(),
            last: 0,
            boot: 0,
            life: Life::Running,
            steps: 0,
            crash_at: None,
            fault: None,
            trace: None,
        }
    }

    // What a test asks of the disk.

    pub(crate) fn steps(&self) -> u64 {
        self.steps
    }

    pub(crate) fn set_crash_at(&mut self, step: u64) {
        self.crash_at = Some(self.steps + step.max(1));
    }

    pub(crate) fn fail_at(&mut self, step: u64, kind: Fault) {
        self.fault = Some((self.steps + step.max(1), kind));
    }

    pub(crate) fn crash(&mut self, how: Crash) {
        self.life = Life::Settled;
        self.crash_at = None;
        self.fault = None;
        for node in self.nodes.values_mut() {
            node.handles = 0;
            node.locks = Locks::default();
            node.shm = Shm::default();
        }
        if how == Crash::PowerLoss {
            self.names.lose_power(&mut self.chance);
            for node in self.nodes.values_mut() {
                node.contents.lose_power(&mut self.chance);
            }
        }
        self.forget_unreachable();
        self.record(|| Event::Crashed(how));
    }

    pub(crate) fn reboot(&mut self) {
        if self.life != Life::Settled {
            self.crash(Crash::Kill);
        }
        self.life = Life::Running;
        self.boot += 1;
        self.record(|| Event::Rebooted);
    }

    pub(crate) fn trace_on(&mut self, on: bool) {
        self.trace = if on { self.trace.take().or_else(|| Some(Vec::new())) } else { None };
    }

    pub(crate) fn trace(&self) -> Vec<Event> {
        self.trace.clone().unwrap_or_default()
    }

    pub(crate) fn record(&mut self, event: impl FnOnce() -> Event) {
        if let Some(trace) = &mut self.trace {
            trace.push(event());
        }
    }

    pub(crate) fn unsynced(&self, prefix: &str) -> Vec<String> {
        let at_risk = |name: &str, inode: Inode| {
            self.nodes.get(&inode).is_some_and(|node| {
                let lost = !node.contents.live().is_empty() && !self.names.is_durable(name, inode);
                lost || node.contents.is_unsynced()
            })
        };
        let named = self.names.live().filter(|(name, _)| name.starts_with(prefix));
        named.filter(|(name, inode)| at_risk(name, *inode)).map(|(name, _)| name.into()).collect()
    }

    /// Every file's bytes, files without a name last.
    pub(crate) fn snapshot(&self) -> Vec<(String, Vec<u8>)> {
        let mut rest: BTreeMap<Inode, &Node> =
            self.nodes.iter().filter(|(_, node)| node.handles > 0).map(|(i, n)| (*i, n)).collect();
        let mut files = Vec::new();
        for (name, inode) in self.names.live() {
            rest.remove(&inode);
            if let Some(node) = self.nodes.get(&inode) {
                files.push((name.to_owned(), node.contents.live().to_vec()));
            }
        }
        for (inode, node) in rest {
            files.push((format!("(open {inode})"), node.contents.live().to_vec()));
        }
        files
    }

    /// Puts a file on the disk as if it had always been there.
    pub(crate) fn place(&mut self, name: &str, bytes: Vec<u8>) {
        let inode = self.number();
        let contents = Contents::durable(bytes);
        self.nodes.insert(inode, Node { contents, name: name.to_owned(), ..Node::default() });
        self.names.make_durable(name, inode);
    }

    // Operations that are no steps.

    /// Refuses a process that is dead, and a handle of one before the last reboot.
    pub(crate) fn alive(&self, boot: u64) -> Result<(), Failure> {
        if self.life == Life::Running && self.boot == boot { Ok(()) } else { Err(Failure::Dead) }
    }

    pub(crate) fn boot(&self) -> u64 {
        self.boot
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(crate) fn node(&mut self, inode: Inode) -> Result<&mut Node, Failure> {
        self.nodes.get_mut(&inode).ok_or(Failure::Missing)
    }

    /// The file of a name, for a process that is alive.
    pub(crate) fn find(&self, name: &str) -> Result<Option<&Contents>, Failure> {
        self.alive(self.boot)?;
        let node = self.names.find(name).and_then(|inode| self.nodes.get(&inode));
        Ok(node.map(|node| &node.contents))
    }

    /// Makes an empty file, without a name when none is given.
    pub(crate) fn make(&mut self, name: Option<&str>) -> Result<Inode, Failure> {
        self.alive(self.boot)?;
        let inode = self.number();
        let mut node = Node { name: "(temporary)".to_owned(), ..Node::default() };
        if let Some(name) = name {
            if !self.names.is_folder(folder_of(name)) {
                return Err(Failure::Missing);
            }
            if self.names.is_folder(name) {
                return Err(Failure::IsFolder);
            }
            name.clone_into(&mut node.name);
            self.names.make(name, inode);
            self.record(|| Event::Made(name.to_owned()));
        }
        self.nodes.insert(inode, node);
        Ok(inode)
    }

    pub(crate) fn open(&mut self, inode: Inode) {
        if let Some(node) = self.nodes.get_mut(&inode) {
            node.handles += 1;
        }
    }

    pub(crate) fn close(&mut self, inode: Inode) {
        if let Some(node) = self.nodes.get_mut(&inode) {
            node.handles = node.handles.saturating_sub(1);
            if node.handles == 0 {
                self.forget_unreachable();
            }
        }
    }

    /// Frees files that no name, handle or crash can bring back.
    fn forget_unreachable(&mut self) {
        let reachable = self.names.reachable();
        self.nodes.retain(|inode, node| node.handles > 0 || reachable.contains(inode));
    }
}
