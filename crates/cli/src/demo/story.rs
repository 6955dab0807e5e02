//! Three years in about ten thousand acts: four cohorts of ten interns, six months each, then the years in
//! which their data end one after the other.

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    Stage,
    client::Client,
    people::{COHORT, COUNT, Intern},
    picture::picture,
};

/// Weeks of one internship, from one arrival to the next, and of the whole story: the last cohort is still
/// fresh at its end, so that there is something of every kind to look at.
const STAY: usize = 26;
const BETWEEN: usize = 43;
pub(crate) const WEEKS: usize = 157;
/// Clients that act at the same time.
const HANDS: usize = 10;

/// Who does what when, besides coming to work.
const WITHDRAWS: [(usize, usize); 3] = [(3, 9), (14, 50), (27, 100)];
const ERASED: [(usize, usize); 3] = [(5, 34), (12, 60), (33, 145)];
const ASKS: [(usize, usize); 3] = [(1, 12), (15, 66), (35, 150)];
/// Held from one week on, asks for erasure in another: the hold still stands at the end.
const HELD: (usize, usize, usize) = (21, 105, 110);
const RELEASED: (usize, usize, usize) = (11, 62, 90);
const RESTRICTED: (usize, usize) = (16, 75);
const OBJECTS: (usize, usize) = (8, 20);
/// The week after which the backup is taken that is restored at the end. An older one could not be: the
/// keys of its epoch are destroyed by then.
pub(crate) const BACKUP: usize = 140;

/// What the story leaves behind for its ending.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) interns: Vec<Intern>,
    pub(crate) acts: usize,
    /// The holds that were placed, each with the intern's number.
    pub(crate) holds: Vec<(usize, String)>,
    pub(crate) refused: usize,
}

/// Everyone who acts.
#[derive(Debug, Clone)]
pub(crate) struct Hands {
    pub(crate) system: Client,
    pub(crate) people_team: Client,
    pub(crate) officer: Client,
}

/// Acts that were counted and those that were refused, over all threads.
#[derive(Debug, Default)]
struct Count {
    acts: AtomicUsize,
    refused: AtomicUsize,
}

/// Lets one week happen.
pub(crate) fn week(hands: &Hands, stage: &Stage, told: &mut Told, week: usize) -> Result<()> {
    let count = Count::default();
    if week.is_multiple_of(BETWEEN) && told.interns.len() < COUNT {
        arrive(hands, stage, told, &count)?;
    }
    let working: Vec<&mut Intern> = told
        .interns
        .iter_mut()
        .filter(|intern| intern.here && weeks_since(intern, week).is_some_and(|weeks| weeks < STAY))
        .collect();
    let share = working.len().div_ceil(HANDS).max(1);
    let mut working = working.into_iter().peekable();
    std::thread::scope(|scope| -> Result<()> {
        let mut threads = Vec::new();
        while working.peek().is_some() {
            let mine: Vec<&mut Intern> = working.by_ref().take(share).collect();
            let count = &count;
            threads.push(scope.spawn(move || -> Result<()> {
                mine.into_iter().try_for_each(|intern| work(hands, stage, count, intern, week))
            }));
        }
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("a client stopped"))??;
        }
        Ok(())
    })?;
    special(hands, told, &count, week)?;
    told.acts += count.acts.load(Ordering::Relaxed);
    told.refused += count.refused.load(Ordering::Relaxed);
    Ok(())
}

fn arrive(hands: &Hands, stage: &Stage, told: &mut Told, count: &Count) -> Result<()> {
    for _ in 0..COHORT {
        let mut intern =
            Intern { number: told.interns.len(), here: true, photos: true, ..Intern::default() };
        let who = json!({ "people": ["user", "intern"], "country": "ID" });
        intern.subject = hands.system.create("/v1/subjects", &who)?;
        let subject = intern.subject.clone();
        let write = |category: &str, fields: Value| {
            let body = json!({ "subject": subject, "category": category, "fields": fields });
            hands.system.create("/v1/records", &body)
        };
        intern.account = write("account", intern.account_fields())?;
        intern.engagement = write("engagement", intern.engagement_fields(&stage.date()))?;
        for purpose in ["presence_photo", "presence_place", "conversation"] {
            let consent = json!({ "subject": subject, "purpose": purpose, "language": "id" });
            hands.system.create("/v1/consents", &consent)?;
        }
        let technical =
            json!({ "ip": format!("192.0.2.{}", intern.number + 1), "browser": "Firefox 128" });
        write("technical", technical)?;
        count.acts.fetch_add(7, Ordering::Relaxed);
        told.interns.push(intern);
    }
    Ok(())
}

/// One week of one intern: two mornings, a report, a talk, work handed in, and somebody who looks.
fn work(
    hands: &Hands,
    stage: &Stage,
    count: &Count,
    intern: &mut Intern,
    week: usize,
) -> Result<()> {
    let done = |number: usize| count.acts.fetch_add(number, Ordering::Relaxed);
    let part = |whole: &str, category: &str, fields: Value| {
        let body = json!({
            "subject": intern.subject, "category": category, "part_of": whole, "fields": fields,
        });
        hands.system.create("/v1/records", &body)
    };
    let mut last = String::new();
    for day in 0..2_u64 {
        let method = if intern.photos { "selfie" } else { "qr" };
        let clock_in = json!({ "clock_in": stage.morning(day), "method": method });
        last = part(&intern.engagement, "attendance", clock_in)?;
        done(1);
        if intern.photos && day == 0 {
            let seed = (intern.number as u64) << 32 | (week as u64) << 8 | day;
            let place =
                format!("/v1/blobs?subject={}&category=selfie&field=selfie", intern.subject);
            let blob = hands.system.upload(&place, "image/png", picture(seed))?;
            part(&last, "selfie", json!({ "selfie": blob }))?;
            done(2);
        }
        if day == 0 {
            let place = json!({ "location": { "latitude": -6.2, "longitude": 106.8 } });
            part(&last, "place", place)?;
            done(1);
        }
    }
    let report = json!({ "report_kind": "weekly", "report_text": format!("Week {week}: done.") });
    let report = part(&intern.engagement, "report", report)?;
    raise(hands, &report, "submitted")?;
    part(&intern.account, "conversation", intern.talk(week))?;
    done(3);
    if week.is_multiple_of(2) {
        let place =
            format!("/v1/blobs?subject={}&category=assignment&field=submission", intern.subject);
        let text = format!("Assignment of week {week}\n").repeat(20).into_bytes();
        let blob = hands.system.upload(&place, "text/plain", text)?;
        let assignment = part(&intern.engagement, "assignment", json!({ "submission": blob }))?;
        raise(hands, &assignment, "submitted")?;
        done(3);
    }
    // The people team looks at the last morning for the purpose it may, and once a month for one it may not.
    let look = format!("/v1/records/{last}?purpose=internal_management");
    hands.people_team.send("GET", &look, &Value::Null)?;
    done(1);
    if week.is_multiple_of(4) {
        let look = format!("/v1/records/{last}?purpose=service");
        let (status, _) = hands.people_team.send("GET", &look, &Value::Null)?;
        count.refused.fetch_add(usize::from(status == 403), Ordering::Relaxed);
        done(1);
    }
    if weeks_since(intern, week) == Some(STAY - 1) {
        raise(hands, &intern.engagement, "ended")?;
        done(1);
    }
    Ok(())
}

/// How long an intern has been here, from the week of arrival on.
fn weeks_since(intern: &Intern, week: usize) -> Option<usize> {
    week.checked_sub(intern.number / COHORT * BETWEEN)
}

fn raise(hands: &Hands, record: &str, event: &str) -> Result<()> {
    let body = json!({ "record": record, "event": event });
    hands.system.must("POST", "/v1/events", &body).map(|_| ())
}

/// What happens to single people.
fn special(hands: &Hands, told: &mut Told, count: &Count, week: usize) -> Result<()> {
    let ask = |intern: &Intern, kind: &str, more: Value| {
        let mut body = json!({ "subject": intern.subject, "kind": kind });
        if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
            body.extend(more);
        }
        count.acts.fetch_add(1, Ordering::Relaxed);
        hands.system.must("POST", "/v1/requests", &body)
    };
    for (number, _) in WITHDRAWS.iter().filter(|(_, when)| *when == week) {
        if let Some(intern) = told.interns.get_mut(*number) {
            let body = json!({ "subject": intern.subject, "purpose": "presence_photo" });
            hands.system.must("POST", "/v1/consents/withdraw", &body)?;
            intern.photos = false;
            count.acts.fetch_add(1, Ordering::Relaxed);
        }
    }
    for (number, _) in ERASED.iter().filter(|(_, when)| *when == week) {
        if let Some(intern) = told.interns.get_mut(*number) {
            ask(intern, "erasure", Value::Null)?;
            intern.here = false;
        }
    }
    if let Some(intern) = told.interns.get(RESTRICTED.0).filter(|_| week == RESTRICTED.1) {
        ask(intern, "restriction", Value::Null)?;
    }
    if let Some(intern) = told.interns.get(OBJECTS.0).filter(|_| week == OBJECTS.1) {
        ask(intern, "objection", json!({ "purpose": "security" }))?;
    }
    for (number, _) in ASKS.iter().filter(|(_, when)| *when == week) {
        if let Some(intern) = told.interns.get(*number) {
            ask(intern, "access", Value::Null)?;
        }
    }
    // Half of those who left close their account four weeks later; a month after that it is erased.
    for intern in told.interns.iter().filter(|intern| intern.here && intern.number % 2 == 0) {
        if weeks_since(intern, week) == Some(STAY + 4) && intern.number != RESTRICTED.0 {
            raise(hands, &intern.account, "closed")?;
            count.acts.fetch_add(1, Ordering::Relaxed);
        }
    }
    held(hands, told, count, week)
}

/// Two holds over attendance: one released later, so that a waiting erasure completes, one that stays.
fn held(hands: &Hands, told: &mut Told, count: &Count, week: usize) -> Result<()> {
    for (number, placed, asks) in [HELD, (RELEASED.0, RELEASED.1, RELEASED.1 + 2)] {
        let Some(intern) = told.interns.get_mut(number) else { continue };
        if week == placed {
            let case = format!("labour court, case {number}");
            let body = json!({
                "subject": intern.subject, "category": "attendance", "case": case,
            });
            let hold = hands.officer.create("/v1/holds", &body)?;
            told.holds.push((number, hold));
        } else if week == asks {
            let body = json!({ "subject": intern.subject, "kind": "erasure" });
            hands.system.must("POST", "/v1/requests", &body)?;
            intern.here = false;
        } else {
            continue;
        }
        count.acts.fetch_add(1, Ordering::Relaxed);
    }
    if week == RELEASED.2 {
        for (_, hold) in told.holds.iter().filter(|(number, _)| *number == RELEASED.0) {
            hands.officer.must("POST", &format!("/v1/holds/{hold}/release"), &json!({}))?;
            count.acts.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

/// The one who was erased after the backup was taken.
pub(crate) fn erased_after_backup() -> usize {
    ERASED.iter().find(|(_, week)| *week > BACKUP).map_or(0, |(number, _)| *number)
}
