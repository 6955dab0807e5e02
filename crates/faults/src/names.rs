//! Names and folders: what a running process sees, what is durable, and the changes between.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    path::{Component, Path},
};

use crate::chance::Chance;

/// A file whatever its name; never used twice on one disk.
pub(crate) type Inode = u64;

/// A path as the disk keeps it: absolute, without `.` and `..`; the root is the empty string.
pub(crate) fn key(path: &Path) -> String {
    let mut key = String::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => {
                key.push('/');
                key.push_str(&name.to_string_lossy());
            }
            Component::ParentDir => key.truncate(key.rfind('/').unwrap_or(0)),
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    key
}

pub(crate) fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[derive(Debug, Clone)]
enum Change {
    Made {
        name: String,
        inode: Inode,
    },
    Gone {
        name: String,
    },
    /// Over two folders too, a move is there whole or not at all, as on a journalled file system.
    Moved {
        from: String,
        to: String,
        inode: Inode,
    },
}

#[derive(Debug, Default)]
pub(crate) struct Names {
    live: BTreeMap<String, Inode>,
    durable: BTreeMap<String, Inode>,
    pending: Vec<Change>,
    folders: BTreeSet<String>,
}

impl Names {
    pub(crate) fn find(&self, name: &str) -> Option<Inode> {
        self.live.get(name).copied()
    }

    pub(crate) fn live(&self) -> impl Iterator<Item = (&str, Inode)> {
        self.live.iter().map(|(name, inode)| (name.as_str(), *inode))
    }

    pub(crate) fn is_durable(&self, name: &str, inode: Inode) -> bool {
        self.durable.get(name) == Some(&inode)
    }

    pub(crate) fn is_folder(&self, name: &str) -> bool {
        name.is_empty() || self.folders.contains(name)
    }

    /// Folders are durable at once: they are made before anything is worth keeping.
    pub(crate) fn make_folder(&mut self, name: &str) {
        self.folders.insert(name.to_owned());
    }

    /// The last parts of all names in a folder, sorted.
    pub(crate) fn list(&self, folder: &str) -> Vec<String> {
        let inside = |name: &&String| folder_of(name) == folder;
        let found: BTreeSet<&str> = self
            .live
            .keys()
            .filter(inside)
            .chain(self.folders.iter().filter(inside))
            .filter_map(|name| name.rsplit_once('/').map(|(_, last)| last))
            .collect();
        found.into_iter().map(str::to_owned).collect()
    }

    pub(crate) fn make(&mut self, name: &str, inode: Inode) {
        self.change(Change::Made { name: name.to_owned(), inode });
    }

    pub(crate) fn make_durable(&mut self, name: &str, inode: Inode) {
        self.live.insert(name.to_owned(), inode);
        self.durable.insert(name.to_owned(), inode);
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.change(Change::Gone { name: name.to_owned() });
    }

    pub(crate) fn rename(&mut self, from: &str, to: &str, inode: Inode) {
        self.change(Change::Moved { from: from.to_owned(), to: to.to_owned(), inode });
    }

    /// Makes the changes to a folder durable, and those before them that they build on.
    pub(crate) fn sync(&mut self, folder: &str) {
        let mut covered: BTreeSet<String> = BTreeSet::new();
        let mut now = Vec::new();
        let mut later = Vec::new();
        for change in mem::take(&mut self.pending).into_iter().rev() {
            let names = change.names();
            if names.iter().any(|name| folder_of(name) == folder || covered.contains(*name)) {
                covered.extend(names.into_iter().map(str::to_owned));
                now.push(change);
            } else {
                later.push(change);
            }
        }
        for change in now.iter().rev() {
            change.apply(&mut self.durable);
        }
        later.reverse();
        self.pending = later;
    }

    /// Keeps some of the pending changes: the first few, or any of them.
    pub(crate) fn lose_power(&mut self, chance: &mut Chance) {
        let pending = mem::take(&mut self.pending);
        let in_order = chance.coin();
        let until = chance.below(pending.len() + 1);
        for (place, change) in pending.iter().enumerate() {
            if if in_order { place < until } else { chance.coin() } {
                change.apply(&mut self.durable);
            }
        }
        self.live.clone_from(&self.durable);
    }

    /// Every file that has a name, had one that may come back, or may get one.
    pub(crate) fn reachable(&self) -> BTreeSet<Inode> {
        let pending = self.pending.iter().filter_map(|change| match change {
            Change::Made { inode, .. } | Change::Moved { inode, .. } => Some(*inode),
            Change::Gone { .. } => None,
        });
        self.live.values().chain(self.durable.values()).copied().chain(pending).collect()
    }

    fn change(&mut self, change: Change) {
        change.apply(&mut self.live);
        self.pending.push(change);
    }
}

impl Change {
    fn names(&self) -> Vec<&str> {
        match self {
            Change::Made { name, .. } | Change::Gone { name } => vec![name],
            Change::Moved { from, to, .. } => vec![from, to],
        }
    }

    fn apply(&self, names: &mut BTreeMap<String, Inode>) {
        match self {
            Change::Made { name, inode } => {
                names.insert(name.clone(), *inode);
            }
            Change::Gone { name } => {
                names.remove(name);
            }
            Change::Moved { from, to, inode } => {
                if names.get(from) == Some(inode) {
                    names.remove(from);
                }
                names.insert(to.clone(), *inode);
            }
        }
    }
}
