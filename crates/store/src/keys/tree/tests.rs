use std::collections::{BTreeMap, BTreeSet};

use crypto::{Key, Random, Seeded};

use super::{Tree, TreeStore};
use crate::{Slot, StoreError, keys::FANOUT};

#[derive(Default, Clone)]
struct Pages(BTreeMap<(u8, u32), Vec<u8>>);

impl TreeStore for Pages {
    fn load(&mut self, level: u8, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.get(&(level, number)).cloned())
    }
    fn save(&mut self, level: u8, number: u32, sealed: &[u8]) -> Result<(), StoreError> {
        self.0.insert((level, number), sealed.to_vec());
        Ok(())
    }
    fn remove(&mut self, level: u8, number: u32) -> Result<(), StoreError> {
        self.0.remove(&(level, number));
        Ok(())
    }
}

/// A tree with its pages and its root, opened for each step as the guard does.
struct Kept {
    pages: Pages,
    root: Key,
    rng: Seeded,
    leaves: u32,
}

impl Kept {
    fn new() -> Kept {
        let mut rng = Seeded::new(5);
        let root = Key::random(&mut rng);
        Kept { pages: Pages::default(), root, rng, leaves: 0 }
    }

    fn make(&mut self, count: u32) {
        let root = self.root.duplicate();
        let mut tree = Tree { workspace: 1, root, store: &mut self.pages };
        tree.make(self.leaves, count, &mut self.rng).unwrap();
        self.leaves += count;
    }

    fn destroy(&mut self, slots: &[Slot]) {
        let root = self.root.duplicate();
        let mut tree = Tree { workspace: 1, root, store: &mut self.pages };
        tree.destroy(slots, &mut self.rng).unwrap();
        self.root = tree.root;
    }

    fn key(&mut self, slot: Slot) -> Option<[u8; 32]> {
        let root = self.root.duplicate();
        let mut tree = Tree { workspace: 1, root, store: &mut self.pages };
        let page = tree.leaf(slot / FANOUT).unwrap()?;
        page.key(slot.to_le_bytes()[0]).map(|key| *key.bytes())
    }

    fn live(&mut self) -> BTreeSet<Slot> {
        let root = self.root.duplicate();
        let mut tree = Tree { workspace: 1, root, store: &mut self.pages };
        tree.live(self.leaves).unwrap().into_iter().collect()
    }
}

#[test]
fn a_destroyed_key_is_gone_and_every_other_one_stays_the_same() {
    let mut kept = Kept::new();
    let mut rng = Seeded::new(9);
    let mut model: BTreeMap<Slot, [u8; 32]> = BTreeMap::new();
    for _ in 0..12 {
        let first = kept.leaves * FANOUT;
        kept.make(1 + u32::from(crypto::random::<1>(&mut rng)[0] % 3));
        for slot in first..kept.leaves * FANOUT {
            let key = kept.key(slot).unwrap();
            assert!(model.values().all(|other| *other != key), "a key is used twice");
            model.insert(slot, key);
            if slot > first + 8 {
                break;
            }
        }
        let mut doomed: Vec<Slot> = model.keys().copied().collect();
        doomed.retain(|_| {
            let mut draw = [0];
            rng.fill(&mut draw);
            draw[0] < 60
        });
        kept.destroy(&doomed);
        for slot in doomed {
            model.remove(&slot);
            assert_eq!(kept.key(slot), None);
        }
        for (slot, key) in &model {
            assert_eq!(kept.key(*slot), Some(*key));
        }
    }
}

#[test]
fn pages_from_before_a_destruction_do_not_open_under_the_new_root() {
    let mut kept = Kept::new();
    kept.make(2);
    let (before, old_root) = (kept.pages.clone(), kept.root.duplicate());
    kept.destroy(&[3]);
    assert!(kept.root.bytes() != old_root.bytes());
    let mut stolen = Kept { pages: before, root: kept.root.duplicate(), ..Kept::new() };
    let root = stolen.root.duplicate();
    let mut tree = Tree { workspace: 1, root, store: &mut stolen.pages };
    assert!(tree.leaf(0).is_err(), "the old copy of the page opens");
    assert!(tree.leaf(1).is_err(), "and so does nothing else of the old copy");
}

#[test]
fn a_page_without_keys_is_removed_and_the_tree_can_grow_on() {
    let mut kept = Kept::new();
    kept.make(1);
    kept.destroy(&(0..FANOUT).collect::<Vec<Slot>>());
    assert!(kept.pages.0.is_empty() && kept.live().is_empty());
    kept.make(1);
    assert_eq!(kept.live(), (FANOUT..2 * FANOUT).collect());
    kept.destroy(&[0, 7, 7]);
    assert_eq!(kept.live(), (FANOUT..2 * FANOUT).collect(), "what is gone can go again");
}

#[test]
fn pages_beyond_the_first_inner_page_are_found() {
    let mut kept = Kept::new();
    kept.leaves = 255;
    kept.make(3);
    let slot = 256 * FANOUT + 1;
    assert!(kept.key(slot).is_some());
    kept.destroy(&[slot]);
    assert_eq!(kept.key(slot), None);
    assert!(kept.key(slot + 1).is_some() && kept.key(255 * FANOUT).is_some());
}

#[test]
fn a_page_moved_to_another_place_does_not_open() {
    let mut kept = Kept::new();
    kept.make(2);
    let moved = kept.pages.0.get(&(0, 1)).unwrap().clone();
    kept.pages.0.insert((0, 0), moved);
    let root = kept.root.duplicate();
    let mut tree = Tree { workspace: 1, root, store: &mut kept.pages };
    assert!(tree.leaf(0).is_err());
}
