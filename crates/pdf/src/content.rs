//! The page as values of the typesetter: what `page.typ` finds in `sys.inputs`.

use std::collections::BTreeSet;

use policy::{Block, Chapter, Document, Fact, Line, Link, Span, Table, Text};
use typst::foundations::{Datetime, Dict, Label, Str, Value, dict};
use typst::utils::PicoStr;

use crate::{Error, breaks, columns, fonts::FONTS};

/// Characters that a line of running text always holds.
const LINE: usize = 60;
/// Characters that a line of a heading always holds.
const HEAD: usize = 28;

/// Everything that the template says, or the reason why it cannot be said.
pub(crate) fn inputs(page: &Document) -> Result<Dict, Error> {
    let places = places(page);
    let mut set = Setter { places: &places, open: places.clone() };
    let date = date(&page.effective).ok_or(Error::Date)?;
    let lead = page.view.iter().chain(&page.lead);
    Ok(dict! {
        "title" => drawn(&page.title)?,
        "heading" => set.plain(&page.title, HEAD)?,
        "version" => set.plain(&format!("{} {}", page.say("sheet-version"), page.version), HEAD)?,
        "language" => Str::from(page.language.as_str()),
        "date" => date,
        "lead" => all(lead, |text| set.text(text, LINE))?,
        "words" => dict! {
            "page" => drawn(&page.say("sheet"))?,
            "contents" => drawn(&page.say("contents"))?,
        },
        "summary" => set.chapter(&page.summary)?,
        "chapters" => all(&page.chapters, |one| set.chapter(one))?,
    })
}

/// The places that links can lead to. Keys of rows are none: their row is near enough.
fn places(page: &Document) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for chapter in page.chapters.iter().chain([&page.summary]) {
        places.insert(chapter.anchor());
        places.extend(chapter.rows.iter().map(|row| row.path.clone()));
        for block in &chapter.blocks {
            if let Block::Table(table) = block {
                places.insert(table.anchor.clone());
            }
        }
    }
    places
}

/// Turns the tree into values.
struct Setter<'a> {
    places: &'a BTreeSet<String>,
    /// The places that are not on the page yet: none may be there twice.
    open: BTreeSet<String>,
}

impl Setter<'_> {
    fn chapter(&mut self, one: &Chapter) -> Result<Value, Error> {
        Ok(Value::Dict(dict! {
            "title" => self.plain(&one.title, HEAD)?,
            "anchor" => self.anchor(&one.anchor()),
            "blocks" => all(&one.blocks, |block| self.block(block))?,
            "rows" => all(&one.rows, |row| self.line(row))?,
        }))
    }

    fn block(&mut self, block: &Block) -> Result<Value, Error> {
        Ok(Value::Dict(match block {
            Block::Prose(text) => dict! { "kind" => "prose", "text" => self.text(text, LINE)? },
            Block::List(items) => dict! {
                "kind" => "list",
                "items" => all(items, |item| self.text(item, LINE))?,
            },
            Block::Points(points) => dict! {
                "kind" => "points",
                "items" => all(points, |point| self.fact(point))?,
            },
            Block::Table(table) => self.table(table)?,
        }))
    }

    fn table(&mut self, table: &Table) -> Result<Dict, Error> {
        let columns = columns::of(table);
        let longest = columns.longest;
        Ok(dict! {
            "kind" => "table",
            "anchor" => self.anchor(&table.anchor),
            "caption" => self.plain(&table.caption, LINE)?,
            "widths" => Value::Array(columns.widths.into_iter().map(Value::Float).collect()),
            "heads" => all(&table.heads, |head| self.plain(head, longest))?,
            "rows" => all(&table.rows, |row| {
                let cells = all(&row.cells, |cell| self.text(cell, longest))?;
                let mut value = dict! { "cells" => cells };
                self.mark(&mut value, row.mark.as_deref(), longest)?;
                Ok(Value::Dict(value))
            })?,
        })
    }

    fn line(&mut self, row: &Line) -> Result<Value, Error> {
        let mut value = dict! {
            "title" => self.text(&row.words, HEAD)?,
            "anchor" => self.anchor(&row.path),
            "sentences" => all(&row.sentence, |sentence| self.plain(sentence, LINE))?,
            "facts" => all(&row.facts, |fact| self.fact(fact))?,
        };
        self.mark(&mut value, row.mark.as_deref(), LINE)?;
        Ok(Value::Dict(value))
    }

    fn fact(&self, fact: &Fact) -> Result<Value, Error> {
        let mut value = dict! {
            "label" => self.plain(&fact.label, LINE)?,
            "value" => self.text(&fact.value, LINE)?,
        };
        self.mark(&mut value, fact.mark.as_deref(), LINE)?;
        Ok(Value::Dict(value))
    }

    /// What is said beside a name.
    fn mark(&self, value: &mut Dict, mark: Option<&str>, longest: usize) -> Result<(), Error> {
        if let Some(mark) = mark {
            value.insert("mark".into(), self.plain(mark, longest)?);
        }
        Ok(())
    }

    /// A name of a place on the page, for links and as a destination in the file; nothing where it is there already.
    fn anchor(&mut self, id: &str) -> Value {
        if self.open.remove(id) { label(id) } else { Value::None }
    }

    fn plain(&self, words: &str, longest: usize) -> Result<Value, Error> {
        self.text(&Text::of(words), longest)
    }

    fn text(&self, text: &Text, longest: usize) -> Result<Value, Error> {
        all(&text.spans, |span| self.run(span, longest))
    }

    fn run(&self, span: &Span, longest: usize) -> Result<Value, Error> {
        drawn(&span.words)?;
        let pieces = breaks::pieces(&span.words, longest).into_iter();
        let mut run = dict! {
            "pieces" => Value::Array(pieces.map(|piece| Value::Str(piece.into())).collect()),
        };
        if let Some(language) = &span.language {
            run.insert("language".into(), Value::Str(language.as_str().into()));
        }
        if let Some(target) = span.link.as_ref().and_then(|link| self.target(link)) {
            run.insert("to".into(), target);
        }
        Ok(Value::Dict(run))
    }

    /// Where a link leads. A file on its own knows no other page of the policy.
    fn target(&self, link: &Link) -> Option<Value> {
        match link {
            Link::Anchor(anchor) => {
                let mut place = anchor.as_str();
                while !self.places.contains(place) {
                    place = place.rsplit_once('.')?.0;
                }
                Some(label(place))
            }
            Link::Mail(address) => Some(Value::Str(format!("mailto:{address}").into())),
            Link::Site(address) => Some(Value::Str(address.as_str().into())),
            Link::Language(_) | Link::Whole => None,
        }
    }
}

fn label(id: &str) -> Value {
    Label::new(PicoStr::intern(id)).map_or(Value::None, Value::Label)
}

/// A text as it is, of characters that the fonts have.
fn drawn(text: &str) -> Result<Str, Error> {
    match text.chars().find(|character| !FONTS.can_draw(*character)) {
        Some(missing) => Err(Error::Character(missing)),
        None => Ok(text.into()),
    }
}

/// The value of each, in order.
fn all<T>(
    items: impl IntoIterator<Item = T>,
    value: impl FnMut(T) -> Result<Value, Error>,
) -> Result<Value, Error> {
    let values: Result<Vec<Value>, Error> = items.into_iter().map(value).collect();
    Ok(Value::Array(values?.into_iter().collect()))
}

/// `2026-05-13` as a day of the calendar.
fn date(written: &str) -> Option<Datetime> {
    let mut parts = written.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Datetime::from_ymd(year, month, day)
}
