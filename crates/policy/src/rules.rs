//! What each rule of the check is about, why it is there, and an example of the remedy.

mod judged;

use crate::{
    finding::Severity,
    law::{self, Demand, Pack},
};

pub(crate) use judged::JUDGED;

pub(crate) struct About {
    pub(crate) id: &'static str,
    pub(crate) what: &'static str,
    pub(crate) why: &'static str,
    pub(crate) remedy: &'static str,
}

/// A rule about what a policy does to people. Its author may decide otherwise, with a reason.
pub(crate) struct Judged {
    pub(crate) about: About,
    pub(crate) severity: Severity,
    /// What laws say to it: pack and article.
    pub(crate) law: &'static [(&'static str, &'static str)],
}

const fn about(
    id: &'static str,
    what: &'static str,
    why: &'static str,
    remedy: &'static str,
) -> About {
    About { id, what, why, remedy }
}

pub(crate) const RULES: &[About] = &[
    about(
        "syntax",
        "the file is not TOML",
        "nothing can be read from it",
        "look at the marked place: a quote, a bracket or an equals sign is missing",
    ),
    about(
        "duplicate",
        "a name stands twice",
        "ids are what certificates and promises point to",
        "remove one of the two",
    ),
    about(
        "too-large",
        "the file is larger than a policy can be",
        "it would take long to check",
        "keep data and texts elsewhere",
    ),
    about(
        "too-deep",
        "tables are nested too deeply",
        "a rule is found by section, row and key",
        "[data.selfie] keep = \"90 days\"",
    ),
    about(
        "no-version",
        "the language version is missing or unknown",
        "words may change their meaning with it",
        "janji = 1",
    ),
    about(
        "missing-section",
        "a section that every policy needs is missing",
        "people ask who, what and what for",
        "[company]",
    ),
    about(
        "unknown-section",
        "the section is not in the language",
        "what is not understood cannot be kept",
        "use the nearest known name",
    ),
    about(
        "unknown-row",
        "the row is not in the language",
        "closed rows have a sentence and a probe each",
        "use the nearest known name",
    ),
    about(
        "unknown-key",
        "the key is not in the language",
        "a slip would silently change what is promised",
        "use the nearest known name",
    ),
    about(
        "unknown-word",
        "the word is not one of those that can stand here",
        "each word has one meaning, fixed once",
        "use the nearest known word",
    ),
    about(
        "unknown-reference",
        "nothing of this name is declared",
        "a rule about nothing keeps nothing",
        "declare it, or correct the name",
    ),
    about(
        "unknown-event",
        "the event cannot happen",
        "an end that never comes is no end",
        "events = [\"resolved\"]",
    ),
    about(
        "unknown-promise",
        "the source names no such promise",
        "coverage would be wrong",
        "use an id from [source] promises",
    ),
    about(
        "missing-key",
        "a key that is needed is missing",
        "leaving it out has no safe meaning",
        "write the key",
    ),
    about(
        "missing-row",
        "a row that is needed is missing",
        "the section would leave people without it",
        "write the row",
    ),
    about(
        "wrong-type",
        "the value is of another type",
        "it cannot mean what the key means",
        "write the type that the message names",
    ),
    about(
        "empty",
        "nothing is written here",
        "an empty value promises nothing",
        "say it, or leave the key out",
    ),
    about(
        "malformed",
        "the value has the wrong form",
        "mail, hosts, zones and countries are used as written",
        "zone = \"Asia/Jakarta\"",
    ),
    about(
        "out-of-bounds",
        "the number or period is out of bounds",
        "the page says how far a choice goes",
        "choose a value within them",
    ),
    about(
        "bad-id",
        "this cannot be an id",
        "ids stand in paths and addresses",
        "data.form_answers",
    ),
    about(
        "bad-range",
        "this is no range of ids",
        "each promise is counted once",
        "promises = [\"ASH-01..ASH-174\"]",
    ),
    about(
        "bad-number",
        "this is no number of a period",
        "a period is a whole number of units",
        "keep = \"90 days\"",
    ),
    about(
        "bad-unit",
        "this is no unit of time",
        "calendars know minutes to years only",
        "keep = \"2 years\"",
    ),
    about(
        "phrase",
        "the phrase cannot be read",
        "a rule is one line with one meaning",
        "keep = \"1 year after resolved\"",
    ),
    about(
        "vague-period",
        "the words sound like a period and are none",
        "nobody can tell when it is over, so nobody is held to it",
        "keep = \"2 years\"",
    ),
    about(
        "no-basis",
        "a purpose has no lawful basis",
        "what rests on nothing is unlawful, and a person could have it stopped",
        "basis = \"contract\"",
    ),
    about(
        "binding",
        "the binding language is not published",
        "people must be able to read what binds",
        "languages = [\"id\", \"en\"]",
    ),
    about(
        "unused",
        "no row uses this name",
        "a forgotten name hides a forgotten rule",
        "remove it, or write its row",
    ),
    about(
        "no-bounds",
        "a setting has no bounds",
        "the policy promises the bounds, not the choice",
        "min = \"1 day\", max = \"1 year\"",
    ),
    about(
        "not-a-switch",
        "something waits for a setting that is not on or off",
        "nobody could say when it may begin",
        "when = \"badge_photo\", with badge_photo = { default = false }",
    ),
    about(
        "no-calendar",
        "business days need a calendar",
        "nobody could count them",
        "hours = \"mon-fri 09:00-17:00\"",
    ),
    about(
        "two-answers",
        "two keys answer the same question",
        "they could differ",
        "keep one of them",
    ),
    about(
        "used-for-nothing",
        "data are collected for nothing",
        "what is collected for nothing can only do harm",
        "for = [\"service\"]",
    ),
    about(
        "aggregate",
        "an aggregate and personal data are mixed",
        "groups hold no person",
        "groups_of = 10",
    ),
    about(
        "look-up",
        "a look-up over few values",
        "an index over yes and no tells the values",
        "unique = [\"email\"]",
    ),
    about(
        "reserved",
        "the event is raised by the engine itself",
        "two meanings of one event",
        "name your own event differently",
    ),
    about(
        "no-duty",
        "what survives an erasure rests on no legal duty",
        "only a duty outweighs the wish of the person",
        "basis = \"legal_duty\"",
    ),
    about(
        "statutory-field",
        "a file or another person would survive an erasure",
        "a copy holds values of the record, nothing that lies beside it",
        "fields = [\"invoice_number\"]",
    ),
    about(
        "special",
        "special data without special care",
        "a face, a belief or an illness can be turned against a person for life",
        "special = \"biometric\"",
    ),
    about(
        "circle",
        "a category is part of itself",
        "it would never end and belong to nobody",
        "of = [\"employee\"]",
    ),
    about(
        "no-date",
        "nobody knows when the evidence must be shown",
        "a paper without a date is never late",
        "every = \"1 year\"",
    ),
    about(
        "duty-alone",
        "a duty of ours rests on no row, or one of the customer's does",
        "who does what is only worth saying when somebody can look",
        "rests_on = [\"security.backups\"]",
    ),
    about(
        "duty-nothing",
        "a duty rests on a row that is not there",
        "it would look kept by nothing",
        "rests_on = [\"security.backups\"]",
    ),
    about(
        "processor",
        "data of a customer serve a purpose of ours",
        "a processor acts on the customer's instructions (Art. 28 GDPR)",
        "records = { basis = \"instruction\" }",
    ),
    about(
        "no-end",
        "data are kept without end",
        "what nobody deletes is still there on the day it leaks",
        "keep = \"90 days\"",
    ),
    about(
        "not-its-whole",
        "it ends with something it is not part of",
        "that end says nothing about it",
        "keep = \"with account\"",
    ),
    about(
        "for-ever",
        "personal data are kept for ever",
        "only counts of groups may stay",
        "keep = \"2 years\"",
    ),
    about(
        "foreign-event",
        "the event belongs to unrelated records",
        "it would never reach these",
        "keep = \"3 years after engagement.ended\"",
    ),
    about(
        "double-end",
        "two ends run from one event",
        "the longer would mean nothing",
        "keep the shorter",
    ),
    about(
        "outlives",
        "a part is kept longer than its whole",
        "it dies with its whole, so the page would be wrong",
        "keep = \"with attendance\"",
    ),
    about(
        "forbidden-kind",
        "a purpose is of a kind that is never done",
        "the page would contradict itself",
        "remove the purpose",
    ),
    about(
        "purpose-uses-nothing",
        "a purpose uses no data",
        "it promises something about nothing",
        "for = [\"support\"] on what it uses",
    ),
    about(
        "no-objection",
        "an objection where the law knows none",
        "consent is withdrawn, a contract ended",
        "leave `objection` out",
    ),
    about(
        "message-class",
        "a message of another class",
        "news need consent, notices must not be lost",
        "move it to a purpose of its kind",
    ),
    about(
        "tokens-stay",
        "access tokens stay after disconnecting",
        "they would still open the account",
        "keep = \"until google.disconnected\"",
    ),
    about(
        "share",
        "a recipient gets what is not shared",
        "two rows contradict each other",
        "remove it from `gets`",
    ),
    about(
        "recipient-purpose",
        "a recipient gets what was not collected for that",
        "use is bound to its purpose",
        "for = [\"school_reports\"]",
    ),
    about(
        "authority",
        "an authority with a standing supply",
        "it gets data by legal case only",
        "as = \"authority\", where = [\"ID\"]",
    ),
    about(
        "no-safeguard",
        "data go abroad without a safeguard",
        "abroad another law holds, and other people may look",
        "safeguards = [\"agreement\"]",
    ),
    about(
        "text-missing",
        "a row has no words",
        "nobody could read it",
        "data.selfie = { en = \"Photo at clock-in\", id = \"Swafoto saat absen\" }",
    ),
    about(
        "text-for-nothing",
        "words for nothing",
        "they would be shown nowhere",
        "remove them, or correct the path",
    ),
    about(
        "text-language",
        "a language is missing or too many",
        "all languages say the same",
        "write it in each language of the policy",
    ),
    about(
        "text-long",
        "the words are too long",
        "the author names things, Janji writes the sentences",
        "a noun phrase",
    ),
    about(
        "text-hidden",
        "a hidden character",
        "it could make a page read differently",
        "type the words again",
    ),
    about("text-digit", "a number in words", "numbers stand in rules only", "move it into a rule"),
    about(
        "text-word",
        "a word that promises what no rule keeps",
        "the page would sound better than it is",
        "name the thing",
    ),
    about(
        "renamed",
        "an old name is still in use, or given away twice",
        "records of before would have two names, or none",
        "[data.presence] was = \"attendance\"",
    ),
    about(
        "covers-key",
        "the row has no such key",
        "a deleted key would take its promise along silently",
        "covers = { keep = [\"ASH-118\"] }",
    ),
    about(
        "uncovered",
        "no row covers the promise",
        "it was made and would be forgotten",
        "covers = [\"ASH-118\"]",
    ),
    about(
        "unsettled",
        "a finding is not settled",
        "the source contradicts itself there",
        "resolves = [\"C-01\"]",
    ),
    about(
        "no-lease",
        "a copy on a tablet has no lease",
        "a stolen tablet would recognise faces for ever",
        "lease = \"24 hours\"",
    ),
    about(
        "no-row",
        "words of the text that no row holds",
        "what nobody has put into a rule nobody keeps",
        "write the row, or decide that it is not promised",
    ),
    about(
        "settles-nothing",
        "a row settles a rule that finds nothing in it",
        "a decision about nothing hides the next mistake",
        "remove it, and its reason",
    ),
    about(
        "reason-without-row",
        "a reason that no row follows",
        "a decision without effect",
        "resolves = [\"C-01\"] on the row",
    ),
    about(
        "row-without-reason",
        "a row settles something without a reason",
        "people may ask why",
        "[decided] C-01 = \"…\"",
    ),
    about(
        "planned-nothing",
        "a planned path matches nothing",
        "it hides nothing and may be a slip",
        "correct the path",
    ),
    about(
        "planned-kept",
        "something planned is kept already",
        "the page would say less than is true",
        "remove it from [planned]",
    ),
    about(
        "not-enforced",
        "a promise that nothing keeps",
        "the page would say more than is true",
        "[planned] rows = [\"recipient.*\"]",
    ),
];

/// How grave a rule about people is, and why it is there.
pub(crate) fn judged(id: &str) -> Option<&'static Judged> {
    JUDGED.iter().find(|rule| rule.about.id == id)
}

/// What laws say to a rule of the language.
const ARTICLES: &[(&str, &[(&str, &str)])] = &[
    ("no-basis", &[("id-pdp", "20(2)(a)"), ("gdpr", "6(1)"), ("uk-gdpr", "6(1)")]),
    (
        "no-end",
        &[
            ("id-pdp", "16(2)(g)"),
            ("gdpr", "5(1)(e)"),
            ("uk-gdpr", "5(1)(e)"),
            ("au-privacy", "APP 11"),
        ],
    ),
    (
        "vague-period",
        &[
            ("id-pdp", "16(2)(g)"),
            ("gdpr", "5(1)(e)"),
            ("uk-gdpr", "5(1)(e)"),
            ("au-privacy", "APP 11"),
        ],
    ),
    ("used-for-nothing", &[("gdpr", "5(1)(c)"), ("uk-gdpr", "5(1)(c)")]),
    (
        "special",
        &[("id-pdp", "4(2)"), ("gdpr", "9(1)"), ("uk-gdpr", "9(1)"), ("au-privacy", "APP 3.3")],
    ),
    (
        "no-safeguard",
        &[("id-pdp", "56"), ("gdpr", "44"), ("uk-gdpr", "44"), ("au-privacy", "APP 8")],
    ),
    ("processor", &[("gdpr", "28"), ("uk-gdpr", "28")]),
];

/// What laws say to a rule, by pack and article.
pub(crate) fn articles(id: &str) -> &'static [(&'static str, &'static str)] {
    let own = ARTICLES.iter().find(|(rule, _)| *rule == id).map(|(_, articles)| *articles);
    own.or_else(|| judged(id).map(|rule| rule.law)).unwrap_or_default()
}

/// Why a rule of the language that a law speaks of matters to a person.
pub(crate) fn why(id: &str) -> Option<&'static str> {
    ARTICLES.iter().find(|(rule, _)| *rule == id)?;
    RULES.iter().find(|about| about.id == id).map(|about| about.why)
}

/// Whether a row may settle what this rule finds, by `resolves` and a reason.
pub(crate) fn can_be_settled(id: &str) -> bool {
    judged(id).is_some() || law::demand(id).is_some()
}

/// What a finding's id stands for, in full.
pub(crate) fn explain(id: &str) -> Option<String> {
    if let Some((pack, demand)) = law::demand(id) {
        return Some(of_law(pack, demand));
    }
    if let Some(rule) = judged(id) {
        let cited = rule.law.iter().filter_map(|(pack, article)| law::cite(pack, article));
        let cited: Vec<String> = cited.map(|law| format!("law: {law}\n")).collect();
        let settle = format!("decide otherwise: resolves = [\"{id}\"], and why under [decided]\n");
        return Some(format!("{}{}{settle}", page(&rule.about), cited.concat()));
    }
    RULES.iter().find(|about| about.id == id).map(page)
}

fn page(about: &About) -> String {
    let About { id, what, why, remedy } = about;
    format!("{id}: {what}\n\nwhy: {why}\nremedy: {remedy}\n")
}

fn of_law(pack: &Pack, demand: &Demand) -> String {
    let doubt = if demand.verified { "" } else { ", unverified" };
    format!(
        "{}: {}\n\nwhy: {}\nremedy: {}\nlaw: {} {} (since {}{doubt}); this is no legal advice\n\
         decide otherwise: resolves = [\"{}\"], and why under [decided]\n",
        demand.id,
        demand.says,
        demand.why,
        demand.help,
        pack.short,
        demand.article,
        demand.since.unwrap_or(pack.since),
        demand.id
    )
}
