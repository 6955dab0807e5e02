use proptest::prelude::*;

use super::*;
use crate::note::LogKey;
use crate::testing::{Log, contents, key};
use crate::tree::inclusion_proof;

const SALT: [u8; 32] = [0x5a; 32];

fn workspace() -> LogKey {
    key("ledger.example/w/7f3a", 1)
}

fn deployment() -> LogKey {
    key("ledger.example/d", 2)
}

fn trust() -> Trust {
    Trust::pinned(vec![deployment().vkey()])
}

fn statement(log: &str) -> Vec<u8> {
    format!(r#"{{"certificate":"erasure","case":"E-12","log":"{log}","grade":"erased"}}"#).into()
}

fn prove(log: &Log, index: u64, key: &LogKey) -> String {
    let size = log.size();
    let path = log.with_tiles(size, |tiles| inclusion_proof(index, size, tiles)).unwrap();
    TlogProof { index, path, checkpoint: log.checkpoint(key) }.to_string()
}

/// A genuine certificate over this statement, in small logs with other leaves around it.
fn certify(statement: Vec<u8>, key: &LogKey) -> Certificate {
    let mut log = Log::of(&contents(0..4));
    log.append(&[entry::commit(&SALT, &statement).to_vec()]);
    log.append(&contents(5..7));
    let proof = prove(&log, 4, key);
    let note = log.checkpoint(key);
    let body = note.split_once("\n\n").unwrap().0.to_owned() + "\n";
    let mut vouching = Log::of(&contents(0..2));
    vouching.append(&[entry::checkpoint_leaf(&body).to_vec()]);
    let anchor = prove(&vouching, 2, &deployment());
    Certificate { statement, salt: SALT, log_key: key.vkey().to_string(), proof, anchor }
}

fn genuine() -> Certificate {
    certify(statement(&workspace().vkey().to_string()), &workspace())
}

fn verified(certificate: &Certificate) -> Result<Verdict, VerifyError> {
    verify(certificate.to_json().as_bytes(), &trust())
}

#[test]
fn a_genuine_certificate_verifies_and_says_what_it_shows() {
    let verdict = verified(&genuine()).unwrap();

    assert_eq!(verdict.statement["grade"], "erased");
    assert_eq!((verdict.index, verdict.log.size), (4, 7));
    assert_eq!(verdict.log.origin, "ledger.example/w/7f3a");
    assert_eq!(verdict.deployment.checkpoint.size, 3);
    assert_eq!(verdict.deployment.signer, deployment().vkey());
}

#[test]
fn the_file_reads_back_as_it_was() {
    let certificate = genuine();

    assert_eq!(Certificate::parse(certificate.to_json().as_bytes()), Ok(certificate));
}

#[test]
fn each_flipped_bit_of_the_file_fails() {
    let mut file = genuine().to_json().into_bytes();
    for at in 0..file.len() {
        for bit in 0..8 {
            file[at] ^= 1 << bit;
            assert!(verify(&file, &trust()).is_err(), "byte {at} bit {bit}");
            file[at] ^= 1 << bit;
        }
    }
    assert!(verify(&file, &trust()).is_ok());
}

#[test]
fn each_replaced_or_lost_byte_of_the_file_fails() {
    let file = genuine().to_json().into_bytes();
    for at in 0..file.len() {
        for byte in [b'0', b'A', b'=', b'"', b'\\', b'\n', b' ', 0, 0xff] {
            let mut changed = file.clone();
            changed[at] = byte;
            assert!(changed == file || verify(&changed, &trust()).is_err(), "{at}: {byte}");
        }
        let mut shorter = file.clone();
        shorter.remove(at);
        assert!(shorter == file || verify(&shorter, &trust()).is_err(), "{at} removed");
        assert!(verify(&file[..at], &trust()).is_err(), "cut at {at}");
    }
}

/// Beneath the file's own spelling: the bytes of each part changed, then written canonically again.
#[test]
fn each_flipped_bit_of_statement_and_salt_fails_when_written_anew() {
    let whole = genuine();
    for at in 0..whole.statement.len() {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed.statement[at] ^= 1 << bit;
            assert!(verified(&changed).is_err(), "statement byte {at} bit {bit}");
        }
    }
    for at in 0..32 {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed.salt[at] ^= 1 << bit;
            assert!(verified(&changed).is_err(), "salt byte {at} bit {bit}");
        }
    }
}

#[test]
fn each_flipped_bit_of_the_texts_fails_when_written_anew() {
    type Part = fn(&mut Certificate) -> &mut String;
    let parts: [Part; 3] = [|c| &mut c.log_key, |c| &mut c.proof, |c| &mut c.anchor];
    for part in parts {
        let text = part(&mut genuine()).clone().into_bytes();
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut changed = text.clone();
                changed[at] ^= 1 << bit;
                let Ok(changed) = String::from_utf8(changed) else { continue };
                let mut certificate = genuine();
                *part(&mut certificate) = changed;
                assert!(verified(&certificate).is_err(), "byte {at} bit {bit}");
            }
        }
    }
}

#[test]
fn without_a_key_the_signer_is_not_known() {
    let file = genuine().to_json();
    let stranger = key("ledger.example/d", 9).vkey();

    for trust in [Trust::default(), Trust::pinned(vec![stranger])] {
        let error = verify(file.as_bytes(), &trust).unwrap_err();
        assert_eq!(error, VerifyError::SignerUnknown);
        assert_eq!(error.to_string(), "signer not known");
    }
}

#[test]
fn a_quorum_of_the_policy_is_asked_for() {
    let witness = key("witness.example", 5);
    let (log, w) = (deployment().vkey(), witness.cosigner_vkey());
    let policy = format!("log {log}\nwitness W {w}\nquorum W\n");
    let trust = Trust::parse_policy(&policy).unwrap();
    let mut certificate = genuine();

    let answer = verify(certificate.to_json().as_bytes(), &trust);
    assert_eq!(answer, Err(VerifyError::Deployment(TrustError::Quorum)));

    let anchor: TlogProof = certificate.anchor.parse().unwrap();
    certificate.anchor += &witness.cosign(anchor.note().unwrap().text(), 1_700_000_000);
    let verdict = verify(certificate.to_json().as_bytes(), &trust).unwrap();
    assert_eq!(verdict.deployment.witnesses, [("witness.example".to_owned(), 1_700_000_000)]);
}

#[test]
fn a_workspace_log_that_the_deployment_does_not_know_proves_nothing() {
    let stranger = key("ledger.example/w/7f3a", 66);
    let mut forged = certify(statement(&stranger.vkey().to_string()), &stranger);
    forged.anchor = genuine().anchor;

    assert_eq!(verified(&forged), Err(VerifyError::Anchor(ProofError::NotIncluded)));
}

#[test]
fn the_statement_must_name_its_log() {
    let other = key("ledger.example/w/0000", 3).vkey().to_string();
    for statement in [statement(&other), statement(""), b"{}".to_vec(), br#"{"log":7}"#.to_vec()] {
        assert_eq!(verified(&certify(statement, &workspace())), Err(VerifyError::Log));
    }
}

#[test]
fn a_statement_with_two_readings_is_refused() {
    let log = workspace().vkey().to_string();
    let twice = format!(r#"{{"log":"{log}","grade":"erased","grade":"complete"}}"#);

    for statement in [twice.as_bytes(), b"[]", b"", b"{", b"\xff"] {
        let answer = verified(&certify(statement.to_vec(), &workspace()));
        assert_eq!(answer, Err(VerifyError::Statement));
    }
}

#[test]
fn the_log_key_must_be_a_logs_and_of_this_log() {
    let mut certificate = genuine();
    certificate.log_key = workspace().cosigner_vkey().to_string();
    assert!(matches!(verified(&certificate), Err(VerifyError::Proof(_))));

    certificate.log_key = key("ledger.example/w/7f3a", 8).vkey().to_string();
    assert!(matches!(verified(&certificate), Err(VerifyError::Proof(_))));
}

#[test]
fn a_witness_is_no_log() {
    let key = workspace();
    let cosigner = key.cosigner_vkey().to_string();
    let mut certificate = certify(statement(&cosigner), &key);
    let proof: TlogProof = certificate.proof.parse().unwrap();
    certificate.proof += &key.cosign(proof.note().unwrap().text(), 1000);
    certificate.log_key = cosigner;

    assert!(matches!(verified(&certificate), Err(VerifyError::Proof(_))));
}

#[test]
fn another_writing_of_the_same_file_is_refused() {
    let file = genuine().to_json();
    let files = [
        file.trim_end().to_owned(),
        format!(" {file}"),
        format!("{file}\n"),
        file.replace('\n', "\r\n"),
        file.replace("  \"salt\"", "\"salt\""),
        file.replace("\"salt\"", "\"s\\u0061lt\""),
        file.replace("  \"salt\"", "  \"note\": \"\",\n  \"salt\""),
        file.replace("  \"salt\"", "  \"salt\": \"\",\n  \"salt\""),
        file.replace("certificate v1", "certificate v2"),
        file.replace('—', "\\u2014"),
        "{}".to_owned(),
        "null".to_owned(),
        String::new(),
    ];
    for file in files {
        let answer = verify(file.as_bytes(), &trust());
        assert_eq!(answer, Err(VerifyError::Malformed), "{file}");
    }
}

#[test]
fn both_proofs_verify_as_plain_tlog_proofs() {
    let certificate = genuine();
    let proof: TlogProof = certificate.proof.parse().unwrap();
    let anchor: TlogProof = certificate.anchor.parse().unwrap();
    let leaf = entry::commit(&SALT, &certificate.statement);

    proof.verify(&leaf, &workspace().vkey()).unwrap();
    let vouched = entry::checkpoint_leaf(proof.note().unwrap().text());
    anchor.verify(&vouched, &deployment().vkey()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_refused_without_a_panic(file: Vec<u8>) {
        prop_assert!(verify(&file, &trust()).is_err());
    }
}
