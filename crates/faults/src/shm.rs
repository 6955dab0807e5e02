//! The shared memory of a database in WAL mode: regions and eight locks. It is lost at a crash.

use std::{
    alloc::{self, Layout},
    ptr::NonNull,
    sync::Arc,
};

use crate::{failure::Failure, locks::Owner};

/// Zeroed memory at a fixed address, which connections write to by themselves.
#[derive(Debug)]
pub(crate) struct Region {
    start: NonNull<u8>,
    layout: Layout,
}

// SAFETY: the region owns its memory and never reads or writes it; SQLite does, under its own locks.
unsafe impl Send for Region {}
// SAFETY: as above; a shared `Region` gives out nothing but the address.
unsafe impl Sync for Region {}

impl Region {
    /// `None` when there is no memory, or none was asked for.
    fn new(size: usize) -> Option<Region> {
        let layout = Layout::from_size_align(size, 4096).ok().filter(|layout| layout.size() > 0)?;
        // SAFETY: the layout has a size above zero.
        let start = unsafe { alloc::alloc_zeroed(layout) };
        NonNull::new(start).map(|start| Region { start, layout })
    }

    pub(crate) fn start(&self) -> *mut u8 {
        self.start.as_ptr()
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        // SAFETY: `start` came from the allocator with this very layout, and is freed only here. Each
        // connection keeps an `Arc` of every region it was shown until it unmaps or closes.
        unsafe { alloc::dealloc(self.start.as_ptr(), self.layout) };
    }
}

#[derive(Debug, Default)]
struct Slot {
    exclusive: Option<Owner>,
    shared: Vec<Owner>,
}

#[derive(Debug, Default)]
pub(crate) struct Shm {
    regions: Vec<Arc<Region>>,
    slots: [Slot; 8],
    users: Vec<Owner>,
}

impl Shm {
    /// A region by number; `None` when it is not there yet and is not to be made.
    pub(crate) fn map(
        &mut self,
        owner: Owner,
        number: usize,
        size: usize,
        extend: bool,
    ) -> Result<Option<Arc<Region>>, Failure> {
        if !self.users.contains(&owner) {
            self.users.push(owner);
        }
        while extend && self.regions.len() <= number {
            self.regions.push(Arc::new(Region::new(size).ok_or(Failure::Dead)?));
        }
        Ok(self.regions.get(number).map(Arc::clone))
    }

    pub(crate) fn lock(
        &mut self,
        owner: Owner,
        first: usize,
        count: usize,
        exclusive: bool,
    ) -> Result<(), Failure> {
        let slots = self.slots.get_mut(first..first + count).ok_or(Failure::Dead)?;
        let free = |slot: &Slot| {
            slot.exclusive.is_none_or(|holder| holder == owner)
                && (!exclusive || slot.shared.iter().all(|holder| *holder == owner))
        };
        if !slots.iter().all(free) {
            return Err(Failure::Busy);
        }
        for slot in slots {
            if exclusive {
                slot.exclusive = Some(owner);
            } else if !slot.shared.contains(&owner) {
                slot.shared.push(owner);
            }
        }
        Ok(())
    }

    pub(crate) fn unlock(&mut self, owner: Owner, first: usize, count: usize) {
        for slot in self.slots.iter_mut().skip(first).take(count) {
            slot.exclusive.take_if(|holder| *holder == owner);
            slot.shared.retain(|holder| *holder != owner);
        }
    }

    /// Ends one connection's use; with the last of them the contents go, as the next one recovers.
    pub(crate) fn unmap(&mut self, owner: Owner) {
        let count = self.slots.len();
        self.unlock(owner, 0, count);
        self.users.retain(|user| *user != owner);
        if self.users.is_empty() {
            self.regions.clear();
        }
    }
}
