//! A text as lines with their place: headings, items, cells of tables, sentences. Markdown is read where it is there.

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading; numbered or marked ones begin something new.
    Heading {
        main: bool,
    },
    Item,
    /// The cells of a row of a table.
    Cells(Vec<String>),
    Plain,
}

/// A line without its marks.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// The lines of a text that say something.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let raw: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line.trim()))
        .filter(|(_, line)| {
            !line.is_empty()
                && !line.chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | ':' | '*' | ' ' | '_'))
        })
        .collect();
    let mut found = Vec::new();
    for (at, (number, line)) in raw.iter().enumerate() {
        let next = raw.get(at + 1).map_or("", |(_, next)| next);
        let (kind, text) = read(line, next);
        if !text.is_empty() {
            found.push(Line { number: *number, kind, text });
        }
    }
    found
}

fn read(line: &str, next: &str) -> (Kind, String) {
    if let Some(rest) = line.strip_prefix('#') {
        let main = !rest.starts_with("##");
        return (Kind::Heading { main }, plain(rest.trim_start_matches('#')));
    }
    if line.starts_with('|') || line.contains('\t') && !numbered(line) {
        let cells: Vec<String> = line.trim_matches('|').split(['|', '\t']).map(plain).collect();
        return (Kind::Cells(cells), plain(&line.replace(['|', '\t'], " ")));
    }
    for mark in ["- ", "* ", "• ", "– ", "·", "-", "•"] {
        if let Some(rest) = line.strip_prefix(mark).filter(|rest| !rest.starts_with(['-', '*'])) {
            return (Kind::Item, plain(rest));
        }
    }
    let text = plain(without_number(line));
    if numbered(line)
        && (text.contains(':')
            || numbered(next) && !within(next)
            || text.ends_with('.')
            || !short(&text))
    {
        return (Kind::Item, text);
    }
    if numbered(line) {
        return (Kind::Heading { main: !within(line) }, text);
    }
    let cells = glued(&text);
    if cells.len() > 1 {
        return (Kind::Cells(cells), text);
    }
    if short(&text) && !next.is_empty() && super::super::period::lengths(&text).is_empty() {
        return (Kind::Heading { main: false }, text);
    }
    (Kind::Plain, text)
}

/// `2.1` is a part of what `2` began.
fn within(line: &str) -> bool {
    line.split_whitespace().next().unwrap_or_default().trim_end_matches('.').contains('.')
}

fn numbered(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    (1..=2).contains(&digits)
        && (rest.starts_with(['.', ')', ' ', '\t']))
        && super::super::period::lengths(line).first().is_none_or(|one| one.from > 0)
}

fn without_number(line: &str) -> &str {
    if numbered(line) {
        line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ' | '\t'))
    } else {
        line
    }
}

/// Few words with a large letter in front and no sign at the end.
fn short(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    text.chars().count() <= 70
        && text.split_whitespace().count() <= 9
        && first.is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
        && !text.ends_with(['.', ';', ':', ',', '!'])
        && !text.contains('@')
}

/// A text without the marks of Markdown and of pictures.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let keep = |c: &char| {
        !matches!(c, '*' | '`' | '[' | ']' | '\u{fe0f}' | '\u{200d}')
            && !('\u{2190}'..='\u{2bff}').contains(c)
            && u32::from(*c) < 0x1_f000
    };
    let out: String = out.chars().filter(keep).collect();
    out.split_whitespace().collect::<Vec<&str>>().join(" ").replace("[email protected]", "")
}

/// Names that carry a large letter within.
const CAMEL: &[&str] = &[
    "PayPal",
    "MongoDB",
    "GitHub",
    "GitLab",
    "YouTube",
    "LinkedIn",
    "WhatsApp",
    "MailChimp",
    "HubSpot",
    "OpenAI",
    "SendGrid",
    "CouchDB",
    "DigitalOcean",
    "NoahFace",
    "PostHog",
    "CloudFront",
    "CloudWatch",
    "CloudTrail",
    "PostgreSQL",
    "MySQL",
    "DataDog",
    "OneSignal",
    "AppsFlyer",
    "JavaScript",
    "GoPay",
    "ShopeePay",
    "OAuth",
    "iOS",
    "macOS",
    "DoorDash",
    "BigQuery",
    "FaceID",
    "ePrivacy",
];

/// Cells of a table that lost what stood between them: a large letter or a digit right behind a small one.
fn glued(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut before = ' ';
    let mut word = String::new();
    for c in text.chars() {
        let seam = (c.is_uppercase() || c.is_ascii_digit())
            && (before.is_lowercase() || before == ')' || before == '.');
        if seam && splits(&word, before, c) {
            cells.push(String::new());
            word.clear();
        }
        if c.is_whitespace() {
            word.clear();
        } else {
            word.push(c);
        }
        before = c;
        if let Some(last) = cells.last_mut() {
            last.push(c);
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Whether a word ends where a large letter or a digit follows: not in a name, after initials, or in a short number.
fn splits(word: &str, before: char, c: char) -> bool {
    let length = word.chars().take(5).count();
    let camel =
        CAMEL.iter().any(|name| name.strip_prefix(word).is_some_and(|rest| rest.starts_with(c)));
    let initials =
        before == '.' && word.len() < 12 && word.trim_end_matches('.').chars().count() <= 1;
    let number = c.is_ascii_digit() && (length < 4 || word.contains('_'));
    !camel && !initials && !number && length > 1
}

/// The sentences of a text.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.match_indices(['.', ';', '!', '?']).map(|(at, _)| at + 1).find(|at| {
            let after = rest.get(*at..).unwrap_or_default();
            let word = rest
                .get(..at - 1)
                .and_then(|head| head.rsplit([' ', '(']).next())
                .unwrap_or_default();
            let short = word.chars().count() <= 2
                || matches!(word, "e.g" | "i.e" | "Art" | "Inc" | "No" | "Jl");
            after.starts_with(' ') && !short
        });
        let Some((sentence, after)) = end.and_then(|at| rest.split_at_checked(at)) else {
            found.push(rest.trim());
            return found;
        };
        found.push(sentence.trim());
        rest = after;
    }
}
