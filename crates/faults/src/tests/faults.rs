use rusqlite::ErrorCode;

use super::{connect, disk, number, text};
use crate::{Crash, Event, Fault};

const WAL: &str = "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=8;";
const JOURNAL: &str = "pragma journal_mode=delete; pragma synchronous=extra;";

#[test]
fn a_failed_operation_is_an_error_and_the_database_recovers() {
    for pragmas in [WAL, JOURNAL] {
        for kind in [Fault::WriteError, Fault::SyncError, Fault::Full] {
            for seed in 0..40 {
                let disk = disk(seed);
                disk.trace_on(true);
                let db = connect(&disk, "/data/a.db", pragmas).unwrap();
                db.execute_batch("create table t (n integer, body blob)").unwrap();
                disk.fail_at(seed % 20 + 1, kind);
                let mut kept = Vec::new();
                let mut unclear = Vec::new();
                for n in 0..30_i64 {
                    match db.execute("insert into t values (?1, zeroblob(3000))", [n]) {
                        Ok(_) => kept.push(n),
                        Err(_) => unclear.push(n),
                    }
                }
                assert!(disk.trace().contains(&Event::Failed(kind)));
                assert!(unclear.len() <= 1, "{unclear:?}");
                disk.crash(Crash::PowerLoss);
                disk.reboot();
                let db = connect(&disk, "/data/a.db", pragmas).unwrap();
                assert_eq!(text(&db, "pragma integrity_check").unwrap(), "ok");
                let mut query = db.prepare("select n from t order by n").unwrap();
                let found: Vec<i64> =
                    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
                let found: Vec<i64> = found.into_iter().filter(|n| !unclear.contains(n)).collect();
                assert_eq!(found, kept, "{kind:?}, seed {seed}");
            }
        }
    }
}

#[test]
fn sqlite_is_told_which_fault_it_was() {
    let disk = disk(1);
    let db = connect(&disk, "/data/a.db", WAL).unwrap();
    db.execute_batch("create table t (n integer)").unwrap();
    for (kind, code) in [
        (Fault::WriteError, ErrorCode::SystemIoFailure),
        (Fault::SyncError, ErrorCode::SystemIoFailure),
        (Fault::Full, ErrorCode::DiskFull),
    ] {
        disk.fail_at(1, kind);
        let error = db.execute_batch("insert into t values (1)").unwrap_err();
        assert_eq!(error.sqlite_error_code(), Some(code), "{kind:?}");
    }
    db.execute_batch("insert into t values (1)").unwrap();
    assert_eq!(number(&db, "select count(*) from t").unwrap(), 1);
}

#[test]
fn unsynced_names_the_files_that_a_power_loss_could_change() {
    let disk = disk(1);
    disk.powersafe(true);
    let db = connect(&disk, "/data/a.db", WAL).unwrap();
    db.execute_batch("create table t (n integer)").unwrap();
    assert!(disk.unsynced("/data").is_empty());
    db.execute_batch("pragma synchronous=normal; insert into t values (1)").unwrap();
    assert_eq!(disk.unsynced("/data"), ["/data/a.db-wal"]);
    assert!(disk.unsynced("/other").is_empty());
    db.execute_batch("pragma wal_checkpoint(truncate)").unwrap();
    assert!(!disk.unsynced("/data").contains(&"/data/a.db".to_owned()));
}
