//! Phrases: short strings with a grammar. Every slip points at its own word.

use std::ops::Range;

use crate::period::{Period, Unit};

/// What is wrong in a phrase, and which bytes of it.
#[derive(Debug)]
pub(crate) struct Slip {
    pub(crate) at: Range<usize>,
    pub(crate) rule: &'static str,
    pub(crate) message: String,
    pub(crate) help: String,
    /// What these bytes should be, where there is no doubt.
    pub(crate) right: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
}

#[derive(Debug)]
pub(crate) enum Length {
    Period(Period),
    Setting(Word),
}

#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) subject: Option<Word>,
    pub(crate) name: Word,
    pub(crate) at: Range<usize>,
}

#[derive(Debug)]
pub(crate) enum Keep {
    Never,
    ForEver,
    With(Word),
    /// No length for an end at the event itself; no event for the moment of collection.
    End(Option<Length>, Option<Event>),
}

const VAGUE: &[&str] = &[
    "as needed",
    "as long as",
    "when needed",
    "if needed",
    "immediately",
    "at once",
    "indefinitely",
    "permanently",
    "promptly",
    "without delay",
    "as soon as",
    "as required",
    "reasonable",
];
const KEEP: &str = "write a period such as `90 days` or `1 year after resolved`, `until closed`, `with WHOLE` or `never`";

/// `keep`: how long something stays.
pub(crate) fn keep(text: &str) -> Result<Keep, Slip> {
    let words = words(text, KEEP)?;
    let mut rest = words.iter();
    let Some(first) = rest.next() else { return Err(empty(text, KEEP)) };
    match first.text.as_str() {
        "never" => end(rest.next(), Keep::Never, KEEP),
        "for" => {
            let ever = rest.next().filter(|word| word.text == "ever");
            let Some(_) = ever else { return Err(odd(first, KEEP)) };
            end(rest.next(), Keep::ForEver, KEEP)
        }
        "with" => {
            let Some(whole) = rest.next() else { return Err(odd(first, KEEP)) };
            end(rest.next(), Keep::With(whole.clone()), KEEP)
        }
        "until" => {
            let Some(word) = rest.next() else { return Err(odd(first, KEEP)) };
            end(rest.next(), Keep::End(None, Some(event(word)?)), KEEP)
        }
        _ => length_and_event(&words),
    }
}

/// `within`: a period, perhaps after a step.
pub(crate) fn within(text: &str) -> Result<(Period, Option<Word>), Slip> {
    const HELP: &str = "write a period such as `72 hours`, or `72 hours after confirmed`";
    let words = words(text, HELP)?;
    let (period, used) = period_of(&words, HELP)?;
    let mut rest = words.iter().skip(used);
    let Some(after) = rest.next() else { return Ok((period, None)) };
    let Some(step) = rest.next().filter(|_| after.text == "after") else {
        return Err(odd(after, HELP));
    };
    end(rest.next(), (period, Some(step.clone())), HELP)
}

/// A period alone.
pub(crate) fn period(text: &str) -> Result<Period, Slip> {
    const HELP: &str = "write a number and a unit, such as `30 days`";
    let words = words(text, HELP)?;
    let (period, used) = period_of(&words, HELP)?;
    end(words.get(used), period, HELP)
}

/// An event that may be raised, and the one that it takes back.
pub(crate) fn event_rule(text: &str) -> Result<(Word, Option<Word>), Slip> {
    const HELP: &str = "write an event such as `resolved`, or `reopened clears resolved`";
    let words = words(text, HELP)?;
    let mut rest = words.iter();
    let Some(name) = rest.next() else { return Err(empty(text, HELP)) };
    let Some(clears) = rest.next() else { return Ok((name.clone(), None)) };
    let Some(other) = rest.next().filter(|_| clears.text == "clears") else {
        return Err(odd(clears, HELP));
    };
    end(rest.next(), (name.clone(), Some(other.clone())), HELP)
}

/// Whether a word can be an id.
pub(crate) fn is_id(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_lowercase() || c == '_')
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// One id, or an inclusive range such as `ASH-01..ASH-174`, which is written out only as far as one looks.
pub(crate) fn ids(text: &str) -> Result<impl Iterator<Item = String>, Slip> {
    let slip = |message: &str| Slip {
        at: 0..text.len(),
        rule: "bad-range",
        message: message.to_owned(),
        help: "write one id such as `C-73`, or a range such as `ASH-01..ASH-174`".to_owned(),
        right: None,
    };
    let (head, low, high, wide) = match text.split_once("..") {
        None => {
            let (head, number, wide) = numbered(text).ok_or_else(|| slip("this is no id"))?;
            (head, number, number, wide)
        }
        Some((from, to)) => {
            let (Some((head, low, wide)), Some((tail, high, _))) = (numbered(from), numbered(to))
            else {
                return Err(slip("this is no range of ids"));
            };
            if head != tail || low > high {
                return Err(slip("a range runs upwards through ids of one kind"));
            }
            (head, low, high, wide)
        }
    };
    let head = head.to_owned();
    Ok((low..=high).map(move |number| format!("{head}-{number:0wide$}")))
}

fn numbered(id: &str) -> Option<(&str, u32, usize)> {
    let (head, number) = id.rsplit_once('-')?;
    let plain = !head.is_empty()
        && head.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit());
    if plain { Some((head, number.parse().ok()?, number.len())) } else { None }
}

fn length_and_event(words: &[Word]) -> Result<Keep, Slip> {
    let Some(first) = words.first() else { return Err(empty("", KEEP)) };
    let numeric = first.text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
    let (length, used) = if numeric {
        let (period, used) = period_of(words, KEEP)?;
        (Length::Period(period), used)
    } else {
        (Length::Setting(first.clone()), 1)
    };
    let mut rest = words.iter().skip(used);
    let Some(after) = rest.next() else { return Ok(Keep::End(Some(length), None)) };
    let Some(word) = rest.next().filter(|_| after.text == "after") else {
        return Err(odd(if numeric { after } else { first }, KEEP));
    };
    end(rest.next(), Keep::End(Some(length), Some(event(word)?)), KEEP)
}

fn event(word: &Word) -> Result<Event, Slip> {
    let Some((subject, name)) = word.text.split_once('.') else {
        return Ok(Event {
            subject: None,
            name: id_word(word, 0, &word.text)?,
            at: word.at.clone(),
        });
    };
    let offset = subject.len() + 1;
    Ok(Event {
        subject: Some(id_word(word, 0, subject)?),
        name: id_word(word, offset, name)?,
        at: word.at.clone(),
    })
}

fn id_word(word: &Word, offset: usize, text: &str) -> Result<Word, Slip> {
    let start = word.at.start + offset;
    if is_id(text) {
        return Ok(Word { text: text.to_owned(), at: start..start + text.len() });
    }
    Err(odd(word, "an event is `collected`, an own event, `DATA.EVENT` or `FEATURE.off`"))
}

fn period_of(words: &[Word], help: &str) -> Result<(Period, usize), Slip> {
    let Some(number) = words.first() else { return Err(empty("", help)) };
    let digits = number.text.bytes().all(|b| b.is_ascii_digit());
    let zero = number.text.starts_with('0');
    let count = number.text.parse().ok().filter(|_| digits && !zero && number.text.len() <= 4);
    let Some(count) = count else {
        return Err(Slip {
            at: number.at.clone(),
            rule: "bad-number",
            message: format!("`{}` is no number of a period", number.text),
            help: "a whole number from 1 to 9999, without sign, fraction or leading zero"
                .to_owned(),
            right: None,
        });
    };
    let Some(first) = words.get(1) else {
        return Err(unit_slip(number, "a unit is missing after"));
    };
    let (singular, unit_word, used) = if first.text == "business" {
        let Some(second) = words.get(2) else {
            return Err(unit_slip(first, "a unit is missing after"));
        };
        (unit_of(&second.text).filter(|(unit, _)| *unit == Unit::Day), second, 3)
    } else {
        (unit_of(&first.text), first, 2)
    };
    let Some((unit, plural)) = singular else {
        let slip = unit_slip(unit_word, "not a unit of time:");
        return Err(Slip { right: near_unit(&unit_word.text, count == 1), ..slip });
    };
    if plural == (count == 1) {
        let right = if count == 1 { "leave out the `s`" } else { "add an `s`" };
        return Err(Slip {
            at: unit_word.at.clone(),
            rule: "bad-unit",
            message: format!("`{count} {}` is not how it is said", unit_word.text),
            help: right.to_owned(),
            right: Some(match unit_word.text.strip_suffix('s') {
                Some(one) => one.to_owned(),
                None => format!("{}s", unit_word.text),
            }),
        });
    }
    let unit = if used == 3 { Unit::BusinessDay } else { unit };
    Ok((Period { count, unit }, used))
}

fn unit_of(word: &str) -> Option<(Unit, bool)> {
    let one = word.strip_suffix('s').unwrap_or(word);
    let unit = match one {
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    };
    Some((unit, one != word))
}

fn unit_slip(word: &Word, message: &str) -> Slip {
    Slip {
        at: word.at.clone(),
        rule: "bad-unit",
        message: format!("{message} `{}`", word.text),
        help: "the units are minute, hour, day, business day, month and year".to_owned(),
        right: None,
    }
}

/// The one unit, in the form of its number, that differs by a letter.
fn near_unit(word: &str, one: bool) -> Option<String> {
    let units = ["minute", "hour", "day", "month", "year"];
    let forms = units.map(|unit| if one { unit.to_owned() } else { format!("{unit}s") });
    crate::nearest::only(word, forms.iter().map(String::as_str)).map(str::to_owned)
}

fn words(text: &str, help: &str) -> Result<Vec<Word>, Slip> {
    let low = text.to_lowercase();
    if let Some(vague) = VAGUE.iter().find(|vague| low.contains(*vague)) {
        return Err(Slip {
            at: 0..text.len(),
            rule: "vague-period",
            message: format!("`{vague}` is no period: nobody can tell when it is over"),
            help: help.to_owned(),
            right: None,
        });
    }
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        let at = start..start + word.len();
        start = at.end + 1;
        if word.is_empty() {
            return Err(empty(text, help));
        }
        found.push(Word { text: word.to_owned(), at });
    }
    Ok(found)
}

fn end<T>(extra: Option<&Word>, value: T, help: &str) -> Result<T, Slip> {
    match extra {
        None => Ok(value),
        Some(word) => Err(odd(word, help)),
    }
}

fn odd(word: &Word, help: &str) -> Slip {
    Slip {
        at: word.at.clone(),
        rule: "phrase",
        message: format!("`{}` does not fit in this phrase", word.text),
        help: help.to_owned(),
        right: None,
    }
}

fn empty(text: &str, help: &str) -> Slip {
    Slip {
        at: 0..text.len(),
        rule: "phrase",
        message: "a phrase is words with one space between them".to_owned(),
        help: help.to_owned(),
        right: Some(text.split_whitespace().collect::<Vec<&str>>().join(" "))
            .filter(|right| !right.is_empty()),
    }
}
