//! Policies of any size, without a mistake or of nothing else: what tests and benchmarks measure the check with.

use std::fmt::Write as _;

/// Keys in what [`sample`] makes again and again.
const RULES_OF_A_PART: usize = 30;
/// Rows of it.
const ROWS_OF_A_PART: usize = 7;

/// How long a sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many rules, each a key of a row.
    Rules(usize),
    /// So many rows.
    Rows(usize),
}

impl Length {
    fn parts(self) -> usize {
        match self {
            Self::Rules(rules) => rules.div_ceil(RULES_OF_A_PART),
            Self::Rows(rows) => rows.div_ceil(ROWS_OF_A_PART),
        }
    }
}

/// A policy without findings: categories with parts, purposes, recipients and settings, all of them with words and
/// tied to promises of a source and to decisions.
pub fn sample(length: Length) -> String {
    let parts = length.parts();
    let mut file = Sections::default();
    for part in 0..parts {
        file.part(part);
    }
    file.text(parts)
}

/// A policy in which every row is wrong, each in another way than the next, and most names are unknown.
pub fn mistaken(rows: usize) -> String {
    let mut text = HEAD.to_owned();
    for row in 0..rows {
        let wrong = match row % 12 {
            0 => "of = [\"usr\"]\nfields = [\"emial\"]\nfor = [\"servce\"]\nkeep = \"90 dayz\"",
            1 => "part_of = \"accoutn\"\nfields = [\"email\", \"email\"]\nkeep = \"as needed\"",
            2 => "fields = [\"email\"]\nfro = [\"service\"]\nkeep = \"1 year after resolvd\"",
            3 => {
                "of = [\"user\"]\nfields = []\nfor = \"service\"\nkeep = 90\ncovers = [\"A-9999\"]"
            }
            4 => "keep = \"for ever\"\nshare = \"sometimes\"\nspecial = \"biometirc\"",
            5 => {
                "of = [\"user\"]\nfields = [\"face_vector\"]\nfor = [\"service\"]\nkeep = \"0 days\""
            }
            6 => "of = [\"user\"]\npart_of = \"nothing\"\nwhen = \"froms\"\nkeep = \"until x.off\"",
            7 => {
                "covers = { kep = [\"A-01\"] }\nresolves = [\"C-77\"]\nkeep = [\"1 day\", \"2 days\"]"
            }
            8 => "fields = [\"email\"]\nunique = [\"phone\"]\nfind_by = [\"nmae\"]\nfor = [\"x\"]",
            9 => "events = [\"closed\", \"a clears b\"]\ngrace = \"30 days\"\nkeep = \"never\"",
            10 => {
                "statutory = { for = \"service\", fields = [\"selfie\"], more = 1 }\nwas = \"account\""
            }
            _ => "groups_of = 3\nof = [\"user\"]\nfeeds = \"nowhere\"\nkeep = \"with whole\"",
        };
        let _ = writeln!(text, "\n[data.row_{row}]\n{wrong}");
    }
    text.push_str("\n[planned]\nrows = [\n");
    for row in 0..rows / 10 {
        let _ = writeln!(text, "  \"data.row{row}.*\", \"purpose.nothing_{row}\",");
    }
    text.push_str("]\n\n[text]\n");
    for row in 0..rows {
        let _ = writeln!(text, "data.row{row} = {{ en = \"All of 1\" }}");
    }
    text
}

/// The sections that grow with a sample.
#[derive(Default)]
struct Sections {
    data: String,
    purposes: String,
    recipients: String,
    settings: String,
    decided: String,
    planned: String,
    words: String,
}

impl Sections {
    fn part(&mut self, part: usize) {
        let (first, second) = (promise(2 * part), promise(2 * part + 1));
        let finding = id("C", part);
        let _ = write!(
            self.data,
            r#"
[data.account_{part}]
of = ["user", "intern"]
fields = ["full_name", "email"]
optional = ["phone", "own_{part}"]
unique = ["email"]
for = ["service_{part}"]
grace = "30 days"
covers = {{ grace = ["{first}"] }}
resolves = ["{finding}"]

[data.ticket_{part}]
part_of = "account_{part}"
fields = ["message"]
for = ["service_{part}", "support"]
events = ["resolved", "reopened clears resolved"]
keep = "1 year after resolved"
covers = ["{second}"]

[data.draft_{part}]
part_of = "ticket_{part}"
when = "forms"
fields = ["answers"]
for = ["service_{part}"]
keep = "keep_{part}"

[data.shot_{part}]
part_of = "ticket_{part}"
fields = ["selfie"]
for = ["photo"]
keep = "90 days"
share = "never"
"#
        );
        let _ = writeln!(
            self.purposes,
            "service_{part} = {{ kind = \"service\", basis = \"contract\", by = [\"support\"] }}"
        );
        let _ = writeln!(
            self.recipients,
            "mailer_{part} = {{ does = [\"mail\"], gets = [\"account_{part}.email\"], where = [\"US\"] }}"
        );
        let _ = writeln!(
            self.settings,
            "keep_{part} = {{ default = \"1 year\", min = \"30 days\", max = \"2 years\" }}"
        );
        let _ = writeln!(self.decided, "{finding} = \"The stricter one.\"");
        let _ = writeln!(self.planned, "  \"recipient.mailer_{part}\",");
        for (path, en, id) in PART_WORDS {
            let _ = writeln!(self.words, "{path}_{part} = {{ en = \"{en}\", id = \"{id}\" }}");
        }
    }

    fn text(&self, parts: usize) -> String {
        let own: Vec<String> = (0..parts).map(|part| format!("own_{part} = \"text\"\n")).collect();
        let promises: Vec<String> =
            (0..2 * parts).map(|one| format!("  \"{}\",\n", promise(one))).collect();
        let findings: Vec<String> =
            (0..parts).map(|one| format!("  \"{}\",\n", id("C", one))).collect();
        format!(
            "{HEAD}\n[setting]\n{}{}\n[purpose]\n{PURPOSES}{}\n[recipient]\n{}\n[field]\n{}\n\
             [source]\npromises = [\n{}]\nfindings = [\n{}]\n\n[decided]\n{}\n\
             [planned]\nrows = [\n{PLANNED}{}]\n\n[text]\n{WORDS}{}",
            self.settings,
            self.data,
            self.purposes,
            self.recipients,
            own.concat(),
            promises.concat(),
            findings.concat(),
            self.decided,
            self.planned,
            self.words,
        )
    }
}

fn promise(number: usize) -> String {
    id("P", number)
}

/// Numbers of an id have four digits at most; after them comes another word.
fn id(word: &str, number: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    let (high, low) = (number / 9_999, number % 9_999 + 1);
    format!("{word}{}{}-{low:04}", letter(high / 26), letter(high))
}

const HEAD: &str = r#"janji = 1

[policy]
version = "1"
effective = 2026-02-12
languages = ["id", "en"]
binding = "id"
laws = ["id-pdp"]

[company]
name = "Toko"
country = "ID"
address = "Jakarta"
privacy = "privacy@toko.example"
zone = "Asia/Jakarta"

[scope]
people = ["user", "intern"]
staff = ["support"]

[service]
shop = { hosts = ["toko.example"] }

[feature]
forms = { in = ["shop"] }

[register]
application_log = { keep = "90 days" }
security_log = { keep = "1 year" }
consents = { keep = "3 years after withdrawn" }
requests = { keep = "3 years after closed" }
complaints = { keep = "3 years after closed" }
incidents = { keep = "5 years after closed" }
holds = { keep = "3 years after released" }
certificates = { keep = "10 years after issued" }

[transfer]
home = ["ID"]
safeguards = ["agreement"]

[never]
sale = {}
advertising = {}
training = {}

[always]
keys_destroyed = {}

[right]
information = {}
access = {}
correction = {}
erasure = {}
restriction = {}
withdrawal = {}
objection = {}
portability = {}
human_review = {}
compensation = {}

[request]
acknowledge = { within = "3 days" }
answer = { within = "30 days", cap = "law" }

[children]
min_age = 18

[notice]
policy_change = { via = ["email"], before = "14 days" }
erasure = { via = ["email"] }
handover = { via = ["email"], before = "30 days" }
"#;

const PURPOSES: &str = r#"support = { basis = "contract", by = ["support"] }
photo = { kind = "staff", basis = "consent" }
"#;

const PLANNED: &str = r#"  "register.requests", "register.complaints", "register.incidents", "transfer",
  "right.human_review", "right.compensation", "notice.*",
"#;

const WORDS: &str = r#"policy = { en = "Privacy policy", id = "Kebijakan privasi" }
people.user = { en = "User", id = "Pengguna" }
people.intern = { en = "Intern", id = "Peserta magang" }
staff.support = { en = "Support team", id = "Tim dukungan" }
service.shop = "Toko"
feature.forms = { en = "Forms", id = "Formulir" }
purpose.support = { en = "Answer questions", id = "Menjawab" }
purpose.photo = { en = "Confirm presence", id = "Memastikan kehadiran" }
"#;

const PART_WORDS: &[(&str, &str, &str)] = &[
    ("data.account", "Account", "Akun"),
    ("data.ticket", "Messages", "Pesan"),
    ("data.draft", "Drafts", "Draf"),
    ("data.shot", "Photo at the door", "Swafoto"),
    ("purpose.service", "Run the shop", "Menjalankan toko"),
    ("recipient.mailer", "Mailer", "Pengirim surel"),
    ("setting.keep", "Life of drafts", "Umur draf"),
    ("field.own", "Field of our own", "Isian sendiri"),
];
