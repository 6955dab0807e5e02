//! A further version over the demo's data: what `plan` counts, an independent look at the database files
//! confirms; nothing moves before the notice has run out, and then exactly that.

use std::collections::{BTreeMap, BTreeSet};

use engine::{
    ids::Kind,
    publication::{Outcome, Plan, What},
    time,
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::{
    ashari::{self, Ashari},
    company::{About, Story},
    one_week,
    stage::{Player, Stage},
    tapsence::{self, Tapsence},
};

/// So long that work of the first interns is older than a year and that of the second is not.
const WEEKS: usize = 62;
const HOUR: i64 = 3_600_000_000;
const SUBMITTED: &str = "assignment.submitted";

/// A record as the file says it: what it is and when its period began.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    category: String,
    began: Option<i64>,
}

/// Every record that no erasure took, read from the database file and by no code of the server.
fn rows(stage: &Stage, number: u64, event: &str) -> BTreeMap<u64, Row> {
    let hex = format!("{number:016x}");
    let file = stage.folder().join("data/ws").join(hex.get(..2).unwrap()).join(format!("{hex}.db"));
    let base = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = "
        select r.rid, t.category, case when ?1 = '' then r.at else e.at end
        from record r join terms t on t.id = r.terms
        left join event e on e.rid = r.rid and e.name = ?1 where r.job is null";
    let mut statement = base.prepare(sql).unwrap();
    let row = |row: &rusqlite::Row<'_>| {
        let rid: i64 = row.get(0)?;
        Ok((rid.cast_unsigned(), Row { category: row.get(1)?, began: row.get(2)? }))
    };
    statement.query_map([event], row).unwrap().map(Result::unwrap).collect()
}

/// The start of the day on which a period is over, reckoned naively.
fn due(began: i64, zone: &str, after: impl Fn(Date) -> Date) -> i64 {
    let zone = TimeZone::get(zone).unwrap();
    let day = Timestamp::from_microsecond(began).unwrap().to_zoned(zone.clone()).date();
    after(day).to_zoned(zone).unwrap().timestamp().as_microsecond()
}

fn of<'a>(
    rows: &'a BTreeMap<u64, Row>,
    category: &'a str,
) -> impl Iterator<Item = (u64, i64)> + 'a {
    let own = rows.iter().filter(move |(_, row)| row.category == category);
    own.filter_map(|(rid, row)| Some((*rid, row.began?)))
}

fn counted(plan: &Plan, row: &str, what: What) -> (u64, u64) {
    let found = plan.effects.iter().filter(|one| one.row == row && one.what == what);
    found.fold((0, 0), |(count, at_once), one| (count + one.count, at_once + one.at_once))
}

fn next(about: &About, version: &str, edit: (&str, &str)) -> String {
    assert!(about.policy.contains(edit.0) && about.policy.contains(version), "{edit:?}");
    let named = version.replace('1', "2");
    about.policy.replacen(version, &named, 1).replacen(edit.0, edit.1, 1)
}

fn number(stage: &Stage, word: &str) -> u64 {
    let all = stage.deployment().workspaces().unwrap();
    all.into_iter().find(|one| one.name == word).unwrap().number
}

/// The statuses of reading these assignments over HTTP.
fn readable(player: &Player, rids: &BTreeSet<u64>) -> BTreeSet<u64> {
    let client = player.hands.staff("hr").unwrap();
    let read = |rid: &&u64| {
        let id = player.workspace.ids().show(Kind::Record, **rid);
        let path = format!("/v1/records/{id}?purpose=internal_management");
        match client.send("GET", &path, &Value::Null).unwrap().0 {
            200 => true,
            410 => false,
            other => panic!("{other}"),
        }
    };
    rids.iter().filter(read).copied().collect()
}

fn publish(stage: &Stage, source: &str) -> i64 {
    match stage.deployment().publish(source).unwrap() {
        Outcome::Announced { effective, .. } => effective,
        other => panic!("{other:?}"),
    }
}

fn wait(stage: &Stage, until: i64) {
    stage.run(until - stage.deployment().reading().now);
    stage.deployment().tick().unwrap();
}

/// The two companies, after so many weeks, and the versions that are to come.
struct Scene {
    stage: Stage,
    players: Vec<Player>,
    interns: u64,
    firm: u64,
    shorter: String,
    longer: String,
    /// When both may come into force if they are published now.
    effective: i64,
    _temp: tempfile::TempDir,
}

fn scene() -> Scene {
    let temp = tempfile::tempdir().unwrap();
    let cast: Vec<(&'static About, Box<dyn Story>)> = vec![
        (&ashari::ABOUT, Box::new(Ashari::default())),
        (&tapsence::ABOUT, Box::new(Tapsence::default())),
    ];
    let address = ([127, 0, 0, 1], 0).into();
    let (stage, mut players) = Stage::set(Some(temp.path().join("demo")), address, cast).unwrap();
    for week in 0..WEEKS {
        one_week(&stage, &mut players, week).unwrap();
        stage.pass_a_week().unwrap();
    }
    let years = ("\"2 years after submitted\"", "\"1 year after submitted\"");
    let stay = "visitor_keep    = { default = \"90 days\"";
    let (interns, firm) = (number(&stage, "ashari"), number(&stage, "tapsence"));
    let effective = stage.deployment().reading().now + 14 * 24 * HOUR;
    Scene {
        shorter: next(&ashari::ABOUT, "version   = \"1\"", years),
        longer: next(&tapsence::ABOUT, "version   = \"1.0\"", (stay, &stay.replace("90", "120"))),
        stage,
        players,
        interns,
        firm,
        effective,
        _temp: temp,
    }
}

fn years(count: i64) -> impl Fn(Date) -> Date {
    move |day| day.checked_add(count.years()).unwrap()
}

fn days(count: i64) -> impl Fn(Date) -> Date {
    move |day| day.checked_add(count.days()).unwrap()
}

/// All work that was handed in, and what of it a year would end at once: the plan says the same.
fn planned(scene: &Scene) -> (BTreeSet<u64>, BTreeSet<u64>) {
    let plan = scene.stage.deployment().plan(&scene.shorter).unwrap();
    assert_eq!(time::rfc3339(plan.effective), time::rfc3339(scene.effective));
    let stored = rows(&scene.stage, scene.interns, SUBMITTED);
    let (mut all, mut at_once) = (BTreeSet::new(), BTreeSet::new());
    for (rid, began) in of(&stored, "assignment") {
        assert!(due(began, "Asia/Jakarta", years(2)) > scene.effective);
        all.insert(rid);
        if due(began, "Asia/Jakarta", years(1)) <= scene.effective {
            at_once.insert(rid);
        }
    }
    let sooner = counted(&plan, "data.assignment", What::EndsSooner);
    assert_eq!(sooner, (all.len() as u64, at_once.len() as u64));
    assert!(at_once.len() > 50 && at_once.len() < all.len(), "{} of {}", at_once.len(), all.len());
    let others = plan.effects.iter().filter(|one| one.row != "data.assignment");
    assert_eq!(others.count(), 0, "{:?}", plan.effects);
    (all, at_once)
}

/// The visits of before, whose ninety days stay: the plan says how many there are.
fn kept(scene: &Scene) -> BTreeMap<u64, i64> {
    let plan = scene.stage.deployment().plan(&scene.longer).unwrap();
    let old: BTreeMap<u64, i64> = of(&rows(&scene.stage, scene.firm, ""), "visit").collect();
    let alive = |began: &&i64| due(**began, "Asia/Makassar", days(90)) > scene.effective;
    let kept = counted(&plan, "data.visit", What::KeepsOldTerms).0;
    assert_eq!(kept, old.values().filter(alive).count() as u64);
    let longer = counted(&plan, "data.visit", What::EndsLater).0;
    assert!(kept > 5 && longer == 0, "{:?}", plan.effects);
    old
}

/// One second before everything is there and readable; then exactly those are over that were planned, and
/// after the sweep exactly those rows are gone and no other.
fn comes_into_force(scene: &Scene, all: &BTreeSet<u64>, at_once: &BTreeSet<u64>) {
    let (stage, interns, effective) = (&scene.stage, &scene.players[0], scene.effective);
    wait(stage, effective - 1_000_000);
    let before = rows(stage, scene.interns, SUBMITTED);
    assert_eq!(of(&before, "assignment").map(|(rid, _)| rid).collect::<BTreeSet<_>>(), *all);
    assert_eq!(readable(interns, all), *all);
    wait(stage, effective);
    let left: BTreeSet<u64> = all.difference(at_once).copied().collect();
    assert_eq!(readable(interns, all), left);
    wait(stage, effective + HOUR);
    let after = rows(stage, scene.interns, SUBMITTED);
    let gone: BTreeSet<u64> =
        before.keys().filter(|rid| !after.contains_key(rid)).copied().collect();
    assert_eq!(gone, *at_once);
}

#[test]
fn a_plan_over_the_demo_counts_what_then_goes_and_nothing_goes_before_its_notice() {
    let mut scene = scene();
    let (all, at_once) = planned(&scene);
    let old = kept(&scene);
    let published = [&scene.shorter, &scene.longer].map(|source| publish(&scene.stage, source));
    assert_eq!(published, [scene.effective; 2]);
    comes_into_force(&scene, &all, &at_once);

    // Visits of before keep their ninety days, those of now have a hundred and twenty.
    let switched = scene.stage.deployment().reading().now;
    for week in WEEKS..WEEKS + 14 {
        one_week(&scene.stage, &mut scene.players[1..], week).unwrap();
        scene.stage.pass_a_week().unwrap();
    }
    let now = scene.stage.deployment().reading().now;
    let over = |began: i64| due(began, "Asia/Makassar", days(90)) <= now;
    assert!(old.values().all(|began| over(*began)), "all of before are past their ninety days");
    let present: BTreeMap<u64, i64> = of(&rows(&scene.stage, scene.firm, ""), "visit").collect();
    assert!(old.keys().all(|rid| !present.contains_key(rid)));
    assert!(present.values().all(|began| *began >= switched));
    assert!(present.values().any(|began| over(*began)), "and some are older than ninety days");
}
