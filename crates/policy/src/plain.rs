//! Codes in words: dates, countries, languages, laws and hours, as a reader says them.

use jiff::civil::Date;

type Named = (&'static str, &'static str, &'static str);

/// The words of a code under a key, or the code where nobody says it otherwise.
pub(crate) fn code(key: &str, text: &str, language: &str) -> String {
    let table = match key {
        "languages" | "binding" => LANGUAGES,
        "laws" => LAWS,
        "country" | "holidays" | "where" | "home" | "only_in" | "not_in" => COUNTRIES,
        "hours" => return hours(text, language),
        _ => return text.to_owned(),
    };
    named(table, text, language).unwrap_or(text).to_owned()
}

/// A value that is no text: a date in words, a switch as yes or no, a number as it is.
pub(crate) fn bare(value: &str, language: &str) -> String {
    let id = language == "id";
    match value {
        "true" => if id { "ya" } else { "yes" }.to_owned(),
        "false" => if id { "tidak" } else { "no" }.to_owned(),
        _ => value.parse::<Date>().map_or_else(|_| value.to_owned(), |day| date(day, language)),
    }
}

/// A date in words, such as 12 February 2026.
pub(crate) fn date(date: Date, language: &str) -> String {
    let place = usize::try_from(date.month() - 1).unwrap_or_default();
    let month = MONTHS.get(place).map_or("", |(en, id)| if language == "id" { id } else { en });
    format!("{} {month} {}", date.day(), date.year())
}

/// Items one after the other; a semicolon where an item has a comma of its own.
pub(crate) fn list(items: &[String]) -> String {
    let comma = items.iter().any(|item| item.contains(", "));
    items.join(if comma { "; " } else { ", " })
}

fn hours(text: &str, language: &str) -> String {
    let words = || {
        let (days, times) = text.split_once(' ')?;
        let (from, to) = times.split_once('-')?;
        let (until, range) = if language == "id" { ("sampai", "–") } else { ("to", "–") };
        let days: Option<Vec<&str>> =
            days.split('-').map(|day| named(DAYS, day, language)).collect();
        Some(format!("{}, {from}{range}{to}", days?.join(&format!(" {until} "))))
    };
    words().unwrap_or_else(|| text.to_owned())
}

fn named(table: &[Named], code: &str, language: &str) -> Option<&'static str> {
    let (_, en, id) = table.iter().find(|(known, ..)| *known == code)?;
    Some(if language == "id" { id } else { en })
}

const MONTHS: &[(&str, &str)] = &[
    ("January", "Januari"),
    ("February", "Februari"),
    ("March", "Maret"),
    ("April", "April"),
    ("May", "Mei"),
    ("June", "Juni"),
    ("July", "Juli"),
    ("August", "Agustus"),
    ("September", "September"),
    ("October", "Oktober"),
    ("November", "November"),
    ("December", "Desember"),
];
const DAYS: &[Named] = &[
    ("mon", "Monday", "Senin"),
    ("tue", "Tuesday", "Selasa"),
    ("wed", "Wednesday", "Rabu"),
    ("thu", "Thursday", "Kamis"),
    ("fri", "Friday", "Jumat"),
    ("sat", "Saturday", "Sabtu"),
    ("sun", "Sunday", "Minggu"),
];
const LANGUAGES: &[Named] = &[("en", "English", "Inggris"), ("id", "Indonesian", "Indonesia")];
const LAWS: &[Named] = &[
    (
        "id-pdp",
        "Indonesia's law on personal data (UU PDP)",
        "Undang-Undang Pelindungan Data Pribadi (UU PDP)",
    ),
    ("gdpr", "the European Union's GDPR", "GDPR Uni Eropa"),
    ("uk-gdpr", "the United Kingdom's GDPR", "GDPR Britania Raya"),
    (
        "pecr",
        "the United Kingdom's rules on electronic messages (PECR)",
        "aturan pesan elektronik Britania Raya (PECR)",
    ),
    ("au-privacy", "Australia's Privacy Act", "Undang-Undang Privasi Australia"),
    ("google-limited-use", "Google's rules on limited use", "aturan penggunaan terbatas Google"),
];
/// The countries that policies name most; the others are shown by their code.
const COUNTRIES: &[Named] = &[
    ("AU", "Australia", "Australia"),
    ("BR", "Brazil", "Brasil"),
    ("CA", "Canada", "Kanada"),
    ("CH", "Switzerland", "Swiss"),
    ("CN", "China", "Tiongkok"),
    ("DE", "Germany", "Jerman"),
    ("ES", "Spain", "Spanyol"),
    ("EU", "the European Union", "Uni Eropa"),
    ("FI", "Finland", "Finlandia"),
    ("FR", "France", "Prancis"),
    ("GB", "the United Kingdom", "Britania Raya"),
    ("HK", "Hong Kong", "Hong Kong"),
    ("ID", "Indonesia", "Indonesia"),
    ("IE", "Ireland", "Irlandia"),
    ("IN", "India", "India"),
    ("IT", "Italy", "Italia"),
    ("JP", "Japan", "Jepang"),
    ("KR", "South Korea", "Korea Selatan"),
    ("MY", "Malaysia", "Malaysia"),
    ("NL", "the Netherlands", "Belanda"),
    ("NZ", "New Zealand", "Selandia Baru"),
    ("PH", "the Philippines", "Filipina"),
    ("SE", "Sweden", "Swedia"),
    ("SG", "Singapore", "Singapura"),
    ("TH", "Thailand", "Thailand"),
    ("TW", "Taiwan", "Taiwan"),
    ("US", "the United States", "Amerika Serikat"),
    ("VN", "Vietnam", "Vietnam"),
];
