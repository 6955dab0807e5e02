use std::{path::Path, thread};

use store::disk::Disk as _;

use super::{connect, disk, number, text};
use crate::Crash;

const WAL: &str = "pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000;";

#[test]
fn a_reader_keeps_its_snapshot_while_a_writer_commits() {
    let disk = disk(1);
    let writer = connect(&disk, "/data/a.db", WAL).unwrap();
    writer.execute_batch("create table t (x); insert into t values (1);").unwrap();
    let reader = connect(&disk, "/data/a.db", WAL).unwrap();
    reader.execute_batch("begin").unwrap();
    assert_eq!(number(&reader, "select count(*) from t").unwrap(), 1);
    writer.execute_batch("insert into t values (2)").unwrap();
    assert_eq!(number(&reader, "select count(*) from t").unwrap(), 1);
    assert_eq!(number(&writer, "select count(*) from t").unwrap(), 2);

    writer.execute_batch("pragma busy_timeout=1").unwrap();
    assert_eq!(number(&writer, "pragma wal_checkpoint(truncate)").unwrap(), 1, "busy: a reader");
    reader.execute_batch("commit").unwrap();
    assert_eq!(number(&reader, "select count(*) from t").unwrap(), 2);
    assert_eq!(number(&writer, "pragma wal_checkpoint(truncate)").unwrap(), 0);
    assert_eq!(disk.len(Path::new("/data/a.db-wal")).unwrap(), Some(0));
    assert!(disk.unsynced("/data/a.db").iter().all(|name| name.ends_with("-wal")));
    assert_eq!(number(&reader, "select count(*) from t").unwrap(), 2);
}

#[test]
fn two_writers_exclude_each_other() {
    for mode in ["pragma journal_mode=wal", "pragma journal_mode=delete"] {
        let disk = disk(1);
        let one = connect(&disk, "/data/a.db", mode).unwrap();
        one.execute_batch("pragma busy_timeout=1; create table t (x)").unwrap();
        let two = connect(&disk, "/data/a.db", "pragma busy_timeout=1").unwrap();
        one.execute_batch("begin immediate; insert into t values (1)").unwrap();
        let error = two.execute_batch("begin immediate").unwrap_err();
        assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy));
        one.execute_batch("commit").unwrap();
        two.execute_batch("begin immediate; insert into t values (2); commit").unwrap();
        assert_eq!(number(&one, "select count(*) from t").unwrap(), 2);
    }
}

#[test]
fn threads_share_a_database() {
    for mode in ["pragma journal_mode=wal;", "pragma journal_mode=truncate;"] {
        let disk = disk(1);
        let pragmas = format!("{mode} pragma busy_timeout=60000; pragma wal_autocheckpoint=5;");
        let db = connect(&disk, "/data/a.db", &pragmas).unwrap();
        db.execute_batch("create table t (n integer); insert into t values (0);").unwrap();
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let db = connect(&disk, "/data/a.db", "pragma busy_timeout=60000").unwrap();
                    for _ in 0..30 {
                        db.execute_batch("begin immediate; update t set n = n + 1; commit")
                            .unwrap();
                        assert!(number(&db, "select n from t").unwrap() > 0);
                    }
                });
            }
        });
        assert_eq!(number(&db, "select n from t").unwrap(), 90);
        assert_eq!(text(&db, "pragma integrity_check").unwrap(), "ok");
    }
}

#[test]
fn connections_from_before_a_reboot_are_dead_and_hold_no_lock() {
    let disk = disk(1);
    let old = connect(&disk, "/data/a.db", WAL).unwrap();
    old.execute_batch("create table t (x); begin immediate; insert into t values (1)").unwrap();
    disk.crash(Crash::Kill);
    disk.reboot();
    let new = connect(&disk, "/data/a.db", WAL).unwrap();
    assert!(old.execute_batch("commit").is_err());
    new.execute_batch("insert into t values (2)").unwrap();
    assert!(old.execute_batch("rollback; insert into t values (3)").is_err());
    drop(old);
    assert_eq!(number(&new, "select x from t").unwrap(), 2);
    assert_eq!(text(&new, "pragma integrity_check").unwrap(), "ok");
}

#[test]
fn a_copy_by_vacuum_into_is_whole_once_its_folder_is_synced() {
    let disk = disk(1);
    let db = connect(&disk, "/data/a.db", WAL).unwrap();
    db.execute_batch("create table t (x); insert into t values (zeroblob(9000));").unwrap();
    db.execute_batch("vacuum into '/data/copy.new'").unwrap();
    disk.rename(Path::new("/data/copy.new"), Path::new("/data/copy.db")).unwrap();
    assert!(disk.unsynced("/data/copy").is_empty());
    disk.crash(Crash::PowerLoss);
    disk.reboot();
    let copy = connect(&disk, "/data/copy.db", "").unwrap();
    assert_eq!(number(&copy, "select length(x) from t").unwrap(), 9000);
}

#[test]
fn sorting_and_the_clock_work() {
    let disk = disk(1);
    let db = connect(&disk, "/data/a.db", "pragma temp_store=file; pragma cache_size=4;").unwrap();
    db.execute_batch(
        "create table t (x); create temp table s (x);
         with recursive c(i) as (select 1 union all select i + 1 from c where i < 3000)
         insert into t select hex(randomblob(200)) from c;
         insert into s select x from t order by x desc; create index i on t (x);",
    )
    .unwrap();
    assert_eq!(number(&db, "select count(*) from s").unwrap(), 3000);
    assert_eq!(text(&db, "select datetime('now')").unwrap(), "2026-01-01 00:00:00");
    assert_eq!(text(&db, "pragma integrity_check").unwrap(), "ok");
}
