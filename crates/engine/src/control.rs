//! control.db: publishers, their policies, workspaces, tokens, and the deployment's own log. No personal
//! value is in it.

mod anchor;
mod announcement;
mod sql;

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use crypto::SigningKey;
use store::{
    Link, Sqlite, StoreError,
    disk::Disk,
    migrate::{Migration, migrate},
    value::{all, one},
};

pub use announcement::Announced;

use crate::{
    refusal::Refusal,
    versions::{Source, Versions},
    workspace::InForce,
};

const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "publishers, workspaces, tokens, deployment log",
    script: include_str!("migrations/control-1.sql"),
}];

/// How the deployment is set up, for those who need to say so in a certificate.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long an epoch lasts, in microseconds.
    pub epoch: i64,
    /// How many epochs' secrets are kept.
    pub keep_epochs: u64,
    /// Who else keeps keys and journal, in words.
    pub escrows: Vec<String>,
}

/// The control database, open.
pub struct Control {
    link: Mutex<Sqlite>,
    settings: Settings,
    signer: SigningKey,
    disk: Arc<dyn Disk>,
    /// Where the deployment's logs lie.
    folder: PathBuf,
    log: RwLock<anchor::Current>,
    /// Published policies that were read back, by publisher and number.
    known: Mutex<BTreeMap<(u64, u64), Arc<InForce>>>,
    /// Announced policies that were read back, by publisher, with the number of the announcement.
    coming: Mutex<BTreeMap<u64, (u64, Arc<InForce>)>>,
}

impl fmt::Debug for Control {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Control")
    }
}

/// A workspace as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub number: u64,
    /// The name that commands use.
    pub name: String,
    /// Its publisher.
    pub publisher: u64,
    /// When it was made.
    pub made: i64,
    /// Whether it was made to the end.
    pub ready: bool,
}

/// A published policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its number at its publisher.
    pub number: u64,
    /// Its source.
    pub source: String,
    /// SHA-256 of the source.
    pub hash: [u8; 32],
    /// Since when it is in force.
    pub at: i64,
    /// When everybody whom it concerns had been told; `None` when nobody had to be told first.
    pub told: Option<i64>,
}

/// A token as stored, found by its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// Its number.
    pub id: u64,
    /// The workspace that it opens.
    pub workspace: u64,
    /// The role's word: system, admin, officer, staff, person.
    pub role: String,
    /// The role of staff.
    pub staff: Option<String>,
    /// The person.
    pub subject: Option<u64>,
    /// When it ends.
    pub expires: Option<i64>,
    /// When it was revoked.
    pub revoked: Option<i64>,
}

impl Control {
    /// Opens control.db.
    pub fn open(
        disk: Arc<dyn Disk>,
        path: &Path,
        folder: PathBuf,
        signer: SigningKey,
        settings: Settings,
    ) -> Result<Control, Refusal> {
        let mut link = Sqlite::open_first(&*disk, path)?;
        migrate(&mut link, MIGRATIONS)?;
        let log = RwLock::new(anchor::current(&mut link, &signer)?);
        let link = Mutex::new(link);
        let (known, coming) = (Mutex::default(), Mutex::default());
        Ok(Control { link, settings, signer, disk, folder, log, known, coming })
    }

    /// How the deployment is set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn link(&self) -> MutexGuard<'_, Sqlite> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A publisher with its first policy in force; the one of this name when there is one already.
    pub fn publish_first(
        &self,
        publisher: u64,
        name: &str,
        version: &str,
        source: &str,
        at: i64,
    ) -> Result<Published, StoreError> {
        if let Some(published) = self.policy(publisher)? {
            return Ok(published);
        }
        let hash = crypto::sha256(&[source.as_bytes()]);
        let mut link = self.link();
        link.run(sql::PUBLISHER_ADD, &[publisher.into(), name.into(), "".into()])?;
        let values = [
            publisher.into(),
            1_u64.into(),
            version.into(),
            source.into(),
            (&hash).into(),
            at.into(),
            None::<i64>.into(),
        ];
        link.run(sql::POLICY_ADD, &values)?;
        Ok(Published { number: 1, source: source.to_owned(), hash, at, told: None })
    }

    /// Puts a further version in force; one of this number that is there stays as it is.
    pub(crate) fn publish_next(
        &self,
        publisher: u64,
        version: &str,
        published: &Published,
    ) -> Result<(), StoreError> {
        let values = [
            publisher.into(),
            published.number.into(),
            version.into(),
            (&published.source).into(),
            (&published.hash).into(),
            published.at.into(),
            published.told.into(),
        ];
        self.link().run(sql::POLICY_ADD, &values).map(|_| ())
    }

    /// Every version of a publisher, oldest first.
    pub fn policies(&self, publisher: u64) -> Result<Vec<Published>, StoreError> {
        all(&mut *self.link(), sql::POLICIES, &[publisher.into()], published_row)
    }

    /// The newest policy of a publisher.
    pub fn policy(&self, publisher: u64) -> Result<Option<Published>, StoreError> {
        one(&mut *self.link(), sql::POLICY, &[publisher.into()], published_row)
    }

    /// A version of a publisher with all before it: the one of this number, or the newest.
    pub fn version(&self, publisher: u64, number: Option<u64>) -> Result<Arc<InForce>, Refusal> {
        let newest = self.policy(publisher)?.ok_or(Refusal::NotFound)?;
        let number = number.unwrap_or(newest.number);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&(publisher, number)) {
            return Ok(Arc::clone(known));
        }
        let mut policies = self.policies(publisher)?;
        policies.retain(|published| published.number <= number);
        let (mut all, mut last) = (Vec::new(), None);
        for published in policies {
            let policy = understood(&published.source)?;
            all.push(Source::of(&published, policy.clone()));
            last = Some((published, policy));
        }
        let Some((published, policy)) = last.filter(|(last, _)| last.number == number) else {
            return Err(Refusal::NotFound);
        };
        let versions = Versions::of(all);
        let in_force = Arc::new(InForce { number, hash: published.hash, policy, versions });
        known.insert((publisher, number), Arc::clone(&in_force));
        Ok(in_force)
    }

    /// Every publisher: number and name.
    pub fn publishers(&self) -> Result<Vec<(u64, String)>, StoreError> {
        all(&mut *self.link(), sql::PUBLISHERS, &[], |row| Ok((row.number(0)?, row.text(1)?)))
    }

    /// Lists a workspace that is about to be made; a name is used once.
    pub fn add_workspace(
        &self,
        number: u64,
        name: &str,
        publisher: u64,
        at: i64,
    ) -> Result<(), StoreError> {
        let values = [number.into(), name.into(), publisher.into(), at.into()];
        self.link().run(sql::WORKSPACE_ADD, &values).map(|_| ())
    }

    /// Says that a workspace was made to the end.
    pub fn workspace_ready(&self, number: u64) -> Result<(), StoreError> {
        self.link().run(sql::WORKSPACE_READY, &[number.into()]).map(|_| ())
    }

    /// Every workspace.
    pub fn workspaces(&self) -> Result<Vec<Listed>, StoreError> {
        all(&mut *self.link(), sql::WORKSPACES, &[], |row| {
            Ok(Listed {
                number: row.number(0)?,
                name: row.text(1)?,
                publisher: row.number(2)?,
                made: row.int(3)?,
                ready: row.flag(4)?,
            })
        })
    }

    /// Adds a token by its hash.
    pub fn add_token(
        &self,
        hash: &[u8; 32],
        token: &StoredToken,
        at: i64,
    ) -> Result<(), StoreError> {
        let values = [
            hash.into(),
            token.id.into(),
            token.workspace.into(),
            (&token.role).into(),
            token.staff.as_deref().into(),
            token.subject.into(),
            at.into(),
            token.expires.into(),
        ];
        self.link().run(sql::TOKEN_ADD, &values).map(|_| ())
    }

    /// The token of a hash, revoked and expired ones too.
    pub fn token(&self, hash: &[u8; 32]) -> Result<Option<StoredToken>, StoreError> {
        one(&mut *self.link(), sql::TOKEN, &[hash.into()], token_row)
    }

    /// The token of a number.
    pub fn token_of(&self, workspace: u64, id: u64) -> Result<Option<StoredToken>, StoreError> {
        one(&mut *self.link(), sql::TOKEN_OF, &[workspace.into(), id.into()], token_row)
    }

    /// How many tokens of each role of staff open a workspace.
    pub(crate) fn staff_tokens(
        &self,
        workspace: u64,
        now: i64,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        all(&mut *self.link(), sql::STAFF_TOKENS, &[workspace.into(), now.into()], |row| {
            Ok((row.text(0)?, row.number(1)?))
        })
    }

    /// Ends a token; ending it twice keeps the first time.
    pub fn end_token(&self, id: u64, at: i64) -> Result<(), StoreError> {
        self.link().run(sql::TOKEN_END, &[id.into(), at.into()]).map(|_| ())
    }

    /// Ends every token of a workspace that has none left to act for.
    pub fn end_tokens(&self, workspace: u64, at: i64) -> Result<(), StoreError> {
        self.link().run(sql::TOKENS_END, &[workspace.into(), at.into()]).map(|_| ())
    }

    /// Says that a publisher has ended; saying it twice keeps the first time.
    pub(crate) fn end_publisher(&self, publisher: u64, at: i64) -> Result<(), StoreError> {
        self.link().run(sql::PUBLISHER_END, &[publisher.into(), at.into()]).map(|_| ())
    }

    /// When a publisher has ended, if it has.
    pub fn publisher_ended(&self, publisher: u64) -> Result<Option<i64>, StoreError> {
        let ended = one(&mut *self.link(), sql::PUBLISHER_ENDED, &[publisher.into()], |row| {
            row.maybe_int(0)
        })?;
        Ok(ended.flatten())
    }

    /// Whether the publisher of a workspace has ended.
    pub(crate) fn is_ended(&self, workspace: u64) -> Result<bool, StoreError> {
        let publisher =
            one(&mut *self.link(), sql::PUBLISHER_OF, &[workspace.into()], |row| row.number(0))?;
        match publisher {
            Some(publisher) => Ok(self.publisher_ended(publisher)?.is_some()),
            None => Ok(false),
        }
    }

    /// A word the deployment remembers about itself.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        one(&mut *self.link(), sql::SETTING, &[name.into()], |row| row.text(0))
    }

    /// Remembers a word.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.link().run(sql::SETTING_SAVE, &[name.into(), value.into()]).map(|_| ())
    }

    /// Writes a compact copy of control.db, and lets the deployment's log be copied in the state that the
    /// copy knows: nothing is published meanwhile.
    pub(crate) fn copy_to(
        &self,
        path: &Path,
        log: impl FnOnce(&Path) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut link = self.link();
        link.copy_to(path)?;
        log(&self.folder)
    }
}

/// A published policy, read back: it passed the check of its day.
fn understood(source: &str) -> Result<policy::Policy, Refusal> {
    let read = || {
        let damaged = Refusal::Store(StoreError::Damaged { what: "a published policy" });
        policy::published(source).ok_or(damaged)
    };
    #[cfg(test)]
    let read = || crate::testing::checked_once(source, read);
    read()
}

fn published_row(row: store::Row<'_>) -> Result<Published, StoreError> {
    Ok(Published {
        number: row.number(0)?,
        source: row.text(1)?,
        hash: row.array(2)?,
        at: row.int(3)?,
        told: row.maybe_int(4)?,
    })
}

fn token_row(row: store::Row<'_>) -> Result<StoredToken, StoreError> {
    Ok(StoredToken {
        id: row.number(0)?,
        workspace: row.number(1)?,
        role: row.text(2)?,
        staff: row.maybe_text(3)?,
        subject: row.maybe_number(4)?,
        expires: row.maybe_int(5)?,
        revoked: row.maybe_int(6)?,
    })
}
