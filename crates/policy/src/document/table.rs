//! The tables at the head of chapters: what many rows say, side by side.

use crate::{
    document::{Block, Page, Table, TableRow, value::quoted},
    model::{Category, Purpose},
    promise::Row,
    text::{Link, Text},
};

impl Page<'_> {
    /// The tables of a chapter.
    pub(super) fn tables(&self, chapter: &str) -> Vec<Block> {
        let table = match chapter {
            "data" => self.keeping(),
            "purposes" => self.purposes(),
            "recipients" => self.recipients(),
            "notices" => self.cookies(),
            _ => return Vec::new(),
        };
        if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
    }

    /// A key of a row in words; empty where the row does not have it.
    pub(super) fn said(&self, row: &Row, key: &str) -> Text {
        let key = row.keys.iter().find(|own| own.key == key);
        key.map_or_else(Text::default, |key| self.value(&row.path, key))
    }

    /// How long a category is kept, from the key that says it.
    pub(super) fn kept(&self, row: &Row) -> Text {
        let keep = self.said(row, "keep");
        if !keep.is_empty() {
            return keep;
        }
        let (lapses, grace) = (self.said(row, "lapses"), self.said(row, "grace"));
        let closed = || Text::of(self.locale.say("keep-closed"));
        let end = if lapses.is_empty() { closed() } else { lapses };
        self.locale.fill("keep-restorable", &[("end", end.into()), ("grace", grace.into())])
    }

    fn keeping(&self) -> Table {
        let row = |row: &Row| {
            let id = row.path.strip_prefix("data.").unwrap_or_default();
            let category = self.policy.category(id)?;
            let purposes = category.purposes.iter();
            let purposes = self.list(purposes.map(|id| self.linked(&format!("purpose.{id}"))));
            let cells = vec![
                self.linked(&row.path),
                self.whose(category),
                if purposes.is_empty() { self.said(row, "feeds") } else { purposes },
                self.kept(row),
                self.bases(category),
            ];
            Some(self.table_row(row, cells))
        };
        let rows = self.rows("data").filter_map(row).collect();
        self.table("keep", &["what", "whose", "for", "long", "basis"], rows)
    }

    fn whose(&self, category: &Category) -> Text {
        if let Some(smallest) = category.groups_of {
            return self.locale.fill("table-keep-counts", &[("count", smallest.into())]);
        }
        let space = crate::schema::Space::People;
        self.list(category.of.iter().map(|people| self.name(space, people)))
    }

    /// The bases of the purposes of a category, each once.
    fn bases(&self, category: &Category) -> Text {
        let mut words: Vec<String> = Vec::new();
        for purpose in &category.purposes {
            for basis in self.basis(&format!("purpose.{purpose}")) {
                if !words.contains(&basis) {
                    words.push(basis);
                }
            }
        }
        self.list(words.iter().map(|basis| self.word(basis)))
    }

    fn basis(&self, path: &str) -> Vec<String> {
        let row = self.policy.rows.iter().find(|row| row.path == path);
        let key = row.and_then(|row| row.keys.iter().find(|key| key.key == "basis"));
        key.map(|key| quoted(&key.value)).unwrap_or_default()
    }

    fn purposes(&self) -> Table {
        let row = |row: &Row| {
            let id = row.path.strip_prefix("purpose.").unwrap_or_default();
            let used = |own: &&Category| own.purposes.iter().any(|purpose| purpose == id);
            let paths = self.policy.categories.iter().filter(used);
            let paths = paths.map(|category| format!("data.{}", category.id));
            let data = self
                .list(paths.filter(|path| self.reader.sees(path)).map(|path| self.linked(&path)));
            let by = self.said(row, "by");
            let nobody = || Text::of(self.locale.say("table-purposes-nobody"));
            let cells = vec![
                self.linked(&row.path),
                self.said(row, "basis"),
                data,
                if by.is_empty() { nobody() } else { by },
            ];
            self.table_row(row, cells)
        };
        let rows = self.rows("purpose").map(row).collect();
        self.table("purposes", &["purpose", "basis", "data", "by"], rows)
    }

    fn recipients(&self) -> Table {
        let row = |row: &Row| {
            let role = row.keys.iter().find(|key| key.key == "as");
            let role = role.and_then(|key| quoted(&key.value).into_iter().next());
            let role = role.unwrap_or_else(|| "processor".to_owned());
            let (jobs, words) = (self.said(row, "does"), self.word(&role));
            let what = if jobs.is_empty() {
                words
            } else {
                self.locale
                    .fill("table-recipients-does", &[("role", words.into()), ("jobs", jobs.into())])
            };
            let gets = self.said(row, "gets");
            let case = || Text::of(self.locale.say("table-recipients-case"));
            let cells = vec![
                self.linked(&row.path),
                what,
                self.said(row, "where"),
                if role == "authority" && gets.is_empty() { case() } else { gets },
                self.safeguards(row, &role),
            ];
            self.table_row(row, cells)
        };
        let rows = self.rows("recipient").map(row).collect();
        self.table("recipients", &["who", "what", "where", "gets", "safeguards"], rows)
    }

    /// Its own safeguards, or those of all transfers where data leave home.
    fn safeguards(&self, row: &Row, role: &str) -> Text {
        let own = self.said(row, "safeguards");
        let Some(transfer) = self.row("transfer").filter(|_| own.is_empty()) else { return own };
        let codes = |row: &Row, name: &str| {
            let key = row.keys.iter().find(|key| key.key == name);
            key.map(|key| quoted(&key.value)).unwrap_or_default()
        };
        let home = codes(transfer, "home");
        if codes(row, "where").iter().all(|code| home.contains(code)) {
            return Text::of(self.locale.say("table-recipients-own"));
        }
        if role == "authority" { Text::default() } else { self.said(transfer, "safeguards") }
    }

    fn cookies(&self) -> Table {
        let row = |row: &Row| {
            let name = row.path.strip_prefix("cookie.").unwrap_or_default();
            let purpose = row.keys.iter().find(|key| key.key == "for");
            let purpose = purpose.and_then(|key| quoted(&key.value).into_iter().next());
            let consent =
                purpose.and_then(|id| self.policy.purpose(&id)).is_some_and(Purpose::consent);
            let (what, until) = (self.linked(&row.path), self.said(row, "until"));
            let lives = self.said(row, "lives");
            let cells = vec![
                Text::to(name, Link::Anchor(row.path.clone())),
                if consent {
                    self.locale.fill("table-cookies-consent", &[("for", what.into())])
                } else {
                    what
                },
                if until.is_empty() {
                    lives
                } else {
                    let args = [("length", lives.into()), ("event", until.into())];
                    self.locale.fill("table-cookies-until", &args)
                },
            ];
            self.table_row(row, cells)
        };
        let rows = self.rows("cookie").map(row).collect();
        self.table("cookies", &["name", "for", "long"], rows)
    }

    fn table(&self, name: &str, heads: &[&str], rows: Vec<TableRow>) -> Table {
        let say = |head: &&str| self.locale.say(&format!("table-{name}-{head}"));
        Table {
            anchor: format!("table-{name}"),
            caption: self.locale.say(&format!("table-{name}")),
            heads: heads.iter().map(say).collect(),
            rows,
        }
    }

    /// A row of a table; no cell is empty, because an empty cell could be a slip.
    fn table_row(&self, row: &Row, cells: Vec<Text>) -> TableRow {
        let none = |cell: Text| {
            if cell.is_empty() { Text::of(self.locale.say("table-none")) } else { cell }
        };
        TableRow { cells: cells.into_iter().map(none).collect(), mark: self.mark(row) }
    }
}
