//! The Indonesian population number: sixteen digits of province, regency and district, date of birth (days of
//! women are 40 higher) and a serial number.

use std::ops::Range;

use super::digits::Run;

/// The codes of the provinces.
const PROVINCES: &[u32] = &[
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65,
    71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
];

pub(super) fn find(run: &Run) -> Vec<Range<usize>> {
    let whole = run.groups.len();
    let fits = |groups: &[usize]| {
        groups.len() == whole
            || groups.len() == 1
            || [&[4, 4, 4, 4][..], &[6, 6, 4], &[2, 2, 2, 6, 4]].contains(&groups)
    };
    let parts = run
        .parts()
        .into_iter()
        .filter(|(part, groups)| part.len() == 16 && fits(groups) && is_nik(&run.values(part)));
    parts.filter_map(|(part, _)| run.span(&part)).collect()
}

fn is_nik(digits: &[u8]) -> bool {
    let pair = |at: usize| {
        let two = digits.get(at..at + 2).unwrap_or_default();
        two.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit))
    };
    let [province, regency, district] = [0, 2, 4].map(pair);
    let [day, month, year] = [6, 8, 10].map(pair);
    let serial = pair(12) * 100 + pair(14);
    let day = if day > 40 { day - 40 } else { day };
    let longest = match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    // Regencies count from 1, cities from 71; nobody counts beyond.
    PROVINCES.contains(&province)
        && ((1..=40).contains(&regency) || (71..=79).contains(&regency))
        && (1..=60).contains(&district)
        && (1..=longest).contains(&day)
        && serial > 0
}
