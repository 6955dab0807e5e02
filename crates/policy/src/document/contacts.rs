//! Whom to write to, and what stands under the heading of the page.

use crate::{
    document::{Block, Chapter, Fact, Page, value::date_in},
    promise::{Row, State},
    text::{Link, Text},
};

impl Page<'_> {
    /// Paragraphs under the heading.
    pub(super) fn lead(&self) -> Vec<Text> {
        let policy = self.policy;
        let day = date_in(self.locale, policy.effective);
        let version = [("version", policy.version.clone().into()), ("date", day.into())];
        let mut first = self.locale.fill("head-version", &version);
        if let Some(day) = policy.reviewed {
            let day = date_in(self.locale, day);
            first.push(" ");
            first.append(&self.locale.fill("head-reviewed", &[("date", day.into())]));
        }
        first.push(" ");
        first.append(&self.binding());
        let shown = || policy.rows.iter().filter(|row| self.reader.sees(&row.path));
        let some = |state: State| shown().any(|row| row.state == state);
        let marks = match (some(State::Planned), some(State::Evidence)) {
            (true, true) => "head-marks",
            (true, false) => "head-planned",
            (false, true) => "head-evidence",
            (false, false) => "head-kept",
        };
        vec![first, Text::of(self.locale.say(marks))]
    }

    fn binding(&self) -> Text {
        let policy = self.policy;
        if policy.binding != self.language {
            let name = self.locale.say(&format!("language-{}", policy.binding));
            let name = Text::to(name, Link::Language(policy.binding.clone()));
            return self.locale.fill("head-binding", &[("language", name.into())]);
        }
        let alone = policy.languages.len() == 1;
        Text::of(self.locale.say(if alone { "head-alone" } else { "head-binds" }))
    }

    /// What a reader's own view leaves out.
    pub(super) fn view(&self) -> Option<Text> {
        let people = || {
            let people = self.reader.people.unwrap_or_default();
            self.name(crate::schema::Space::People, people).into()
        };
        let country = || self.country(self.reader.country.unwrap_or_default()).into();
        let mut text = match (self.reader.people, self.reader.country) {
            (None, None) => return None,
            (Some(_), None) => self.locale.fill("view-people", &[("people", people())]),
            (None, Some(_)) => self.locale.fill("view-country", &[("country", country())]),
            (Some(_), Some(_)) => {
                self.locale.fill("view-both", &[("people", people()), ("country", country())])
            }
        };
        text.push(" ");
        text.append(&Text::to(self.locale.say("view-whole"), Link::Whole));
        Some(text)
    }

    pub(super) fn contacts(&self) -> Chapter {
        let mut points = Vec::new();
        if let Some(company) = self.row("company") {
            let name = self.company();
            points.push(self.point("contact-company", name));
            for key in ["privacy", "general", "security", "hours"] {
                let value = self.said(company, key);
                if !value.is_empty() {
                    points.push(self.point(&format!("contact-{key}"), value));
                }
            }
        }
        if let Some(officer) = self.row("officer") {
            let value = self.said(officer, "mail");
            points.push(Fact {
                label: self.words("officer").plain(),
                ..self.point("contact-officer", value)
            });
        }
        self.chapter("contacts", vec![Block::Points(points)], Vec::new())
    }

    /// Who answers for the policy, and where they are.
    pub(super) fn company(&self) -> Text {
        let company = &self.policy.company;
        let name = self.at(Text::of(&company.name), "company");
        let args = [("company", name.into()), ("address", company.address.clone().into())];
        self.locale.fill("summary-who-text", &args)
    }

    /// A label of Janji's with what stands behind it.
    pub(super) fn point(&self, id: &str, value: Text) -> Fact {
        let label = self.locale.say(id);
        Fact { anchor: None, label, value, mark: None, state: State::Said }
    }

    /// A row named in a sentence, with its mark: what is planned is never told as kept.
    pub(super) fn marked(&self, row: &Row, words: Text) -> Text {
        match self.mark(row) {
            None => words,
            Some(mark) => {
                self.locale.fill("mark", &[("words", words.into()), ("mark", mark.into())])
            }
        }
    }
}
