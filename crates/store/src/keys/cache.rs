//! Opened key pages kept in memory, so that a read costs no tree walk.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;

use super::Page;
use crate::WorkspaceNo;

/// 512 pages are 4 MiB and cover 131,072 keys.
const PAGES: NonZeroUsize = NonZeroUsize::new(512).unwrap();

/// The most recently used pages.
pub(crate) struct Cache(Mutex<LruCache<(WorkspaceNo, u32), Arc<Page>>>);

impl Cache {
    pub(crate) fn new() -> Cache {
        Cache(Mutex::new(LruCache::new(PAGES)))
    }

    pub(crate) fn find(&self, workspace: WorkspaceNo, page: u32) -> Option<Arc<Page>> {
        self.lock().get(&(workspace, page)).map(Arc::clone)
    }

    pub(crate) fn keep(&self, workspace: WorkspaceNo, page: u32, opened: Arc<Page>) {
        self.lock().put((workspace, page), opened);
    }

    /// Drops a page whose keys changed. Called while the guard is locked, so that a reader cannot put
    /// the old page back: readers keep pages only under the same lock.
    pub(crate) fn forget(&self, workspace: WorkspaceNo, page: u32) {
        self.lock().pop(&(workspace, page));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<(WorkspaceNo, u32), Arc<Page>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
