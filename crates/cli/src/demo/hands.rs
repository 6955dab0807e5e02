//! Everybody who acts at one company, over the server's own API, as its backend and its staff would. Each act
//! is counted; what must be refused is tried on purpose, and it is an error when it is not.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::client::Client;

/// The tokens of one company, and what was done with them.
#[derive(Debug)]
pub(crate) struct Hands {
    pub(crate) system: Client,
    pub(crate) officer: Client,
    staff: BTreeMap<String, Client>,
    /// The categories whose limits are only planned: the server takes nothing of them yet. Each with how
    /// often that was tried.
    closed: BTreeMap<String, AtomicUsize>,
    acts: AtomicUsize,
    records: AtomicUsize,
    refused: Mutex<BTreeMap<&'static str, Refused>>,
}

/// How often a category is tried that is closed.
const TRIED: usize = 4;

/// What was tried and refused.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refused {
    pub(crate) times: usize,
    pub(crate) status: u16,
    /// The rules or reasons that the server gave.
    pub(crate) why: BTreeSet<String>,
}

/// One thing to try that must be refused.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) what: &'static str,
    pub(crate) by: &'a Client,
    pub(crate) status: u16,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) body: Value,
}

impl Hands {
    pub(crate) fn new(
        system: Client,
        officer: Client,
        staff: BTreeMap<String, Client>,
        closed: BTreeSet<String>,
    ) -> Hands {
        let closed = closed.into_iter().map(|category| (category, AtomicUsize::new(0))).collect();
        Hands {
            system,
            officer,
            staff,
            closed,
            acts: AtomicUsize::new(0),
            records: AtomicUsize::new(0),
            refused: Mutex::default(),
        }
    }

    /// Acts so far, those that were refused too.
    pub(crate) fn acts(&self) -> usize {
        self.acts.load(Ordering::Relaxed)
    }

    /// Records that were written.
    pub(crate) fn records(&self) -> usize {
        self.records.load(Ordering::Relaxed)
    }

    /// What was refused, by what it was.
    pub(crate) fn refused(&self) -> BTreeMap<&'static str, Refused> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A role of staff.
    pub(crate) fn staff(&self, role: &str) -> Result<&Client> {
        self.staff.get(role).with_context(|| format!("nobody is `{role}`"))
    }

    fn counted<T>(&self, done: Result<T>) -> Result<T> {
        self.acts.fetch_add(1, Ordering::Relaxed);
        done
    }

    /// Something that the backend does and that must be accepted.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.counted(self.system.must("POST", path, body))
    }

    /// Somebody new.
    pub(crate) fn person(&self, people: &[&str], country: &str) -> Result<String> {
        let body = json!({ "people": people, "country": country });
        self.counted(self.system.create("/v1/subjects", &body))
    }

    /// A record of somebody, on its own.
    pub(crate) fn record(&self, subject: &str, category: &str, fields: Value) -> Result<String> {
        self.written(&record(subject, category, None, fields)).context(category.to_owned())
    }

    /// A record that is part of another.
    pub(crate) fn part(
        &self,
        subject: &str,
        whole: &str,
        category: &str,
        fields: Value,
    ) -> Result<String> {
        self.written(&record(subject, category, Some(whole), fields)).context(category.to_owned())
    }

    fn written(&self, body: &Value) -> Result<String> {
        let id = self.counted(self.system.create("/v1/records", body))?;
        self.records.fetch_add(1, Ordering::Relaxed);
        Ok(id)
    }

    /// Whether the server takes records of a category. When its limits are only planned it must not, and that
    /// is tried a few times.
    pub(crate) fn takes(&self, subject: &str, category: &str, whole: Option<&str>) -> Result<bool> {
        let Some(tried) = self.closed.get(category) else { return Ok(true) };
        if tried.fetch_add(1, Ordering::Relaxed) >= TRIED {
            return Ok(false);
        }
        let what = "data come in whose limits are only planned as yet";
        self.refuse_record(what, subject, category, whole, json!({}))?;
        Ok(false)
    }

    /// A photograph or file for a record to come.
    pub(crate) fn file(
        &self,
        subject: &str,
        (category, field): (&str, &str),
        (media, bytes): (&str, Vec<u8>),
    ) -> Result<String> {
        let place = format!("/v1/blobs?subject={subject}&category={category}&field={field}");
        self.counted(self.system.upload(&place, media, bytes))
    }

    /// Agreement to a purpose.
    pub(crate) fn consent(&self, subject: &str, purpose: &str, language: &str) -> Result<()> {
        let body = json!({ "subject": subject, "purpose": purpose, "language": language });
        self.counted(self.system.create("/v1/consents", &body)).map(|_| ())
    }

    /// The end of such an agreement.
    pub(crate) fn withdraw(&self, subject: &str, purpose: &str) -> Result<()> {
        let body = json!({ "subject": subject, "purpose": purpose });
        self.post("/v1/consents/withdraw", &body).map(|_| ())
    }

    /// Something that starts a period.
    pub(crate) fn raise(&self, record: &str, event: &str) -> Result<()> {
        self.post("/v1/events", &json!({ "record": record, "event": event })).map(|_| ())
    }

    /// Somebody of the staff looks at a record for a purpose that it was collected for.
    pub(crate) fn look(&self, role: &str, record: &str, purpose: &str) -> Result<()> {
        let path = format!("/v1/records/{record}?purpose={purpose}");
        self.counted(self.staff(role)?.must("GET", &path, &Value::Null)).map(|_| ())
    }

    /// The same for one that it was not collected for.
    pub(crate) fn pry(
        &self,
        what: &'static str,
        role: &str,
        record: &str,
        purpose: &str,
    ) -> Result<()> {
        let path = format!("/v1/records/{record}?purpose={purpose}");
        let by = self.staff(role)?;
        self.refuse(&Attempt {
            what,
            by,
            status: 403,
            method: "GET",
            path: &path,
            body: Value::Null,
        })
    }

    /// A record that may not be collected.
    pub(crate) fn refuse_record(
        &self,
        what: &'static str,
        subject: &str,
        category: &str,
        whole: Option<&str>,
        fields: Value,
    ) -> Result<()> {
        let body = record(subject, category, whole, fields);
        let (by, path) = (&self.system, "/v1/records");
        self.refuse(&Attempt { what, by, status: 403, method: "POST", path, body })
    }

    /// A person exercises a right.
    pub(crate) fn ask(&self, subject: &str, kind: &str) -> Result<Value> {
        self.post("/v1/requests", &json!({ "subject": subject, "kind": kind }))
    }

    /// A legal hold over one category of somebody.
    pub(crate) fn hold(&self, subject: &str, category: &str, case: &str) -> Result<String> {
        let body = json!({ "subject": subject, "category": category, "case": case });
        self.counted(self.officer.create("/v1/holds", &body))
    }

    /// Its end; what waited is erased.
    pub(crate) fn release(&self, hold: &str) -> Result<()> {
        let path = format!("/v1/holds/{hold}/release");
        self.counted(self.officer.must("POST", &path, &json!({}))).map(|_| ())
    }

    /// Tries what must be refused.
    pub(crate) fn refuse(&self, attempt: &Attempt<'_>) -> Result<()> {
        let Attempt { what, by, status, method, path, body } = attempt;
        let (got, answer) = self.counted(by.send(method, path, body))?;
        if got != *status {
            bail!("{what}: {status} was expected, and {got} came: {answer}");
        }
        let word = |name: &str| answer.get(name).and_then(Value::as_str);
        let why = word("rule").or(word("field")).or(word("reason")).unwrap_or("").to_owned();
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let known = refused.entry(what).or_default();
        known.times += 1;
        known.status = got;
        known.why.insert(why);
        Ok(())
    }
}

/// What is sent to write a record.
fn record(subject: &str, category: &str, whole: Option<&str>, fields: Value) -> Value {
    let mut body = json!({ "subject": subject, "category": category });
    if let Some(body) = body.as_object_mut() {
        body.insert("fields".to_owned(), fields);
        body.extend(whole.map(|whole| ("part_of".to_owned(), Value::from(whole))));
    }
    body
}

/// Lets several clients act at the same time, each for its share of the people.
pub(crate) fn together<T: Send>(
    people: Vec<&mut T>,
    clients: usize,
    act: impl Fn(&mut T) -> Result<()> + Sync,
) -> Result<()> {
    let share = people.len().div_ceil(clients.max(1)).max(1);
    let mut left = people.into_iter().peekable();
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        while left.peek().is_some() {
            let mine: Vec<&mut T> = left.by_ref().take(share).collect();
            let act = &act;
            threads.push(scope.spawn(move || mine.into_iter().try_for_each(act)));
        }
        threads.into_iter().try_for_each(|thread| {
            thread.join().map_err(|_| anyhow::anyhow!("a client stopped"))?
        })
    })
}
