//! Names for people who never lived, by place. Addresses end in a domain that can never exist (RFC 2606).

/// Names of one place.
#[derive(Debug)]
pub(crate) struct Names {
    first: &'static [&'static str],
    last: &'static [&'static str],
}

pub(crate) const INDONESIAN: Names = Names {
    first: &[
        "Adit", "Bima", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hana", "Indra", "Joko", "Kirana",
        "Laras", "Maya", "Nanda", "Putri", "Rizky", "Sari", "Tari", "Wulan", "Yoga",
    ],
    last: &[
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
    ],
};
pub(crate) const BRITISH: Names = Names {
    first: &[
        "Alice",
        "Benedict",
        "Catherine",
        "Duncan",
        "Eleanor",
        "Fergus",
        "Gwen",
        "Harriet",
        "Imogen",
        "Jasper",
        "Kenneth",
        "Lydia",
        "Morag",
        "Nigel",
        "Olwen",
        "Percy",
        "Rosalind",
        "Simon",
        "Tamsin",
        "Wilfred",
    ],
    last: &[
        "Ashdown",
        "Barrow",
        "Carlisle",
        "Denholm",
        "Eddington",
        "Farrow",
        "Gresham",
        "Hathersage",
        "Ingleby",
        "Jessop",
    ],
};
pub(crate) const AUSTRALIAN: Names = Names {
    first: &[
        "Alkira", "Bruce", "Callum", "Daisy", "Ewan", "Freya", "Georgia", "Hamish", "Isla",
        "Jarrah", "Kylie", "Lachlan", "Matilda", "Noah", "Olive", "Piper", "Ruby", "Sienna",
        "Tegan", "Xavier",
    ],
    last: &[
        "Barrington",
        "Callaghan",
        "Dunmore",
        "Fairweather",
        "Gallagher",
        "Kirrawee",
        "Lonsdale",
        "Marchetti",
        "Nguyen",
        "Underhill",
    ],
};

/// The element of a list that a number falls on, round and round.
pub(crate) fn pick<'a>(list: &[&'a str], number: usize) -> &'a str {
    list.get(number % list.len().max(1)).copied().unwrap_or_default()
}

impl Names {
    /// First and last name of a person by number.
    pub(crate) fn of(&self, number: usize) -> (&'static str, &'static str) {
        (pick(self.first, number * 7 + 3), pick(self.last, number * 3 + number / 10))
    }

    /// Both in one.
    pub(crate) fn full(&self, number: usize) -> String {
        let (first, last) = self.of(number);
        format!("{first} {last}")
    }

    /// An address that reaches nobody.
    pub(crate) fn email(&self, number: usize) -> String {
        let (first, last) = self.of(number);
        format!("{}.{}{number}@example.invalid", first.to_lowercase(), last.to_lowercase())
    }
}
