use super::{connect, disk, number, text};
use crate::{Crash, Event, SimDisk, chance::Chance};
use rusqlite::Connection;

const WAL: &str = "pragma journal_mode=wal; pragma synchronous=full; \
                   pragma wal_autocheckpoint=20; pragma cache_size=8;";
const WAL_OFF: &str = "pragma journal_mode=wal; pragma synchronous=off; \
                       pragma wal_autocheckpoint=20; pragma cache_size=8;";
const JOURNAL: &str = "pragma journal_mode=delete; pragma synchronous=extra; pragma cache_size=8;";
const JOURNAL_FULL: &str =
    "pragma journal_mode=delete; pragma synchronous=full; pragma cache_size=8;";

/// A commit raises the counter to `n` and writes `n % 5 + 1` rows that say `n`; now and then it thins
/// out old rows, so that pages are freed and used again.
fn commit(db: &mut Connection, chance: &mut Chance) -> rusqlite::Result<i64> {
    let tx = db.transaction()?;
    let n = number(&tx, "update counter set n = n + 1 returning n")?;
    for k in 0..=n % 5 {
        let size = i64::try_from(chance.below(2500)).unwrap();
        tx.execute("insert into line (n, k, body) values (?1, ?2, zeroblob(?3))", (n, k, size))?;
    }
    tx.execute("update line set body = zeroblob(10) where n = ?1 and k > 0", [n - 3])?;
    tx.commit()?;
    Ok(n)
}

fn check(db: &Connection, acknowledged: i64) -> Result<i64, String> {
    let ask = |sql| number(db, sql).map_err(|error| error.to_string());
    let verdict = text(db, "pragma integrity_check").map_err(|error| error.to_string())?;
    if verdict != "ok" {
        return Err(verdict);
    }
    let n = ask("select n from counter")?;
    if n != acknowledged && n != acknowledged + 1 {
        return Err(format!("acknowledged {acknowledged}, found {n}"));
    }
    let lines = ask("select count(*) from line")?;
    let wanted: i64 = (1..=n).map(|n| n % 5 + 1).sum();
    let strays = ask("select count(*) from line where n > (select n from counter)")?;
    if lines != wanted || strays != 0 {
        return Err(format!("counter {n}: {lines} lines for {wanted}, {strays} strays"));
    }
    Ok(n)
}

/// Three lives of one database, each ended by a crash at a drawn step.
fn run(seed: u64, pragmas: &str) -> (Result<i64, String>, Vec<Event>) {
    run_with(
        seed,
        pragmas,
        |chance| {
            if chance.below(5) == 0 { Crash::Kill } else { Crash::PowerLoss }
        },
    )
}

fn run_with(
    seed: u64,
    pragmas: &str,
    how: fn(&mut Chance) -> Crash,
) -> (Result<i64, String>, Vec<Event>) {
    let disk = disk(seed);
    disk.powersafe(seed % 2 == 1);
    disk.trace_on(true);
    let mut chance = Chance::new(!seed);
    let schema = "create table counter (n integer); insert into counter values (0); \
                  create table line (n integer, k integer, body blob, primary key (n, k));";
    let db = connect(&disk, "/data/a.db", &format!("{pragmas} begin; {schema} commit;")).unwrap();
    drop(db);
    let mut acknowledged = 0;
    for _ in 0..3 {
        disk.set_crash_at(chance.draw() % 300 + 1);
        let life = live(&disk, &mut chance, pragmas, &mut acknowledged);
        let how = how(&mut chance);
        let early = chance.coin().then_some(life);
        disk.crash(how);
        disk.reboot();
        drop(early);
        let found = connect(&disk, "/data/a.db", pragmas)
            .map_err(|error| error.to_string())
            .and_then(|db| check(&db, acknowledged));
        match found {
            Ok(n) => acknowledged = n,
            Err(_) => return (found, disk.trace()),
        }
    }
    (Ok(acknowledged), disk.trace())
}

fn live(
    disk: &SimDisk,
    chance: &mut Chance,
    pragmas: &str,
    acknowledged: &mut i64,
) -> Option<Connection> {
    let mut db = connect(disk, "/data/a.db", pragmas).ok()?;
    for _ in 0..40 {
        match commit(&mut db, chance) {
            Ok(n) => {
                *acknowledged = n;
                disk.note(&format!("acknowledged {n}"));
            }
            Err(_) => break,
        }
    }
    Some(db)
}

#[test]
fn a_wal_in_full_keeps_every_acknowledged_commit() {
    let mut commits = 0;
    for seed in 0..500 {
        let (result, trace) = run(seed, WAL);
        commits += result.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{trace:#?}"));
    }
    assert!(commits > 5000, "too few to mean much: {commits}");
}

#[test]
fn a_rollback_journal_in_extra_keeps_every_acknowledged_commit() {
    let mut commits = 0;
    for seed in 0..300 {
        let (result, trace) = run(seed, JOURNAL);
        commits += result.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{trace:#?}"));
    }
    assert!(commits > 1000, "too few to mean much: {commits}");
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in 0..20 {
        let (_, first) = run(seed, WAL);
        let (_, second) = run(seed, WAL);
        assert_eq!(first, second, "seed {seed}");
    }
}

#[test]
fn a_killed_process_loses_nothing_even_without_syncs() {
    for seed in 0..100 {
        let (result, trace) = run_with(seed, WAL_OFF, |_| Crash::Kill);
        result.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{trace:#?}"));
    }
}

#[test]
fn without_syncs_commits_are_lost_or_halved() {
    let failed: Vec<String> = (0..100).filter_map(|seed| run(seed, WAL_OFF).0.err()).collect();
    assert!(failed.len() > 20, "{failed:?}");
}

#[test]
fn a_journal_whose_removal_is_not_synced_comes_back() {
    let failed: Vec<String> = (0..100).filter_map(|seed| run(seed, JOURNAL_FULL).0.err()).collect();
    assert!(failed.iter().any(|error| error.starts_with("acknowledged")), "{failed:?}");
}

#[test]
fn an_acknowledgement_comes_after_the_sync_of_its_writes() {
    let (result, trace) = run(3, WAL);
    result.unwrap();
    let mut unsynced = 0;
    let mut seen = 0;
    for event in &trace {
        match event {
            Event::Write { file, .. } if file.ends_with("-wal") => unsynced += 1,
            Event::Sync(file) if file.ends_with("-wal") => unsynced = 0,
            Event::Crashed(_) => unsynced = 0,
            Event::Note(_) => {
                assert_eq!(unsynced, 0);
                seen += 1;
            }
            _ => {}
        }
    }
    assert!(seen > 0);
}

#[test]
fn forty_commits_over_three_databases_are_cheap() {
    for seed in 0..100 {
        let disk = disk(seed);
        let mut databases: Vec<Connection> = ["a", "b", "c"]
            .iter()
            .map(|name| {
                let path = format!("/data/{name}.db");
                let schema = "create table counter (n integer); insert into counter values (0); \
                     create table line (n integer, k integer, body blob, primary key (n, k));";
                connect(&disk, &path, &format!("{WAL} begin; {schema} commit;")).unwrap()
            })
            .collect();
        let mut chance = Chance::new(seed);
        for turn in 0..40 {
            commit(&mut databases[turn % 3], &mut chance).unwrap();
        }
        disk.crash(Crash::PowerLoss);
        disk.reboot();
        drop(databases);
        for (name, acknowledged) in [("a", 14), ("b", 13), ("c", 13)] {
            let db = connect(&disk, &format!("/data/{name}.db"), WAL).unwrap();
            assert_eq!(check(&db, acknowledged), Ok(acknowledged));
        }
    }
}
