//! The sections of the language, their rows and keys, and the type of each key: one table.

use crate::vocabulary::{
    ALWAYS, APPROVERS, ASKS, CHANNELS, FEATURE_NEEDS, INCIDENTS, JOBS, KINDS, LANGUAGES, LAWS,
    OFFERS, PURPOSE_NEEDS, REGISTER_NAMES, RIGHTS, SAFEGUARDS, SAYS, SENDS, SPECIAL,
};

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Type {
    Text,
    Mail,
    Hosts,
    Zone,
    Country,
    Countries,
    Date,
    Number(i64, i64),
    /// Ids that this list declares.
    Names,
    Word(&'static [&'static str]),
    Words(&'static [&'static str]),
    Ref(Space),
    Refs(Space),
    Period,
    /// A period or a setting.
    Length,
    Keep,
    Within,
    Events,
    Hours,
    Lives,
    MinAge,
    Basis,
    Share,
    Statutory,
    Gets,
    Each,
    /// An id that is used no more.
    Was,
    /// Fields by their names now, with those of before.
    Were,
    Scopes,
    KeptOn,
    Choice,
    Choices,
    Ids,
    Globs,
    /// An address of the web.
    Link,
}

/// Where a name must have been declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    People,
    Staff,
    Plan,
    Service,
    Switch,
    Data,
    Whole,
    Field,
    Purpose,
    Recipient,
    Document,
}

#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) of: Type,
    pub(crate) required: bool,
}

#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) name: &'static str,
    pub(crate) keys: &'static [Key],
    pub(crate) required: bool,
}

#[derive(Debug)]
pub(crate) enum Shape {
    /// The section is one row.
    Row(&'static [Key]),
    /// The author names the rows; all have the same keys.
    Open(&'static [Key]),
    /// Rows from a list of words, with the same keys; those that must be there.
    Listed(&'static [&'static str], &'static [Key], &'static [&'static str]),
    /// A row with keys of its own and rows that the language names.
    Closed(&'static [Key], &'static [Named]),
    /// Read by a part of the check of its own.
    Free,
}

#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
}

const fn must(name: &'static str, of: Type) -> Key {
    Key { name, of, required: true }
}

const fn may(name: &'static str, of: Type) -> Key {
    Key { name, of, required: false }
}

const fn row(name: &'static str, keys: &'static [Key]) -> Named {
    Named { name, keys, required: false }
}

const fn needed(name: &'static str, keys: &'static [Key]) -> Named {
    Named { name, keys, required: true }
}

const fn section(name: &'static str, shape: Shape) -> Section {
    Section { name, shape, required: false }
}

const fn core(name: &'static str, shape: Shape) -> Section {
    Section { name, shape, required: true }
}

const STEP: &[Key] = &[
    must("within", Type::Within),
    may("extend", Type::Period),
    may("cap", Type::Word(&["law"])),
    may("target", Type::Period),
    may("via", Type::Words(CHANNELS)),
    may("says", Type::Words(SAYS)),
];
/// A step towards the authority that the law names, and how an imported text calls it.
const AUTHORITY: &[Key] = &[
    must("within", Type::Within),
    may("extend", Type::Period),
    may("cap", Type::Word(&["law"])),
    may("target", Type::Period),
    may("via", Type::Words(CHANNELS)),
    may("says", Type::Words(SAYS)),
    may("named", Type::Text),
];
/// A step towards people, for all of them or only where the risk for them is high.
const PEOPLE: &[Key] = &[
    must("within", Type::Within),
    may("extend", Type::Period),
    may("cap", Type::Word(&["law"])),
    may("target", Type::Period),
    may("via", Type::Words(CHANNELS)),
    may("says", Type::Words(SAYS)),
    may("only", Type::Word(&["high_risk"])),
];
const TOLD: &[Key] = &[must("via", Type::Words(CHANNELS)), may("before", Type::Period)];
const OWNED: &[Key] = &[must("every", Type::Period), must("owner", Type::Ref(Space::Staff))];
const EVIDENCE: &[Key] =
    &[may("every", Type::Period), may("due", Type::Date), must("owner", Type::Ref(Space::Staff))];
const RESOLD: &[Key] = &[
    must("document", Type::Ref(Space::Document)),
    must("every", Type::Period),
    must("owner", Type::Ref(Space::Staff)),
    may("policy", Type::Link),
];
const DUTY: &[Key] = &[must("by", Type::Word(&["us", "customer"])), may("rests_on", Type::Globs)];
const LIVES: &[Key] = &[must("lives", Type::Period)];

const POLICY: &[Key] = &[
    must("version", Type::Text),
    must("effective", Type::Date),
    may("reviewed", Type::Date),
    must("languages", Type::Words(LANGUAGES)),
    must("binding", Type::Word(LANGUAGES)),
    must("laws", Type::Words(LAWS)),
];
const COMPANY: &[Key] = &[
    must("name", Type::Text),
    must("country", Type::Country),
    must("address", Type::Text),
    must("privacy", Type::Mail),
    may("general", Type::Mail),
    may("security", Type::Mail),
    must("zone", Type::Zone),
    may("hours", Type::Hours),
    may("holidays", Type::Country),
];
const SCOPE: &[Key] =
    &[must("people", Type::Names), may("staff", Type::Names), may("plans", Type::Names)];
const FEATURE: &[Key] = &[
    may("in", Type::Refs(Space::Service)),
    may("plans", Type::Refs(Space::Plan)),
    may("needs", Type::Words(FEATURE_NEEDS)),
];
const SETTING: &[Key] = &[
    must("default", Type::Choice),
    may("min", Type::Choice),
    may("max", Type::Choice),
    may("choices", Type::Choices),
];
const DATA: &[Key] = &[
    may("of", Type::Refs(Space::People)),
    may("part_of", Type::Ref(Space::Whole)),
    may("fields", Type::Refs(Space::Field)),
    may("optional", Type::Refs(Space::Field)),
    may("unique", Type::Refs(Space::Field)),
    may("find_by", Type::Refs(Space::Field)),
    may("was", Type::Was),
    may("were", Type::Were),
    may("for", Type::Refs(Space::Purpose)),
    may("feeds", Type::Ref(Space::Data)),
    may("keep", Type::Keep),
    may("grace", Type::Period),
    may("events", Type::Events),
    may("lapses", Type::Keep),
    may("when", Type::Ref(Space::Switch)),
    may("role", Type::Word(&["controller", "processor"])),
    may("statutory", Type::Statutory),
    may("special", Type::Word(SPECIAL)),
    may("share", Type::Share),
    may("captured_on", Type::Word(&["tablet"])),
    may("kept_on", Type::KeptOn),
    may("lease", Type::Length),
    may("groups_of", Type::Number(10, 1_000_000)),
];
const PURPOSE: &[Key] = &[
    must("basis", Type::Basis),
    may("kind", Type::Word(KINDS)),
    may("by", Type::Refs(Space::Staff)),
    may("needs", Type::Words(PURPOSE_NEEDS)),
    may("lasts", Type::Period),
    may("sends", Type::Words(SENDS)),
    may("when", Type::Ref(Space::Switch)),
    may("objection", Type::Word(&["weighed", "honoured"])),
    may("people", Type::Word(&["pseudonymous"])),
];
const RECIPIENT: &[Key] = &[
    may("as", Type::Word(&["processor", "controller", "authority"])),
    may("does", Type::Words(JOBS)),
    may("gets", Type::Gets),
    must("where", Type::Countries),
    may("for", Type::Refs(Space::Purpose)),
    may("each", Type::Each),
    may("only_in", Type::Countries),
    may("not_in", Type::Countries),
    may("when", Type::Ref(Space::Switch)),
    may("safeguards", Type::Words(SAFEGUARDS)),
    may("policy", Type::Link),
];
const INTEGRATION: &[Key] = &[
    must("recipient", Type::Ref(Space::Recipient)),
    must("access", Type::Word(&["read", "write"])),
    must("tokens", Type::Ref(Space::Data)),
    must("probe", Type::Period),
    must("scopes", Type::Scopes),
];
const SECURITY: &[Named] = &[
    needed("tls", &[must("min", Type::Word(&["1.2", "1.3"]))]),
    needed(
        "passwords",
        &[must("hash", Type::Word(&["bcrypt", "argon2id"])), must("cost", Type::Number(10, 31))],
    ),
    row("access_token", LIVES),
    row("refresh_token", LIVES),
    row("blocklist", &[must("keep", Type::Keep)]),
    needed(
        "backups",
        &[must("every", Type::Period), must("gone", Type::Period), must("drill", Type::Period)],
    ),
    row("recovery", &[must("point", Type::Period), must("time", Type::Period)]),
    row("mfa", &[may("by", Type::Refs(Space::Staff))]),
    row("sso", &[must("with", Type::Words(&["oidc", "saml"]))]),
    row("network", &[]),
    row("detection", &[]),
    row("access_review", OWNED),
    row("patching", OWNED),
    row("risk_review", OWNED),
    row("code_review", OWNED),
    row("scans", OWNED),
    row("tests", OWNED),
];
const REQUEST: &[Named] = &[
    needed("acknowledge", STEP),
    row("forward", STEP),
    needed("answer", STEP),
    row("identity", &[]),
    row("fee", &[]),
];
const COMPLAINT: &[Named] = &[
    needed("acknowledge", STEP),
    row("investigate", STEP),
    needed("answer", STEP),
    row("remedies", &[must("offer", Type::Words(OFFERS))]),
    row("authority", &[may("named", Type::Text)]),
    row("mediation", &[]),
    row("court", &[]),
];
const OFFICER: &[Named] = &[
    needed("answer", STEP),
    row("monitors", &[]),
    row("assesses", &[]),
    row("receives", &[]),
    row("investigates", &[]),
    row("records", &[]),
    row("trains", OWNED),
    row(
        "reports",
        &[
            must("every", Type::Period),
            must("owner", Type::Ref(Space::Staff)),
            must("to", Type::Ref(Space::Staff)),
        ],
    ),
    row("independent", OWNED),
];
const INCIDENT: &[Named] = &[
    needed("tell_authority", AUTHORITY),
    needed("tell_people", PEOPLE),
    row("tell_customer", STEP),
    row("help_customer", &[]),
    row("assess", STEP),
    row("contain", STEP),
    row("remedy", &[must("offer", Type::Words(OFFERS))]),
    row("review", &[must("asks", Type::Words(ASKS))]),
];
const CHILDREN: &[Named] = &[
    row(
        "approval",
        &[
            must("under", Type::Number(1, 30)),
            must("by", Type::Words(APPROVERS)),
            may("only", Type::Refs(Space::People)),
            may("where", Type::Countries),
        ],
    ),
    row("report", &[]),
];
const NOTICE: &[Named] = &[
    needed("policy_change", TOLD),
    needed("erasure", TOLD),
    row(
        "recipient_change",
        &[
            must("via", Type::Words(CHANNELS)),
            must("before", Type::Period),
            may("objection", Type::Word(&["may_leave"])),
            may("approval", Type::Word(&["law"])),
        ],
    ),
    row("lapse", TOLD),
    row("hold", TOLD),
    row("handover", TOLD),
];

/// Every section, in the order of a good file.
pub(crate) const SECTIONS: &[Section] = &[
    core("policy", Shape::Row(POLICY)),
    core("company", Shape::Row(COMPANY)),
    core("scope", Shape::Row(SCOPE)),
    section("service", Shape::Open(&[may("hosts", Type::Hosts)])),
    section("feature", Shape::Open(FEATURE)),
    section("setting", Shape::Open(SETTING)),
    core("data", Shape::Open(DATA)),
    section(
        "workspace",
        Shape::Closed(
            &[],
            &[
                needed("closing", &[must("keep", Type::Keep)]),
                row("handover", &[must("choose", Type::Words(&["return", "delete"]))]),
                row("instructions", &[]),
            ],
        ),
    ),
    section(
        "register",
        Shape::Listed(
            REGISTER_NAMES,
            &[must("keep", Type::Keep)],
            &[
                "application_log",
                "security_log",
                "consents",
                "requests",
                "complaints",
                "incidents",
                "holds",
                "certificates",
            ],
        ),
    ),
    core("purpose", Shape::Open(PURPOSE)),
    section("never", Shape::Listed(KINDS, &[], &[])),
    section("recipient", Shape::Open(RECIPIENT)),
    section(
        "transfer",
        Shape::Row(&[must("home", Type::Countries), may("safeguards", Type::Words(SAFEGUARDS))]),
    ),
    section("integration", Shape::Open(INTEGRATION)),
    section(
        "document",
        Shape::Open(&[must("given", Type::Word(&["on_request", "before_use", "public"]))]),
    ),
    section("security", Shape::Closed(&[], SECURITY)),
    section("always", Shape::Listed(ALWAYS, &[], &[])),
    section("evidence", Shape::Open(EVIDENCE)),
    section("duty", Shape::Open(DUTY)),
    section("resold", Shape::Open(RESOLD)),
    section("right", Shape::Listed(RIGHTS, &[may("within", Type::Within)], RIGHTS)),
    section("request", Shape::Closed(&[may("subject", Type::Text)], REQUEST)),
    section(
        "complaint",
        Shape::Closed(&[may("subject", Type::Text), may("asks", Type::Words(ASKS))], COMPLAINT),
    ),
    section("officer", Shape::Closed(&[must("mail", Type::Mail)], OFFICER)),
    section("children", Shape::Closed(&[must("min_age", Type::MinAge)], CHILDREN)),
    section("incident", Shape::Closed(&[must("kinds", Type::Words(INCIDENTS))], INCIDENT)),
    section(
        "cookie",
        Shape::Open(&[
            must("for", Type::Ref(Space::Purpose)),
            must("lives", Type::Lives),
            may("until", Type::Word(&["sign_out", "sign_in"])),
        ]),
    ),
    section("notice", Shape::Closed(&[], NOTICE)),
    section("field", Shape::Free),
    section("source", Shape::Row(&[may("promises", Type::Ids), may("findings", Type::Ids)])),
    section("decided", Shape::Free),
    section("unsettled", Shape::Open(&[must("says", Type::Text)])),
    section("planned", Shape::Row(&[must("rows", Type::Globs)])),
    core("text", Shape::Free),
];

/// Sections that say something about the others and are no rules themselves.
pub(crate) const ABOUT: &[&str] = &["field", "source", "decided", "unsettled", "planned", "text"];

/// Keys that every row may have.
pub(crate) const COMMON: &[&str] = &["covers", "resolves", "cites"];
