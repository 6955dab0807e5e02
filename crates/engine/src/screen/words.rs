//! Words of special categories (Art. 9 GDPR, Art. 4 UU PDP), English and Indonesian. Only words and phrases that
//! hardly mean anything else; what a list cannot know, it does not see.

use super::{Found, Kind};

const WORDS: &[(Kind, &[&str])] = &[
    (
        Kind::Health,
        &[
            "hiv",
            "aids",
            "cancer",
            "diabetes",
            "diabetic",
            "epilepsy",
            "schizophrenia",
            "bipolar disorder",
            "depression diagnosis",
            "diagnosed with",
            "chemotherapy",
            "hepatitis",
            "tuberculosis",
            "miscarriage",
            "pregnant",
            "pregnancy",
            "abortion",
            "blood type",
            "medical record",
            "sick leave",
            "asthma",
            "antidepressant",
            "antidepressants",
            "insulin",
            "dialysis",
            "kanker",
            "kencing manis",
            "epilepsi",
            "skizofrenia",
            "gangguan bipolar",
            "didiagnosis",
            "kemoterapi",
            "tbc",
            "keguguran",
            "hamil",
            "kehamilan",
            "golongan darah",
            "rekam medis",
            "cuti sakit",
            "asma",
            "cuci darah",
            "gagal ginjal",
            "riwayat penyakit",
            "disabilitas",
        ],
    ),
    (
        Kind::Belief,
        &[
            "religion",
            "my faith",
            "muslim",
            "catholic",
            "protestant",
            "hindu",
            "buddhist",
            "atheist",
            "jewish",
            "agama",
            "beragama",
            "katolik",
            "kristen",
            "protestan",
            "buddha",
            "konghucu",
            "ateis",
        ],
    ),
    (
        Kind::Politics,
        &[
            "political opinion",
            "political party",
            "party member",
            "trade union",
            "union member",
            "voted for",
            "partai politik",
            "anggota partai",
            "serikat pekerja",
            "serikat buruh",
            "pandangan politik",
        ],
    ),
    (
        Kind::SexLife,
        &[
            "sexual orientation",
            "homosexual",
            "bisexual",
            "transgender",
            "lesbian",
            "orientasi seksual",
            "homoseksual",
            "biseksual",
        ],
    ),
    (
        Kind::Origin,
        &["ethnicity", "ethnic origin", "racial origin", "suku bangsa", "asal etnis", "ras saya"],
    ),
];

pub(super) fn find(text: &str) -> Vec<Found> {
    let (low, places) = lowered(text);
    let mut found = Vec::new();
    for (kind, words) in WORDS {
        for word in *words {
            for (at, _) in low.match_indices(word) {
                let end = at + word.len();
                let (Some(from), Some(to)) = (places.get(at), places.get(end)) else { continue };
                if alone(&low, at, end) && !named_after(&low, at) {
                    found.push(Found { at: *from..*to, kind: *kind });
                }
            }
        }
    }
    found
}

/// The text in small letters with one space for each gap, and where each of its bytes came from.
fn lowered(text: &str) -> (String, Vec<usize>) {
    let mut low = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len() + 1);
    let mut gap = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || c == '-' {
            if !gap {
                low.push(' ');
                places.push(at);
            }
            gap = true;
            continue;
        }
        gap = false;
        for small in c.to_lowercase() {
            low.push(small);
            places.extend(std::iter::repeat_n(at, small.len_utf8()));
        }
    }
    places.push(text.len());
    (low, places)
}

/// Schools, hospitals and offices are named after what they stand for; their names say nothing of a person.
const HOUSES: &[&str] = &[
    "university",
    "universitas",
    "school",
    "sekolah",
    "college",
    "institut",
    "hospital",
    "rumah sakit",
    "ministry of",
    "kementerian",
    "pendidikan",
    "sma",
    "smp",
    "sd",
    "sdk",
    "smk",
    "yayasan",
    "mata pelajaran",
];

fn named_after(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    HOUSES.iter().any(|house| {
        before.strip_suffix(house).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

fn alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}
