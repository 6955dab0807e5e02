use std::fs;

use super::Guard;
use crate::{
    Slot, StoreError,
    disk::RealDisk,
    journal::{Body, Ordered},
    testing::Folder,
};

const DAY: i64 = 86_400_000_000;

fn fact(order: u64, text: &str) -> Ordered {
    Ordered { order, fact: text.as_bytes().to_vec() }
}

fn guard(folder: &Folder) -> Guard {
    let guard = folder.guard(1);
    guard.create_workspace(7).unwrap();
    guard.extend(7, 300, 10, 20, 1).unwrap();
    guard
}

fn is_destroyed(guard: &Guard, slot: Slot) -> bool {
    matches!(guard.raw_key(7, slot), Err(StoreError::KeyDestroyed))
}

#[test]
fn a_destroyed_key_is_gone_from_memory_and_after_a_restart() {
    let folder = Folder::new();
    let guard = guard(&folder);
    let kept = *guard.raw_key(7, 4).unwrap().bytes();
    guard.raw_key(7, 3).unwrap();
    guard.destroy(7, 2, &[3, 290], fact(0, "gone")).unwrap();
    assert!(is_destroyed(&guard, 3) && is_destroyed(&guard, 290));
    drop(guard);
    let guard = folder.guard(2);
    assert!(is_destroyed(&guard, 3) && is_destroyed(&guard, 290));
    assert_eq!(*guard.raw_key(7, 4).unwrap().bytes(), kept);
    let live = guard.live(7).unwrap();
    assert_eq!(live.len(), 510);
    assert!(!live.contains(&3) && live.contains(&4));
}

#[test]
fn marks_only_rise_and_come_in_pages() {
    let folder = Folder::new();
    let guard = guard(&folder);
    let marks = guard.marks(7).unwrap();
    assert_eq!((marks.slots, marks.subjects, marks.records), (512, 10, 20));
    let marks = guard.extend(7, 1, 5, 30, 2).unwrap();
    assert_eq!((marks.slots, marks.subjects, marks.records), (768, 10, 30));
    assert_eq!(guard.marks(7).unwrap(), marks);
}

#[test]
fn journal_and_escrow_tell_the_same_in_order() {
    let folder = Folder::new();
    let guard = guard(&folder);
    let number = guard.append(7, 3, vec![fact(0, "one"), fact(1, "two")]).unwrap();
    guard.destroy(7, 4, &[1], fact(2, "three")).unwrap();
    let journal = guard.journal(7, 0).unwrap();
    assert_eq!(journal.last().unwrap().number, number + 1);
    assert_eq!(guard.journal(7, number).unwrap().len(), 1);
    assert_eq!(folder.escrow().records(&Folder::key().verify_key()).unwrap(), journal);
    assert!(guard.journal(8, 0).unwrap().is_empty());
}

#[test]
fn an_escrow_that_lacks_the_newest_records_gets_them_at_the_next_opening() {
    let folder = Folder::new();
    let guard = guard(&folder);
    guard.append(7, 3, vec![fact(0, "one"), fact(1, "two")]).unwrap();
    let journal = guard.journal(7, 0).unwrap();
    drop(guard);
    let path = folder.path("escrow").join("guard-journal");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 150]).unwrap();
    folder.guard(2);
    assert_eq!(folder.escrow().records(&Folder::key().verify_key()).unwrap(), journal);
}

#[test]
fn an_older_guard_learns_from_the_escrow_what_was_destroyed_since() {
    let folder = Folder::new();
    let first = guard(&folder);
    let copy = folder.path("copy.db");
    first.copy_to(&copy).unwrap();
    first.append(7, 3, vec![fact(0, "a bar")]).unwrap();
    first.destroy(7, 4, &[3], fact(1, "an erasure")).unwrap();
    let journal = first.journal(7, 0).unwrap();
    drop(first);
    for name in ["guard.db-wal", "guard.db-shm"] {
        let _ = fs::remove_file(folder.path(name));
    }
    fs::rename(&copy, folder.path("guard.db")).unwrap();
    let restored = folder.open_guard(true, 2).unwrap();
    assert!(is_destroyed(&restored, 3));
    assert_eq!(restored.journal(7, 0).unwrap(), journal);
    drop(restored);
    let again = folder.guard(3);
    assert_eq!(again.journal(7, 0).unwrap(), journal);
    assert_eq!(folder.escrow().records(&Folder::key().verify_key()).unwrap(), journal);
}

#[test]
fn what_one_escrow_knows_the_other_learns_too() {
    let folder = Folder::new();
    drop(guard(&folder));
    let lagging = fs::read(folder.path("escrow").join("guard-journal")).unwrap();
    let both = ["escrow", "escrow-2"];
    let first = folder.open_with(&both, false, 2).unwrap();
    let copy = folder.path("copy.db");
    first.copy_to(&copy).unwrap();
    first.destroy(7, 4, &[3], fact(1, "an erasure")).unwrap();
    let journal = first.journal(7, 0).unwrap();
    drop(first);
    for name in ["guard.db-wal", "guard.db-shm"] {
        let _ = fs::remove_file(folder.path(name));
    }
    fs::rename(&copy, folder.path("guard.db")).unwrap();
    fs::write(folder.path("escrow").join("guard-journal"), lagging).unwrap();
    for seed in 3..5 {
        let guard = folder.open_with(&both, false, seed).unwrap();
        assert!(is_destroyed(&guard, 3));
        assert_eq!(guard.journal(7, 0).unwrap(), journal);
    }
    let [one, two] = both.map(|name| fs::read(folder.path(name).join("guard-journal")).unwrap());
    assert_eq!(one, two);
}

#[test]
fn a_restored_guard_without_an_escrow_is_refused() {
    let folder = Folder::new();
    drop(guard(&folder));
    fs::remove_file(folder.path("escrow").join("guard-journal")).unwrap();
    let answer = folder.open_guard(true, 2);
    assert!(matches!(answer, Err(StoreError::JournalBroken { .. })), "{answer:?}");
}

#[test]
fn an_escrow_of_another_history_is_refused_whether_longer_or_shorter() {
    for (own, foreign) in [(2, 5), (2, 2), (5, 2)] {
        let (folder, other) = (Folder::new(), Folder::new());
        for (place, facts) in [(&folder, own), (&other, foreign)] {
            let guard = guard(place);
            for order in 0..facts {
                guard.append(7, 1, vec![fact(u64::try_from(order).unwrap(), "a fact")]).unwrap();
            }
            // The two part at the last record that both have, if not before.
            guard
                .append(7, 100 + facts, vec![fact(9, &format!("{own} {foreign} {facts}"))])
                .unwrap();
        }
        let name = "guard-journal";
        let mut journal = fs::read(other.path("escrow").join(name)).unwrap();
        if (own, foreign) == (2, 2) {
            let guard = other.guard(2);
            guard.append(7, 1, vec![fact(10, "one more")]).unwrap();
            journal = fs::read(other.path("escrow").join(name)).unwrap();
            folder.guard(2).append(7, 2, vec![fact(10, "one other")]).unwrap();
        }
        fs::write(folder.path("escrow").join(name), journal).unwrap();
        let answer = folder.open_guard(false, 2);
        assert!(matches!(answer, Err(StoreError::JournalBroken { .. })), "{own} {foreign}");
    }
}

#[test]
fn an_epoch_turns_without_changing_a_key_and_dies_only_with_a_copy_that_opens() {
    let folder = Folder::new();
    let guard = guard(&folder);
    let before = *guard.raw_key(7, 9).unwrap().bytes();
    assert_eq!(guard.turn_epoch(DAY).unwrap().number, 2);
    assert_eq!(guard.secrets().unwrap(), [1, 2]);
    let copy = folder.path("copy.db");
    fs::write(&copy, b"not a database").unwrap();
    assert!(guard.destroy_epochs(1, DAY, &RealDisk, &copy).is_err());
    assert_eq!(guard.secrets().unwrap(), [1, 2], "nothing is destroyed without a copy that opens");
    drop(guard);
    fs::remove_file(&copy).unwrap();
    let guard = folder.guard(3);
    guard.copy_to(&copy).unwrap();
    assert_eq!(guard.destroy_epochs(1, DAY, &RealDisk, &copy).unwrap(), [1]);
    assert_eq!((guard.secrets().unwrap(), guard.dead_epoch().unwrap()), (vec![2], 1));
    assert_eq!(*guard.raw_key(7, 9).unwrap().bytes(), before);
    drop(guard);
    assert_eq!(*folder.guard(4).raw_key(7, 9).unwrap().bytes(), before);
}

#[test]
fn a_copy_from_before_an_epoch_died_opens_no_key() {
    let folder = Folder::new();
    let first = guard(&folder);
    let stolen = folder.path("stolen.db");
    first.copy_to(&stolen).unwrap();
    first.destroy(7, 2, &[3], fact(0, "gone")).unwrap();
    first.turn_epoch(DAY).unwrap();
    let copy = folder.path("copy.db");
    first.copy_to(&copy).unwrap();
    first.destroy_epochs(1, DAY, &RealDisk, &copy).unwrap();
    drop(first);
    for name in ["guard.db-wal", "guard.db-shm"] {
        let _ = fs::remove_file(folder.path(name));
    }
    fs::rename(&stolen, folder.path("guard.db")).unwrap();
    let answer = folder.open_guard(false, 2).and_then(|guard| guard.raw_key(7, 4).map(|_| ()));
    assert!(matches!(answer, Err(StoreError::EpochGone { epoch: 1 })), "{answer:?}");
}

#[test]
fn a_facts_body_is_what_was_said() {
    let folder = Folder::new();
    let guard = guard(&folder);
    guard.append(7, 3, vec![fact(5, "said")]).unwrap();
    let last = guard.journal(7, 0).unwrap().pop().unwrap();
    assert_eq!((last.workspace, last.at), (7, 3));
    assert_eq!(last.body, Body::Fact(fact(5, "said")));
}
