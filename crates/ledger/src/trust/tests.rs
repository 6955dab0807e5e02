use proptest::prelude::*;

use super::policy::PolicyFault;
use super::*;
use crate::note::LogKey;
use crate::testing::{Log, contents, key};

const ORIGIN: &str = "deployment.example";

fn witness(n: u8) -> LogKey {
    key(&format!("witness.example/w{n}"), 100 + n)
}

/// A checkpoint of the deployment, cosigned by these witnesses at times 1000, 1001, and so on.
fn cosigned(witnesses: &[u8]) -> String {
    let mut note = Log::of(&contents(0..5)).checkpoint(&key(ORIGIN, 1));
    let body = note.split_once("\n\n").unwrap().0.to_owned() + "\n";
    for (time, n) in (1000..).zip(witnesses) {
        note += &witness(*n).cosign(&body, time);
    }
    note
}

/// A policy that knows the deployment and six witnesses, X1 to X3 and Y4 to Y6.
fn policy(rest: &str) -> Result<Trust, PolicyError> {
    let mut text = format!("# trusted\n\n log\t{} https://x\n", key(ORIGIN, 1).vkey());
    for (name, n) in ["X1", "X2", "X3", "Y4", "Y5", "Y6"].into_iter().zip(1..) {
        let key = witness(n).cosigner_vkey().to_string();
        text += &["witness ", name, " ", &key, "\n"].concat();
    }
    Trust::parse_policy(&(text + rest))
}

fn accepts(rest: &str, witnesses: &[u8]) -> bool {
    match policy(rest).unwrap().check(&cosigned(witnesses)) {
        Ok(_) => true,
        Err(TrustError::Quorum) => false,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn without_a_key_that_signed_the_signer_is_not_known() {
    let stranger = key(ORIGIN, 2).vkey();

    for trust in [Trust::default(), Trust::pinned(vec![stranger])] {
        let error = trust.check(&cosigned(&[])).unwrap_err();
        assert_eq!(error, TrustError::SignerUnknown);
        assert_eq!(error.to_string(), "signer not known");
    }
}

#[test]
fn any_pinned_key_suffices() {
    let keys = vec![key("other.example", 9).vkey(), key(ORIGIN, 1).vkey()];
    let believed = Trust::pinned(keys).check(&cosigned(&[])).unwrap();

    assert_eq!(believed.checkpoint.size, 5);
    assert_eq!(believed.signer, key(ORIGIN, 1).vkey());
    assert_eq!(believed.witnesses, []);
}

#[test]
fn no_quorum_asks_no_witness() {
    assert!(accepts("quorum none", &[]));
    assert!(accepts("quorum none\n", &[1]));
}

#[test]
fn a_single_witness_can_be_the_quorum() {
    assert!(!accepts("quorum X2", &[]));
    assert!(!accepts("quorum X2", &[1, 3]));
    assert!(accepts("quorum X2", &[2]));
}

#[test]
fn groups_count_their_members() {
    let rest = "group X 2 X1 X2 X3\ngroup Y any Y4 Y5 Y6\ngroup both all X Y\nquorum both\n";

    for few in [&[][..], &[1], &[1, 2], &[1, 2, 3], &[1, 4], &[4, 5, 6]] {
        assert!(!accepts(rest, few), "{few:?}");
    }
    for enough in [&[1, 2, 4][..], &[2, 3, 6], &[1, 2, 3, 4, 5, 6]] {
        assert!(accepts(rest, enough), "{enough:?}");
    }
}

#[test]
fn one_witness_counts_once() {
    let note = cosigned(&[1, 1, 1]);
    let rest = "group X 2 X1 X2 X3\nquorum X\n";

    assert_eq!(policy(rest).unwrap().check(&note), Err(TrustError::Quorum));
}

#[test]
fn the_answer_names_witnesses_and_times() {
    let rest = "group X any X1 X2 X3\nquorum X\n";
    let believed = policy(rest).unwrap().check(&cosigned(&[3, 1])).unwrap();

    let expected =
        [("witness.example/w1".to_owned(), 1001), ("witness.example/w3".to_owned(), 1000)];
    assert_eq!(believed.witnesses, expected);
}

#[test]
fn a_forged_line_of_a_known_witness_refuses_the_checkpoint() {
    let forged = cosigned(&[1]) + &witness(2).cosign("other body\n", 1000);
    let answer = policy("group X any X1 X2\nquorum X\n").unwrap().check(&forged);

    let bad = CheckpointError::Note(NoteError::BadSignature);
    assert_eq!(answer, Err(TrustError::Checkpoint(bad)));
}

#[test]
fn a_wrong_policy_is_refused_with_its_line() {
    let (log, other) = (key(ORIGIN, 1).vkey(), key("other.example", 1).vkey());
    let (seven, one) = (witness(7).cosigner_vkey(), witness(1).cosigner_vkey());
    let cases = [
        ("", PolicyFault::Quorum),
        ("quorum none\nquorum none", PolicyFault::Quorum),
        ("quorum Z", PolicyFault::NameUnknown),
        ("quorum", PolicyFault::Line),
        ("Quorum none", PolicyFault::Line),
        ("log", PolicyFault::Line),
        ("log a b c", PolicyFault::Line),
        ("log a+b", PolicyFault::Key(NoteError::Vkey)),
        (&format!("log {other}"), PolicyFault::KeyTwice),
        (&format!("log {seven}"), PolicyFault::Sort),
        (&format!("witness Z {log}"), PolicyFault::Sort),
        (&format!("witness Z {one}"), PolicyFault::KeyTwice),
        (&format!("witness X1 {seven}"), PolicyFault::NameTaken),
        (&format!("witness none {seven}"), PolicyFault::NameTaken),
        ("group X1 any X2", PolicyFault::NameTaken),
        ("group G any", PolicyFault::Threshold),
        ("group G 0 X1", PolicyFault::Threshold),
        ("group G 2 X1", PolicyFault::Threshold),
        ("group G 01 X1", PolicyFault::Threshold),
        ("group G all X1 X1", PolicyFault::NameUnknown),
        ("group G all G", PolicyFault::NameUnknown),
        ("group G all none", PolicyFault::NameUnknown),
        ("group G any X1\ngroup H any X1", PolicyFault::NameUnknown),
        ("quorum none\r", PolicyFault::Character),
        ("# \u{7f}", PolicyFault::Character),
    ];
    for (rest, fault) in cases {
        let line = 9 + rest.matches('\n').count() + 1;
        assert_eq!(policy(rest).map(drop), Err(PolicyError { line, fault }), "{rest}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_policy_is_read_without_a_panic(text: String, words in "((log|group|quorum|any|none|1)[ \n])*") {
        let _ = Trust::parse_policy(&text);
        let _ = Trust::parse_policy(&words);
    }
}
