use super::*;
use crate::testing::key;
use crate::tree::empty_root;

const BODY: &str = "log.example/a\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

#[test]
fn a_body_reads_back_as_it_was() {
    let checkpoint = Checkpoint::parse(BODY).unwrap();

    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("log.example/a", 20_852_163));
    assert_eq!(checkpoint.body(), BODY);
}

#[test]
fn the_body_of_an_empty_log_is_fixed() {
    let checkpoint = Checkpoint { origin: "log.example".to_owned(), size: 0, root: empty_root() };

    let body = "log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    assert_eq!(checkpoint.body(), body);
}

#[test]
fn another_spelling_of_a_body_is_refused() {
    let bodies = [
        "",
        "\n",
        BODY.trim_end(),
        &BODY.replace("20852163", "020852163"),
        &BODY.replace("20852163", "+20852163"),
        &BODY.replace("20852163", "99999999999999999999"),
        &BODY.replace("20852163", ""),
        &BODY.replace("xq2I=", "xq2J="),
        &BODY.replace("xq2I=", "xq2I"),
        &BODY.replace("CsUY", ""),
        &BODY.replace("log.example/a", ""),
        &BODY.replace("log.example/a", "log example"),
        &BODY.replace("log.example/a", "log+example"),
        &format!("{BODY}extension\n"),
        &format!("{BODY}\n"),
        &BODY.replace('\n', "\r\n"),
    ];
    for body in bodies {
        assert_eq!(Checkpoint::parse(body), Err(CheckpointError::Malformed), "{body:?}");
    }
}

#[test]
fn a_signed_checkpoint_opens_under_its_key_only() {
    let (log, other) = (key("log.example/a", 1), key("log.example/a", 2));
    let checkpoint = Checkpoint::parse(BODY).unwrap();
    let note = checkpoint.sign(&log).unwrap();

    assert_eq!(Checkpoint::open(&note, &log.vkey()), Ok(checkpoint));
    let unsigned = Err(CheckpointError::Note(NoteError::Unsigned));
    assert_eq!(Checkpoint::open(&note, &other.vkey()), unsigned);
}

#[test]
fn a_key_speaks_for_its_own_log_only() {
    let other = key("log.example/b", 1);
    let note = note::sign(BODY, &[&other]).unwrap();

    assert_eq!(Checkpoint::open(&note, &other.vkey()), Err(CheckpointError::Origin));
    assert_eq!(Checkpoint::parse(BODY).unwrap().sign(&other), Err(CheckpointError::Origin));
}

#[test]
fn independent_libraries_read_and_verify_our_checkpoints() {
    let log = key("log.example/a", 1);
    let ours = Checkpoint::parse(BODY).unwrap();
    let note = signed_note::Note::from_bytes(ours.sign(&log).unwrap().as_bytes()).unwrap();
    let verifier = signed_note::StandardVerifier::new(&log.vkey().to_string()).unwrap();

    note.verify(&signed_note::VerifierList::new(vec![Box::new(verifier)])).unwrap();
    let theirs = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!((theirs.origin(), theirs.size()), (ours.origin.as_str(), ours.size));
    assert_eq!(theirs.hash().0, ours.root);
    assert_eq!(theirs.to_bytes(), ours.body().as_bytes());
}
