use super::{Body, Marks, ORIGIN, Ordered, Record};
use crate::testing::Folder;

fn chain(bodies: Vec<Body>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for body in bodies {
        let previous = records.last().map_or((0, ORIGIN), |last| (last.number, last.hash));
        let key = Folder::key();
        records.push(Record::chain((previous.0, &previous.1), 3, 17, body, &key));
    }
    records
}

fn bodies() -> Vec<Body> {
    let fact = |text: &str| Ordered { order: 4, fact: text.as_bytes().to_vec() };
    vec![
        Body::Marks(Marks { slots: 256, subjects: 9, records: 1 << 40 }),
        Body::Fact(fact("a bar")),
        Body::Destroy { slots: vec![0, 7, u32::MAX], fact: fact("an erasure") },
        Body::Fact(fact("")),
    ]
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    for record in chain(bodies()) {
        let bytes = record.encode();
        let (read, rest) = Record::decode(&bytes).unwrap().unwrap();
        assert_eq!(read, record);
        assert!(rest.is_empty());
    }
}

#[test]
fn every_flipped_bit_and_every_swap_breaks_the_chain() {
    let records = chain(bodies());
    let key = Folder::key().verify_key();
    let follows = |record: &Record, after: usize| {
        let previous = after
            .checked_sub(1)
            .map_or((0, ORIGIN), |place| (records[place].number, records[place].hash));
        record.follows((previous.0, &previous.1), &key)
    };
    for (place, record) in records.iter().enumerate() {
        assert!(follows(record, place));
        assert!(
            (0..records.len()).filter(|other| *other != place).all(|other| !follows(record, other))
        );
        let bytes = record.encode();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            if let Ok(Some((read, _))) = Record::decode(&changed) {
                assert!(!follows(&read, place), "record {place}, bit {bit}");
            }
        }
    }
    let stranger = crypto::SigningKey::from_seed(&[8; 32]).verify_key();
    assert!(!records[0].follows((0, &ORIGIN), &stranger));
}

#[test]
fn a_torn_record_is_the_end() {
    let bytes = chain(bodies())[2].encode();
    for len in 0..bytes.len() {
        assert!(matches!(Record::decode(&bytes[..len]), Ok(None)), "{len}");
    }
}
