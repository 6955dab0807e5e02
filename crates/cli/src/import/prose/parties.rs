//! Who else gets data, where they are, and cookies.

use super::{
    Reader, Said, Topic,
    tables::{COMPANIES, COUNTRIES, WORK, place as stands, says},
};
use crate::import::{
    draft::{Place, Value, id_of},
    period::lengths,
};

impl Reader<'_> {
    /// Everybody whom a line names as getting data.
    pub(super) fn parties(
        &mut self,
        label: &str,
        rest: &str,
        text: &str,
        item: bool,
        cells: Option<&[String]>,
        place: &Place,
    ) {
        let low = text.to_lowercase();
        let denied = says(&low, &["do not", "does not", "never", "tidak"])
            || self.lead.contains("do not")
            || self.lead.contains("tidak");
        let about = matches!(
            self.topic,
            Topic::Share
                | Topic::Transfers
                | Topic::Cookies
                | Topic::Security
                | Topic::Other
                | Topic::Breach
        );
        let joined = says(&low, JOINED);
        if denied && self.topic != Topic::Share || denied && item && self.lead.contains("not") {
            return;
        }
        let mut known = false;
        if self.topic == Topic::Share
            || about && joined
            || self.topic == Topic::Cookies && says(&low, &["google"])
        {
            known = self.companies(&low, text, item || cells.is_some(), place);
        }
        if self.topic != Topic::Share || !item || denied {
            return;
        }
        let name = cells.map_or(label, |cells| cells.first().map_or("", String::as_str));
        let name =
            if name.is_empty() && rest.split_whitespace().count() <= 6 { rest } else { name };
        let covered = known
            && COMPANIES.iter().any(|(words, ..)| stands(&name.to_lowercase(), words).is_some());
        if covered || name.is_empty() || says(&name.to_lowercase(), &["sub-processor", "purpose"]) {
            return;
        }
        if known && generic(name) {
            return;
        }
        self.party(name, text, cells, place);
    }

    /// Companies that everybody knows, by their names.
    fn companies(&mut self, low: &str, text: &str, listed: bool, place: &Place) -> bool {
        let mut found: Vec<(&str, &str, usize)> = Vec::new();
        let mut rest = low.to_owned();
        let mut known: Vec<_> = COMPANIES.iter().collect();
        known.sort_by_key(|(words, ..)| std::cmp::Reverse(words.len()));
        for (words, id, name) in known {
            if let Some(at) = stands(&rest, words) {
                rest = rest.replace(words, &" ".repeat(words.len()));
                if !found.iter().any(|(before, ..)| before == id) {
                    found.push((id, name, at));
                }
            }
        }
        found.sort_by_key(|(.., at)| *at);
        let single = found.len() == 1;
        for (id, name, _) in &found {
            let path = format!("recipient.{id}");
            if !self.draft.row(&path) {
                continue;
            }
            self.draft.words(&path, name);
            self.draft.note(&path, &format!("“{text}”"), place);
            if single && (listed || self.topic == Topic::Share) {
                self.work(&path, low);
            }
            if single && (listed || low.contains("region")) {
                self.wheres(&path, text);
            }
        }
        !found.is_empty()
    }

    /// Somebody whom a list of recipients names, or a kind of somebody.
    fn party(&mut self, name: &str, text: &str, cells: Option<&[String]>, place: &Place) {
        let low = text.to_lowercase();
        let examples = low.contains("e.g") || low.contains("such as") || low.contains("misalnya");
        let short = name.split(['(', '/']).next().unwrap_or(name).trim();
        if short.is_empty() || short.split_whitespace().count() > 8 || id_of(short, 0) == "line_0" {
            return;
        }
        let Some(id) = self.draft.open("recipient", short, place) else { return };
        let path = format!("recipient.{id}");
        self.draft.note(&path, &format!("“{text}”"), place);
        let authority = says(
            &low,
            &[
                "court",
                "courts",
                "police",
                "authority",
                "authorities",
                "law enforcement",
                "pengadilan",
                "kepolisian",
                "aparat",
                "otoritas",
            ],
        );
        if authority {
            self.draft.set(&path, "as", &Value::text("authority"));
        } else {
            self.work(&path, &low);
        }
        match cells {
            Some(cells) => self.wheres(&path, cells.last().map_or("", String::as_str)),
            None if !examples => self.wheres(&path, text),
            None => {}
        }
    }

    fn work(&mut self, path: &str, low: &str) {
        for (job, words) in WORK {
            if says(low, words) {
                self.draft.add(path, "does", job);
            }
        }
    }

    fn wheres(&mut self, path: &str, text: &str) {
        let low = &text.to_lowercase();
        let mut found: Vec<(usize, &str)> = Vec::new();
        for (words, code) in COUNTRIES {
            let outside =
                low.contains(&format!("outside {words}")) || low.contains(&format!("in {words} ("));
            // `US` is a country and `us` is not.
            let small = words.len() <= 3 && stands(text, &words.to_uppercase()).is_none();
            if small {
                continue;
            }
            if let Some(at) = stands(low, words)
                .filter(|_| !outside && !found.iter().any(|(_, known)| known == code))
            {
                found.push((at, code));
            }
        }
        found.sort_unstable();
        for (_, code) in found {
            self.draft.add(path, "where", code);
        }
    }

    /// Where data lie, and what protects them abroad.
    pub(super) fn transfers(&mut self, said: &Said<'_>) {
        let home = says(
            &said.low,
            &[
                "processed and stored in",
                "stored in",
                "servers located in",
                "disimpan di",
                "server di",
                "located in",
            ],
        );
        if home
            && (self.topic == Topic::Transfers || self.topic == Topic::Security)
            && !says(&said.low, &["outside", "luar"])
        {
            let before = said.low.split(" and other ").next().unwrap_or_default().to_owned();
            for (_, code) in COUNTRIES.iter().filter(|(words, _)| stands(&before, words).is_some())
            {
                self.draft.add("transfer", "home", code);
            }
            if self.draft.has("transfer", "home") {
                self.draft.note("transfer", &format!("“{}”", said.full()), &said.place);
            }
        }
        if self.topic != Topic::Transfers {
            return;
        }
        for (safeguard, words) in [
            ("standard_clauses", &["standard contractual clauses", "klausul kontrak standar"][..]),
            ("adequacy", &["adequacy", "kesetaraan"][..]),
            ("certification", &["certification", "sertifikasi"][..]),
            (
                "agreement",
                &["data processing agreement-", "processing agreements", "perjanjian pemrosesan"][..],
            ),
            ("encryption", &["encryption", "enkripsi"][..]),
            ("comparable_law", &["comparable", "setara"][..]),
            ("written_consent", &["written consent", "persetujuan tertulis"][..]),
        ] {
            if says(&said.low, words) {
                self.draft.add("transfer", "safeguards", safeguard);
                self.draft.note("transfer", &format!("“{}”", said.full()), &said.place);
            }
        }
    }

    /// A cookie by its name, or a kind of cookies; how long it lives stands where the text says it.
    pub(super) fn cookie(
        &mut self,
        label: &str,
        rest: &str,
        cells: Option<&[String]>,
        place: &Place,
    ) {
        let name = if label.is_empty() {
            rest.split([' ', ',']).next().unwrap_or_default()
        } else {
            label
        };
        let low = format!("{label} {rest}").to_lowercase();
        let kind = label.to_lowercase().contains("cookie") || label.to_lowercase().contains("kuki");
        let token =
            !name.is_empty() && !name.contains(' ') && name.contains(['_', '-']) && name.is_ascii();
        if !kind && !token || label.eq_ignore_ascii_case("cookie") {
            return;
        }
        let Some(id) = self.draft.open("cookie", name, place) else { return };
        let path = format!("cookie.{id}");
        self.draft.note(&path, &format!("“{rest}”"), place);
        let last = cells.and_then(<[String]>::last).map_or(low.clone(), |cell| cell.to_lowercase());
        if let Some(length) = lengths(&last).last() {
            self.draft.set(&path, "lives", &Value::text(&length.phrase()));
        } else if cells.is_some() && says(&last, &["session", "sesi"]) {
            self.draft.set(&path, "lives", &Value::text("session"));
        }
        if says(&low, &["logout", "sign-out", "log out", "keluar"]) {
            self.draft.set(&path, "until", &Value::text("sign_out"));
        }
    }
}

/// Whether a name is that of a kind of companies.
fn generic(name: &str) -> bool {
    let low = name.to_lowercase();
    let last = low
        .split(['(', ':'])
        .next()
        .unwrap_or(&low)
        .split_whitespace()
        .last()
        .unwrap_or_default()
        .to_owned();
    matches!(
        last.as_str(),
        "services"
            | "providers"
            | "processors"
            | "tools"
            | "partners"
            | "vendors"
            | "transfers"
            | "compliance"
            | "layanan"
            | "mitra"
            | "pembayaran"
            | "provider"
    )
}

/// Words that join a company to the data, outside a list of recipients.
const JOINED: &[&str] = &[
    "hosted",
    "stored in",
    "shared with",
    "processed by",
    "providers",
    "resold",
    "backups",
    "(aws)",
    "deploy-",
    "via",
    "marketplace",
    "scanning",
];
