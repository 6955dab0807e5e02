//! Reads a pack from its file. A pack that cannot be read whole is not read at all, and a test says so.

use jiff::civil::Date;

use super::{Article, Authority, Demand, Pack, Selector, Size, Term, Test};
use crate::{
    finding::{Findings, Severity},
    phrase,
    promise::texts,
    tree::{self, Entry, Node, Table, Value},
};

/// Reads a pack; what is wrong with it otherwise.
pub(crate) fn load(source: &str) -> Result<Pack, String> {
    let mut findings = Findings::default();
    let root = tree::parse(source, &mut findings);
    if let Some(finding) = findings.sorted().first() {
        return Err(format!("{}: {}", finding.rule, finding.message));
    }
    let root = root.ok_or("no table")?;
    let id = text(&root, "id")?;
    let like = like(&root)?;
    // What a law has in common with another stands there, but for what its own file says.
    let roots: Vec<&Table> = like.iter().chain([&root]).collect();
    let names = root.node("name").and_then(Node::table).ok_or("name")?;
    let rows = |name: &str| roots.iter().flat_map(|root| root.rows(name)).collect::<Vec<_>>();
    let all = |name: &str| -> Result<Vec<(String, String)>, String> {
        let tables = roots.iter().filter_map(|root| root.node(name).and_then(Node::table));
        let entries = tables.flat_map(Table::iter);
        entries.map(|entry| Ok((entry.key.clone(), string(entry)?))).collect()
    };
    let each = |(entry, row): &(&Entry, &Table)| {
        demand(&id, &entry.key, row).map_err(|error| format!("demand.{}: {error}", entry.key))
    };
    Ok(Pack {
        short: text(&root, "short")?,
        names: names
            .iter()
            .map(|one| Ok((one.key.clone(), string(one)?)))
            .collect::<Result<_, String>>()?,
        countries: texts(root.node("countries")),
        since: date(&root, "since").ok_or("since")?,
        articles: rows("article")
            .iter()
            .map(|(entry, row)| article(&entry.key, row))
            .collect::<Result<_, _>>()?,
        bases: all("basis")?,
        special: all("special")?,
        terms: rows("term").iter().map(|(_, row)| term(row)).collect::<Result<_, _>>()?,
        authorities: rows("authority")
            .iter()
            .map(|(_, row)| authority(row))
            .collect::<Result<_, _>>()?,
        demands: rows("demand").iter().map(each).collect::<Result<_, _>>()?,
        id,
    })
}

/// The other law that this one is like.
fn like(root: &Table) -> Result<Option<Table>, String> {
    let Ok(other) = text(root, "like") else { return Ok(None) };
    let (_, source) = super::SOURCES
        .iter()
        .find(|(id, _)| *id == other)
        .ok_or_else(|| format!("like: no law {other}"))?;
    Ok(tree::parse(source, &mut Findings::default()))
}

fn article(number: &str, row: &Table) -> Result<Article, String> {
    only(row, &["about", "on", "verified"])?;
    Ok(Article {
        number: number.to_owned(),
        about: text(row, "about")?,
        on: texts(row.node("on")),
        verified: switch(row, "verified")?,
    })
}

fn term(row: &Table) -> Result<Term, String> {
    only(row, &["rights", "at_most", "article"])?;
    let at_most = phrase::period(&text(row, "at_most")?).map_err(|slip| slip.message)?;
    Ok(Term { rights: texts(row.node("rights")), at_most, article: text(row, "article")? })
}

fn authority(row: &Table) -> Result<Authority, String> {
    only(row, &["name", "also", "since", "until", "site", "verified"])?;
    Ok(Authority {
        name: text(row, "name")?,
        also: texts(row.node("also")),
        since: date(row, "since"),
        until: date(row, "until"),
        site: text(row, "site").ok(),
        verified: switch(row, "verified")?,
    })
}

const TESTS: &[&str] =
    &["exists", "at_most", "at_least", "one_of", "includes", "any_of", "none_of"];
const OTHERS: &[&str] = &[
    "on", "key", "when", "unless", "level", "article", "since", "until", "verified", "says", "why",
    "help",
];

fn demand(pack: &str, id: &str, row: &Table) -> Result<Demand, String> {
    only(row, &[TESTS, OTHERS].concat())?;
    let selector = |key: &str| -> Result<Option<Selector>, String> {
        let Ok(written) = text(row, key) else { return Ok(None) };
        Selector::parse(&written).map(Some).ok_or_else(|| format!("{key}: no selector"))
    };
    let level = text(row, "level")?;
    Ok(Demand {
        id: format!("{pack}.{id}"),
        on: selector("on")?.ok_or("on")?,
        key: text(row, "key").ok(),
        test: test(row)?,
        when: selector("when")?,
        unless: selector("unless")?,
        severity: Severity::from_word(&level).ok_or("level")?,
        article: text(row, "article")?,
        since: date(row, "since"),
        until: date(row, "until"),
        verified: switch(row, "verified")?,
        says: text(row, "says")?,
        why: text(row, "why")?,
        help: text(row, "help")?,
    })
}

fn test(row: &Table) -> Result<Test, String> {
    let mut found = TESTS.iter().filter_map(|name| row.get(name));
    let (Some(entry), None) = (found.next(), found.next()) else {
        return Err(format!("one of {}", TESTS.join(", ")));
    };
    let words = || texts(Some(&entry.node));
    Ok(match entry.key.as_str() {
        "exists" if matches!(entry.node.value, Value::Switch(true)) => Test::Exists,
        "exists" => Test::Absent,
        "at_most" => Test::AtMost(size(&entry.node)?),
        "at_least" => Test::AtLeast(size(&entry.node)?),
        "one_of" => Test::OneOf(words()),
        "includes" => Test::Includes(words()),
        "any_of" => Test::AnyOf(words()),
        _ => Test::NoneOf(words()),
    })
}

fn size(node: &Node) -> Result<Size, String> {
    match &node.value {
        Value::Number(number) => Ok(Size::Number(*number)),
        Value::Text(text) => phrase::period(text).map(Size::Period).map_err(|slip| slip.message),
        _ => Err("a size".to_owned()),
    }
}

fn only(row: &Table, known: &[&str]) -> Result<(), String> {
    match row.iter().find(|entry| !known.contains(&entry.key.as_str())) {
        Some(entry) => Err(format!("unknown key {}", entry.key)),
        None => Ok(()),
    }
}

fn text(table: &Table, key: &str) -> Result<String, String> {
    string(table.get(key).ok_or_else(|| format!("no {key}"))?)
}

fn string(entry: &Entry) -> Result<String, String> {
    entry.node.text().map(str::to_owned).ok_or_else(|| format!("{} is no string", entry.key))
}

fn switch(table: &Table, key: &str) -> Result<bool, String> {
    match table.node(key).map(|node| &node.value) {
        Some(Value::Switch(on)) => Ok(*on),
        _ => Err(format!("{key} is neither true nor false")),
    }
}

fn date(table: &Table, key: &str) -> Option<Date> {
    match table.node(key)?.value {
        Value::Date(date) => Some(date),
        _ => None,
    }
}
