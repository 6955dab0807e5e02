//! Rules about what a policy does to people. Each can be decided otherwise by its author, with a reason that is
//! published; each names the articles that speak of it, where a law does.

use super::{About, Judged};
use crate::finding::Severity::{self, Error, Note, Warning};

const fn judged(
    severity: Severity,
    [id, what, why, remedy]: [&'static str; 4],
    law: &'static [(&'static str, &'static str)],
) -> Judged {
    Judged { about: About { id, what, why, remedy }, severity, law }
}

pub(crate) const JUDGED: &[Judged] = &[
    judged(
        Error,
        [
            "law-of-home",
            "the law of the company's own country is not among those of the policy",
            "people are protected by it whether the page says so or not",
            "laws = [\"id-pdp\"]",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "wrong-article",
            "a cited article is about something else",
            "who looks it up finds no protection there, and trusts the rest less",
            "leave articles out: they come from the law itself",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "authority-of-law",
            "the named authority is not the one that the law gives people",
            "a complaint or a breach notice sent there is lost time",
            "leave the name out: the directory of the law has it",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "field-elsewhere",
            "a field that is never stored stands in data that are stored",
            "who was told that it is not kept finds it again in a backup or a search",
            "remove the field from the other category",
        ],
        &[],
    ),
    judged(
        Note,
        [
            "pasted-elsewhere",
            "what is never stored can be written where people write freely",
            "a promise about every place is broken by the first who pastes",
            "promise it for the way it comes in, and decide what others may hold",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "idle-end",
            "an end that another one always comes before",
            "the text names two periods, and a person may trust in the wrong one",
            "keep the end that is meant",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "two-triggers",
            "one ending is told by two events",
            "nobody can tell when the period began, so nobody can tell that it is over",
            "keep = \"3 years after engagement.ended\"",
        ],
        &[("id-pdp", "16(2)(g)"), ("gdpr", "5(1)(e)"), ("uk-gdpr", "5(1)(e)")],
    ),
    judged(
        Warning,
        [
            "too-long",
            "data are kept for longer than their purposes can need",
            "what lies about for decades is found by somebody who was never meant to",
            "keep = \"3 years\"",
        ],
        &[("id-pdp", "16(2)(g)"), ("gdpr", "5(1)(e)"), ("uk-gdpr", "5(1)(e)")],
    ),
    judged(
        Error,
        [
            "sealed-and-hashed",
            "one secret is said to be hashed and sealed",
            "what is sealed can be read by whoever holds the key; what is hashed cannot",
            "a field of its own for each: `password`, `connection_secret`",
        ],
        &[],
    ),
    judged(
        Note,
        [
            "bcrypt-length",
            "a hash that does not read the whole secret",
            "two long secrets that begin alike open the same account",
            "hash = \"argon2id\"",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "job-nobody-does",
            "something needs somebody else, and the page names nobody",
            "the data of a person go to a firm that the list leaves out",
            "[recipient] resend = { does = [\"mail\"], gets = [\"account.email\"], where = [\"US\"] }",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "no-scope",
            "something is connected, and nothing says what it opens",
            "a person agrees to a connection without knowing what can be read",
            "scopes = { \"userinfo.email\" = [\"profile.email\"] }",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "no-term",
            "rights without a term",
            "a right that nobody has to answer is a wish",
            "[request] answer = { within = \"30 days\", cap = \"law\" }",
        ],
        &[("id-pdp", "32"), ("gdpr", "12(3)"), ("uk-gdpr", "12(3)")],
    ),
    judged(
        Warning,
        [
            "no-lead-time",
            "people are told of a change, and nothing says how long before",
            "what one learns of on the day cannot be refused any more",
            "before = \"14 days\"",
        ],
        &[("id-pdp", "21(2)"), ("gdpr", "13(3)"), ("uk-gdpr", "13(3)")],
    ),
    judged(
        Note,
        [
            "same-clock",
            "one period is told for the receipt and for the answer",
            "who waits for an answer gets a receipt",
            "answer = { within = \"14 days\" }",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "cookie-unasked",
            "a cookie that the service does not need is set without consent",
            "people are followed before they could say no",
            "basis = \"consent\" on its purpose",
        ],
        &[("pecr", "6")],
    ),
    judged(
        Warning,
        [
            "cookie-long",
            "a cookie that outlives the reason for it",
            "a browser that is known for years tells more than anyone was asked for",
            "lives = \"6 months\"",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "unasked-training",
            "a model or a study learns from data without a yes",
            "what a model has learned it cannot be made to forget",
            "when = \"content_research\", a setting that is off by default",
        ],
        &[],
    ),
    judged(
        Note,
        [
            "silent",
            "the policy does not speak of a use that people fear",
            "who is told nothing has to guess, and guesses the worst",
            "[never] sale = {}",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "backup-tail",
            "what was erased stays readable in backups",
            "a person who was told that it is gone can be found again",
            "[always] keys_destroyed = {}",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "outlives-account",
            "logs name a person for longer than the account is there",
            "who has left is still in the house",
            "part_of = \"account\"",
        ],
        &[("id-pdp", "16(2)(g)"), ("gdpr", "5(1)(e)"), ("uk-gdpr", "5(1)(e)")],
    ),
    judged(
        Warning,
        [
            "dead-contact",
            "an address that nobody reads",
            "a right needs somebody who answers",
            "privacy = \"privacy@…\"",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "date-order",
            "the day of effect lies before the last review",
            "people cannot know which text held when",
            "effective = 2026-03-01",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "untestable",
            "nobody can test this word",
            "a promise that cannot be tested cannot be broken, so it protects nobody",
            "say what is done, as a row: `[security] tls = { min = \"1.3\" }`",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "vague-wording",
            "this sounds like a time and is none",
            "nobody can tell when it is over, so nobody is held to it",
            "say how long: `keep = \"2 years\"`",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "at-once",
            "no machine does anything without any time passing",
            "a person who relies on it is exposed while it takes its time",
            "say the bound: how often it is looked at, or until when it is done",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "absolute",
            "this promises more than anyone can keep",
            "one exception makes the whole sentence untrue",
            "name what it holds for, as a row",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "only-one",
            "this claims that there is nothing else",
            "people decide by what they are told is left out",
            "let the rows say it: who gets what, and what each is for",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "use-is-no-consent",
            "using a service is no consent",
            "people agree by an act of their own, or they have not agreed",
            "ask for consent where a purpose needs it; tell people of changes",
        ],
        &[("id-pdp", "22"), ("gdpr", "4(11)"), ("uk-gdpr", "4(11)")],
    ),
    judged(
        Error,
        [
            "no-recovery",
            "what stands in a backup can be recovered until the backup is gone",
            "a person who was promised the end of it may meet it again",
            "say the true end: the grace, and until when backups hold it",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "overwrite",
            "nobody can show that a disk or an object store has overwritten anything",
            "it would be a comfort without a proof",
            "[always] keys_destroyed = {}",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "irreversible",
            "faces have been rebuilt from vectors, and hashes guessed",
            "who believes it guards the data less than a photograph",
            "treat a vector as the face: special = \"biometric\"",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "anonymous",
            "data about single people or small groups are not anonymous",
            "a number for a browser or a group of three leads back to a person",
            "count groups: groups_of = 10; call the rest what it is",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "obsolete-tls",
            "SSL is broken and has been for years",
            "whoever listens in can read along",
            "[security] tls = { min = \"1.2\" }",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "disclaimed",
            "who gets data on our behalf is our responsibility",
            "a person cannot choose whom we hire",
            "say of each recipient whether it is a processor or decides itself: as = \"controller\"",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "without-notice",
            "a change that nobody is told of binds nobody",
            "people agreed to what stood there before",
            "[notice] policy_change = { via = [\"email\"], before = \"14 days\" }",
        ],
        &[("id-pdp", "21(2)"), ("gdpr", "13(3)"), ("uk-gdpr", "13(3)")],
    ),
    judged(
        Error,
        [
            "narrowed",
            "a promise about one reason leaves all the others open",
            "a person reads it as a promise about the thing itself",
            "forbid the thing: [never] sale = {}",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "browser-settings",
            "a setting of the browser is no consent, and none was asked for",
            "people are followed before they could say no",
            "ask first: the purpose of the cookie needs basis = \"consent\"",
        ],
        &[("pecr", "6"), ("gdpr", "4(11)"), ("uk-gdpr", "4(11)")],
    ),
    judged(
        Error,
        [
            "days-for-months",
            "a term in days where the law counts months",
            "at the end of a short month the answer comes too late, with no way to complain",
            "answer = { within = \"30 days\", cap = \"law\" }",
        ],
        &[("gdpr", "12(3)"), ("uk-gdpr", "12(3)")],
    ),
    judged(
        Error,
        [
            "late-start",
            "a clock starts when somebody confirms something, and nobody must",
            "weeks of looking into it are weeks in which people are not warned",
            "assess = { within = \"72 hours\" }",
        ],
        &[("gdpr", "33"), ("uk-gdpr", "33"), ("au-privacy", "26WH"), ("id-pdp", "46")],
    ),
    judged(
        Warning,
        [
            "no-time-left",
            "a processor takes as long as its customer has in all",
            "the customer is late before it begins, and people with it",
            "tell_customer = { within = \"72 hours\", target = \"24 hours\" }",
        ],
        &[("gdpr", "33"), ("uk-gdpr", "33")],
    ),
    judged(
        Warning,
        [
            "own-ends",
            "a recipient is called a processor and commonly uses the data itself",
            "a person who is told that it only works for us does not ask what else it does",
            "as = \"controller\"",
        ],
        &[("gdpr", "28"), ("uk-gdpr", "28")],
    ),
    judged(
        Warning,
        [
            "own-recipient",
            "the company lists itself among those who get data",
            "the list is for others; it hides who really runs the machines",
            "remove the row",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "two-owners",
            "one measure is promised by the company and left to its customer",
            "each relies on the other, and an account stays open",
            "say what each of the two does",
        ],
        &[],
    ),
    judged(
        Warning,
        [
            "clear-at-rest",
            "nothing says that data are encrypted where they lie",
            "whoever takes the disk has the people on it",
            "[always] sealed_at_rest = {}",
        ],
        &[("gdpr", "32"), ("uk-gdpr", "32"), ("au-privacy", "APP 11")],
    ),
    judged(
        Error,
        [
            "no-suppression",
            "advertising without a memory of who refused it",
            "a person who said no is asked again by the next list that is bought",
            "[register] suppressions = { keep = \"10 years\" }",
        ],
        &[("au-privacy", "APP 7")],
    ),
    judged(
        Error,
        [
            "clocks-clash",
            "of two clocks, the one that comes first may end later",
            "one of the two terms is no promise, and a person cannot tell which",
            "acknowledge = { within = \"3 days\" }, answer = { within = \"30 days\" }",
        ],
        &[],
    ),
    judged(
        Error,
        [
            "slow-answer",
            "an answer takes longer than any law that is known here gives",
            "after a quarter of a year the answer changes nothing for who asked",
            "answer = { within = \"30 days\" }",
        ],
        &[],
    ),
];
