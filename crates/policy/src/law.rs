//! Law packs: what a law demands of a policy, as dated data. A pack speaks of the closed words of the language
//! only. It is no legal advice; what nobody compared with a published copy of the law is marked as unverified.

mod load;
mod selector;

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::{
    finding::{Law, Severity},
    period::Period,
};

pub(crate) use load::load;
pub(crate) use selector::{Filter, Selector};

/// Every pack, by id and source.
pub(crate) const SOURCES: &[(&str, &str)] = &[
    ("id-pdp", include_str!("../law/id-pdp.toml")),
    ("gdpr", include_str!("../law/gdpr.toml")),
    ("uk-gdpr", include_str!("../law/uk-gdpr.toml")),
    ("pecr", include_str!("../law/pecr.toml")),
    ("au-privacy", include_str!("../law/au-privacy.toml")),
    ("google-limited-use", include_str!("../law/google-limited-use.toml")),
];

static PACKS: LazyLock<Vec<Pack>> =
    LazyLock::new(|| SOURCES.iter().filter_map(|(_, source)| load(source).ok()).collect());

/// One law, or a contract that binds like one.
#[derive(Debug)]
pub struct Pack {
    /// Its id, as `[policy] laws` names it.
    pub id: String,
    /// What lawyers call it in short.
    pub short: String,
    /// Its full name, by language.
    pub names: Vec<(String, String)>,
    /// The countries whose people it protects; none for a contract.
    pub countries: Vec<String>,
    /// The day from which it applies.
    pub since: Date,
    /// Its articles, as far as they are spoken of.
    pub articles: Vec<Article>,
    /// The lawful bases it knows, each with its article; empty when it has no such idea.
    pub bases: Vec<(String, String)>,
    /// The kinds of special data it knows, each with its article.
    pub special: Vec<(String, String)>,
    /// The longest that people may wait for an answer.
    pub terms: Vec<Term>,
    /// Who watches over it, now and before.
    pub authorities: Vec<Authority>,
    /// What it demands.
    pub demands: Vec<Demand>,
}

/// What an article is about, so that a wrong citation can be told from a right one.
#[derive(Debug)]
pub struct Article {
    /// As lawyers cite it.
    pub number: String,
    /// What it is about, in our words.
    pub about: String,
    /// The rows it is about, by pattern.
    pub on: Vec<String>,
    /// Whether it was compared with a published copy.
    pub verified: bool,
}

/// How long people who live where the law holds wait for an answer at most.
#[derive(Debug)]
pub struct Term {
    /// The rights it is for; all when there are none.
    pub rights: Vec<String>,
    /// How long.
    pub at_most: Period,
    /// Where it stands.
    pub article: String,
}

/// An authority, from when to when it was the right one.
#[derive(Debug)]
pub struct Authority {
    /// Its name, as published.
    pub name: String,
    /// Other names by which texts call it.
    pub also: Vec<String>,
    /// The first day.
    pub since: Option<Date>,
    /// The day from which it is another.
    pub until: Option<Date>,
    /// Where it is reached.
    pub site: Option<String>,
    /// Whether it was compared with a published source.
    pub verified: bool,
}

/// One thing that a law demands of a policy.
#[derive(Debug)]
pub struct Demand {
    /// Its id, such as `id-pdp.answer`.
    pub id: String,
    /// What it is about.
    pub on: Selector,
    /// The key of the row, when it is about one.
    pub key: Option<String>,
    /// What must be so.
    pub test: Test,
    /// Only where this is in the policy.
    pub when: Option<Selector>,
    /// Not where this is in the policy.
    pub unless: Option<Selector>,
    /// How grave it is.
    pub severity: Severity,
    /// Where it stands.
    pub article: String,
    /// From when, when later than the law.
    pub since: Option<Date>,
    /// Until when, when it is no more.
    pub until: Option<Date>,
    /// Whether it was compared with a published copy.
    pub verified: bool,
    /// What it demands, in our words.
    pub says: String,
    /// Why it matters to a person.
    pub why: String,
    /// What to do about it.
    pub help: String,
}

/// What a demand looks at.
#[derive(Debug)]
pub enum Test {
    /// The row, or the key of each row, is there.
    Exists,
    /// It is not.
    Absent,
    /// It is no longer, or no more.
    AtMost(Size),
    /// It is no shorter, or no less.
    AtLeast(Size),
    /// It is one of these words; of a list, each.
    OneOf(Vec<String>),
    /// All of these words are among it.
    Includes(Vec<String>),
    /// One of these words is among it.
    AnyOf(Vec<String>),
    /// None of these words is among it.
    NoneOf(Vec<String>),
}

/// A bound: a length of time or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A length of time.
    Period(Period),
    /// A number.
    Number(i64),
}

/// Every law that is known.
pub fn packs() -> &'static [Pack] {
    &PACKS
}

/// The law of an id.
pub fn pack(id: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.id == id)
}

/// The longest that a person who lives in a country may wait for an answer, by its law.
pub(crate) fn term(asked: &str, country: &str) -> Option<Period> {
    let here = PACKS.iter().filter(|pack| pack.countries.iter().any(|one| one == country));
    let terms = here.flat_map(|pack| &pack.terms);
    let fits = |term: &&Term| term.rights.is_empty() || term.rights.iter().any(|one| one == asked);
    terms.filter(fits).map(|term| term.at_most).min_by_key(|period| period.rough())
}

/// The demand of an id, and whose it is.
pub(crate) fn demand(id: &str) -> Option<(&'static Pack, &'static Demand)> {
    let pack = pack(id.split_once('.')?.0)?;
    let demand = pack.demands.iter().find(|demand| demand.id == id)?;
    Some((pack, demand))
}

/// An article, for a finding; `None` when the pack does not speak of it.
pub(crate) fn cite(id: &str, number: &str) -> Option<Law> {
    let pack = pack(id)?;
    let article = pack.articles.iter().find(|article| article.number == number)?;
    let (name, number) = (pack.short.as_str(), article.number.as_str());
    Some(Law { pack: &pack.id, name, article: number, verified: article.verified })
}

impl Pack {
    /// Its name in a language, or the short one.
    pub fn name(&self, language: &str) -> &str {
        let own = self.names.iter().find(|(known, _)| known == language);
        own.map_or(&self.short, |(_, name)| name)
    }

    /// The articles that are about a row.
    pub(crate) fn about(&self, path: &str) -> impl Iterator<Item = &Article> {
        let on =
            |article: &&Article| article.on.iter().any(|glob| crate::planned::matches(glob, path));
        self.articles.iter().filter(on)
    }
}

impl Demand {
    /// Whether it holds on a day.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }

    pub(crate) fn law(&'static self, pack: &'static Pack) -> Law {
        let (name, article) = (pack.short.as_str(), self.article.as_str());
        Law { pack: &pack.id, name, article, verified: self.verified }
    }
}
