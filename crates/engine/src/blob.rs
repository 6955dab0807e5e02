//! Blobs: photographs and files, each under a key of its own, sealed in chunks, stored as a file that is
//! on disk before its row. A blob is uploaded first and claimed by the record that names it.

mod image;
mod media;
mod sql;

use crypto::{Personal, Place};
use policy::{Category, FieldKind};
use serde_json::{Map, Value};
use store::{Link, Slot, StoreError, Tx, value::one};

use crate::{
    ctx::Ctx,
    decision::{self, Denied},
    entry::{self, Act, Entry, Stream},
    field,
    ids::{Kind, Rid},
    pending::Pending,
    pseudonym, record,
    refusal::Refusal,
    subject,
};

/// The largest blob, in bytes.
pub const LARGEST: usize = 16 * 1024 * 1024;
/// An upload that no record claims is deleted after so long.
pub(crate) const UNCLAIMED: i64 = 24 * 3_600_000_000;

/// A blob as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Its number, from the same count as its subject's records.
    pub number: u64,
    /// The record that claimed it.
    pub rid: Option<u64>,
    /// Its category.
    pub category: String,
    /// Its field.
    pub field: String,
    /// The slot of its key.
    pub slot: Slot,
    /// Its media type.
    pub media: String,
    /// The erasure that took it, if one did.
    pub job: Option<u64>,
    /// The policy, by number, in whose names category and field stand.
    pub schema: u64,
}

/// An upload: what it will be a value of.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// About whom.
    pub subject: u64,
    /// The category of the record to come.
    pub category: &'a str,
    /// The field of that record.
    pub field: &'a str,
    /// The media type, as declared by the client; a common one is kept, any other is forgotten.
    pub media: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(Kind::Blob, shown).ok_or(Refusal::NotFound)
}

fn file_name(number: u64) -> String {
    format!("{number:016x}")
}

/// Stores an upload. Photographs lose what the camera wrote beside the picture: no place travels in one.
pub fn store(ctx: &Ctx, tx: &mut Tx<'_>, upload: &Upload<'_>) -> Result<u64, Refusal> {
    let in_force = ctx.ws.policy();
    let Some(category) = in_force.policy.category(upload.category) else {
        return Err(Refusal::invalid("category", "data"));
    };
    let rule = format!("data.{}.fields", category.id);
    let declared = category.fields.iter().find(|field| field.name == upload.field);
    let Some(declared) = declared.filter(|field| field::is_blob(&field.kind)) else {
        return Err(Refusal::invalid("field", rule));
    };
    if upload.bytes.len() > LARGEST || upload.bytes.is_empty() {
        return Err(Refusal::invalid("body", "between 1 byte and 16 MiB"));
    }
    let Some(media) = media::known(upload.media) else {
        return Err(Refusal::invalid("content-type", "a media type"));
    };
    let bytes = match declared.kind {
        FieldKind::Image => image::stripped(upload.bytes)
            .ok_or_else(|| Refusal::invalid("body", format!("{rule}: a JPEG or PNG picture")))?,
        _ => upload.bytes.to_vec(),
    };
    let bytes = zeroize::Zeroizing::new(bytes);
    let person = subject::load(ctx, tx.link(), upload.subject)?;
    record::may_collect(ctx, tx, &person, category)?;
    let number = Rid::new(person.number, subject::next_record(tx, person.number)?).0;
    let slot = tx.take_slot()?;
    let key = tx.key(slot)?;
    let place = place(ctx, number, upload.category, slot);
    let sealed = crypto::seal_blob(&key, &place, crypto::random(tx.rng()), &bytes);
    put_file(ctx, number, &sealed)?;
    let values = [
        number.into(),
        upload.category.into(),
        upload.field.into(),
        slot.into(),
        Value64(bytes.len()).into(),
        media.into(),
        ctx.now.into(),
        ctx.ws.policy().number.into(),
    ];
    tx.run(sql::ADD, &values)?;
    let records = [number];
    let entry = Entry {
        act: Act::Blob,
        stream: Stream::Application,
        subject: person.ledger(),
        purpose: "",
        rule: upload.category,
        records: &records,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(number)
}

/// A length as the database stores it.
struct Value64(usize);

impl From<Value64> for store::Value<'_> {
    fn from(length: Value64) -> Self {
        store::Value::Int(i64::try_from(length.0).unwrap_or(i64::MAX))
    }
}

fn place<'a>(ctx: &Ctx, number: u64, category: &'a str, slot: Slot) -> Place<'a> {
    let subject = Rid(number).subject();
    Place { workspace: ctx.ws.number(), subject, category, record: number, schema: 1, slot }
}

/// First whole and synced under `pending/`, then moved to where its row will look for it.
fn put_file(ctx: &Ctx, number: u64, sealed: &[u8]) -> Result<(), Refusal> {
    let disk = ctx.ws.disk();
    let folder = ctx.ws.blob_file("pending");
    disk.create_folder(&folder).map_err(StoreError::file(&folder))?;
    let fresh = folder.join(file_name(number));
    disk.replace(&fresh, sealed).map_err(StoreError::file(&fresh))?;
    let path = ctx.ws.blob_file(&file_name(number));
    disk.rename(&fresh, &path).map_err(StoreError::file(&path))?;
    Ok(())
}

/// Removes the file of a blob; that it is gone already is no error.
pub(crate) fn remove_file(ctx: &Ctx, number: u64) -> Result<(), Refusal> {
    let path = ctx.ws.blob_file(&file_name(number));
    ctx.ws.disk().remove(&path).map_err(StoreError::file(&path))?;
    Ok(())
}

/// Gives the blobs that a record's fields name to that record: once each, of the same person and kind.
pub(crate) fn claim(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &Category,
    rid: Rid,
    fields: &Map<String, Value>,
) -> Result<(), Refusal> {
    for field in category.fields.iter().filter(|field| field::is_blob(&field.kind)) {
        let Some(shown) = fields.get(&field.name).and_then(Value::as_str) else { continue };
        let wrong = || Refusal::invalid(field.name.clone(), format!("data.{}.fields", category.id));
        let number = number(ctx, shown).map_err(|_| wrong())?;
        if Rid(number).subject() != rid.subject() {
            return Err(wrong());
        }
        let values = [number.into(), rid.0.into(), (&category.id).into(), (&field.name).into()];
        if tx.run(sql::CLAIM, &values)? != 1 {
            return Err(wrong());
        }
    }
    Ok(())
}

/// A blob by its number.
pub(crate) fn find(link: &mut dyn Link, number: u64) -> Result<Option<Blob>, StoreError> {
    one(link, sql::FIND, &[number.into()], |row| {
        Ok(Blob {
            number: row.number(0)?,
            rid: row.maybe_number(1)?,
            category: row.text(2)?,
            field: row.text(3)?,
            slot: row.small(4)?,
            media: row.text(5)?,
            job: row.maybe_number(6)?,
            schema: row.number(7)?,
        })
    })
}

/// A blob's media type and bytes.
pub type File = (String, Personal<Vec<u8>>);

/// Reads a blob for a purpose, under the decision of the record that holds it.
pub fn read(ctx: &Ctx, number: u64, purpose: &str) -> Result<Pending<File>, Refusal> {
    let version = ctx.ws.version();
    let gone = || Refusal::Gone { rule: "erased".to_owned() };
    ctx.ws.read(|link| {
        let person = subject::load(ctx, link, Rid(number).subject())?;
        let blob = find(link, number)?.filter(|blob| blob.job.is_none()).ok_or_else(gone)?;
        let Some(rid) = blob.rid else {
            return Err(Refusal::Conflict { reason: "no record has claimed this blob yet" });
        };
        let Some(mut rule) = today(ctx, &blob) else {
            return Err(Refusal::Gone { rule: format!("data.{}.fields", blob.category) });
        };
        let value: Result<_, Denied> = match record::admit(ctx, link, &person, Rid(rid), purpose)? {
            Ok((_, allowed)) if allowed.access.is_some() => {
                rule = allowed.rule(ctx);
                pseudonym::refuses(ctx, purpose)
            }
            Ok(_) => pseudonym::refuses(ctx, purpose),
            Err(denied) => Err(denied),
        };
        let value = match value {
            Ok(()) => Ok((blob.media.clone(), open(ctx, &blob)?)),
            Err(denied) => Err(denied),
        };
        Ok(Pending {
            value,
            version,
            subject: person,
            act: Act::Read,
            purpose: purpose.to_owned(),
            rule,
            rids: vec![rid],
            names: Vec::new(),
            built_in: false,
        })
    })
}

/// The bytes of a released blob, for the one it was released to.
pub fn seen(bytes: Personal<Vec<u8>>) -> Vec<u8> {
    bytes.open(&decision::built_in(crypto::Ground::Purpose))
}

/// Opens a blob that a decision, or a built-in ground, has admitted.
pub(crate) fn open(ctx: &Ctx, blob: &Blob) -> Result<Personal<Vec<u8>>, Refusal> {
    let path = ctx.ws.blob_file(&file_name(blob.number));
    let sealed = ctx.ws.disk().read(&path).map_err(StoreError::file(&path))?;
    let key = match ctx.ws.key(blob.slot) {
        Err(StoreError::KeyDestroyed) => return Err(Refusal::Gone { rule: "erased".to_owned() }),
        key => key?,
    };
    let plain =
        crypto::open_blob(&key, &place(ctx, blob.number, &blob.category, blob.slot), &sealed)?;
    Ok(Personal::new(plain.to_vec()))
}

/// What the field of a blob is called today; `None` when it is collected no more.
pub(crate) fn today(ctx: &Ctx, blob: &Blob) -> Option<String> {
    let in_force = ctx.ws.policy();
    let path = in_force.versions.path(blob.schema, &blob.category)?;
    path.today.as_ref()?;
    path.field(&blob.field)
}

/// The blobs of a record.
pub(crate) fn of_record(link: &mut dyn Link, rid: u64) -> Result<Vec<Blob>, Refusal> {
    let numbers = store::value::all(link, sql::OF_RECORD, &[rid.into()], |row| row.number(0))?;
    let mut blobs = Vec::new();
    for number in numbers {
        blobs.extend(find(link, number)?);
    }
    Ok(blobs)
}

/// The blobs of a subject, claimed or not.
pub(crate) fn of_subject(link: &mut dyn Link, subject: u64) -> Result<Vec<(u64, Slot)>, Refusal> {
    let (first, last) = Rid::range(subject);
    Ok(store::value::all(link, sql::RANGE, &[first.into(), last.into()], |row| {
        Ok((row.number(0)?, row.small(1)?))
    })?)
}

/// Uploads that nobody claimed in time.
pub(crate) fn unclaimed(link: &mut dyn Link, before: i64) -> Result<Vec<(u64, Slot)>, Refusal> {
    Ok(store::value::all(link, sql::UNCLAIMED, &[before.into()], |row| {
        Ok((row.number(0)?, row.small(1)?))
    })?)
}

/// Removes files that no row names: uploads that died between file and row.
pub(crate) fn collect_orphans(ctx: &Ctx, link: &mut dyn Link) -> Result<usize, Refusal> {
    let disk = ctx.ws.disk();
    let mut removed = 0;
    for folder in ["pending", ""] {
        let folder = ctx.ws.blob_file(folder);
        for name in disk.list(&folder).map_err(StoreError::file(&folder))? {
            let Ok(number) = u64::from_str_radix(&name, 16) else { continue };
            let pending = folder.ends_with("pending");
            if pending || find(link, number)?.is_none() {
                let path = folder.join(&name);
                disk.remove(&path).map_err(StoreError::file(&path))?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}
