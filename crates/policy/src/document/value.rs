//! The values of keys as a reader says them: what a value is comes from the table of the language.

use jiff::civil::Date;

use crate::{
    document::{Page, name::said},
    locale::{Arg, Locale},
    model::{Period, SettingKind, Unit},
    phrase,
    promise::KeyRow,
    schema::{Key, SECTIONS, Shape, Type},
    setting,
    text::{Link, Text},
};

impl Page<'_> {
    /// The value of a key of a row.
    pub(super) fn value(&self, path: &str, key: &KeyRow) -> Text {
        let texts = quoted(&key.value);
        match type_of(path, &key.key) {
            Some(Type::Statutory) => self.statutory(path),
            _ if texts.is_empty() => self.bare(&key.value),
            None => self.list(texts.iter().map(Text::of)),
            Some(Type::Keep) => self.ends(texts.iter().map(|text| self.length(text))),
            Some(Type::Globs) => {
                let mut named: Vec<Text> = texts.iter().map(|text| self.resting(text)).collect();
                named.dedup();
                self.list(named)
            }
            Some(of) => {
                let seen = |text: &&String| key.key != "laws" || self.reader.under(text);
                self.list(texts.iter().filter(seen).map(|text| self.item(of, &key.key, text)))
            }
        }
    }

    /// Items as a sentence lists them; semicolons where an item has a comma of its own.
    pub(super) fn list(&self, items: impl IntoIterator<Item = Text>) -> Text {
        let items: Vec<Text> = items.into_iter().collect();
        let long = if items.iter().any(|item| item.plain().contains(", ")) { "-long" } else { "" };
        let last = items.len().saturating_sub(1);
        let mut items = items.into_iter().enumerate();
        let Some((_, mut list)) = items.next() else { return Text::default() };
        for (place, item) in items {
            let id = match place {
                1 if last == 1 => "list-pair",
                place if place == last => "list-last",
                _ => "list-more",
            };
            let args = [("first", list.into()), ("second", item.into())];
            list = self.locale.fill(&format!("{id}{long}"), &args);
        }
        list
    }

    /// How long something is kept, or another length of time.
    pub(super) fn length(&self, text: &str) -> Text {
        let say = |id: &str| Text::of(self.locale.say(id));
        match phrase::keep(text) {
            Ok(phrase::Keep::Never) => say("keep-never"),
            Ok(phrase::Keep::ForEver) => say("keep-for-ever"),
            Ok(phrase::Keep::With(whole)) => {
                self.locale.fill("keep-with", &[("whole", self.subject(&whole.text).into())])
            }
            Ok(phrase::Keep::End(length, event)) => {
                let event = event.map(|event| self.event(&event));
                let length = length.map(|length| match length {
                    phrase::Length::Period(period) => Text::of(period_in(self.locale, period)),
                    phrase::Length::Setting(name) => self.choosing(&name.text),
                });
                match (length, event) {
                    (Some(length), Some(event)) => self
                        .locale
                        .fill("keep-after", &[("length", length.into()), ("event", event.into())]),
                    (Some(length), None) => length,
                    (None, event) => {
                        let event = event.unwrap_or_default();
                        self.locale.fill("keep-until", &[("event", event.into())])
                    }
                }
            }
            Err(_) => match setting::length(text) {
                Some(period) => Text::of(period_in(self.locale, period)),
                None => self.chosen(text),
            },
        }
    }

    fn item(&self, of: Type, key: &str, text: &str) -> Text {
        match of {
            Type::Mail => Text::to(text, Link::Mail(text.to_owned())),
            Type::Hosts => Text::to(text, Link::Site(format!("https://{text}"))),
            Type::Link => Text::to(text, Link::Site(text.to_owned())),
            Type::Country | Type::Countries => self.country(text),
            Type::Names => match key {
                "people" => self.name(crate::schema::Space::People, text),
                "staff" => self.name(crate::schema::Space::Staff, text),
                _ => self.name(crate::schema::Space::Plan, text),
            },
            Type::Word(_) | Type::Words(_) => match key {
                "languages" | "binding" => Text::of(self.locale.say(&format!("language-{text}"))),
                "laws" => Text::of(self.locale.say(&format!("law-{text}"))),
                "role" if text == "processor" => Text::of(self.locale.say("role-processor")),
                "role" => Text::of(self.locale.say("role-controller")),
                _ => self.word(text),
            },
            Type::Ref(space) | Type::Refs(space) => self.name(space, text),
            Type::Period | Type::Length | Type::Lives | Type::Choice | Type::Choices => {
                self.length(text)
            }
            Type::Within => self.within(text),
            Type::Events => self.event_rule(text),
            Type::Hours => self.hours(text),
            Type::KeptOn | Type::MinAge => self.chosen(text),
            Type::Share if text == "never" => Text::of(self.locale.say("keep-never")),
            Type::Share | Type::Basis => self.word(text),
            Type::Gets | Type::Each | Type::Scopes => self.piece(text),
            Type::Were => self.field(text),
            _ => Text::of(text),
        }
    }

    /// A country as it stands in a sentence.
    pub(super) fn country(&self, code: &str) -> Text {
        Text::of(self.locale.say(&format!("country-{code}")))
    }

    /// A setting, one of its options, or a closed word.
    fn chosen(&self, text: &str) -> Text {
        let own = self.policy.own_words(&format!("option.{text}"), self.language);
        own.unwrap_or_else(|| self.subject(text))
    }

    /// The bounds within which a customer chooses a length, so that nobody must look for them elsewhere.
    fn choosing(&self, setting: &str) -> Text {
        let name = self.subject(setting);
        match self.policy.setting(setting).map(|own| &own.kind) {
            Some(SettingKind::Length { min, max, .. }) => {
                let args = [
                    ("min", period_in(self.locale, *min).into()),
                    ("max", period_in(self.locale, *max).into()),
                    ("setting", name.into()),
                ];
                self.locale.fill("length-chosen", &args)
            }
            _ => name,
        }
    }

    fn within(&self, text: &str) -> Text {
        let Ok((period, step)) = phrase::within(text) else { return Text::of(said(text)) };
        let length = period_in(self.locale, period);
        let Some(step) = step else { return Text::of(length) };
        let event = self.named(&step.text, None);
        self.locale.fill("within-after", &[("length", length.into()), ("event", event.into())])
    }

    /// The earliest of some ends.
    fn ends(&self, ends: impl IntoIterator<Item = Text>) -> Text {
        let pair = |first: Text, second: Text| {
            let args = [("first", first.into()), ("second", second.into())];
            self.locale.fill("keep-earliest", &args)
        };
        ends.into_iter().reduce(pair).unwrap_or_default()
    }

    fn event(&self, event: &phrase::Event) -> Text {
        let subject = event.subject.as_ref().map(|subject| self.subject(&subject.text));
        self.named(&event.name.text, subject)
    }

    /// An event in its words; one that an author made up keeps its name.
    fn named(&self, event: &str, subject: Option<Text>) -> Text {
        let own = self.policy.own_words(&format!("event.{event}"), self.language);
        let id = format!("event-{event}");
        match (own, self.locale.knows(&id)) {
            (Some(own), _) => own,
            (None, false) => Text::of(said(event)),
            (None, true) => {
                let of = if subject.is_some() { "some" } else { "none" };
                let subject = subject.unwrap_or_default();
                self.locale.fill(&id, &[("subject", subject.into()), ("of", Arg::Word(of.into()))])
            }
        }
    }

    fn event_rule(&self, text: &str) -> Text {
        let Ok((name, clears)) = phrase::event_rule(text) else { return Text::of(said(text)) };
        let name = self.named(&name.text, None);
        let Some(clears) = clears else { return name };
        let other = self.named(&clears.text, None);
        self.locale.fill("event-takes-back", &[("event", name.into()), ("other", other.into())])
    }

    /// A value that is no text: a date in words, a switch as yes or no, a number as the language writes it.
    fn bare(&self, value: &str) -> Text {
        if let Ok(day) = value.parse::<Date>() {
            return Text::of(date_in(self.locale, day));
        }
        match (value, value.parse::<i64>()) {
            ("true", _) => Text::of(self.locale.say("yes")),
            ("false", _) => Text::of(self.locale.say("no")),
            (_, Ok(number)) => self.locale.fill("number", &[("count", Arg::Number(number))]),
            _ => Text::of(value),
        }
    }

    fn statutory(&self, path: &str) -> Text {
        let id = path.strip_prefix("data.").unwrap_or(path);
        let kept = self.policy.category(id).and_then(|category| category.statutory.as_ref());
        let Some(kept) = kept else { return Text::default() };
        let fields = self.list(kept.fields.iter().map(|field| self.field(field)));
        let purpose = self.linked(&format!("purpose.{}", kept.purpose));
        let args = [("fields", fields.into()), ("purpose", purpose.into())];
        self.locale.fill("keep-statutory", &args)
    }

    /// What a duty rests on: a row, or all rows of a section, which stand in one chapter.
    fn resting(&self, glob: &str) -> Text {
        if self.reader.sees(glob) {
            return self.linked(glob);
        }
        let section = glob.split('.').next().unwrap_or_default();
        let chapter = super::CHAPTERS.iter().find(|(_, sections)| sections.contains(&section));
        chapter.map_or_else(Text::default, |(id, _)| {
            let title = self.locale.say(&format!("chapter-{id}"));
            Text::to(title, Link::Anchor(format!("chapter-{id}")))
        })
    }

    fn hours(&self, text: &str) -> Text {
        let words = || {
            let (days, times) = text.split_once(' ')?;
            let (from, to) = times.split_once('-')?;
            let ((from_hour, from_minute), (to_hour, to_minute)) =
                (from.split_once(':')?, to.split_once(':')?);
            let day = |day: &str| self.locale.find(&format!("day-{day}"));
            let days = match days.split_once('-') {
                None => day(days)?,
                Some((first, last)) => self
                    .locale
                    .tell("days", &[("from", day(first)?.into()), ("to", day(last)?.into())]),
            };
            let args = [
                ("days", days.into()),
                ("from-hour", from_hour.into()),
                ("from-minute", from_minute.into()),
                ("to-hour", to_hour.into()),
                ("to-minute", to_minute.into()),
            ];
            Some(self.locale.fill("hours", &args))
        };
        words().unwrap_or_else(|| Text::of(text))
    }
}

/// A length of time in words, such as 30 days.
pub(crate) fn period_in(locale: &Locale, period: Period) -> String {
    let unit = match period.unit {
        _ if period.count == 0 => "day",
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::BusinessDay => "business-day",
        Unit::Month => "month",
        Unit::Year => "year",
    };
    locale.tell(&format!("length-{unit}"), &[("count", period.count.into())])
}

/// A date in words, such as 12 February 2026.
pub(crate) fn date_in(locale: &Locale, date: Date) -> String {
    let args = [
        ("day", date.day().to_string().into()),
        ("month", Arg::Number(date.month().into())),
        ("year", date.year().to_string().into()),
    ];
    locale.tell("date", &args)
}

fn type_of(path: &str, key: &str) -> Option<Type> {
    let (name, row) = path.split_once('.').unwrap_or((path, ""));
    let section = SECTIONS.iter().find(|section| section.name == name)?;
    let keys: &[Key] = match section.shape {
        Shape::Row(keys) | Shape::Open(keys) | Shape::Listed(_, keys, _) => keys,
        Shape::Closed(keys, _) if row.is_empty() => keys,
        Shape::Closed(_, rows) => rows.iter().find(|own| own.name == row)?.keys,
        Shape::Free => return None,
    };
    keys.iter().find(|own| own.name == key).map(|own| own.of)
}

/// The strings of a value as written.
pub(super) fn quoted(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut text: Option<String> = None;
    let mut escaped = false;
    for c in value.chars() {
        match (&mut text, c) {
            (None, '"') => text = Some(String::new()),
            (None, _) => {}
            (Some(open), _) if escaped => {
                open.push(c);
                escaped = false;
            }
            (Some(_), '\\') => escaped = true,
            (Some(_), '"') => found.extend(text.take()),
            (Some(open), _) => open.push(c),
        }
    }
    found
}
