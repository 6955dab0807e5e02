//! Sentences about how long something is kept.

use super::{
    Reader, Said, Topic,
    tables::{EVENTS, says},
};
use crate::import::{
    draft::Value,
    period::{Length, lengths},
};

/// Words of keeping and of ending.
const KEEPS: &[&str] = &[
    "retain-",
    "retention",
    "kept",
    "keep",
    "stored",
    "store",
    "delete-",
    "deletion",
    "erase-",
    "purge-",
    "remove-",
    "rotat-",
    "expire-",
    "maintained",
    "hold",
    "disimpan",
    "menyimpan",
    "simpan",
    "dihapus",
    "menghapus",
    "penyimpanan",
    "retensi",
    "dimusnahkan",
    "backup history",
    "discard-",
    "persisted",
];
/// Words for no period at all.
const OPEN: &[&str] = &[
    "as long as necessary",
    "as long as required",
    "as long as is necessary",
    "only as long as",
    "as long as needed",
    "for as long as",
    "as necessary",
    "selama diperlukan",
    "selama dibutuhkan",
    "sepanjang diperlukan",
    "indefinitely",
    "without a specific time limit",
    "no longer than necessary",
    "as agreed",
    "according to terms",
    "selama akun",
    "while account is active",
    "while your account is active",
    "duration of the contract",
    "duration of your subscription",
    "per your configured",
    "selama kontrak",
];
/// Words for data that are not stored.
const NOT_STORED: &[&str] = &[
    "not stored",
    "never stored",
    "not store",
    "tidak disimpan",
    "tidak menyimpan",
    "discarded by default",
    "never persisted",
];

impl Reader<'_> {
    /// Reads a period of keeping; answers whether the sentence was one.
    pub(super) fn keeping(&mut self, said: &Said<'_>, item: bool) -> bool {
        let found = lengths(said.text);
        let kept = says(&said.low, KEEPS);
        if !(kept || self.topic == Topic::Keep && item) {
            return false;
        }
        if says(&said.low, &["legal hold", "penahanan hukum"]) {
            self.draft.row("always.hold_wins");
            self.draft.note("always.hold_wins", &format!("“{}”", said.full()), &said.place);
            return true;
        }
        if self.tokens(said, &found) || self.backups(said, &found) || self.log(said, &found) {
            return true;
        }
        let open = says(&said.low, OPEN);
        let stored = !says(&said.low, NOT_STORED);
        let ends = ending(&said.low).filter(|_| found.is_empty());
        let withdrawn =
            says(&said.low, &["withdraw-", "disconnect", "disable-", "penarikan", "revoke-"]);
        if found.is_empty() && !open && stored && ends.is_none() {
            if self.topic == Topic::Keep
                && (withdrawn
                    || item
                        && kept
                        && says(
                            &said.low,
                            &["until", "immediate-", "automatically", "contract", "active"],
                        ))
            {
                self.draft.unsettled(&said.full(), &said.place);
                return true;
            }
            return false;
        }
        // That everything is kept as long as needed says nothing of any one thing.
        let nothing = open && found.is_empty() && said.label.is_empty();
        let Some(name) = self.name(said, item).filter(|_| !nothing) else {
            self.draft.unsettled(&said.full(), &said.place);
            return true;
        };
        let Some(id) = self.draft.open("data", &name, &said.place) else { return true };
        let path = format!("data.{id}");
        self.draft.note(&path, &format!("“{}”", said.full()), &said.place);
        let settled = match found.last() {
            None if !stored => self.draft.set(&path, "keep", &Value::text("never")),
            None => ends.is_some_and(|event| self.until(&path, event)),
            // A time that follows a withdrawal does not run from collection.
            Some(_) if withdrawn => false,
            Some(last) => self.lasts(&path, &id, said, *last),
        };
        // A second period in one sentence, or one that the row has another of.
        if !settled || found.len() > 1 || open && found.is_empty() {
            self.draft.unsettled(&said.full(), &said.place);
        }
        true
    }

    /// Sets the end of a row; false when it says another one already.
    fn lasts(&mut self, path: &str, id: &str, said: &Said<'_>, length: Length) -> bool {
        let phrase = length.phrase();
        let running = says(
            &said.low,
            &[
                "plus",
                "after",
                "following",
                "of",
                "from",
                "setelah",
                "sejak",
                "sesudah",
                "since",
                "grace",
            ],
        ) || said.text.contains('+');
        let event = EVENTS
            .iter()
            .find(|(words, _)| says(&said.low, &[words]))
            .map(|(_, event)| *event)
            .filter(|_| running);
        let account = id.contains("account") || id.contains("akun");
        match event {
            Some("closed") if account => self.draft.set(path, "grace", &Value::text(&phrase)),
            Some("signed_in") if account => {
                self.draft.add(path, "events", "signed_in");
                self.draft.set(path, "lapses", &Value::text(&format!("{phrase} after signed_in")))
            }
            Some(event) => {
                let event = if event == "closed" { "account_closed" } else { event };
                let set =
                    self.draft.set(path, "keep", &Value::text(&format!("{phrase} after {event}")));
                if set {
                    self.draft.add(path, "events", event);
                }
                set
            }
            None => self.draft.set(path, "keep", &Value::text(&phrase)),
        }
    }

    fn until(&mut self, path: &str, event: &str) -> bool {
        let event = if event == "closed" { "account_closed" } else { event };
        let set = self.draft.set(path, "keep", &Value::text(&format!("until {event}")));
        if set {
            self.draft.add(path, "events", event);
        }
        set
    }

    /// Tokens are kept by rows of their own.
    fn tokens(&mut self, said: &Said<'_>, found: &[Length]) -> bool {
        let Some(length) = found.first() else { return false };
        let value = Value::text(&length.phrase());
        let (path, key) = match () {
            () if says(&said.low, &["blocklist", "revoked tokens", "daftar blokir"]) => {
                ("security.blocklist", "keep")
            }
            () if says(&said.low, &["access token", "access tokens", "token akses"]) => {
                ("security.access_token", "lives")
            }
            () if says(
                &said.low,
                &[
                    "refresh token",
                    "refresh tokens",
                    "token penyegaran",
                    "authentication tokens",
                    "token autentikasi",
                ],
            ) =>
            {
                ("security.refresh_token", "lives")
            }
            () => return false,
        };
        let set = self.draft.set(path, key, &value);
        self.draft.note(path, &format!("“{}”", said.full()), &said.place);
        if !set {
            self.draft.unsettled(&said.full(), &said.place);
        }
        true
    }

    fn backups(&mut self, said: &Said<'_>, found: &[Length]) -> bool {
        let here = self.heading.to_lowercase();
        let named = says(&said.low, &["backup", "backups", "cadangan"])
            || says(&here, &["backup", "backups", "cadangan"]);
        let Some(length) = found.first().filter(|_| named && !says(&said.low, &["recovery"]))
        else {
            return false;
        };
        let set = self.draft.set("security.backups", "gone", &Value::text(&length.phrase()));
        self.draft.note("security.backups", &format!("“{}”", said.full()), &said.place);
        if !set {
            self.draft.unsettled(&said.full(), &said.place);
        }
        true
    }

    /// Logs of the application and of security are registers; what people do with a service is data.
    fn log(&mut self, said: &Said<'_>, found: &[Length]) -> bool {
        let label = if said.label.is_empty() { &said.low } else { &said.label.to_lowercase() };
        let Some(length) = found.first() else { return false };
        let register = match () {
            () if says(label, &["security logs", "security log", "log keamanan"]) => {
                "register.security_log"
            }
            () if says(
                label,
                &[
                    "application logs",
                    "access logs",
                    "application log",
                    "log aplikasi",
                    "log akses",
                    "server logs",
                    "usage logs",
                    "system logs",
                ],
            ) =>
            {
                "register.application_log"
            }
            () => return false,
        };
        let set = self.draft.set(register, "keep", &Value::text(&length.phrase()));
        self.draft.note(register, &format!("“{}”", said.full()), &said.place);
        if !set {
            self.draft.unsettled(&said.full(), &said.place);
        }
        true
    }

    /// What is kept: the label, the heading above a label that only says whose, or the object of the sentence.
    fn name(&self, said: &Said<'_>, item: bool) -> Option<String> {
        let below =
            |words: &str| words.split(['(', '“', '"']).next().unwrap_or(words).trim().to_owned();
        if !said.label.is_empty()
            && (self.topic == Topic::Keep || item && !lengths(said.text).is_empty())
        {
            let low = said.label.to_lowercase();
            let whose = low
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .all(|word| WHOSE.contains(&word));
            let account = says(&low, &["account", "accounts", "akun"]);
            return Some(match () {
                () if account && self.topic == Topic::Keep => {
                    if low.contains("akun") { "Akun" } else { "Account" }.to_owned()
                }
                () if whose && !self.heading.is_empty() => below(&self.heading),
                () => below(said.label),
            });
        }
        object(said.text).or_else(|| {
            (item && self.topic == Topic::Keep && !self.heading.is_empty())
                .then(|| below(&self.heading))
        })
    }
}

/// Words that say whose or which, and not what.
const WHOSE: &[&str] = &[
    "current",
    "former",
    "active",
    "inactive",
    "deleted",
    "closed",
    "employees",
    "interns",
    "users",
    "customers",
    "customer",
    "retention",
    "frequency",
    "period",
    "karyawan",
    "aktif",
    "mantan",
    "pengguna",
    "retensi",
];

/// The event at which something ends, where a sentence says no period.
fn ending(low: &str) -> Option<&'static str> {
    let until = ["until", "upon", "when", "on", "sampai", "hingga", "ketika", "saat"];
    let ends = ["delete-", "until", "wipe", "dihapus", "sampai", "hingga"];
    event_after(low, &until).filter(|_| says(low, &ends))
}

/// The event that follows one of some words.
fn event_after(low: &str, words: &[&str]) -> Option<&'static str> {
    let at = words.iter().filter_map(|word| super::tables::place(low, word)).min()?;
    let rest = low.get(at..)?;
    EVENTS.iter().find(|(words, _)| says(rest, &[words])).map(|(_, event)| *event)
}

/// The object of a sentence about keeping: “we keep X for two years”, “X is deleted after two years”.
fn object(text: &str) -> Option<String> {
    let low = text.to_lowercase();
    if low.len() != text.len() {
        return None;
    }
    let ends = [
        " for ",
        " up to ",
        " until ",
        " within ",
        " no longer ",
        " selama ",
        " hingga ",
        " sampai ",
        " paling lama ",
        " maksimal ",
        " dalam ",
    ];
    for verb in ["retain ", "keep ", "store ", "delete ", "erase ", "menyimpan ", "menghapus "] {
        let Some((at, _)) = low.match_indices(verb).next() else { continue };
        let from = at + verb.len();
        let rest = low.get(from..)?;
        let Some(end) = ends.iter().filter_map(|end| rest.find(end)).min() else { continue };
        return named(text.get(from..from + end)?);
    }
    for verb in [" is ", " are ", " will be ", " disimpan", " dihapus", " akan "] {
        if let Some((before, _)) = low.split_once(verb) {
            return named(text.get(..before.len())?);
        }
    }
    None
}

/// A name out of an object: not empty, no pronoun, no sentence.
fn named(words: &str) -> Option<String> {
    let mut words = words.trim();
    for little in [
        "your ", "the ", "our ", "all ", "any ", "Your ", "The ", "Our ", "All ", "Any ",
        "seluruh ",
    ] {
        words = words.strip_prefix(little).unwrap_or(words);
    }
    let low = words.to_lowercase();
    let pronoun = matches!(
        low.as_str(),
        "it" | "they" | "this" | "these" | "we" | "this data" | "kami" | "ini" | "data" | ""
    );
    let count = words.split_whitespace().count();
    (!pronoun && count <= 7).then(|| words.trim_end_matches([',', ':']).to_owned())
}
