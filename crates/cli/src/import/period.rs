//! Lengths of time in running text, in English and Indonesian.

/// A length that a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length {
    pub(crate) count: u32,
    pub(crate) unit: &'static str,
    /// The number of the word that it begins with, and of the one after it.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl Length {
    /// As a policy writes it.
    pub(crate) fn phrase(&self) -> String {
        format!("{} {}{}", self.count, self.unit, if self.count == 1 { "" } else { "s" })
    }
}

/// The words of a line, in lower case and without the signs around them.
pub(crate) fn words(line: &str) -> Vec<String> {
    let low = line.to_lowercase();
    let split = |c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '(' | ')' | '+' | ':' | ',' | ';')
    };
    low.split(split)
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("'s").to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Every length that a line says, in its order.
pub(crate) fn lengths(line: &str) -> Vec<Length> {
    let words = words(line);
    let mut found: Vec<Length> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match length(&words, at) {
            Some(length) => {
                at = length.to;
                found.push(length);
            }
            None => at += 1,
        }
    }
    found
}

fn length(words: &[String], from: usize) -> Option<Length> {
    if let Some((unit, count)) = whole(words.get(from)?) {
        return Some(Length { count, unit, from, to: from + 1 });
    }
    let (mut count, mut to) = number(words, from)?;
    // `thirty (30) days` says it twice, `24–48 hours` says the longer second.
    if let Some((again, after)) = number(words, to) {
        (count, to) = (again, after);
    }
    let mut word = words.get(to)?.as_str();
    let mut business = false;
    while matches!(
        word,
        "business" | "working" | "calendar" | "further" | "additional" | "full" | "consecutive"
    ) {
        business |= matches!(word, "business" | "working");
        to += 1;
        word = words.get(to)?.as_str();
    }
    let next = words.get(to + 1).map(String::as_str);
    let (unit, each, wide) = unit(word, next)?;
    let unit = if business && unit == "day" { "business day" } else { unit };
    let count = count.checked_mul(each).filter(|count| (1..=9_999).contains(count))?;
    Some(Length { count, unit, from, to: to + wide })
}

/// One of a unit in a single word.
fn whole(word: &str) -> Option<(&'static str, u32)> {
    Some(match word {
        "sehari" => ("day", 1),
        "seminggu" | "sepekan" => ("day", 7),
        "sebulan" => ("month", 1),
        "setahun" => ("year", 1),
        _ => return None,
    })
}

fn unit(word: &str, next: Option<&str>) -> Option<(&'static str, u32, usize)> {
    Some(match word {
        "minute" | "minutes" | "menit" => ("minute", 1, 1),
        "hour" | "hours" | "jam" => ("hour", 1, 1),
        "hari" if next == Some("kerja") => ("business day", 1, 2),
        "hari" if next == Some("kalender") => ("day", 1, 2),
        "day" | "days" | "hari" => ("day", 1, 1),
        "week" | "weeks" | "minggu" | "pekan" => ("day", 7, 1),
        "month" | "months" | "bulan" => ("month", 1, 1),
        "year" | "years" | "tahun" => ("year", 1, 1),
        _ => return None,
    })
}

/// A number in digits or in words, and the number of the word after it.
fn number(words: &[String], at: usize) -> Option<(u32, usize)> {
    let word = words.get(at)?;
    if word.len() <= 5 && word.bytes().all(|b| b.is_ascii_digit()) {
        return Some((word.parse().ok()?, at + 1));
    }
    let small =
        |word: &String| SMALL.iter().find(|(known, _)| known == word).map(|(_, count)| *count);
    let first = small(word)?;
    let next = words.get(at + 1);
    match next.map(String::as_str) {
        Some("puluh") => {
            let ones = words.get(at + 2).and_then(small).filter(|ones| *ones < 10);
            Some((first * 10 + ones.unwrap_or_default(), at + 2 + usize::from(ones.is_some())))
        }
        Some("belas") => Some((first + 10, at + 2)),
        _ if first >= 20 => {
            let ones = next.and_then(small).filter(|ones| *ones < 10);
            Some((first + ones.unwrap_or_default(), at + 1 + usize::from(ones.is_some())))
        }
        _ => Some((first, at + 1)),
    }
}

const SMALL: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("eighteen", 18),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("satu", 1),
    ("dua", 2),
    ("tiga", 3),
    ("empat", 4),
    ("lima", 5),
    ("enam", 6),
    ("tujuh", 7),
    ("delapan", 8),
    ("sembilan", 9),
    ("sepuluh", 10),
    ("sebelas", 11),
];
