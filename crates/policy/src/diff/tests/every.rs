use super::{
    super::{Change, diff},
    drawn,
};
use crate::{Policy, finding::Findings, lower, tests::policies, tree};

/// The rules alone, without what is wrong with them or planned: enough for a comparison, and quick.
fn rules(source: &str) -> Policy {
    lower::policy(&tree::parse(source, &mut Findings::default()).unwrap())
}

/// A value that differs from the one that stands there, of the same kind.
fn other(value: &toml::Value) -> Option<toml::Value> {
    use toml::Value::{Array, Boolean, Datetime, Integer, String, Table};
    Some(match value {
        String(text) => String(match text.split_once(' ') {
            Some((number, rest)) if number.parse::<u32>().is_ok() => {
                format!("{} {rest}", number.parse::<u32>().unwrap() + 7)
            }
            _ => format!("{text}x"),
        }),
        Integer(number) => Integer(number + 1),
        Boolean(on) => Boolean(!on),
        Datetime(_) => Datetime("2031-01-01".parse().unwrap()),
        Array(items) => Array([items.clone(), vec![other(items.first()?)?]].concat()),
        Table(table) => {
            let mut table = table.clone();
            let (key, first) =
                table.iter().next().map(|(key, value)| (key.clone(), value.clone()))?;
            table.insert(key, other(&first)?);
            Table(table)
        }
        toml::Value::Float(_) => return None,
    })
}

/// The rows of a file, as paths into its tree, with the keys that are rules.
fn keys(root: &toml::Table) -> Vec<(Vec<String>, String)> {
    const NO_RULES: &[&str] = &["janji", "field", "source", "decided", "planned", "text"];
    const ONE_ROW: &[&str] = &["policy", "company", "scope", "transfer"];
    let mut found = Vec::new();
    for (section, table) in root.iter().filter(|(name, _)| !NO_RULES.contains(&name.as_str())) {
        for (name, value) in table.as_table().unwrap() {
            if ["covers", "resolves", "cites"].contains(&name.as_str()) {
                continue;
            }
            match value.as_table().filter(|_| !ONE_ROW.contains(&section.as_str())) {
                None => found.push((vec![section.clone()], name.clone())),
                Some(row) => {
                    let rules = row
                        .keys()
                        .filter(|key| !["covers", "resolves", "cites"].contains(&key.as_str()));
                    found.extend(
                        rules.map(|key| (vec![section.clone(), name.clone()], key.clone())),
                    );
                }
            }
        }
    }
    found
}

fn row<'t>(root: &'t mut toml::Table, path: &[String]) -> &'t mut toml::Table {
    path.iter().fold(root, |table, name| table[name.as_str()].as_table_mut().unwrap())
}

/// How many changes of one policy were tried, and the rules whose change nobody saw.
fn missed(name: &str, source: &str) -> (usize, Vec<String>) {
    let mut root: toml::Table = source.parse().unwrap();
    root.retain(|section, _| !matches!(section, "decided" | "planned" | "text"));
    let old = rules(&root.to_string());
    let (mut tried, mut missed) = (0, Vec::new());
    for (path, key) in keys(&root) {
        let (at, rule) = (path.join("."), format!("{}.{key}", path.join(".")));
        for gone in [false, true] {
            let mut new = root.clone();
            let table = row(&mut new, &path);
            let Some(value) = other(&table[&key]) else { continue };
            table.remove(&key);
            if !gone {
                table.insert(key.clone(), value);
            }
            let found = diff(&old, &rules(&new.to_string()));
            tried += 1;
            // A section that has lost its only key is no row any more.
            let seen = |one: &Change| one.rule() == rule || (gone && one.rule() == at);
            if !found.changes.iter().any(seen) {
                missed.push(format!("{name}: {rule} gone={gone}: {:?}", drawn(&found)));
            }
        }
    }
    (tried, missed)
}

#[test]
fn every_rule_that_changes_or_goes_is_a_change_at_its_path() {
    let policies = policies();
    let found: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let one = |(name, source): &'_ (String, String)| missed(name, source);
        let threads: Vec<_> = policies.iter().map(|it| scope.spawn(move || one(it))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let tried: usize = found.iter().map(|(tried, _)| tried).sum();
    let missed: Vec<&String> = found.iter().flat_map(|(_, missed)| missed).collect();
    assert!(tried > 2_000, "only {tried}");
    assert!(missed.is_empty(), "{} of {tried}: {missed:#?}", missed.len());
}
