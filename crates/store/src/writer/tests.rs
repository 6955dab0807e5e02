use std::sync::{Arc, Mutex};

use crypto::Seeded;

use super::{Work, Writer};
use crate::{
    Guard, Link, Sqlite, StoreError, Tx, Value, disk::RealDisk, journal::Body, sqlite::Use,
    testing::Folder, value::all,
};

type Answers = Arc<Mutex<Vec<(&'static str, Result<(), StoreError>)>>>;
type Act = Box<dyn FnMut(&mut Tx<'_>) -> bool + Send>;

struct Named(&'static str, Act, Answers);

impl Work for Named {
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        (self.1)(tx)
    }
    fn done(self: Box<Self>, committed: Result<(), StoreError>) {
        self.2.lock().unwrap().push((self.0, committed));
    }
}

struct Bench {
    folder: Folder,
    guard: Arc<Guard>,
    writer: Writer,
    answers: Answers,
}

const SCHEMA: &str = "create table if not exists person (name text primary key);
    create table if not exists thing (name text primary key);
    create table if not exists entry (number bigint primary key);";

impl Bench {
    fn new() -> Bench {
        let folder = Folder::new();
        let guard = Arc::new(folder.guard(1));
        guard.create_workspace(7).unwrap();
        let writer = Bench::writer(&folder, &guard);
        Bench { folder, guard, writer, answers: Answers::default() }
    }

    fn writer(folder: &Folder, guard: &Arc<Guard>) -> Writer {
        let mut link = Sqlite::open(&RealDisk, &folder.path("ws.db"), Use::Write).unwrap();
        link.script(SCHEMA).unwrap();
        let chance = Box::new(Seeded::new(3));
        let mut writer = Writer::new(link, Arc::clone(guard), 7, &["person"], chance).unwrap();
        writer.start_above(guard.marks(7).unwrap(), false);
        writer
    }

    fn work(
        &self,
        name: &'static str,
        act: impl FnMut(&mut Tx<'_>) -> bool + Send + 'static,
    ) -> Box<dyn Work> {
        Box::new(Named(name, Box::new(act), Arc::clone(&self.answers)))
    }

    fn answers(&self) -> Vec<(&'static str, bool)> {
        let answers = std::mem::take(&mut *self.answers.lock().unwrap());
        answers.into_iter().map(|(name, answer)| (name, answer.is_ok())).collect()
    }

    fn names(&mut self, table: &'static str) -> Vec<String> {
        all(self.writer.link(), table, &[], |row| row.text(0)).unwrap()
    }
}

const PEOPLE: &str = "select name from person order by name";
const THINGS: &str = "select name from thing order by name";
const ADD_PERSON: &str = "insert into person (name) values ($1)";
const ADD_THING: &str = "insert into thing (name) values ($1)";

fn entered(tx: &mut Tx<'_>) {
    let add = "insert into entry (number) values ($1)";
    tx.entry(|link, number| link.run(add, &[number.into()]).map(|_| ())).unwrap();
}

#[test]
fn one_refusal_in_a_turn_undoes_itself_alone() {
    let mut bench = Bench::new();
    let works = vec![
        bench.work("one", |tx| tx.run(ADD_THING, &[Value::Text("one")]).is_ok()),
        bench.work("two", |tx| {
            tx.run(ADD_THING, &[Value::Text("two")]).unwrap();
            tx.take_slot().unwrap();
            tx.take_away(b"never said".to_vec());
            false
        }),
        bench.work("three", |tx| tx.run(ADD_THING, &[Value::Text("three")]).is_ok()),
    ];
    let before = bench.writer.counters();
    bench.writer.turn(1, works);
    assert_eq!(bench.answers(), [("one", true), ("two", true), ("three", true)]);
    assert_eq!(bench.names(THINGS), ["one", "three"]);
    let after = bench.writer.counters();
    assert_eq!((after.slot, after.fact), (before.slot, before.fact), "its numbers are free again");
    assert!(after.slot_limit > before.slot_limit, "but what the guard made stays made");
    let journal = bench.guard.journal(7, 0).unwrap();
    assert!(journal.iter().all(|record| matches!(record.body, Body::Marks(_))));
}

#[test]
fn personal_data_without_an_entry_are_refused() {
    let mut bench = Bench::new();
    let works = vec![
        bench.work("silent", |tx| tx.run(ADD_PERSON, &[Value::Text("silent")]).is_ok()),
        bench.work("said", |tx| {
            tx.run(ADD_PERSON, &[Value::Text("said")]).unwrap();
            entered(tx);
            true
        }),
        bench.work("nothing changed", |tx| {
            tx.run("delete from person where name = 'x'", &[]).is_ok()
        }),
    ];
    bench.writer.turn(1, works);
    let answers = std::mem::take(&mut *bench.answers.lock().unwrap());
    assert!(matches!(answers[0], ("silent", Err(StoreError::Unrecorded))), "{answers:?}");
    assert!(answers[1].1.is_ok() && answers[2].1.is_ok());
    assert_eq!(bench.names(PEOPLE), ["said"]);
    assert_eq!(bench.writer.counters().entry, 1);
}

#[test]
fn what_takes_away_is_in_the_journal_when_it_is_answered_and_what_gives_after_it() {
    let mut bench = Bench::new();
    let works = vec![
        bench.work("gives", |tx| {
            tx.give(b"given".to_vec());
            true
        }),
        bench.work("takes", |tx| {
            tx.take_away(b"taken".to_vec());
            true
        }),
    ];
    bench.writer.turn(1, works);
    assert_eq!(bench.answers(), [("gives", true), ("takes", true)]);
    let said: Vec<(u64, Vec<u8>)> = bench
        .guard
        .journal(7, 0)
        .unwrap()
        .into_iter()
        .filter_map(|record| match record.body {
            Body::Fact(fact) => Some((fact.order, fact.fact)),
            _ => None,
        })
        .collect();
    // The order of the acts stays in the facts, whatever the order of the journal.
    assert_eq!(said, [(1, b"taken".to_vec()), (0, b"given".to_vec())]);
    assert_eq!(bench.writer.counters().applied_guard, bench.guard.head().unwrap() - 1);
}

#[test]
fn counters_survive_a_restart_and_no_number_is_handed_out_twice() {
    let mut bench = Bench::new();
    let taken = Arc::new(Mutex::new(Vec::new()));
    for _ in 0..2 {
        let seen = Arc::clone(&taken);
        let work = bench.work("takes", move |tx| {
            let (slot, subject) = (tx.take_slot().unwrap(), tx.take_subject().unwrap());
            tx.take_record(5).unwrap();
            seen.lock().unwrap().push((slot, subject));
            true
        });
        bench.writer.turn(1, vec![work]);
        bench.writer = Bench::writer(&bench.folder, &bench.guard);
    }
    assert_eq!(*taken.lock().unwrap(), [(0, 0), (1, 1)]);
    let marks = bench.guard.marks(7).unwrap();
    assert!(marks.slots > 1 && marks.subjects > 1 && marks.records > 5);
    bench.writer.start_above(marks, true);
    let counters = bench.writer.counters();
    assert_eq!((counters.slot, counters.subject), (marks.slots, marks.subjects));
    assert_eq!(counters.record_floor, marks.records);
}

#[test]
fn a_turn_that_fails_answers_everyone_so_and_no_later_one_runs() {
    let mut bench = Bench::new();
    let works = vec![
        bench.work("one", |tx| tx.run(ADD_THING, &[Value::Text("one")]).is_ok()),
        // The savepoint is gone, so the turn cannot be told apart any more.
        bench.work("breaks", |tx| tx.run("rollback", &[]).is_ok()),
        bench.work("two", |tx| tx.run(ADD_THING, &[Value::Text("two")]).is_ok()),
    ];
    bench.writer.turn(1, works);
    assert_eq!(bench.answers(), [("one", false), ("breaks", false), ("two", false)]);
    assert!(bench.writer.is_broken());
    let work = bench.work("later", |tx| tx.run(ADD_THING, &[Value::Text("later")]).is_ok());
    bench.writer.turn(2, vec![work]);
    assert_eq!(bench.answers(), [("later", false)]);
    bench.writer = Bench::writer(&bench.folder, &bench.guard);
    assert!(bench.names(THINGS).is_empty());
}

#[test]
fn keys_are_made_before_they_run_out() {
    let mut bench = Bench::new();
    bench.writer.stock(1).unwrap();
    let stocked = bench.writer.counters();
    assert!(stocked.slot_limit >= 256);
    assert_eq!(stocked.slot_limit, bench.guard.marks(7).unwrap().slots);
    bench.writer.stock(1).unwrap();
    assert_eq!(bench.writer.counters(), stocked, "what is there is enough");
}
