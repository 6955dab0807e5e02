//! The configuration of a data folder, `janji.toml`: the one place that reads it. A key that is not known is
//! refused with the nearest one that is.

mod publisher;

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use engine::{
    Deployment, RealDisk, Setup,
    backup::KEEP_DAYS,
    clock::{Clock, SystemClock, TestClock},
    deployment::DAY,
};
use toml::{Table, Value};

pub use self::publisher::Publisher;
use crate::serve::Settings;

/// The name of the file in the data folder.
pub const FILE: &str = "janji.toml";
/// A folder with this file was served with a test clock once, and is for ever.
const TEST_CLOCK: &str = "test-clock";

/// What a data folder's file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `[server]`.
    pub server: Server,
    /// `[keys]`.
    pub keys: Keys,
    /// `[backup]`.
    pub backup: Backup,
    /// `[publisher."COMPANY"]`, each.
    pub publishers: Vec<Publisher>,
}

/// Where to serve what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The address; loopback only.
    pub listen: SocketAddr,
    /// The data folder: the one with the file, unless it says another.
    pub data: PathBuf,
    /// Where to report a weakness, unless a company says another.
    pub security_contact: Option<String>,
}

/// How long keys live and who else holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// How long an epoch lasts, in microseconds.
    pub epoch: i64,
    /// How many epochs' secrets are kept.
    pub keep: u64,
    /// Folders on other devices that hold secrets and the guard journal.
    pub escrows: Vec<PathBuf>,
    /// Whether to serve although the loss of this host is the loss of everything.
    pub accept_total_loss: bool,
}

/// Where backups go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The folder of the sets.
    pub folder: Option<PathBuf>,
    /// How many days a set is kept.
    pub days: u32,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The folder has no file.
    #[error("there is no {FILE} in {0}; `janji init` writes one")]
    Missing(PathBuf),
    /// The file cannot be read.
    #[error("{path} cannot be read")]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The file is no TOML.
    #[error("{FILE}: {0}")]
    Syntax(String),
    /// A key that means nothing.
    #[error("{FILE}: `{key}` is unknown; {help}")]
    Unknown {
        /// The key with its section.
        key: String,
        /// What it might have been.
        help: String,
    },
    /// A value that does not fit its key.
    #[error("{FILE}: `{key}` must be {expected}")]
    Value {
        /// The key with its section.
        key: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// Host names for a company that publishes nothing here.
    #[error("{FILE}: no workspace here is of the company `{company}`; {help}")]
    Publisher {
        /// The company.
        company: String,
        /// What it might have been, or how a company gets in.
        help: String,
    },
    /// Several companies, and one that nobody could find.
    #[error(
        "{FILE}: several companies publish here, and `{0}` has no host name: write \
         [publisher.\"{0}\"] with hosts = [\"…\"]"
    )]
    Host(String),
    /// A host name that two companies claim, or one twice.
    #[error("{FILE}: the host `{0}` is named twice")]
    Twice(String),
    /// The folder refused to say who publishes.
    #[error("the folder cannot be read")]
    Folder(#[from] engine::Refusal),
}

const KNOWN: [(&str, &[&str]); 3] = [
    ("server", &["listen", "data", "security_contact"]),
    ("keys", &["epoch", "keep", "escrows", "accept_total_loss"]),
    ("backup", &["folder", "days"]),
];

impl Config {
    /// Reads the file of a folder. Paths in it are relative to that folder.
    pub fn load(folder: &Path) -> Result<Config, ConfigError> {
        let path = folder.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Config::parse(&text, folder),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(ConfigError::Missing(folder.to_owned()))
            }
            Err(source) => Err(ConfigError::Read { path, source }),
        }
    }

    /// Reads the text of such a file.
    pub fn parse(text: &str, folder: &Path) -> Result<Config, ConfigError> {
        let file: Table = text
            .parse()
            .map_err(|error: toml::de::Error| ConfigError::Syntax(error.to_string()))?;
        let [server, keys, backup] = KNOWN.map(|(section, _)| section);
        known("", &file, &[server, keys, backup, publisher::SECTION])?;
        for (section, keys) in KNOWN {
            let empty = Table::new();
            known(&format!("{section}."), section_of(&file, section)?.unwrap_or(&empty), keys)?;
        }
        let read = Reader { file: &file, folder };
        Ok(Config {
            server: Server {
                listen: read
                    .one("server.listen", "an address with a port", |value| {
                        value.as_str()?.parse().ok()
                    })?
                    .unwrap_or_else(|| ([127, 0, 0, 1], 7878).into()),
                data: read.path("server.data")?.unwrap_or_else(|| folder.to_owned()),
                security_contact: read.one("server.security_contact", "a text", text_of)?,
            },
            keys: Keys {
                epoch: read
                    .one("keys.epoch", "a length of time such as \"1 day\"", length)?
                    .unwrap_or(DAY),
                keep: read.count("keys.keep")?.unwrap_or(7),
                escrows: read
                    .one("keys.escrows", "a list of folders", |value| {
                        let folders = value.as_array()?.iter();
                        folders.map(|value| Some(folder.join(value.as_str()?))).collect()
                    })?
                    .unwrap_or_default(),
                accept_total_loss: read
                    .one("keys.accept_total_loss", "true or false", Value::as_bool)?
                    .unwrap_or(false),
            },
            backup: Backup {
                folder: read.path("backup.folder")?,
                days: read.count("backup.days")?.map_or(Ok(KEEP_DAYS), |days| {
                    u32::try_from(days).map_err(|_| wrong("backup.days", "a number of days"))
                })?,
            },
            publishers: publisher::read(&file)?,
        })
    }

    /// Whether the data folder was ever served with a test clock.
    pub fn is_test(&self) -> bool {
        self.server.data.join(TEST_CLOCK).exists()
    }

    /// How to open the data folder: with the system's clock, or with a test's.
    pub fn setup(&self, test: Option<&TestClock>) -> Setup {
        let clock: Box<dyn Clock> = match test {
            Some(clock) => Box::new(clock.clone()),
            None => Box::new(SystemClock::start()),
        };
        Setup {
            folder: self.server.data.clone(),
            disk: Arc::new(RealDisk),
            clock,
            test_clock: test.is_some(),
            seed: None,
            escrows: self.keys.escrows.clone(),
            accept_total_loss: self.keys.accept_total_loss,
            epoch: self.keys.epoch,
            keep_epochs: self.keys.keep,
        }
    }

    /// Whether a workspace of this company may be made: whoever is one of several must be found by a host name.
    pub fn admit(&self, deployment: &Deployment, company: &str) -> Result<(), ConfigError> {
        let mut companies = publisher::companies(deployment)?;
        if !companies.iter().any(|known| known == company) {
            companies.push(company.to_owned());
        }
        publisher::placed(&self.publishers, &companies)
    }

    /// How to serve the open folder.
    pub fn settings(
        &self,
        deployment: &Deployment,
        test: Option<&TestClock>,
    ) -> Result<Settings, ConfigError> {
        publisher::known(&self.publishers, &publisher::companies(deployment)?)?;
        Ok(Settings {
            address: self.server.listen,
            publishers: self.publishers.clone(),
            security_contact: self.server.security_contact.clone(),
            test_clock: test.cloned(),
            ..Settings::default()
        })
    }
}

fn wrong(key: &str, expected: &'static str) -> ConfigError {
    ConfigError::Value { key: key.to_owned(), expected }
}

/// Refuses a table with a key that is not in the list.
fn known(prefix: &str, table: &Table, keys: &[&str]) -> Result<(), ConfigError> {
    let Some(key) = table.keys().find(|key| !keys.contains(&key.as_str())) else { return Ok(()) };
    let help = match engine::policy::nearest(key, keys) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", keys.join(", ")),
    };
    Err(ConfigError::Unknown { key: format!("{prefix}{key}"), help })
}

fn section_of<'a>(file: &'a Table, name: &str) -> Result<Option<&'a Table>, ConfigError> {
    let table = |value: &'a Value| value.as_table().ok_or_else(|| wrong(name, "a section"));
    file.get(name).map(table).transpose()
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A length of time in words, in microseconds.
fn length(value: &Value) -> Option<i64> {
    let (count, unit) = value.as_str()?.split_once(' ')?;
    let count: i64 = count.parse().ok().filter(|count| *count > 0)?;
    let unit = match unit.strip_suffix('s').unwrap_or(unit) {
        "minute" => DAY / 1440,
        "hour" => DAY / 24,
        "day" => DAY,
        _ => return None,
    };
    count.checked_mul(unit)
}

struct Reader<'a> {
    file: &'a Table,
    folder: &'a Path,
}

impl<'a> Reader<'a> {
    fn one<T>(
        &self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some((section, name)) = key.split_once('.') else { return Ok(None) };
        let value = section_of(self.file, section)?.and_then(|section| section.get(name));
        value.map(|value| read(value).ok_or_else(|| wrong(key, expected))).transpose()
    }

    fn path(&self, key: &str) -> Result<Option<PathBuf>, ConfigError> {
        self.one(key, "a path", |value| Some(self.folder.join(value.as_str()?)))
    }

    fn count(&self, key: &str) -> Result<Option<u64>, ConfigError> {
        self.one(key, "a whole number above 0", |value| {
            u64::try_from(value.as_integer()?).ok().filter(|count| *count > 0)
        })
    }
}

#[cfg(test)]
mod tests;
