use proptest::prelude::*;

use super::*;
use crate::testing::{Log, content, contents, key};
use crate::tree::inclusion_proof;

const ORIGIN: &str = "log.example/a";

fn proof(index: u64, size: u64) -> TlogProof {
    let log = Log::of(&contents(0..size));
    let path = log.with_tiles(size, |tiles| inclusion_proof(index, size, tiles)).unwrap();
    TlogProof { index, path, checkpoint: log.checkpoint(&key(ORIGIN, 1)) }
}

#[test]
fn a_proof_reads_back_and_verifies() {
    for (index, size) in [(0, 1), (0, 2), (2, 3), (255, 256), (256, 257), (299, 300)] {
        let proof = proof(index, size);
        let read: TlogProof = proof.to_string().parse().unwrap();

        assert_eq!(read, proof);
        let checkpoint = read.verify(&content(index), &key(ORIGIN, 1).vkey()).unwrap();
        assert_eq!(checkpoint.size, size);
        let wrong = read.verify(&content(index + 1), &key(ORIGIN, 1).vkey());
        assert_eq!(wrong, Err(ProofError::NotIncluded));
    }
}

#[test]
fn the_text_is_as_the_specification_says() {
    let proof = TlogProof { index: 2, path: vec![[0; 32]], checkpoint: proof(0, 1).checkpoint };
    let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    let expected = format!("c2sp.org/tlog-proof@v1\nindex 2\n{hash}\n\n{}", proof.checkpoint);
    assert_eq!(proof.to_string(), expected);
}

#[test]
fn another_spelling_is_refused() {
    let text = proof(2, 5).to_string();
    let texts = [
        String::new(),
        text.replace("@v1", "@v2"),
        text.replace("index 2", "index 02"),
        text.replace("index 2", "index  2"),
        text.replace("index 2", "extra AAAA\nindex 2"),
        text.replace("index 2\n", ""),
        text.replace("index 2\n", "index 2\n\n"),
        text.replace("=\n", "\n"),
        text.replace('\n', "\r\n"),
        format!(" {text}"),
        format!("{text}\n"),
        text.trim_end().to_owned(),
        text.replace(
            "index 2\n",
            &format!("index 2\n{}", format!("{}\n", base64(&[0; 32])).repeat(65)),
        ),
    ];
    for text in texts {
        assert_eq!(text.parse::<TlogProof>(), Err(ProofError::Malformed), "{text:?}");
    }
}

#[test]
fn each_flipped_bit_of_a_proof_fails() {
    let text = proof(3, 7).to_string();
    let key = key(ORIGIN, 1).vkey();
    let holds = |bytes: &[u8]| {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let Ok(proof) = text.parse::<TlogProof>() else { return false };
        proof.verify(&content(3), &key).is_ok()
    };

    let mut bytes = text.into_bytes();
    assert!(holds(&bytes));
    for at in 0..bytes.len() {
        for bit in 0..8 {
            bytes[at] ^= 1 << bit;
            assert!(!holds(&bytes), "byte {at} bit {bit}");
            bytes[at] ^= 1 << bit;
        }
    }
}

#[test]
fn an_independent_library_checks_our_proof() {
    use tlog_tiles::tlog::{Hash, check_record, record_hash};
    let proof = proof(123, 300);
    let checkpoint = proof.verify(&content(123), &key(ORIGIN, 1).vkey()).unwrap();
    let path = proof.path.iter().copied().map(Hash).collect();

    check_record(&path, 300, Hash(checkpoint.root), 123, record_hash(&content(123))).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_read_without_a_panic(text: String, head: bool) {
        let head = if head { "c2sp.org/tlog-proof@v1\nindex 0\n\n" } else { "" };
        prop_assert!([head, &text].concat().parse::<TlogProof>().is_err());
    }
}
