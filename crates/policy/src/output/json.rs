//! The page for programs.

use serde_json::{Value, json};

use crate::{
    document::{Block, Chapter, Document, Fact, Line, Table},
    text::Text,
};

impl Document {
    /// The page for programs.
    pub fn to_json(&self) -> String {
        let mut page = json!({
            "title": self.title,
            "version": self.version,
            "effective": self.effective,
            "language": self.language,
            "binding": self.binding,
            "lead": self.lead.iter().map(Text::plain).collect::<Vec<_>>(),
            "summary": chapter(&self.summary),
            "chapters": self.chapters.iter().map(chapter).collect::<Vec<_>>(),
        });
        if let Some(page) = page.as_object_mut() {
            let reviewed = self.reviewed.clone().map(Value::from);
            page.extend(reviewed.map(|day| ("reviewed".to_owned(), day)));
            page.extend(self.view.as_ref().map(|view| ("view".to_owned(), view.plain().into())));
        }
        page.to_string()
    }
}

fn chapter(chapter: &Chapter) -> Value {
    json!({
        "id": chapter.id,
        "title": chapter.title,
        "blocks": chapter.blocks.iter().map(block).collect::<Vec<_>>(),
        "rows": chapter.rows.iter().map(line).collect::<Vec<_>>(),
    })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Prose(words) => json!({"prose": text(words)}),
        Block::List(items) => json!({"list": items.iter().map(text).collect::<Vec<_>>()}),
        Block::Points(points) => json!({"points": points.iter().map(point).collect::<Vec<_>>()}),
        Block::Table(own) => json!({"table": table(own)}),
    }
}

fn table(table: &Table) -> Value {
    let rows = table.rows.iter().map(|row| {
        let cells: Vec<Value> = row.cells.iter().map(text).collect();
        let mut object = json!({"cells": cells});
        add_mark(&mut object, row.mark.as_deref());
        object
    });
    json!({
        "anchor": table.anchor,
        "caption": table.caption,
        "heads": table.heads,
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn line(line: &Line) -> Value {
    let mut object = json!({
        "path": line.path,
        "words": line.words.plain(),
        "state": line.state.word(),
        "facts": line.facts.iter().map(fact).collect::<Vec<_>>(),
    });
    if let (Some(object), Some(sentence)) = (object.as_object_mut(), &line.sentence) {
        object.insert("sentence".to_owned(), sentence.clone().into());
    }
    add_mark(&mut object, line.mark.as_deref());
    object
}

fn fact(fact: &Fact) -> Value {
    let mut object = json!({
        "label": fact.label,
        "value": fact.value.plain(),
        "state": fact.state.word(),
    });
    if let (Some(object), Some(anchor)) = (object.as_object_mut(), &fact.anchor) {
        object.insert("path".to_owned(), anchor.clone().into());
    }
    add_mark(&mut object, fact.mark.as_deref());
    object
}

fn point(point: &Fact) -> Value {
    let mut object = text(&point.value);
    if let Some(object) = object.as_object_mut() {
        object.insert("label".to_owned(), point.label.clone().into());
    }
    object
}

/// Words, and the rows that they point to.
fn text(words: &Text) -> Value {
    let anchors: Vec<&str> = words.anchors().collect();
    if anchors.is_empty() {
        return json!({"text": words.plain()});
    }
    json!({"text": words.plain(), "rows": anchors})
}

fn add_mark(object: &mut Value, mark: Option<&str>) {
    if let (Some(object), Some(mark)) = (object.as_object_mut(), mark) {
        object.insert("mark".to_owned(), mark.into());
    }
}
