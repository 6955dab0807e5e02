use proptest::prelude::*;
use signed_note::{StandardSigner, StandardVerifier, VerifierList};

use super::*;
use crate::testing::key;

const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
const BY_PETER: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const BY_ENOCH: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn verified(note: &str, key: &str) -> Result<Option<u64>, NoteError> {
    Note::parse(note)?.verify(&key.parse()?)
}

#[test]
fn the_example_of_the_specification_verifies() {
    let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    let note = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    assert_eq!(verified(note, vkey), Ok(None));
    assert_eq!(vkey.parse::<Vkey>().unwrap().to_string(), vkey);
    assert_eq!(Note::parse(note).unwrap().text(), "This is an example message.\n");
}

#[test]
fn the_notes_of_the_reference_implementation_verify() {
    let both = format!("{TEXT}\n{BY_PETER}{BY_ENOCH}");

    assert_eq!(verified(&format!("{TEXT}\n{BY_PETER}"), PETER), Ok(None));
    assert_eq!(verified(&both, PETER), Ok(None));
    assert_eq!(verified(&both, ENOCH), Ok(None));
    assert_eq!(verified(&format!("{TEXT}\n{BY_PETER}"), ENOCH), Err(NoteError::Unsigned));
}

#[test]
fn lines_of_unknown_keys_are_ignored_even_with_the_same_name_or_id() {
    let (name, id) = (BY_PETER.replace("x08go", "y08go"), BY_PETER.replace("Neumann", "Oldman"));

    assert_eq!(verified(&format!("{TEXT}\n{name}{id}{BY_PETER}"), PETER), Ok(None));
    assert_eq!(verified(&format!("{TEXT}\n{name}{id}"), PETER), Err(NoteError::Unsigned));
}

#[test]
fn one_wrong_line_of_a_known_key_refuses_the_note() {
    let wrong = BY_PETER.replace("wJnAM=", "wJnAQ=");

    for lines in [format!("{BY_PETER}{wrong}"), format!("{wrong}{BY_PETER}"), wrong.clone()] {
        let answer = verified(&format!("{TEXT}\n{lines}"), PETER);
        assert_eq!(answer, Err(NoteError::BadSignature));
    }
    let short = format!("{TEXT}\n— PeterNeumann x08goww=\n");
    assert_eq!(verified(&short, PETER), Err(NoteError::BadSignature));
}

#[test]
fn a_malformed_note_is_refused() {
    let notes = [
        TEXT.to_owned(),
        format!("\n{TEXT}"),
        format!("{TEXT}\n"),
        format!("{TEXT}\n\n"),
        format!("{TEXT}\n{}", BY_PETER.trim_end()),
        format!("{TEXT}\n{BY_PETER}\n"),
        format!("{TEXT}\n{BY_PETER}more\n"),
        format!("\x01{TEXT}\n{BY_PETER}"),
        format!("{TEXT}\r\n{BY_PETER}"),
        format!("{TEXT}\n{}", BY_PETER.replace('—', "-")),
        format!("{TEXT}\n{}", BY_PETER.replace("PeterNeumann", "Bad Name")),
        format!("{TEXT}\n{}", BY_PETER.replace("PeterNeumann", "a+b")),
        format!("{TEXT}\n{}", BY_PETER.replace("PeterNeumann", "")),
        format!("{TEXT}\n{}", BY_PETER.replace("AM=\n", "AM\n")),
        format!("{TEXT}\n{}", BY_PETER.replace("AM=\n", "AN=\n")),
        format!("{TEXT}\n— PeterNeumann x08gow==\n"),
        format!("{TEXT}\n{}", BY_PETER.repeat(101)),
    ];
    for note in notes {
        assert_eq!(verified(&note, PETER), Err(NoteError::Malformed), "{note:?}");
    }
    assert_eq!(verified(&format!("{TEXT}\n{}", BY_PETER.repeat(16)), PETER), Ok(None));
}

#[test]
fn a_verifier_key_has_one_spelling_and_the_right_id() {
    let refused = [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAA==",
        "PeterNeumann+c74f20a3+BRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterOldman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW+",
        "PeterNeumann+c74f20a3+",
    ];
    for key in refused {
        assert!(key.parse::<Vkey>().is_err(), "{key:?}");
    }
    assert!(matches!(LogKey::new("a b", SigningKey::from_seed(&[1; 32])), Err(NoteError::Name)));
}

#[test]
fn what_we_sign_an_independent_library_verifies() {
    let (log, other) = (key("log.example/a", 1), key("log.example/b", 2));
    let note = sign(TEXT, &[&log, &other]).unwrap();
    let parsed = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
    let verifier = |key: &LogKey| StandardVerifier::new(&key.vkey().to_string()).unwrap();

    let known = VerifierList::new(vec![Box::new(verifier(&log)), Box::new(verifier(&other))]);
    let (good, unknown) = parsed.verify(&known).unwrap();
    assert_eq!((good.len(), unknown.len()), (2, 0));
    assert_eq!(parsed.to_bytes(), note.as_bytes());
}

#[test]
fn what_an_independent_library_signs_we_verify() {
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let mut note = signed_note::Note::new(TEXT.as_bytes(), &[]).unwrap();
    note.add_sigs(&[&StandardSigner::new(secret).unwrap()]).unwrap();
    let note = String::from_utf8(note.to_bytes()).unwrap();

    assert_eq!(note, format!("{TEXT}\n{BY_PETER}"));
    assert_eq!(verified(&note, PETER), Ok(None));
}

#[test]
fn a_text_that_would_not_read_back_is_not_signed() {
    for text in ["", "no newline", "tab\there\n"] {
        assert_eq!(sign(text, &[&key("log.example", 1)]), Err(NoteError::Malformed), "{text:?}");
    }
    assert_eq!(sign("text\n", &[]), Err(NoteError::Malformed));
}

#[test]
fn a_cosignature_carries_its_time_and_signs_it() {
    let (log, witness) = (key("log.example", 1), key("witness.example/w1", 2));
    let body = "log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    let line = witness.cosign(body, 1_679_315_147);
    let note = sign(body, &[&log]).unwrap() + &line;
    let parsed = Note::parse(&note).unwrap();

    assert_eq!(parsed.verify(&witness.cosigner_vkey()), Ok(Some(1_679_315_147)));
    assert_eq!(parsed.verify(&log.vkey()), Ok(None));
    assert_eq!(parsed.verify(&witness.vkey()), Err(NoteError::Unsigned));

    let message = format!("cosignature/v1\ntime 1679315147\n{body}");
    let blob = from_base64(line.trim_end().rsplit(' ').next().unwrap()).unwrap();
    let (head, signature) = blob.split_at(12);
    assert_eq!(head[4..], 1_679_315_147_u64.to_be_bytes());
    let public = SigningKey::from_seed(&[2; 32]).verify_key();
    assert!(public.verify(message.as_bytes(), signature.try_into().unwrap()));

    let mut later = blob.clone();
    later[11] ^= 1;
    let forged = note.replace(&base64(&blob), &base64(&later));
    let forged = Note::parse(&forged).unwrap().verify(&witness.cosigner_vkey());
    assert_eq!(forged, Err(NoteError::BadSignature));
}

#[test]
fn a_time_that_no_clock_shows_is_refused() {
    let witness = key("witness.example", 2);
    let verified = |time| {
        let note = format!("text\n\n{}", witness.cosign("text\n", time));
        Note::parse(&note).unwrap().verify(&witness.cosigner_vkey())
    };

    assert_eq!(verified(i64::MAX as u64), Ok(Some(i64::MAX as u64)));
    assert_eq!(verified(1 << 63), Err(NoteError::BadSignature));
}

#[test]
fn of_two_cosignatures_the_newer_time_counts() {
    let witness = key("witness.example", 2);
    let note = format!("text\n\n{}{}", witness.cosign("text\n", 9), witness.cosign("text\n", 5));

    assert_eq!(Note::parse(&note).unwrap().verify(&witness.cosigner_vkey()), Ok(Some(9)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_signed_text_reads_back(lines in prop::collection::vec("\\PC*", 1..6)) {
        let text = lines.join("\n") + "\n";
        let log = key("log.example", 1);
        let note = sign(&text, &[&log]).unwrap();
        let parsed = Note::parse(&note).unwrap();

        prop_assert_eq!(parsed.text(), text);
        prop_assert_eq!(parsed.verify(&log.vkey()), Ok(None));
        prop_assert!(signed_note::Note::from_bytes(note.as_bytes()).is_ok());
    }

    #[test]
    fn any_text_is_read_without_a_panic(note: String, tail in "(\n\n)?(— )?\\PC*\n?") {
        let _ = Note::parse(&note);
        let _ = Note::parse(&format!("{note}{tail}"));
        let _ = note.parse::<Vkey>();
    }
}
