//! What laws have to say to a row, in our words and with the article.

use crate::{
    law::{self, Pack},
    model::{Basis, Policy},
};

/// Lines of a hover that are still read.
const MOST: usize = 10;

/// What the laws of a policy demand of a row or key, and which of their articles are about it; of every law that is
/// known when the policy cannot be read.
pub(super) fn lines(path: &str, policy: Option<&Policy>) -> Vec<String> {
    let mut parts = path.splitn(3, '.');
    let (section, row, key) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let whole = row.map_or_else(|| section.to_owned(), |row| format!("{section}.{row}"));
    let mut found: Vec<String> = Vec::new();
    for pack in named(policy) {
        for demand in &pack.demands {
            let about = demand.on.section == section
                && demand.on.row.as_deref() == row
                && demand.on.filters.is_empty()
                && (key.is_none() || demand.key.as_deref() == key);
            if about {
                found.push(line(pack, &demand.article, &demand.says, demand.verified));
            }
        }
        if key.is_none() {
            for subject in subjects(&whole, policy) {
                for article in pack.about(&subject) {
                    found.push(line(pack, &article.number, &article.about, article.verified));
                }
            }
        }
    }
    found.dedup();
    found.truncate(MOST);
    found
}

/// Articles that can be cited on a row, those about it first, each with what it is about.
pub(super) fn articles(path: &str, laws: &[&str]) -> Vec<(String, String)> {
    let own = laws.iter().filter_map(|id| law::pack(id));
    let all: Vec<(&Pack, &law::Article)> =
        own.flat_map(|pack| pack.articles.iter().map(move |article| (pack, article))).collect();
    let is_about = |(pack, article): &&(&Pack, &law::Article)| {
        pack.about(path).any(|one| one.number == article.number)
    };
    let (first, rest): (Vec<_>, Vec<_>) = all.iter().partition(is_about);
    let told = |(pack, article): &(&Pack, &law::Article)| {
        (format!("{} {}", pack.id, article.number), article.about.clone())
    };
    first.into_iter().chain(rest).map(told).collect()
}

fn named(policy: Option<&Policy>) -> Vec<&'static Pack> {
    match policy {
        Some(policy) => policy.laws.iter().filter_map(|id| law::pack(id)).collect(),
        None => law::packs().iter().collect(),
    }
}

/// A row, and for a purpose what it rests on.
fn subjects(path: &str, policy: Option<&Policy>) -> Vec<String> {
    let id = path.strip_prefix("purpose.");
    let purpose = id.and_then(|id| policy?.purpose(id));
    let bases = purpose.into_iter().flat_map(|purpose| &purpose.bases).map(Basis::word);
    std::iter::once(path.to_owned())
        .chain(bases.map(|word| format!("purpose[basis={word}]")))
        .collect()
}

fn line(pack: &Pack, article: &str, says: &str, verified: bool) -> String {
    let doubt = if verified { "" } else { " (unverified)" };
    format!("{} {article}{doubt}: {says}", pack.short)
}
