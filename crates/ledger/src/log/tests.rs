use super::*;
use crate::testing::{Log, contents, key};

const ORIGIN: &str = "log.example/a";

fn published(size: u64) -> Log {
    let log = Log::of(&contents(0..size));
    log.publish(&key(ORIGIN, 1));
    log
}

fn checked(log: &Log) -> Result<u64, LogError> {
    verify_log(&|path| log.read(path), &key(ORIGIN, 1).vkey()).map(|checkpoint| checkpoint.size)
}

#[test]
fn a_whole_log_verifies_from_its_files() {
    for size in [0, 1, 255, 256, 257, 1000, 66_000] {
        assert_eq!(checked(&published(size)), Ok(size));
    }
}

#[test]
fn each_changed_or_missing_file_is_found() {
    let log = published(1000);
    let paths: Vec<String> = log.files.borrow().keys().cloned().collect();

    for path in paths {
        let whole = log.files.borrow_mut().remove(&path).unwrap();
        assert!(checked(&log).is_err(), "{path} missing");
        for at in [0, 1, whole.len() / 2, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            log.files.borrow_mut().insert(path.clone(), changed);
            assert!(checked(&log).is_err(), "{path} changed at {at}");
        }
        log.files.borrow_mut().insert(path.clone(), whole[..whole.len() - 1].to_vec());
        assert!(checked(&log).is_err(), "{path} cut");
        log.files.borrow_mut().insert(path, whole);
    }
    assert_eq!(checked(&log), Ok(1000));
}

#[test]
fn errors_say_which_file() {
    let log = published(300);
    log.files.borrow_mut().insert("tile/0/001.p/44".to_owned(), vec![0; 44 * 32]);
    assert_eq!(checked(&log), Err(LogError::Tile("tile/0/001.p/44".to_owned())));

    let bundle = log.last_bundle();
    log.files.borrow_mut().remove(&bundle);
    assert_eq!(checked(&log), Err(LogError::Missing(bundle)));

    log.files.borrow_mut().remove("checkpoint");
    assert_eq!(checked(&log), Err(LogError::NoCheckpoint));
}

#[test]
fn a_rewritten_log_does_not_verify_under_the_old_checkpoint() {
    let log = published(300);
    let mut forged = contents(0..300);
    forged[7] = b"nothing happened".to_vec();
    let forged = Log::of(&forged);
    log.files.borrow_mut().extend(forged.files.take());

    assert_eq!(checked(&log), Err(LogError::Root));
}

#[test]
fn a_log_that_has_grown_past_its_checkpoint_verifies() {
    let mut log = published(300);
    log.append(&contents(300..700));
    log.tidy();

    assert_eq!(checked(&log), Ok(300));
}

#[test]
fn another_key_does_not_verify_it() {
    let log = published(3);
    let answer = verify_log(&|path| log.read(path), &key(ORIGIN, 2).vkey());

    assert!(matches!(answer, Err(LogError::Checkpoint(_))));
}
