//! Is everything personal on disk sealed with AES-256-GCM, and is no value to be seen in its bytes?

use serde_json::Value;
use store::value::all;

use super::{findings::Findings, probe::Look, sql};
use crate::{decision, refusal::Refusal};

/// The sealed form of records and details: version 1, cipher 1.
const SEALED: [u8; 2] = [1, 1];
/// The sealed form of files: version 1, cipher 3.
const SEALED_FILE: [u8; 2] = [1, 3];
/// Shorter values turn up in any bytes by chance.
const TELLING: usize = 6;
/// Files looked at.
const FILES: u64 = 200;
/// Details looked at.
const DETAILS: u64 = 5_000;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("sealed things, all under AES-256-GCM,");
    for (statement, limit) in [
        (sql::SEALED_RECORDS, 50_000_u64),
        (sql::SEALED_DETAILS, DETAILS),
        (sql::SEALED_HOLDS, DETAILS),
        (sql::SEALED_MENTIONS, DETAILS),
        (sql::SEALED_COPIES, DETAILS),
        (sql::SEALED_MINORS, DETAILS),
    ] {
        look.link.rows(statement, &[limit.into()], &mut |row| {
            let (slot, sealed) = (row.small(0)?, row.bytes(1)?);
            found.looked("");
            let header = crypto::header(&sealed);
            let good = header.is_ok_and(|header| {
                [header.version, header.algorithm] == SEALED && header.slot == slot
            });
            found.broken_if(!good, "", "not sealed");
            Ok(())
        })?;
    }
    for _ in 0..look.sample.closed {
        found.broken("", "damaged");
    }
    in_clear(look, &mut found);
    files(look, &mut found)?;
    Ok(found)
}

/// No value of an opened record stands readable in the bytes that hold it.
fn in_clear(look: &Look<'_>, found: &mut Findings) {
    let grant = decision::built_in(crypto::Ground::Probe);
    for opened in &look.sample.opened {
        let mut values = Vec::new();
        opened.fields.look(&grant).values().for_each(|value| texts(value, &mut values));
        let seen = values.iter().any(|value| {
            opened.sealed.windows(value.len()).any(|window| window == value.as_bytes())
        });
        found.broken_if(seen, "", "with a value in clear");
    }
}

fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if text.len() >= TELLING => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        _ => {}
    }
}

fn files(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let numbers = all(look.link, sql::BLOBS, &[FILES.into()], |row| row.number(0))?;
    for number in numbers {
        found.looked("");
        let path = look.ctx.ws.blob_file(&format!("{number:016x}"));
        let start = look.ctx.ws.disk().read(&path).ok();
        let sealed = start.is_some_and(|bytes| {
            bytes.len() > crypto::BLOB_HEADER && bytes.starts_with(&SEALED_FILE)
        });
        found.broken_if(!sealed && still_there(look, number)?, "", "files not sealed");
    }
    Ok(())
}

/// A file may have been erased since the snapshot.
fn still_there(look: &Look<'_>, number: u64) -> Result<bool, Refusal> {
    look.ctx.ws.read(|link| {
        let row = store::value::one(link, sql::BLOB, &[number.into()], |row| row.maybe_number(0))?;
        Ok(row.is_some_and(|job| job.is_none()))
    })
}
