//! Three hundred mistakes, made with a seed over all policies: nearly all are reported at their place, and of each
//! that is not, a list says why it means something valid.

use std::{fmt::Write as _, ops::Range};

use expect_test::expect_file;

use super::{mutations::Dice, policies};
use crate::check;

const TRIES: usize = 300;

/// A kind of mistake, and why a file with it can still be a policy.
const KINDS: &[(&str, &str)] = &[
    ("a letter in a key", "another key of the row that is optional or free"),
    (
        "a letter in a reference",
        "another id or name that is known or free, such as a host or a proper name",
    ),
    ("a unit", "another valid period"),
    ("a date", "another valid date"),
    ("a dropped section", "an optional section that nothing else names"),
    ("a dropped row", "an optional row that nothing else names"),
    ("a dropped key", "an optional key that no promise is tied to"),
    ("a swapped period", "another valid period"),
    ("a removed translation", "words that need no other language"),
    ("an added recipient", "a recipient that the policy could have"),
    ("an article beside a row", "an article that is about the row"),
    (
        "a loosened clock",
        "a clock that no law of the policy knows, or that the law's cap still bounds",
    ),
];

struct Mistake {
    text: String,
    /// Where it was made, in the changed text.
    at: Range<usize>,
    /// The other place, where two were exchanged.
    and: Option<Range<usize>>,
    /// What was dropped, which a finding may name instead.
    dropped: Option<String>,
    what: String,
}

/// The lines of the rules with their places: no comments, no reasons, no words.
fn rules(source: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let (mut at, mut rules) = (0, true);
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.starts_with('[') {
            rules = !line.starts_with("[decided]") && !line.starts_with("[text]");
        }
        if rules && !line.trim().is_empty() && !line.starts_with('#') {
            found.push((start..at, line.trim_end()));
        }
    }
    found
}

fn replaced(source: &str, at: &Range<usize>, new: &str, what: String) -> Mistake {
    let text = [source.get(..at.start).unwrap(), new, source.get(at.end..).unwrap()].concat();
    Mistake { text, at: at.start..at.start + new.len(), and: None, dropped: None, what }
}

fn dropped(source: &str, at: &Range<usize>, name: &str) -> Mistake {
    let mut mistake = replaced(source, at, "", format!("without {name}"));
    mistake.dropped = Some(name.to_owned());
    mistake
}

/// One letter of a text at a place becomes another.
fn letter(source: &str, at: &Range<usize>, dice: &mut Dice) -> Option<Mistake> {
    let text = source.get(at.clone())?;
    let places: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_lowercase()).map(|(i, _)| i).collect();
    let place = at.start + places.get(dice.roll(places.len().max(1)))?;
    let old = source.as_bytes()[place];
    let new =
        char::from(b'a' + (old - b'a' + 1 + u8::try_from(dice.roll(24)).unwrap()) % 26).to_string();
    let mut mistake = replaced(source, &(place..place + 1), &new, String::new());
    mistake.at = at.clone();
    mistake.what = format!("`{text}` became `{}`", mistake.text.get(at.clone())?);
    Some(mistake)
}

/// The strings of a line, without their quotes, with their places.
fn strings(line: &Range<usize>, text: &str) -> Vec<Range<usize>> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| line.start + at).collect();
    quotes.chunks_exact(2).map(|pair| pair[0] + 1..pair[1]).collect()
}

/// A row on one line, and no table under a key.
fn is_row(text: &str) -> bool {
    text.contains(" = { ") && !text.starts_with("covers") && !text.starts_with("statutory")
}

fn is_period(text: &str) -> bool {
    crate::phrase::period(text).is_ok()
}

/// The keys of a line that are not the first of a block: `name = ` anywhere.
fn keys(line: &Range<usize>, text: &str) -> Vec<Range<usize>> {
    let ends = text.match_indices('=').map(|(at, _)| at);
    ends.filter_map(|end| {
        let before = text.get(..end)?.trim_end();
        let start = before.rfind([' ', '{', '.']).map_or(0, |at| at + 1);
        (start < before.len()).then_some(line.start + start..line.start + before.len())
    })
    .collect()
}

/// Two periods exchanged.
fn swapped(
    source: &str,
    rules: &[(Range<usize>, &str)],
    (line, text): (&Range<usize>, &str),
    dice: &mut Dice,
) -> Option<Mistake> {
    let keep = |text: &str| text.trim_start().starts_with("keep ");
    let value = |text: &str| text.split_once("= ").map(|(_, value)| value.to_owned());
    let others: Vec<_> =
        rules.iter().filter(|(_, other)| keep(other) && value(other) != value(text)).collect();
    let other = others.get(dice.roll(others.len().max(1))).filter(|_| keep(text))?;
    let what = format!("`{text}` and `{}` swapped", other.1);
    let (first, second) = if line.start < other.0.start {
        ((line, text), (&other.0, other.1))
    } else {
        ((&other.0, other.1), (line, text))
    };
    let one = replaced(source, second.0, &format!("{}\n", first.1), what.clone());
    let both = replaced(&one.text, first.0, &format!("{}\n", second.1), what);
    // What stands before the second place is longer or shorter now.
    let shift = |at: usize| at + both.text.len() - one.text.len();
    let and = Some(shift(one.at.start)..shift(one.at.end));
    Some(Mistake { and, ..both })
}

fn make(kind: usize, source: &str, dice: &mut Dice) -> Option<Mistake> {
    let rules = rules(source);
    let (line, text) = &rules[dice.roll(rules.len())];
    let strings = strings(line, text);
    let of = |at: &Range<usize>| source.get(at.clone()).unwrap();
    let is_header = text.starts_with('[');
    match kind {
        0 if is_header => letter(source, &(line.start + 1..line.start + text.find(']')?), dice),
        0 => {
            let keys = keys(line, text);
            letter(source, keys.get(dice.roll(keys.len().max(1)))?, dice)
        }
        1 => {
            let names: Vec<_> =
                strings.into_iter().filter(|at| crate::phrase::is_id(of(at))).collect();
            letter(source, names.get(dice.roll(names.len().max(1)))?, dice)
        }
        2 => {
            let periods: Vec<_> = strings
                .into_iter()
                .filter(|at| is_period(of(at).split(" after ").next().unwrap()))
                .collect();
            let at = periods.get(dice.roll(periods.len().max(1)))?;
            let start = at.start + of(at).find(' ')? + 1;
            let end = of(at).find(" after ").map_or(at.end, |after| at.start + after);
            letter(source, &(start..end), dice)
        }
        3 => {
            let at =
                text.find("20").filter(|at| text.get(at + 4..=at + 4) == Some("-"))? + line.start;
            let months = ["13-01", "02-30", "00-10", "04-31"];
            let new = months[dice.roll(months.len())];
            let old = of(&(at + 5..at + 10)).to_owned();
            Some(replaced(source, &(at + 5..at + 10), new, format!("`{old}` became `{new}`")))
        }
        4 | 5 if is_header => {
            let name = text.split(['[', ']']).nth(1)?;
            if (kind == 4) == name.contains('.') {
                return None;
            }
            let after = source.get(line.end..)?;
            let end = after.find("\n[").map_or(source.len(), |end| line.end + end + 1);
            Some(dropped(source, &(line.start..end), name))
        }
        5 if is_row(text) => Some(dropped(source, line, text.split([' ', '=']).next()?)),
        6 if !is_header && !is_row(text) && text.contains(" = ") && !text.ends_with('[') => {
            Some(dropped(source, line, text.split([' ', '=']).next()?))
        }
        7 => swapped(source, &rules, (line, text), dice),
        8 => translation(source, dice),
        9 => recipient(source, dice),
        10 if is_header && !ABOUT.iter().any(|name| text.starts_with(name)) => {
            let law = LAWS[dice.roll(LAWS.len())];
            let cited = format!("cites = [\"{law}\"]\n");
            let what = format!("{text} cites {law}");
            Some(replaced(source, &(line.end..line.end), &cited, what))
        }
        11 => loosened(source, (line, text)),
        _ => None,
    }
}

/// Sections that hold no rows, or rows of every kind.
const ABOUT: &[&str] = &["[source", "[decided", "[planned", "[text", "[field", "[evidence"];
/// Articles about single things, so that they stand wrongly beside most.
const LAWS: &[&str] =
    &["id-pdp 14", "id-pdp 50", "id-pdp 66", "gdpr 33", "gdpr 15", "au-privacy 26WH"];

/// A text loses the first of its languages.
fn translation(source: &str, dice: &mut Dice) -> Option<Mistake> {
    let from = source.find("[text]")?;
    let places: Vec<usize> =
        source.get(from..)?.match_indices("{ en = \"").map(|(at, _)| from + at + 2).collect();
    let at = places.get(dice.roll(places.len().max(1)))?;
    let rest = source.get(*at..)?;
    let open = at + rest.find('"')? + 1;
    let close = open + source.get(open..)?.find('"')? + 1;
    let end = if source.get(close..)?.starts_with(", ") { close + 2 } else { close };
    let line = source.get(..*at)?.rfind('\n')? + 1;
    let name = source.get(line..*at)?.split([' ', '=']).next()?.to_owned();
    let mut mistake = replaced(source, &(*at..end), "", format!("{name} lost a language"));
    mistake.at = line..line + name.len();
    (!source.get(*at..end)?.contains('\n')).then_some(mistake)
}

/// Somebody else gets some data, as an author in a hurry writes it.
fn recipient(source: &str, dice: &mut Dice) -> Option<Mistake> {
    let data: Vec<&str> = source
        .match_indices("\n[data.")
        .filter_map(|(at, _)| source.get(at + 7..)?.split(']').next())
        .filter(|id| !id.contains('.'))
        .collect();
    let got = data[dice.roll(data.len())];
    let row = format!(
        "[recipient.somebody]\ndoes = [\"support\"]\ngets = [\"{got}\"]\nwhere = [\"US\"]\n\n"
    );
    let at = source.find("\n[transfer]")? + 1;
    Some(replaced(source, &(at..at), &row, format!("somebody in the US gets {got}")))
}

/// A step of a case takes ten times as long.
fn loosened(source: &str, (line, text): (&Range<usize>, &str)) -> Option<Mistake> {
    let at = text.find("within = \"").or_else(|| text.find("within   = \""))?;
    let start = at + text.get(at..)?.find('"')? + 1;
    let end = start + text.get(start..)?.find(' ')?;
    let number: u32 = text.get(start..end)?.parse().ok()?;
    let new = (number * 10).to_string();
    let what = format!("`{text}` became {new}");
    Some(replaced(source, &(line.start + start..line.start + end), &new, what))
}

/// Whether a finding points at the mistake, or names what was dropped.
fn is_reported(mistake: &Mistake) -> bool {
    let touches = |span: &Range<usize>| {
        let places = std::iter::once(&mistake.at).chain(&mistake.and);
        places.into_iter().any(|at| span.start <= at.end && span.end >= at.start)
    };
    check("policy.toml", &mistake.text).findings.iter().any(|finding| {
        let named = mistake.dropped.as_ref().is_some_and(|name| {
            let last = name.rsplit('.').next().unwrap();
            let text = mistake.text.get(finding.span.clone()).unwrap_or_default();
            finding.message.contains(last)
                || text.contains(last)
                || finding.help.as_ref().is_some_and(|help| help.contains(last))
                || matches!(
                    finding.rule,
                    "uncovered" | "covers-key" | "unsettled" | "reason-without-row"
                )
        });
        named || touches(&finding.span) || finding.also.iter().any(|(span, _)| touches(span))
    })
}

#[test]
fn nine_of_ten_mistakes_are_reported_at_their_place_and_the_rest_mean_something() {
    let policies = policies();
    let mut dice = Dice::new(20_260_213);
    let mut golden = String::new();
    let (mut made, mut found) = (0, 0);
    while made < TRIES {
        let kind = made % KINDS.len();
        let (name, source) = &policies[dice.roll(policies.len())];
        let Some(mistake) = make(kind, source, &mut dice) else { continue };
        made += 1;
        if is_reported(&mistake) {
            found += 1;
        } else {
            let (what, why) = KINDS[kind];
            let _ = writeln!(golden, "{name}: {what}: {}: {why}", mistake.what);
        }
    }
    assert!(found * 10 >= TRIES * 9, "only {found} of {TRIES}:\n{golden}");
    expect_file!["mistakes.txt"].assert_eq(&golden);
}
