//! The forms of the answers. Requests stand beside their routes, in the table.

use crate::shape::{Field, Shape, may, need};

const SUB: Shape = Shape::Id("sub_");
const REC: Shape = Shape::Id("rec_");
const CRT: Shape = Shape::Id("crt_");

const fn made(id: &'static [Field]) -> Shape {
    Shape::Object(id)
}

pub(crate) const SUBJECT_MADE: Shape = made(&[need("id", SUB, "")]);
pub(crate) const RECORD_MADE: Shape = made(&[
    need("id", REC, ""),
    may("masked", Shape::List(&MASKED), "what was masked on its way in, never the value"),
]);
const MASKED: Shape = made(&[
    need("field", Shape::Text, ""),
    need("kind", Shape::Text, "card, national id, bank account, health, belief, politics, ..."),
]);
pub(crate) const BLOB_MADE: Shape = made(&[need("id", Shape::Id("blo_"), "")]);
pub(crate) const CONSENT_MADE: Shape = made(&[need("id", Shape::Id("con_"), "")]);
pub(crate) const HOLD_MADE: Shape = made(&[need("id", Shape::Id("hol_"), "")]);
pub(crate) const TOKEN_MADE: Shape = made(&[
    need("id", Shape::Count, "for revoking it"),
    may("token", Shape::Text, "shown here only; a repeated request does not show it again"),
]);

pub(crate) const ROLE: Shape = Shape::Word(&["system", "admin", "officer", "staff", "person"]);
pub(crate) const REQUEST_KIND: Shape =
    Shape::Word(&["access", "portability", "correction", "erasure", "restriction", "objection"]);

const BAR: Shape = Shape::Object(&[
    need(
        "kind",
        Shape::Word(&["hold", "restriction", "restriction_for_claim", "objection", "condemned"]),
        "",
    ),
    may("category", Shape::Text, "this category and its parts only"),
    may("record", REC, "this record and its parts only"),
    may("purpose", Shape::Text, "this purpose only"),
    need("since", Shape::Time, ""),
]);

const ACCOUNT: Shape = Shape::Object(&[
    need("record", REC, ""),
    need("category", Shape::Text, ""),
    need(
        "state",
        Shape::Word(&["active", "marked", "closed"]),
        "marked: its lapse waits for the notice's lead time; closed: used for nothing, restorable",
    ),
    may("lapses", Shape::Time, "when it closes by itself if nobody uses it"),
    may("told", Shape::Time, "when its person was told of the lapse"),
    may("closed", Shape::Time, ""),
    may("ends", Shape::Time, "when a closed one is erased"),
]);

pub(crate) const SUBJECT: Shape = Shape::Object(&[
    need("id", SUB, ""),
    need("people", Shape::List(&Shape::Text), "kinds of person"),
    may("country", Shape::Text, ""),
    need(
        "state",
        Shape::Word(&["active", "condemned"]),
        "condemned: erased but for what a hold keeps",
    ),
    need("created", Shape::Time, ""),
    need("bars", Shape::List(&BAR), "what forbids use or deletion now, holds too"),
    need("accounts", Shape::List(&ACCOUNT), "what can be closed and restored, and where it stands"),
]);

pub(crate) const GRANT: Shape = Shape::Object(&[
    need("id", Shape::Id("gra_"), ""),
    need("subject", SUB, ""),
    need("purpose", Shape::Text, ""),
    may("record", REC, "this record and its parts only"),
    may("ticket", REC, "when this is resolved the access ends"),
    need("staff", Shape::Text, "the role of the one who asked"),
    need("state", Shape::Word(&["asked", "standing", "ended"]), ""),
    need("asked", Shape::Time, ""),
    may("given", Shape::Time, "when the last approval came"),
    may("until", Shape::Time, "when it ends by itself"),
    may("ended", Shape::Time, ""),
]);
pub(crate) const GRANTS: Shape =
    Shape::Object(&[need("grants", Shape::List(&GRANT), "newest first; cases are not shown")]);

const NOTICE: Shape = Shape::Object(&[
    need("id", Shape::Id("not_"), ""),
    need(
        "kind",
        Shape::Word(&["lapse", "hold", "release", "restriction_lifted", "policy_change"]),
        "",
    ),
    need("rule", Shape::Text, "the path of the rule that it speaks of"),
    may("record", REC, "the account that lapses"),
    need("made", Shape::Time, ""),
    may("effective", Shape::Time, "when what it tells takes effect"),
    may("taken_back", Shape::Time, "when what it tells was taken back"),
    may("email", Shape::Word(&["due"]), "due by e-mail too, which is not sent yet"),
    may("seen", Shape::Time, ""),
    may("acknowledged", Shape::Time, "which is no consent"),
    need("title", Shape::Text, ""),
    need("text", Shape::Text, "in the language that was asked for"),
]);
pub(crate) const NOTICES: Shape = Shape::Object(&[
    need("language", Shape::Text, ""),
    need("notices", Shape::List(&NOTICE), "newest first"),
]);

pub(crate) const DELETED: Shape =
    Shape::Object(&[need("erased", Shape::Count, "records"), may("certificate", CRT, "")]);

const PART: Shape = Shape::Object(&[
    need("id", REC, ""),
    need("category", Shape::Text, ""),
    need("state", Shape::Word(&["live", "deleted"]), ""),
]);

pub(crate) const RECORD: Shape = Shape::Object(&[
    need("id", REC, ""),
    need("subject", SUB, ""),
    need("category", Shape::Text, ""),
    need("at", Shape::Time, "when it was collected"),
    may("part_of", REC, ""),
    need("fields", Shape::Fields, ""),
    need("parts", Shape::List(&PART), "its parts, those that are gone too"),
]);

pub(crate) const FOUND: Shape = Shape::Object(&[need("records", Shape::List(&RECORD), "")]);
pub(crate) const RECORDS: Shape = Shape::Object(&[
    need("records", Shape::List(&RECORD), ""),
    may("next", REC, "the cursor of the next page; there is none after the last"),
]);

pub(crate) const DECISION: Shape = Shape::Object(&[
    need("decision", Shape::Word(&["allow", "deny"]), ""),
    need("reason", Shape::Text, "a stable word"),
    need("rule", Shape::Text, "the path of the rule"),
    may("basis", Shape::Text, "the lawful basis"),
    need("policy", Shape::Text, "the version of the policy"),
]);

const CONSENT: Shape = Shape::Object(&[
    need("id", Shape::Id("con_"), ""),
    need("purpose", Shape::Text, ""),
    need("given", Shape::Time, ""),
    may("withdrawn", Shape::Time, ""),
    need("policy", Shape::Count, "the number of the policy that was shown"),
    need("language", Shape::Text, ""),
]);
pub(crate) const CONSENTS: Shape =
    Shape::Object(&[need("consents", Shape::List(&CONSENT), "oldest first")]);

const STILL_MISSING: Field =
    need("missing", Shape::List(&Shape::Text), "whose approval is missing; none when all agree");
pub(crate) const MISSING: Shape = Shape::Object(&[STILL_MISSING]);
const APPROVAL: Shape = Shape::Object(&[
    need("by", Shape::Text, "who agreed, a word of children.approval"),
    need("given", Shape::Time, ""),
    may("withdrawn", Shape::Time, "when it was withdrawn, or ended as the person came of age"),
]);
pub(crate) const APPROVALS: Shape =
    Shape::Object(&[STILL_MISSING, need("approvals", Shape::List(&APPROVAL), "oldest first")]);

pub(crate) const SWEPT: Shape = Shape::Object(&[
    need("erased", Shape::Count, "records erased"),
    need("held", Shape::Count, "records that a hold keeps"),
]);

const HOLD: Shape = Shape::Object(&[
    need("id", Shape::Id("hol_"), ""),
    need("subject", SUB, ""),
    may("category", Shape::Text, ""),
    may("record", REC, ""),
    need("placed", Shape::Time, ""),
    may("released", Shape::Time, ""),
]);
pub(crate) const HOLDS: Shape =
    Shape::Object(&[need("holds", Shape::List(&HOLD), "newest first; the case is not shown")]);
pub(crate) const RELEASED: Shape =
    Shape::Object(&[need("erased", Shape::Count, "records that had waited for the release")]);

const KEPT: Shape = Shape::Object(&[
    may("record", REC, "what a hold keeps"),
    need(
        "reason",
        Shape::Word(&["legal_hold", "legal_duty", "lost_in_a_restore"]),
        "why it stays; it is used for nothing else",
    ),
    may("category", Shape::Text, "a legal duty: what it keeps"),
    may("rule", Shape::Text, "the path of the rule"),
    may("purpose", Shape::Text, "the duty, and the only purpose"),
    may("records", Shape::Count, "how many copies, none of which names the person"),
    may("until", Shape::Time, "when the last of them ends"),
]);
const REQUEST_STATE: Shape = Shape::Word(&["answered", "waiting", "closed"]);
pub(crate) const REQUEST_MADE: Shape = Shape::Object(&[
    need("id", Shape::Id("req_"), ""),
    need("kind", REQUEST_KIND, ""),
    need(
        "state",
        REQUEST_STATE,
        "waiting: a hold keeps something, its release resumes the erasure",
    ),
    may("erased", Shape::Count, "records erased"),
    may("kept", Shape::List(&KEPT), "what stays, and why"),
    may("certificate", CRT, ""),
]);
pub(crate) const REQUEST: Shape = Shape::Object(&[
    need("id", Shape::Id("req_"), ""),
    need("subject", SUB, ""),
    need("kind", REQUEST_KIND, ""),
    may("purpose", Shape::Text, ""),
    need("state", REQUEST_STATE, ""),
    need("received", Shape::Time, ""),
    may(
        "due",
        Shape::Time,
        "the latest answer, by the policy or the law of where the person lives",
    ),
    may("answered", Shape::Time, ""),
    may("kept", Shape::List(&KEPT), "what a legal duty keeps"),
    may("certificate", CRT, ""),
]);
pub(crate) const REQUESTS: Shape =
    Shape::Object(&[need("requests", Shape::List(&REQUEST), "newest first")]);

const COPY: Shape = Shape::Object(&[
    need("id", Shape::Id("cpy_"), ""),
    need("until", Shape::Time, "when it ends"),
    need("fields", Shape::Fields, ""),
]);
pub(crate) const COPIES: Shape = Shape::Object(&[
    need("copies", Shape::List(&COPY), "of people who are erased; none names anybody"),
    may("next", Shape::Id("cpy_"), "the cursor of the next page; there is none after the last"),
]);

const FEATURE: Shape = Shape::Object(&[
    need("feature", Shape::Text, ""),
    need("on", Shape::Bool, ""),
    may("since", Shape::Time, "when it was last switched"),
]);
pub(crate) const FEATURES: Shape = Shape::Object(&[need("features", Shape::List(&FEATURE), "")]);

const SETTING: Shape = Shape::Object(&[
    need("setting", Shape::Text, ""),
    need("value", Shape::Choice, "the value that counts now"),
    need("default", Shape::Choice, "the value where nothing was chosen"),
    may("min", Shape::Choice, "at least this"),
    may("max", Shape::Choice, "at most this"),
    may("choices", Shape::List(&Shape::Text), "one of these"),
]);
pub(crate) const SETTINGS: Shape = Shape::Object(&[need("settings", Shape::List(&SETTING), "")]);

pub(crate) const PLAN: Shape = Shape::Object(&[
    may("plan", Shape::Text, "none before the backend has given one"),
    need("plans", Shape::List(&Shape::Text), "all that the policy names"),
]);

const PAPER: Shape = Shape::Object(&[
    need("document", Shape::Text, ""),
    need("before_use", Shape::Bool, "whether processing waits for it"),
    may("accepted", Shape::Time, ""),
]);
pub(crate) const DOCUMENTS: Shape = Shape::Object(&[need("documents", Shape::List(&PAPER), "")]);

pub(crate) const LEDGER: Shape = Shape::Object(&[
    need("origin", Shape::Text, "the name of the log"),
    need("vkey", Shape::Text, "the key of its checkpoints"),
    need("generation", Shape::Count, "1, and one more after each restore"),
    need("size", Shape::Count, "published entries"),
    may("checkpoint", Shape::Text, "the newest signed checkpoint"),
    need("tiles", Shape::Text, "where its public files are"),
    need(
        "deployment",
        Shape::Object(&[
            need("vkey", Shape::Text, "the key to pin"),
            may("checkpoint", Shape::Text, ""),
        ]),
        "the log that vouches for all others",
    ),
]);

const ENTRY: Shape = Shape::Object(&[
    need("number", Shape::Count, ""),
    need("act", Shape::Text, ""),
    need("at", Shape::Time, ""),
    need("role", Shape::Text, "the role of the one who acted"),
    need("token", Shape::Count, "the token that acted; 0 is the server itself"),
    need("policy", Shape::Count, "the number of the policy in force"),
    may("purpose", Shape::Text, ""),
    may("rule", Shape::Text, "the rule or reason"),
    need("records", Shape::Count, "how many"),
    may("record", REC, "which, when it was one"),
]);
pub(crate) const ENTRIES: Shape = Shape::Object(&[
    need("entries", Shape::List(&ENTRY), "newest first"),
    may("next", Shape::Text, "the cursor of the next page"),
]);

const CERTIFICATE: Shape = Shape::Object(&[
    need("id", CRT, ""),
    need("grade", Shape::Word(&["erased", "complete"]), ""),
    need("issued", Shape::Time, ""),
]);
pub(crate) const CERTIFICATES: Shape =
    Shape::Object(&[need("certificates", Shape::List(&CERTIFICATE), "newest first")]);

pub(crate) const CLOSED: Shape = Shape::Object(&[
    need("since", Shape::Time, ""),
    need("until", Shape::Time, "when everybody is erased"),
    need("held", Shape::Count, "holds that stand; what they keep waits for their release"),
]);

pub(crate) const CLOCK: Shape = Shape::Object(&[need("now", Shape::Time, "")]);

const PROMISE: Shape = Shape::Object(&[
    need("promise", Shape::Text, "its id"),
    need(
        "state",
        Shape::Word(&["kept", "said", "due", "evidence", "planned", "broken"]),
        "the worst among its rules",
    ),
    need("rules", Shape::List(&Shape::Text), "the rows and keys that stand for it"),
    need("looked_at", Shape::Count, "how many things were looked at"),
    need("evidence", Shape::Text, "what was found, in counts and dates"),
    need("probe", Shape::Text, "the probe that decided"),
]);
pub(crate) const PROMISES: Shape = Shape::Object(&[
    need("policy", Shape::Text, "the version of the policy"),
    need("at", Shape::Time, "when somebody looked"),
    need("promises", Shape::List(&PROMISE), ""),
]);

const GROUP: Shape = Shape::Object(&[
    need("value", Shape::Text, "what the people in it have in common"),
    need("people", Shape::Count, "how many, with noise"),
]);
pub(crate) const AGGREGATE: Shape = Shape::Object(&[
    need("field", Shape::Text, ""),
    need("month", Shape::Text, ""),
    need("made", Shape::Time, ""),
    need("groups_of", Shape::Count, "smaller groups are left out"),
    need("groups", Shape::List(&GROUP), ""),
]);
pub(crate) const AGGREGATES: Shape =
    Shape::Object(&[need("aggregates", Shape::List(&AGGREGATE), "oldest month first")]);
