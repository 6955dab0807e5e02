use std::fs;

use crate::{
    StoreError,
    journal::{Body, ORIGIN, Ordered, Record},
    testing::Folder,
};

fn records(count: u64) -> Vec<Record> {
    let mut previous = (0, ORIGIN);
    (0..count)
        .map(|order| {
            let body = Body::Fact(Ordered { order, fact: vec![1; 20] });
            let record = Record::chain((previous.0, &previous.1), 1, 5, body, &Folder::key());
            previous = (record.number, record.hash);
            record
        })
        .collect()
}

#[test]
fn what_is_appended_is_read_in_order() {
    let folder = Folder::new();
    let escrow = folder.escrow();
    let key = Folder::key().verify_key();
    assert!(!escrow.exists().unwrap());
    assert!(escrow.records(&key).unwrap().is_empty());
    let all = records(5);
    escrow.append(&all[..2]).unwrap();
    escrow.append(&all[2..]).unwrap();
    assert_eq!(escrow.records(&key).unwrap(), all);
}

#[test]
fn a_torn_tail_is_cut_off_and_can_be_written_again() {
    let key = Folder::key().verify_key();
    let all = records(3);
    let whole = all[2].encode().len();
    for part in 1..whole {
        let folder = Folder::new();
        let escrow = folder.escrow();
        escrow.append(&all[..2]).unwrap();
        let path = folder.path("escrow").join("guard-journal");
        let mut bytes = fs::read(&path).unwrap();
        bytes.extend_from_slice(&all[2].encode()[..part]);
        fs::write(&path, &bytes).unwrap();
        assert_eq!(escrow.records(&key).unwrap(), all[..2]);
        escrow.append(&all[2..]).unwrap();
        assert_eq!(escrow.records(&key).unwrap(), all);
    }
}

#[test]
fn a_journal_that_was_changed_or_lacks_its_middle_is_refused() {
    let key = Folder::key().verify_key();
    let all = records(3);
    let folder = Folder::new();
    folder.escrow().append(&[all[0].clone(), all[2].clone()]).unwrap();
    let answer = folder.escrow().records(&key);
    assert!(matches!(answer, Err(StoreError::JournalBroken { after: 1 })), "{answer:?}");
    let folder = Folder::new();
    let mut forged = all[1].clone();
    forged.at += 1;
    folder.escrow().append(&[all[0].clone(), forged, all[2].clone()]).unwrap();
    let answer = folder.escrow().records(&key);
    assert!(matches!(answer, Err(StoreError::JournalBroken { after: 1 })), "{answer:?}");
}
