//! The operations that are steps, the same for both layers: writes, syncs, truncations, renames and
//! removals. A step can be the one in which the process dies, or the one that fails; either may leave
//! it done in part.

use super::{Life, State};
use crate::{
    contents::{Tearing, part_done},
    failure::{Class, Failure},
    names::{Inode, folder_of},
    trace::Event,
};

impl State {
    pub(crate) fn write(
        &mut self,
        inode: Inode,
        offset: usize,
        bytes: &[u8],
        tearing: Tearing,
    ) -> Result<(), Failure> {
        let broken = self.step(Class::Write)?;
        let part = match broken {
            Some(_) => part_done(offset, bytes.len(), tearing, &mut self.chance),
            None => bytes.len(),
        };
        let node = self.node(inode)?;
        node.contents.write(offset, bytes.get(..part).unwrap_or(bytes), tearing);
        let file = node.name.clone();
        let event = Event::Write { file, offset: offset as u64, len: part as u64 };
        self.finish(broken, || event)
    }

    pub(crate) fn truncate(&mut self, inode: Inode, len: usize) -> Result<(), Failure> {
        let broken = self.step(Class::Write)?;
        let done = self.is_done(broken);
        let node = self.node(inode)?;
        if done {
            node.contents.cut(len);
        }
        let file = node.name.clone();
        self.finish(broken, || Event::Truncate { file, len: len as u64 })
    }

    pub(crate) fn sync(&mut self, inode: Inode) -> Result<(), Failure> {
        let broken = self.step(Class::Sync)?;
        let node = self.nodes.get_mut(&inode).ok_or(Failure::Missing)?;
        match broken {
            None if self.syncs_lie => {}
            None => node.contents.sync(),
            Some(Failure::Fault(_)) => node.contents.fail_sync(&mut self.chance),
            Some(_) => {}
        }
        let file = node.name.clone();
        self.finish(broken, || Event::Sync(file))
    }

    pub(crate) fn sync_folder(&mut self, folder: &str) -> Result<(), Failure> {
        let broken = self.step(Class::Sync)?;
        if broken.is_none() && !self.syncs_lie {
            self.names.sync(folder);
            self.forget_unreachable();
        }
        self.finish(broken, || Event::SyncFolder(folder.to_owned()))
    }

    /// Makes one folder, durable at once.
    pub(crate) fn make_folder(&mut self, name: &str) -> Result<(), Failure> {
        let broken = self.step(Class::Name)?;
        if self.is_done(broken) {
            self.names.make_folder(name);
        }
        self.finish(broken, || Event::SyncFolder(folder_of(name).to_owned()))
    }

    pub(crate) fn rename(&mut self, from: &str, to: &str) -> Result<(), Failure> {
        self.alive(self.boot)?;
        let inode = self.names.find(from).ok_or(Failure::Missing)?;
        if !self.names.is_folder(folder_of(to)) {
            return Err(Failure::Missing);
        }
        if self.names.is_folder(to) {
            return Err(Failure::IsFolder);
        }
        let broken = self.step(Class::Name)?;
        if self.is_done(broken) {
            self.names.rename(from, to, inode);
            to.clone_into(&mut self.node(inode)?.name);
            self.forget_unreachable();
        }
        self.finish(broken, || Event::Rename { from: from.to_owned(), to: to.to_owned() })
    }

    pub(crate) fn remove(&mut self, name: &str) -> Result<(), Failure> {
        self.alive(self.boot)?;
        self.names.find(name).ok_or(Failure::Missing)?;
        let broken = self.step(Class::Name)?;
        if self.is_done(broken) {
            self.names.remove(name);
            self.forget_unreachable();
        }
        self.finish(broken, || Event::Removed(name.to_owned()))
    }

    /// Counts a step. `Err`: the process is dead, nothing happens. `Some`: the step breaks.
    fn step(&mut self, class: Class) -> Result<Option<Failure>, Failure> {
        self.alive(self.boot)?;
        self.steps += 1;
        if self.crash_at.is_some_and(|at| self.steps >= at) {
            self.life = Life::Died;
            return Ok(Some(Failure::Dying));
        }
        let due = self.fault.take_if(|(at, kind)| self.steps >= *at && kind.hits(class));
        Ok(due.map(|(_, kind)| Failure::Fault(kind)))
    }

    /// Whether a change that cannot be done in part is done: a fault prevents it, a death may not.
    fn is_done(&mut self, broken: Option<Failure>) -> bool {
        match broken {
            None => true,
            Some(Failure::Dying) => self.chance.coin(),
            Some(_) => false,
        }
    }

    fn finish(
        &mut self,
        broken: Option<Failure>,
        event: impl FnOnce() -> Event,
    ) -> Result<(), Failure> {
        match broken {
            None => {
                self.record(event);
                Ok(())
            }
            Some(failure) => {
                self.record(|| match failure {
                    Failure::Fault(kind) => Event::Failed(kind),
                    _ => Event::Died,
                });
                Err(failure)
            }
        }
    }
}
