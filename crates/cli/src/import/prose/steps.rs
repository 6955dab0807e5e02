//! Sentences about terms: of requests, complaints, incidents, notices; and about ages and protection.

use super::{
    Reader, Said, Topic,
    tables::{place, says},
};
use crate::import::{
    draft::Value,
    period::{Length, lengths, words},
};

/// Words for an answer, for a receipt, and for more time.
const ANSWER: &[&str] = &[
    "respond",
    "response",
    "reply",
    "menanggapi",
    "menjawab",
    "merespons",
    "tanggapan",
    "jawaban",
];
const RECEIPT: &[&str] =
    &["acknowledge-", "receipt", "confirm receipt", "mengonfirmasi penerimaan", "tanda terima"];
const EXTENDS: &[&str] = &["extend-", "extension", "diperpanjang", "perpanjangan"];

impl Reader<'_> {
    /// Reads a term; answers whether the sentence was one.
    pub(super) fn step(&mut self, said: &Said<'_>) -> bool {
        let found = lengths(said.text);
        let Some(first) = found.first().copied() else { return false };
        if self.prior(said, first) || self.incident(said, &found) || self.officer(said, first) {
            return true;
        }
        let about = self.topic == Topic::Complaints
            || self.topic == Topic::Rights
            || says(&said.low, &["request", "permintaan", "complaint", "pengaduan"]);
        let case =
            if self.topic == Topic::Complaints || says(&said.low, &["complaint", "pengaduan"]) {
                "complaint"
            } else {
                "request"
            };
        let mut read = false;
        for length in &found {
            let clause = before(said, &found, *length);
            let here = |verbs: &[&str]| says(&clause, verbs);
            let (row, key) = match () {
                () if here(EXTENDS) => ("answer", "extend"),
                () if here(RECEIPT) => ("acknowledge", "within"),
                () if here(&["investigat-", "penyelidikan"]) && case == "complaint" => {
                    ("investigate", "within")
                }
                () if here(ANSWER) => ("answer", "within"),
                () if case == "complaint"
                    && self.topic == Topic::Complaints
                    && says(&self.heading.to_lowercase(), ANSWER) =>
                {
                    ("answer", "within")
                }
                () if case == "complaint" && (says(&self.lead, RECEIPT)) => {
                    ("acknowledge", "within")
                }
                () => continue,
            };
            if !about && key != "extend" {
                continue;
            }
            let path = format!("{case}.{row}");
            read = true;
            let set = self.draft.set(&path, key, &Value::text(&length.phrase()));
            self.draft.note(&path, &format!("“{}”", said.full()), &said.place);
            if !set {
                self.draft.unsettled(&said.full(), &said.place);
            }
        }
        read
    }

    /// What is told before it happens.
    fn prior(&mut self, said: &Said<'_>, length: Length) -> bool {
        let ahead = says(
            &said.low,
            &[
                "notice",
                "notified",
                "notify",
                "prior",
                "before",
                "pemberitahuan",
                "memberi tahu",
                "sebelum",
            ],
        );
        if !ahead || self.topic == Topic::Breach || self.topic == Topic::Keep {
            return false;
        }
        let path = match () {
            () if says(
                &said.low,
                &["sub-processor", "subprocessor", "sub-processors", "sub-pemroses"],
            ) =>
            {
                "notice.recipient_change"
            }
            () if self.topic == Topic::Changes || says(&said.low, &["changes", "perubahan"]) => {
                "notice.policy_change"
            }
            () => return false,
        };
        self.draft.set(path, "before", &Value::text(&length.phrase()));
        self.ways(path, &said.low);
        self.draft.note(path, &format!("“{}”", said.full()), &said.place);
        true
    }

    /// The ways by which people are told.
    fn ways(&mut self, path: &str, low: &str) {
        for (way, words) in [
            ("email", &["email", "e-mail", "surel"][..]),
            ("in_app", &["in-app", "dashboard", "in-platform", "dalam aplikasi", "dasbor"][..]),
            ("site", &["website", "site", "this page", "situs"][..]),
        ] {
            if says(low, words) {
                self.draft.add(path, "via", way);
            }
        }
    }

    fn incident(&mut self, said: &Said<'_>, found: &[Length]) -> bool {
        let here = self.topic == Topic::Breach || says(&said.low, &["breach", "kebocoran"]);
        let Some(last) = found.last().filter(|_| here) else { return false };
        let context = format!("{} {} {}", self.heading.to_lowercase(), self.lead, said.low);
        let mut any = false;
        let steps: [(&str, &[&str]); 5] = [
            (
                "tell_authority",
                &["authority", "authorities", "regulator-", "otoritas", "kementerian", "lembaga"],
            ),
            (
                "tell_customer",
                &["affected customer-", "the customer", "notify customers", "pelanggan"],
            ),
            (
                "tell_people",
                &[
                    "individuals",
                    "affected people",
                    "data subjects",
                    "affected users",
                    "subjek data",
                    "pengguna yang terdampak",
                    "pemilik data",
                ],
            ),
            ("contain", &["contain-", "membendung"]),
            ("assess", &["assess", "assessment", "detection", "menilai"]),
        ];
        let own = steps.iter().filter(|(_, words)| says(&said.low, words)).count();
        for (step, words) in steps {
            let says_so = if own > 0 { says(&said.low, words) } else { says(&context, words) };
            if says_so
                && !(step == "tell_people"
                    && any
                    && own > 1
                    && says(&said.low, &["approximate number"]))
            {
                let path = format!("incident.{step}");
                let set = self.draft.set(&path, "within", &Value::text(&last.phrase()));
                self.draft.note(&path, &format!("“{}”", said.full()), &said.place);
                if !set {
                    self.draft.unsettled(&said.full(), &said.place);
                }
                any = true;
                if step == "tell_customer" {
                    break;
                }
            }
        }
        any
    }

    fn officer(&mut self, said: &Said<'_>, length: Length) -> bool {
        let here = self.topic == Topic::Officer
            && says(
                &format!("{} {}", self.heading.to_lowercase(), said.low),
                &["response", "respond", "answer", "tanggapan", "menjawab"],
            );
        if here {
            self.draft.set("officer.answer", "within", &Value::text(&length.phrase()));
            self.draft.note("officer.answer", &format!("“{}”", said.full()), &said.place);
        }
        here
    }

    /// From which age people are accepted.
    pub(super) fn children(&mut self, said: &Said<'_>) -> bool {
        let under = [
            "under the age of",
            "below the age of",
            "under",
            "younger than",
            "di bawah usia",
            "di bawah umur",
            "berusia di bawah",
            "kurang dari",
        ];
        if self.topic != Topic::Children && !says(&said.low, &["children", "anak"]) {
            return false;
        }
        let Some(at) = under.iter().filter_map(|words| place(&said.low, words)).min() else {
            return false;
        };
        let rest = said.low.get(at..).unwrap_or_default();
        let age = words(rest)
            .iter()
            .find_map(|word| word.parse::<u32>().ok())
            .filter(|age| (1..=30).contains(age));
        let Some(age) = age else { return false };
        self.draft.set("children", "min_age", &Value::Number(age));
        self.draft.note("children", &format!("“{}”", said.full()), &said.place);
        true
    }

    /// What protects data, where the language has a word for it.
    pub(super) fn protection(&mut self, said: &Said<'_>) {
        let tls = said.low.replace("tls1", "tls 1");
        for least in ["1.3", "1.2"] {
            if tls.contains(&format!("tls {least}")) {
                self.draft.set("security.tls", "min", &Value::text(least));
                self.draft.note("security.tls", &format!("“{}”", said.full()), &said.place);
            }
        }
        for hash in ["bcrypt", "argon2id"] {
            if says(&said.low, &[hash]) {
                self.draft.set("security.passwords", "hash", &Value::text(hash));
                self.draft.note("security.passwords", &format!("“{}”", said.full()), &said.place);
            }
        }
        for (row, words) in [
            ("security.mfa", &["multi-factor", "mfa", "multifaktor"][..]),
            (
                "always.walls",
                &[
                    "isolated customer environments",
                    "tenant-level data isolation",
                    "per-tenant logical isolation",
                ][..],
            ),
        ] {
            if says(&said.low, words) && !said.low.contains("customer manages") {
                self.draft.row(row);
                self.draft.note(row, &format!("“{}”", said.full()), &said.place);
            }
        }
        if self.topic == Topic::Changes
            && says(&said.low, &["email", "surel", "posting", "notice", "notification-"])
        {
            self.draft.row("notice.policy_change");
            self.ways("notice.policy_change", &said.low);
            self.draft.note("notice.policy_change", &format!("“{}”", said.full()), &said.place);
        }
    }
}

/// What of a sentence belongs to one of its lengths: from the length before it to itself.
fn before(said: &Said<'_>, found: &[Length], length: Length) -> String {
    let all = words(said.text);
    let from = found
        .iter()
        .filter(|other| other.to <= length.from)
        .map(|other| other.to)
        .max()
        .unwrap_or(0);
    let mut clause = all.get(from..length.to).unwrap_or_default().join(" ");
    if from == 0 {
        clause = format!("{} {clause}", said.label.to_lowercase());
    }
    if found.last() == Some(&length) {
        clause.push(' ');
        clause.push_str(&all.get(length.to..).unwrap_or_default().join(" "));
    }
    clause
}
