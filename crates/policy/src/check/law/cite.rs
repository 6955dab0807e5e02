//! Articles that imported texts cite: known to the law, and about what they stand beside.

use crate::{
    check::{Rules, source},
    finding::{Finding, Fix},
    law::{self, Article, Pack},
    model::Basis,
    tree::{Node, Table},
};

pub(super) fn check(rules: &mut Rules<'_>) {
    let root = rules.root;
    for (path, table) in source::named_rows(root) {
        let Some(list) = table.node("cites") else { continue };
        if list.list().is_none() || list.items().iter().any(|item| item.text().is_none()) {
            rules.findings.push(
                Finding::error("wrong-type", &list.span, "articles are a list of strings")
                    .help("write `cites = [\"id-pdp 14\"]`"),
            );
            continue;
        }
        for (text, node) in list.texts() {
            one(rules, &path, text, node);
        }
    }
    authorities(rules);
}

fn one(rules: &mut Rules<'_>, path: &str, text: &str, node: &Node) {
    if let Some(pack) = law::pack(text) {
        whole_law(rules, path, pack, node);
        return;
    }
    let Some((pack, number)) =
        text.split_once(' ').and_then(|(id, number)| Some((law::pack(id)?, number)))
    else {
        let message = "this names no law that is known and its article";
        rules.findings.push(
            Finding::error("malformed", &node.span, message)
                .help("write `cites = [\"id-pdp 46\"]`: the id of a law pack and the article"),
        );
        return;
    };
    let mut right: Vec<&Article> = pack.about(path).collect();
    right.extend(of_words(rules, pack, path));
    let known = pack.articles.iter().find(|article| article.number == number);
    let message = match known {
        Some(article) if right.iter().any(|one| one.number == article.number) => return,
        Some(article) => {
            format!("{} {number} is about something else: {}", pack.short, article.about)
        }
        None => format!("{} {number} is none of the articles that are known here", pack.short),
    };
    let mut finding =
        Finding::judged("wrong-article", &node.span, message).label(format!("cited for `{path}`"));
    finding.law = right.iter().filter_map(|article| law::cite(&pack.id, &article.number)).collect();
    if let [article] = right.as_slice() {
        finding = finding.help(format!("{} {} is: {}", pack.short, article.number, article.about));
        finding = finding.fix(replaced(pack, article, node));
    }
    rules.findings.push(finding);
}

/// A law cited without an article says something about the row, or it was cited for nothing.
fn whole_law(rules: &mut Rules<'_>, path: &str, pack: &Pack, node: &Node) {
    let speaks = path.starts_with("purpose.") || pack.about(path).next().is_some();
    if !speaks {
        let message = format!("{} says nothing of `{path}`", pack.short);
        rules.findings.push(
            Finding::judged("wrong-article", &node.span, message)
                .label("given as the reason")
                .help("leave it out: this is the company's own rule"),
        );
    }
}

/// The articles of what a row rests on or is: the bases of a purpose, the kind of special data.
fn of_words<'p>(rules: &Rules<'_>, pack: &'p Pack, path: &str) -> Vec<&'p Article> {
    let purpose = path.strip_prefix("purpose.").and_then(|id| rules.policy.purpose(id));
    let bases = purpose.into_iter().flat_map(|purpose| &purpose.bases).map(Basis::word);
    let bases = bases.filter_map(|word| pack.bases.iter().find(|(known, _)| known == word));
    let data = path.strip_prefix("data.").and_then(|id| rules.policy.category(id));
    let kind = data.and_then(|category| category.special.as_deref());
    let kind = kind.and_then(|word| pack.special.iter().find(|(known, _)| known == word));
    let numbers = bases.chain(kind).map(|(_, number)| number);
    numbers
        .filter_map(|number| pack.articles.iter().find(|article| article.number == *number))
        .collect()
}

fn replaced(pack: &Pack, article: &Article, node: &Node) -> Fix {
    Fix {
        title: format!("cite {} {}", pack.short, article.number),
        edits: vec![(node.span.clone(), format!("\"{} {}\"", pack.id, article.number))],
        safe: true,
    }
}

/// The authority that a text names is the one of the day from which the policy holds.
fn authorities(rules: &mut Rules<'_>) {
    let day = rules.policy.effective;
    let places = [("complaint", "authority"), ("incident", "tell_authority")];
    for (section, id) in places {
        let row: Option<&Table> = rules.root.row(section, id);
        let Some(node) = row.and_then(|row| row.node("named")) else { continue };
        let Some(name) = node.text() else { continue };
        let packs: Vec<&Pack> = rules.policy.laws.iter().filter_map(|id| law::pack(id)).collect();
        let all = || packs.iter().flat_map(|pack| &pack.authorities);
        let called = |one: &&law::Authority| one.name == name || one.also.iter().any(|a| a == name);
        let now = |one: &&law::Authority| {
            one.since.is_none_or(|since| since <= day) && one.until.is_none_or(|until| day < until)
        };
        if all().filter(called).any(|one| now(&one)) {
            continue;
        }
        let message = match all().find(called) {
            Some(_) => "this authority was the right one once, and is no more".to_owned(),
            None => "no law of this policy knows this authority".to_owned(),
        };
        let known: Vec<&str> = all().filter(now).map(|one| one.name.as_str()).collect();
        rules.findings.push(
            Finding::judged("authority-of-law", &node.span, message)
                .help(format!("on that day it is: {}", known.join(", "))),
        );
    }
}
