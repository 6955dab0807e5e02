//! What a stranger can do with a certificate: verify it, and notice any change.

use std::panic::catch_unwind;

use ledger::{
    certificate::{VerifyError, verify},
    trust::Trust,
};
use serde_json::json;

use super::stage::{certificate, from, pinned};
use crate::world::{TestServer, Workspace};

fn erased() -> (TestServer, Workspace, Vec<u8>) {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let user = server.subject(&ws, &["user"]);
    server.account(&ws, &user, "sari@example.com");
    let asked = json!({"subject": user, "kind": "erasure"});
    let asked = server.post(&ws.system, "/v1/requests", asked).json();
    let (file, _) = certificate(&server, &ws, asked["certificate"].as_str().unwrap());
    (server, ws, file)
}

#[test]
fn a_certificate_with_any_one_byte_changed_is_refused() {
    let (server, ws, file) = erased();
    let trust = pinned(&server, &ws);
    verify(&file, &trust).unwrap();
    for at in 0..file.len() {
        for change in [1, 0x20, 0x80] {
            let mut changed = file.clone();
            changed[at] ^= change;
            let answer = catch_unwind(|| verify(&changed, &trust).is_err());
            assert_eq!(answer.ok(), Some(true), "byte {at} changed by {change:#x}");
        }
    }
}

#[test]
fn a_certificate_cut_short_or_made_longer_is_refused() {
    let (server, ws, file) = erased();
    let trust = pinned(&server, &ws);
    for length in 0..file.len() {
        assert!(verify(&file[..length], &trust).is_err(), "{length}");
    }
    for more in [b"\n".as_slice(), b" ", b"{}", b"\0"] {
        assert!(verify(&[&file, more].concat(), &trust).is_err());
        assert!(verify(&[more, &file].concat(), &trust).is_err());
    }
}

#[test]
fn without_the_right_key_the_signer_is_not_known() {
    let (_server, _ws, file) = erased();
    assert_eq!(verify(&file, &Trust::default()).unwrap_err(), VerifyError::SignerUnknown);
    let (other, theirs, _) = erased();
    let stranger = pinned(&other, &theirs);
    assert_eq!(verify(&file, &stranger).unwrap_err(), VerifyError::SignerUnknown);
}
