//! The page in short, on one screen; each line leads to the rows that it speaks of.

use crate::{
    document::{Block, Chapter, Fact, Page, value::period_in},
    model::{Category, End, Keep, Period, SettingKind},
    promise::Row,
    text::{Link, Text},
};

/// So many names stand in a line of the summary; the rest are a number that leads to all of them.
const MOST: usize = 5;

impl Page<'_> {
    pub(super) fn summary(&self) -> Chapter {
        let mut points = vec![
            self.point("summary-who", self.who()),
            self.point("summary-data", self.collected()),
            self.point("summary-for", self.counted("purpose", "summary-for-text", "purposes")),
            self.point("summary-keep", self.longest()),
            self.point("summary-gets", self.receivers()),
        ];
        let lists = [("summary-never", self.never()), ("summary-rights", self.rights())];
        points.extend(lists.into_iter().map(|(id, text)| self.point(id, text)));
        points.push(self.point("summary-ask", self.asking()));
        points.push(self.point("summary-complain", self.complaining()));
        let said = |point: &Fact| !point.value.is_empty();
        let points = points.into_iter().filter(said).collect();
        self.chapter("summary", vec![Block::Points(points)], Vec::new())
    }

    fn who(&self) -> Text {
        let mut text = self.company();
        text.push(".");
        if let Some(officer) = self.row("officer") {
            text.push(" ");
            text.append(&self.linked("officer"));
            text.push(": ");
            text.append(&self.said(officer, "mail"));
            text.push(".");
        }
        text
    }

    fn collected(&self) -> Text {
        let mut text = self.counted("data", "summary-data-text", "data");
        let special = self.rows("data").filter_map(|row| {
            let special = self.said(row, "special");
            let data = self.linked(&row.path);
            let args = [("data", data.into()), ("special", special.clone().into())];
            (!special.is_empty()).then(|| self.locale.fill("summary-special-one", &args))
        });
        let special = self.list(special);
        if !special.is_empty() {
            text.push(" ");
            text.append(&self.locale.fill("summary-special", &[("list", special.into())]));
        }
        text
    }

    /// How many rows a section has, with the names of the first.
    fn counted(&self, section: &str, id: &str, chapter: &str) -> Text {
        let rows: Vec<&Row> = self.rows(section).collect();
        let list = self.shortened(&rows, chapter);
        if rows.is_empty() {
            return list;
        }
        self.locale.fill(id, &[("count", rows.len().into()), ("list", list.into())])
    }

    fn shortened(&self, rows: &[&Row], chapter: &str) -> Text {
        // One more name is no longer than the words that would stand for it.
        let most = if rows.len() <= MOST + 1 { MOST + 1 } else { MOST };
        let named = rows.iter().take(most);
        let mut items: Vec<Text> =
            named.map(|row| self.marked(row, self.linked(&row.path))).collect();
        let others = rows.len().saturating_sub(most);
        if others > 0 {
            let others = self.locale.tell("list-others", &[("count", others.into())]);
            items.push(Text::to(others, Link::Anchor(format!("chapter-{chapter}"))));
        }
        self.list(items)
    }

    fn longest(&self) -> Text {
        let shown = |own: &&Category| self.reader.sees(&format!("data.{}", own.id));
        let categories = || self.policy.categories.iter().filter(shown);
        let longest = categories()
            .filter_map(|own| Some((self.most(&own.keep)?, own)))
            .filter(|(period, _)| period.count > 0)
            .max_by_key(|(period, _)| period.rough());
        let table = Link::Anchor("table-keep".to_owned());
        let table = Text::to(self.locale.say("summary-table"), table);
        let mut text = match longest {
            Some((period, own)) => {
                let args = [
                    ("length", period_in(self.locale, period).into()),
                    ("data", self.linked(&format!("data.{}", own.id)).into()),
                    ("table", table.into()),
                ];
                self.locale.fill("summary-keep-text", &args)
            }
            None => self.locale.fill("summary-keep-until", &[("table", table.into())]),
        };
        let registers = self.policy.registers.iter();
        let longest = registers
            .filter_map(|own| Some((self.most(&own.keep)?, own)))
            .max_by_key(|(period, _)| period.rough());
        if let Some((period, own)) = longest {
            let args = [
                ("length", period_in(self.locale, period).into()),
                ("register", self.linked(&format!("register.{}", own.id)).into()),
            ];
            text.push(" ");
            text.append(&self.locale.fill("summary-keep-registers", &args));
        }
        let counts = categories().filter(|own| own.keep == Keep::ForEver);
        let counts = self.list(counts.map(|own| self.linked(&format!("data.{}", own.id))));
        if !counts.is_empty() {
            text.push(" ");
            text.append(&self.locale.fill("summary-keep-counts", &[("data", counts.into())]));
        }
        text
    }

    /// The longest that something may take to its earliest end: what a customer may choose counts in full.
    fn most(&self, keep: &Keep) -> Option<Period> {
        let Keep::Ends(ends) = keep else { return None };
        let length = |end: &End| {
            let setting = end.setting.as_ref().and_then(|id| self.policy.setting(id));
            match setting.map(|setting| &setting.kind) {
                Some(SettingKind::Length { max, .. }) => *max,
                _ => end.period,
            }
        };
        ends.iter().map(length).max_by_key(|period| period.rough())
    }

    fn receivers(&self) -> Text {
        let mut text = self.counted("recipient", "summary-gets-text", "recipients");
        if text.is_empty() {
            text = Text::of(self.locale.say("summary-gets-nobody"));
        }
        if let Some(transfer) = self.row("transfer") {
            let home = self.said(transfer, "home");
            let home = self.at(home, "transfer");
            text.push(" ");
            text.append(&self.locale.fill("summary-home", &[("countries", home.into())]));
        }
        text
    }

    fn never(&self) -> Text {
        let rows = self.rows("never").map(|row| self.marked(row, self.linked(&row.path)));
        let mut text = self.list(rows);
        if !text.is_empty() {
            text.push(".");
        }
        text
    }

    fn rights(&self) -> Text {
        let right = |row: &Row| {
            let id = row.path.replace('.', "-");
            let words = self.at(Text::of(self.locale.say(&id)), &row.path);
            self.marked(row, words)
        };
        let list = self.list(self.rows("right").map(right));
        if list.is_empty() {
            return list;
        }
        self.locale.fill("summary-rights-text", &[("list", list.into())])
    }

    fn asking(&self) -> Text {
        let Some(company) = self.row("company") else { return Text::default() };
        let mut text = self.write("summary-write", self.said(company, "privacy"), "request");
        self.term(&mut text, "request.answer");
        text
    }

    fn complaining(&self) -> Text {
        if self.rows("complaint").next().is_none() {
            return Text::default();
        }
        let officer = self.row("officer").map(|officer| self.said(officer, "mail"));
        let privacy = || self.row("company").map(|company| self.said(company, "privacy"));
        let Some(mail) = officer.or_else(privacy) else { return Text::default() };
        let mut text = self.write("summary-write", mail, "complaint");
        self.term(&mut text, "complaint.answer");
        let elsewhere = ["complaint.authority", "complaint.mediation", "complaint.court"];
        let rows = elsewhere.iter().filter_map(|path| self.row(path));
        let list = self.list(rows.map(|row| self.marked(row, self.linked(&row.path))));
        if !list.is_empty() {
            text.push(" ");
            text.append(&self.locale.fill("summary-elsewhere", &[("list", list.into())]));
        }
        text
    }

    /// Where to write, and with which subject when the company asks for one.
    fn write(&self, id: &str, mail: Text, section: &str) -> Text {
        let mut text = self.locale.fill(id, &[("mail", mail.into())]);
        let subject = self.row(section).map(|row| self.said(row, "subject"));
        if let Some(subject) = subject.filter(|subject| !subject.is_empty()) {
            text.push(" ");
            text.append(&self.locale.fill("summary-subject", &[("subject", subject.into())]));
        }
        text
    }

    /// By when a step is done.
    fn term(&self, text: &mut Text, path: &str) {
        let Some(row) = self.row(path) else { return };
        let length = self.said(row, "within");
        let args = [("row", self.linked(path).into()), ("length", length.into())];
        let term = self.locale.fill("summary-term", &args);
        text.push(" ");
        text.append(&self.marked(row, term));
        text.push(".");
    }
}
