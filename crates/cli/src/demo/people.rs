//! The forty interns of the demo. Nobody of them is real: names are drawn from two lists, addresses end in
//! a domain that can never exist (RFC 2606).

use serde_json::{Value, json};

const FIRST: [&str; 20] = [
    "Adit", "Bima", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hana", "Indra", "Joko", "Kirana",
    "Laras", "Maya", "Nanda", "Putri", "Rizky", "Sari", "Tari", "Wulan", "Yoga",
];
const LAST: [&str; 10] = [
    "Wijaya",
    "Lestari",
    "Saputra",
    "Anggraini",
    "Pratama",
    "Kusuma",
    "Maharani",
    "Nugroho",
    "Permata",
    "Santoso",
];
const SCHOOLS: [&str; 4] = ["SMK Merdeka", "SMK Nusantara", "Politeknik Bahari", "SMK Cendana"];
const TALK: [&str; 4] = [
    "How do I write a weekly report?",
    "Which branch do I push to?",
    "What does this error message mean?",
    "Could you check my grammar?",
];

/// How many there are, and how many begin together.
pub(crate) const COUNT: usize = 40;
pub(crate) const COHORT: usize = 10;

fn pick<'a>(list: &[&'a str], number: usize) -> &'a str {
    list.get(number % list.len().max(1)).copied().unwrap_or_default()
}

/// One intern, with the ids that the server gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Intern {
    pub(crate) number: usize,
    pub(crate) subject: String,
    pub(crate) account: String,
    pub(crate) engagement: String,
    /// Whether the person still takes part: not erased.
    pub(crate) here: bool,
    /// Whether photographs at clock-in are still agreed to.
    pub(crate) photos: bool,
}

impl Intern {
    pub(crate) fn email(&self) -> String {
        let (first, last) = self.name();
        format!("{}.{}{}@example.invalid", first.to_lowercase(), last.to_lowercase(), self.number)
    }

    fn name(&self) -> (&'static str, &'static str) {
        (pick(&FIRST, self.number * 7 + 3), pick(&LAST, self.number * 3 + self.number / 10))
    }

    pub(crate) fn account_fields(&self) -> Value {
        let (first, last) = self.name();
        json!({ "first_name": first, "last_name": last, "email": self.email() })
    }

    pub(crate) fn engagement_fields(&self, date: &str) -> Value {
        let school = pick(&SCHOOLS, self.number);
        json!({ "engagement_kind": "internship", "started_on": date, "school": school })
    }

    pub(crate) fn talk(&self, week: usize) -> Value {
        json!({ "message": pick(&TALK, self.number + week), "author": "person" })
    }
}
