use proptest::prelude::*;

use super::*;
use crate::testing::{NONCE, every_flip_fails, other_places, place, slot_key};

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect()
}

fn sealed(length: usize) -> Vec<u8> {
    seal_blob(&slot_key(1), &place(), NONCE, &bytes(length))
}

fn opened(blob: &[u8]) -> Result<Vec<u8>, OpenError> {
    open_blob(&slot_key(1), &place(), blob).map(|plain| plain.to_vec())
}

/// The header and the sealed chunks.
fn parts(blob: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (header, rest) = blob.split_at(BLOB_HEADER);
    (header.to_vec(), rest.chunks(SEALED_CHUNK).map(<[u8]>::to_vec).collect())
}

#[test]
fn a_blob_of_any_size_opens_as_it_was() {
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5] {
        let blob = sealed(length);
        let chunks = length.div_ceil(CHUNK).max(1);

        assert_eq!(blob.len(), BLOB_HEADER + length + chunks * gcm::TAG);
        assert_eq!(opened(&blob).unwrap(), bytes(length));
    }
}

#[test]
fn each_flipped_bit_and_each_cut_fails() {
    every_flip_fails(&sealed(40), |blob| opened(blob).map(drop));
}

#[test]
fn chunks_may_not_change_places() {
    let (header, mut chunks) = parts(&sealed(4 * CHUNK));
    chunks.swap(1, 2);

    assert_eq!(opened(&[header, chunks.concat()].concat()), Err(OpenError::Altered));
}

#[test]
fn a_chunk_may_not_be_left_out_or_repeated() {
    let (header, chunks) = parts(&sealed(4 * CHUNK));
    for at in 0..4 {
        let mut without = chunks.clone();
        without.remove(at);
        assert!(opened(&[header.clone(), without.concat()].concat()).is_err());
        let mut twice = chunks.clone();
        twice.insert(at, chunks[at].clone());
        assert!(opened(&[header.clone(), twice.concat()].concat()).is_err());
    }
}

#[test]
fn a_blob_may_not_be_cut_at_a_chunk_or_made_longer() {
    let blob = sealed(3 * CHUNK);
    let longer = sealed(4 * CHUNK);

    for chunks in 0..3 {
        assert!(opened(&blob[..BLOB_HEADER + chunks * SEALED_CHUNK]).is_err());
    }
    let (_, more) = parts(&longer);
    assert!(opened(&[blob, more[3].clone()].concat()).is_err());
}

#[test]
fn chunks_of_another_blob_under_the_same_key_do_not_fit() {
    let other = seal_blob(&slot_key(1), &place(), *b"BBCDEFGHIJKLMNOPQRSTUVWX", &bytes(CHUNK * 2));
    let (header, mut chunks) = parts(&sealed(2 * CHUNK));
    chunks[1].clone_from(&parts(&other).1[1]);

    assert_eq!(opened(&[header, chunks.concat()].concat()), Err(OpenError::Altered));
}

#[test]
fn a_blob_opens_nowhere_else() {
    for other in other_places() {
        let answer = open_blob(&slot_key(1), &other, &sealed(10)).map(drop);
        assert_eq!(answer, Err(OpenError::Altered), "{other:?}");
    }
    let answer = open_blob(&slot_key(2), &place(), &sealed(10)).map(drop);
    assert_eq!(answer, Err(OpenError::Key));
}

#[test]
fn one_chunk_opens_alone_where_it_belongs_only() {
    let (header, chunks) = parts(&sealed(3 * CHUNK));
    let opener = BlobOpener::new(&slot_key(1), &place(), &header).unwrap();

    let middle = opener.chunk_at(1, &chunks[1], false).unwrap();
    assert_eq!(*middle, bytes(3 * CHUNK)[CHUNK..2 * CHUNK]);
    assert!(opener.chunk_at(2, &chunks[1], false).is_err());
    assert!(opener.chunk_at(1, &chunks[1], true).is_err());
    assert!(opener.chunk_at(2, &chunks[2], false).is_err());
}

#[test]
fn nothing_opens_after_the_last_chunk() {
    let mut sealer = BlobSealer::new(&slot_key(1), &place(), NONCE);
    let (end, after) = (sealer.chunk(b"end", true), sealer.chunk(b"after", true));
    let mut opener = BlobOpener::new(&slot_key(1), &place(), &sealer.header()).unwrap();

    assert_eq!(**opener.chunk(&end, true).unwrap(), *b"end");
    assert_eq!(opener.chunk(&after, true).map(drop), Err(OpenError::Altered));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 20, ..Default::default() })]

    #[test]
    fn how_the_plaintext_arrives_does_not_change_what_opens(
        cuts in prop::collection::vec(0..100_000_usize, 0..6),
        ends_empty: bool,
    ) {
        let plain = bytes(cuts.iter().sum());
        let mut sealer = BlobSealer::new(&slot_key(1), &place(), NONCE);
        let (mut blob, mut rest) = (sealer.header(), &plain[..]);
        for (at, cut) in cuts.iter().enumerate() {
            let (now, later) = rest.split_at(*cut);
            rest = later;
            blob.extend(sealer.chunk(now, !ends_empty && at + 1 == cuts.len()));
        }
        if ends_empty || cuts.is_empty() {
            blob.extend(sealer.chunk(&[], true));
        }
        prop_assert_eq!(opened(&blob).unwrap(), plain);
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(blob: Vec<u8>) {
        prop_assert!(opened(&blob).is_err());
        let framed = [&sealed(0)[..BLOB_HEADER], &blob].concat();
        prop_assert!(opened(&framed).is_err());
    }
}
