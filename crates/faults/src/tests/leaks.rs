use std::{fs, sync::Arc};

use super::{connect, disk, number};
use crate::{Crash, SimDisk};

fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn use_once(seed: u64) -> SimDisk {
    let disk = disk(seed);
    let db = connect(&disk, "/data/a.db", "pragma journal_mode=wal; create table t (x)").unwrap();
    db.execute_batch("insert into t values (zeroblob(50000))").unwrap();
    if seed.is_multiple_of(2) {
        disk.crash(Crash::PowerLoss);
        disk.reboot();
    }
    disk
}

#[test]
fn two_thousand_disks_leave_nothing_behind() {
    for seed in 0..100 {
        use_once(seed);
    }
    let before = resident_kib();
    for seed in 0..2000 {
        let weak = use_once(seed).downgrade();
        assert!(weak.upgrade().is_none());
    }
    // Each disk held some 300 KiB: 2,000 of them would be 600 MiB. Other tests run beside this one.
    assert!(resident_kib() < before + 100 * 1024);
}

#[test]
fn many_disks_at_one_time_have_names_of_their_own() {
    use store::disk::Disk as _;
    let disks: Vec<SimDisk> = (0..200).map(SimDisk::new).collect();
    let mut names: Vec<&str> = disks.iter().map(|disk| disk.sqlite_vfs().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 200);
}

#[test]
fn an_open_connection_keeps_its_disk() {
    let disk = disk(1);
    let weak = disk.downgrade();
    let db = connect(&disk, "/data/a.db", "pragma journal_mode=wal; create table t (x)").unwrap();
    drop(disk);
    db.execute_batch("insert into t values (1)").unwrap();
    assert_eq!(number(&db, "select count(*) from t").unwrap(), 1);
    assert!(weak.upgrade().is_some_and(|inner| Arc::strong_count(&inner) > 0));
    drop(db);
    assert!(weak.upgrade().is_none());
}
