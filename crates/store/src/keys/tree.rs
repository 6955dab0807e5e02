//! The tree of key pages of one workspace: find a key, make pages, destroy keys.

use std::collections::{BTreeMap, btree_map::Entry};

use crypto::{Key, Random};

use super::{FANOUT, LEVELS, Page};
use crate::{Slot, StoreError, WorkspaceNo};

/// Where sealed pages lie; the guard database inside one transaction.
pub(crate) trait TreeStore {
    fn load(&mut self, level: u8, number: u32) -> Result<Option<Vec<u8>>, StoreError>;
    fn save(&mut self, level: u8, number: u32, sealed: &[u8]) -> Result<(), StoreError>;
    fn remove(&mut self, level: u8, number: u32) -> Result<(), StoreError>;
}

/// A workspace's tree under its root key.
pub(crate) struct Tree<'a> {
    pub(crate) workspace: WorkspaceNo,
    pub(crate) root: Key,
    pub(crate) store: &'a mut dyn TreeStore,
}

const TOP: u8 = LEVELS - 1;

fn place(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

impl Tree<'_> {
    fn open(&mut self, level: u8, number: u32, key: &Key) -> Result<Option<Page>, StoreError> {
        match self.store.load(level, number)? {
            Some(sealed) => Page::open(key, (self.workspace, level, number), &sealed).map(Some),
            None => Ok(None),
        }
    }

    /// The page of keys that holds a slot; `None` when it was never made or all of it is destroyed.
    pub(crate) fn leaf(&mut self, number: u32) -> Result<Option<Page>, StoreError> {
        let mut key = self.root.duplicate();
        for level in (0..LEVELS).rev() {
            let here = number.checked_shr(8 * u32::from(level)).unwrap_or(0);
            let Some(page) = self.open(level, here, &key)? else { return Ok(None) };
            if level == 0 {
                return Ok(Some(page));
            }
            let below = number.checked_shr(8 * u32::from(level - 1)).unwrap_or(0);
            let Some(next) = page.key(place(below)) else { return Ok(None) };
            key = next;
        }
        Ok(None)
    }

    /// Makes `count` leaf pages of fresh keys from page `first` on.
    pub(crate) fn make(
        &mut self,
        first: u32,
        count: u32,
        rng: &mut dyn Random,
    ) -> Result<(), StoreError> {
        let fresh = (first..first.saturating_add(count)).map(|n| (n, Change::Make)).collect();
        self.rewrite(&fresh, rng).map(|_| ())
    }

    /// Destroys the keys in these slots: each page on their paths is sealed anew under a fresh key, up to
    /// a fresh root key, which is left in `self.root`. Answers the leaf pages that changed.
    pub(crate) fn destroy(
        &mut self,
        slots: &[Slot],
        rng: &mut dyn Random,
    ) -> Result<Vec<u32>, StoreError> {
        let mut pages: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        for slot in slots {
            pages.entry(slot / FANOUT).or_default().push(place(*slot));
        }
        let changes = pages.into_iter().map(|(n, places)| (n, Change::Blank(places))).collect();
        self.root = match self.rewrite(&changes, rng)? {
            Some(root) => root,
            None => Key::random(rng),
        };
        Ok(slots.iter().map(|slot| slot / FANOUT).collect())
    }

    /// Applies changes to leaf pages and re-keys every page above them, level by level. Making pages
    /// keeps the keys of pages that exist: nothing is destroyed, so nothing needs a fresh path.
    fn rewrite(
        &mut self,
        changes: &BTreeMap<u32, Change>,
        rng: &mut dyn Random,
    ) -> Result<Option<Key>, StoreError> {
        let destroys = changes.values().any(|change| matches!(change, Change::Blank(_)));
        let keys = self.path_keys(changes)?;
        let mut below: BTreeMap<u32, Option<Key>> = BTreeMap::new();
        for level in 0..LEVELS {
            let mut touched: BTreeMap<u32, Vec<(u8, Option<Key>)>> = BTreeMap::new();
            let numbers: Vec<u32> = if level == 0 {
                changes.keys().copied().collect()
            } else {
                for (number, key) in std::mem::take(&mut below) {
                    touched.entry(number >> 8).or_default().push((place(number), key));
                }
                touched.keys().copied().collect()
            };
            for number in numbers {
                let old = keys.get(&(level, number));
                let mut page = match old {
                    Some(key) => self.open(level, number, key)?.unwrap_or_else(Page::blank),
                    None => Page::blank(),
                };
                if level == 0 {
                    match changes.get(&number) {
                        Some(Change::Make) => page = Page::fresh(rng),
                        Some(Change::Blank(places)) => {
                            for place in places {
                                page.set(*place, None);
                            }
                        }
                        None => {}
                    }
                }
                for (place, key) in touched.remove(&number).unwrap_or_default() {
                    page.set(place, key.as_ref());
                }
                let key = match old {
                    Some(key) if !destroys => key.duplicate(),
                    _ => Key::random(rng),
                };
                below.insert(number, self.put(level, number, &page, key, rng)?);
            }
        }
        Ok(below.remove(&0).flatten())
    }

    /// Stores a page, or removes one without keys, and answers what its parent must hold.
    fn put(
        &mut self,
        level: u8,
        number: u32,
        page: &Page,
        key: Key,
        rng: &mut dyn Random,
    ) -> Result<Option<Key>, StoreError> {
        if page.is_blank() {
            self.store.remove(level, number)?;
            return Ok(None);
        }
        let sealed = page.seal(&key, (self.workspace, level, number), rng);
        self.store.save(level, number, &sealed)?;
        Ok(Some(key))
    }

    /// The present keys of all pages on the paths to the changed leaves, found from the root down.
    fn path_keys(
        &mut self,
        changes: &BTreeMap<u32, Change>,
    ) -> Result<BTreeMap<(u8, u32), Key>, StoreError> {
        let mut keys = BTreeMap::from([((TOP, 0), self.root.duplicate())]);
        for level in (1..LEVELS).rev() {
            let mut pages: BTreeMap<u32, Option<Page>> = BTreeMap::new();
            for leaf in changes.keys() {
                let number = leaf.checked_shr(8 * u32::from(level)).unwrap_or(0);
                let child = leaf.checked_shr(8 * u32::from(level - 1)).unwrap_or(0);
                if let Entry::Vacant(unread) = pages.entry(number) {
                    let page = match keys.get(&(level, number)).map(Key::duplicate) {
                        Some(key) => self.open(level, number, &key)?,
                        None => None,
                    };
                    unread.insert(page);
                }
                let page = pages.get(&number).and_then(Option::as_ref);
                if let Some(key) = page.and_then(|page| page.key(place(child))) {
                    keys.insert((level - 1, child), key);
                }
            }
        }
        Ok(keys)
    }

    /// Every slot that holds a key, for the check that no key is an orphan.
    pub(crate) fn live(&mut self, leaves: u32) -> Result<Vec<Slot>, StoreError> {
        let mut slots = Vec::new();
        for number in 0..leaves {
            if let Some(page) = self.leaf(number)? {
                slots.extend(page.live().map(|place| number * FANOUT + u32::from(place)));
            }
        }
        Ok(slots)
    }
}

/// What happens to a leaf page.
enum Change {
    /// It is new and full of fresh keys.
    Make,
    /// The keys at these places are destroyed.
    Blank(Vec<u8>),
}

#[cfg(test)]
mod tests;
