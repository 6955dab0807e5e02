//! Which way a change of each row and key goes: one table, read from top to bottom.

use super::effect::Effect::{self, Loosens, Neutral, Tightens};

/// How the values of a key are compared.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// Names, numbers of versions, addresses: a change of them changes no rule.
    Said,
    /// A rule that has no more and no less: each change of it is neutral, and people must hear of it.
    Core,
    /// A length of time: what a longer one does, and what having one at all does.
    Longer(Effect, Effect),
    /// A list: what one more does. Where nothing stands there is none.
    More(Effect),
    /// A list: what one more does. Where nothing stands it means all of them.
    MoreOfAll(Effect),
    /// A number: what a higher one does.
    Higher(Effect),
    /// One of these words, the strictest first; the first word of the pair where nothing stands.
    Ladder(&'static str, &'static [&'static str]),
    /// What having it at all does; another value is a rule changed.
    There(Effect),
    /// How long data stay.
    Keep,
    /// Where data may go: never, for these reasons, anywhere.
    Share,
    /// The lawful basis: consent is stricter than what needs none.
    Basis,
    /// Fields that must or may be given: both lists are one to the person.
    Fields,
    /// Categories and fields.
    Pieces,
    /// What a workspace may choose; it depends on what the setting is used for.
    Setting,
}

/// What a row that is added does; one that is removed does the opposite. A section stands for its rows.
pub(super) const ROWS: &[(&str, Effect)] = &[
    ("service", Neutral),
    ("setting", Neutral),
    ("feature", Loosens),
    ("data", Loosens),
    ("purpose", Loosens),
    ("recipient", Loosens),
    ("integration", Loosens),
    ("cookie", Loosens),
    ("register", Loosens),
    ("resold", Loosens),
];

/// Rows of which people must hear whichever way they change: what they hold for.
pub(super) const CORE_ROWS: &[&str] = &["service"];

/// Every other row is a promise: one more tightens.
pub(super) const PROMISE: Effect = Tightens;

/// Rules that cut into what a person has, also when less is kept or promised: an account that closes sooner.
pub(super) const EITHER_WAY: &[(&str, &str)] = &[
    ("data", "lapses"),
    ("data", "grace"),
    ("children", "min_age"),
    ("workspace.closing", "keep"),
];

/// Section or row, key, rule. A row comes before its section; `*` stands for all of them.
pub(super) const KEYS: &[(&str, &str, Rule)] = &[
    ("policy", "version", Rule::Said),
    ("policy", "effective", Rule::Said),
    ("policy", "reviewed", Rule::Said),
    ("policy", "languages", Rule::More(Tightens)),
    ("policy", "binding", Rule::Core),
    ("policy", "laws", Rule::More(Tightens)),
    ("company", "address", Rule::Said),
    ("company", "privacy", Rule::Said),
    ("company", "general", Rule::Said),
    ("company", "security", Rule::Said),
    ("scope", "people", Rule::More(Loosens)),
    ("scope", "staff", Rule::More(Loosens)),
    ("scope", "plans", Rule::Said),
    ("feature", "in", Rule::MoreOfAll(Loosens)),
    ("feature", "plans", Rule::MoreOfAll(Loosens)),
    ("feature", "needs", Rule::More(Tightens)),
    ("setting", "*", Rule::Setting),
    ("data", "was", Rule::Said),
    ("data", "were", Rule::Said),
    ("data", "of", Rule::More(Loosens)),
    ("data", "fields", Rule::Fields),
    ("data", "optional", Rule::Fields),
    ("data", "unique", Rule::More(Loosens)),
    ("data", "find_by", Rule::More(Loosens)),
    ("data", "for", Rule::More(Loosens)),
    ("data", "feeds", Rule::There(Loosens)),
    ("data", "keep", Rule::Keep),
    ("data", "grace", Rule::Longer(Loosens, Neutral)),
    ("data", "events", Rule::More(Loosens)),
    ("data", "lapses", Rule::Longer(Loosens, Tightens)),
    ("data", "when", Rule::There(Tightens)),
    ("data", "statutory", Rule::More(Loosens)),
    ("data", "special", Rule::There(Tightens)),
    ("data", "share", Rule::Share),
    ("data", "captured_on", Rule::There(Tightens)),
    ("data", "lease", Rule::Longer(Loosens, Tightens)),
    ("data", "groups_of", Rule::Higher(Tightens)),
    ("workspace", "keep", Rule::Keep),
    ("register", "keep", Rule::Keep),
    ("purpose", "basis", Rule::Basis),
    ("purpose", "by", Rule::More(Loosens)),
    ("purpose", "needs", Rule::More(Tightens)),
    ("purpose", "lasts", Rule::Longer(Loosens, Tightens)),
    ("purpose", "sends", Rule::More(Loosens)),
    ("purpose", "when", Rule::There(Tightens)),
    ("purpose", "objection", Rule::Ladder("honoured", &["honoured", "weighed"])),
    ("purpose", "people", Rule::There(Tightens)),
    ("recipient", "as", Rule::Ladder("processor", &["processor", "authority", "controller"])),
    ("recipient", "does", Rule::More(Loosens)),
    ("recipient", "gets", Rule::Pieces),
    ("recipient", "where", Rule::More(Loosens)),
    ("recipient", "for", Rule::More(Loosens)),
    ("recipient", "each", Rule::There(Tightens)),
    ("recipient", "only_in", Rule::MoreOfAll(Loosens)),
    ("recipient", "not_in", Rule::More(Tightens)),
    ("recipient", "when", Rule::There(Tightens)),
    ("recipient", "safeguards", Rule::More(Tightens)),
    ("recipient", "policy", Rule::Said),
    ("transfer", "home", Rule::More(Loosens)),
    ("transfer", "safeguards", Rule::More(Tightens)),
    ("integration", "access", Rule::Ladder("read", &["read", "write"])),
    ("integration", "probe", Rule::Longer(Loosens, Tightens)),
    ("integration", "scopes", Rule::Pieces),
    ("document", "given", Rule::Ladder("on_request", &["before_use", "public", "on_request"])),
    ("security.tls", "min", Rule::Ladder("1.2", &["1.3", "1.2"])),
    ("security.passwords", "hash", Rule::Ladder("bcrypt", &["argon2id", "bcrypt"])),
    ("security.passwords", "cost", Rule::Higher(Tightens)),
    ("security.blocklist", "keep", Rule::Keep),
    ("security.mfa", "by", Rule::MoreOfAll(Tightens)),
    ("security.sso", "with", Rule::Said),
    ("*", "lives", Rule::Longer(Loosens, Tightens)),
    ("*", "every", Rule::Longer(Loosens, Tightens)),
    ("*", "gone", Rule::Longer(Loosens, Tightens)),
    ("*", "drill", Rule::Longer(Loosens, Tightens)),
    ("*", "point", Rule::Longer(Loosens, Tightens)),
    ("*", "time", Rule::Longer(Loosens, Tightens)),
    ("*", "owner", Rule::Said),
    ("*", "due", Rule::Said),
    ("resold", "document", Rule::Core),
    ("resold", "policy", Rule::Said),
    ("duty", "by", Rule::Ladder("us", &["us", "customer"])),
    ("duty", "rests_on", Rule::More(Tightens)),
    ("right", "within", Rule::Longer(Loosens, Neutral)),
    ("complaint", "asks", Rule::More(Loosens)),
    ("complaint", "subject", Rule::Said),
    ("request", "subject", Rule::Said),
    ("officer", "mail", Rule::Said),
    ("officer.reports", "to", Rule::Said),
    ("children", "min_age", Rule::Higher(Tightens)),
    ("children.approval", "under", Rule::Higher(Tightens)),
    ("children.approval", "by", Rule::More(Tightens)),
    ("children.approval", "only", Rule::MoreOfAll(Tightens)),
    ("children.approval", "where", Rule::MoreOfAll(Tightens)),
    ("incident", "kinds", Rule::More(Tightens)),
    ("cookie", "until", Rule::There(Tightens)),
    ("notice", "objection", Rule::There(Tightens)),
    ("notice", "approval", Rule::There(Tightens)),
    ("notice", "before", Rule::Longer(Tightens, Tightens)),
    ("*", "within", Rule::Longer(Loosens, Tightens)),
    ("*", "extend", Rule::Longer(Loosens, Loosens)),
    ("*", "target", Rule::Longer(Loosens, Tightens)),
    ("*", "cap", Rule::There(Tightens)),
    ("*", "via", Rule::More(Tightens)),
    ("*", "says", Rule::More(Tightens)),
    ("*", "asks", Rule::More(Tightens)),
    ("*", "offer", Rule::More(Tightens)),
    ("*", "choose", Rule::More(Tightens)),
];

/// The rule of a key, from its row, its section, or any; a key that the table does not know has no more and
/// no less.
pub(super) fn of(path: &str, key: &str) -> Rule {
    let section = path.split('.').next().unwrap_or(path);
    let fits = |of: &str| of == "*" || of == path || of == section;
    let known = KEYS.iter().find(|(of, name, _)| fits(of) && (*name == key || *name == "*"));
    known.map_or(Rule::Core, |(.., rule)| *rule)
}
