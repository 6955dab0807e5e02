//! What the engine of this version keeps: one table, and the conditions that no path can say.

use std::{collections::HashMap, sync::OnceLock};

use crate::{
    fields::CONNECTED,
    model::{Anchor, Keep, Policy},
    promise::State,
    tree::{Node, Table},
};

/// One thing that the engine keeps.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The rows and keys it is about; `*` stands for one id.
    pub path: &'static str,
    /// The probe that looks at the data to see whether it is kept.
    pub probe: &'static str,
    /// What is done, for people who run the engine.
    pub note: &'static str,
}

const fn rule(path: &'static str, probe: &'static str, note: &'static str) -> Rule {
    Rule { path, probe, note }
}

/// The probe of what is kept by publishing it.
pub(crate) const PUBLISHED: &str = "publication";

/// All that the engine enforces or publishes; what is not here must be listed as planned.
pub const ENFORCED: &[Rule] = &[
    rule("policy", PUBLISHED, "the page shows the policy in force"),
    rule("policy.*", PUBLISHED, "the page shows dates, version and languages"),
    rule("company", PUBLISHED, "the page shows who answers"),
    rule("company.*", PUBLISHED, "the page shows the company and how to reach it"),
    rule("scope", "declaration", "only declared people and staff exist"),
    rule("scope.people", "declaration", "a subject has one of these kinds"),
    rule("scope.staff", "decision", "a token has one of these roles"),
    rule("scope.plans", "choices", "a workspace holds one of these"),
    rule("service", PUBLISHED, "the page lists the services"),
    rule("service.*", PUBLISHED, "the page names the service"),
    rule("service.*.hosts", PUBLISHED, "the page names its hosts"),
    rule("feature", "features", "a feature is off until a workspace switches it on"),
    rule("feature.*", "features", "a feature is off until a workspace switches it on"),
    rule("feature.*.plans", "choices", "off in every other plan"),
    rule("feature.*.needs", "choices", "off until the officer has recorded each"),
    rule("feature.*.in", PUBLISHED, "the page says which services have it"),
    rule("setting", "choices", "a workspace chooses within bounds, and the choice is kept"),
    rule("setting.*", "choices", "a workspace chooses within bounds, and the choice is kept"),
    rule("setting.*.default", "choices", "this where a workspace chose nothing"),
    rule("setting.*.min", "choices", "less is refused"),
    rule("setting.*.max", "choices", "more is refused"),
    rule("setting.*.choices", "choices", "anything else is refused"),
    rule("data", "declaration", "an undeclared category is refused"),
    rule("data.*", "declaration", "an undeclared category is refused"),
    rule("data.*.of", "declaration", "only about such people"),
    rule("data.*.part_of", "declaration", "hangs on a record of its whole and dies with it"),
    rule("data.*.fields", "declaration", "all given, nothing undeclared"),
    rule("data.*.optional", "declaration", "may be given, nothing undeclared"),
    rule("data.*.unique", "lookup", "a blind index refuses a second one"),
    rule("data.*.find_by", "lookup", "found by a blind index"),
    rule("data.*.was", "declaration", "records of before the new name answer to it"),
    rule("data.*.were", "declaration", "values of before the new name answer to it"),
    rule("data.*.for", "decision", "a read names one of these purposes"),
    rule("data.*.keep", "retention", "unreadable when due, then erased"),
    rule("data.*.feeds", "aggregates", "counted, and read by nobody"),
    rule("data.*.groups_of", "aggregates", "smaller groups are left out, numbers carry noise"),
    rule("data.*.events", "retention", "only declared events move an end"),
    rule("data.*.grace", "retention", "closed, restorable, then erased"),
    rule("data.*.lapses", "lapses", "unused and told in time, it closes by itself"),
    rule("data.*.when", "features", "refused while the feature is off"),
    rule("data.*.role", "decision", "a customer's data serve its instructions only"),
    rule(
        "data.*.special",
        "consent",
        "used with the person's explicit word, under keys of its own",
    ),
    rule("data.*.statutory", "statutory", "an erasure leaves this, for this duty, until its end"),
    rule("data.*.share", "exits", "nothing leaves the server"),
    rule("register", "registers", "the registers are kept"),
    rule("register.application_log", "registers", "its entries are kept"),
    rule("register.application_log.keep", "retention", "the detail of an entry dies then"),
    rule("register.security_log", "registers", "its entries are kept"),
    rule("register.security_log.keep", "retention", "the detail of an entry dies then"),
    rule("register.consents", "registers", "consents given and withdrawn are kept"),
    rule("register.consents.keep", "retention", "a withdrawn consent dies then"),
    rule("register.holds", "registers", "holds and releases are kept"),
    rule("register.holds.keep", "retention", "a released hold dies then"),
    rule("register.certificates", "registers", "certificates are kept"),
    rule("register.certificates.keep", "retention", "a certificate dies then"),
    rule("purpose", "decision", "only declared purposes exist"),
    rule("purpose.*", "decision", "an undeclared purpose is refused"),
    rule("purpose.*.basis", "consent", "what rests on consent needs one"),
    rule("purpose.*.kind", "decision", "a forbidden kind is refused"),
    rule("purpose.*.by", "decision", "other staff are refused"),
    rule("purpose.*.people", "pseudonyms", "names become tokens, what cannot is left out"),
    rule("purpose.*.when", "features", "refused while the feature or switch is off"),
    rule("purpose.*.objection", "decision", "an objection ends the use, or waits to be weighed"),
    rule("document", "choices", "what is processed for a customer waits until it is accepted"),
    rule("document.*", "choices", "what is processed for a customer waits until it is accepted"),
    rule("document.*.given", "choices", "processing waits until an admin has accepted it"),
    rule("purpose.*.needs", "grants", "staff read under access that was given for it"),
    rule("purpose.*.lasts", "grants", "access ends by itself"),
    rule("never", "decision", "a forbidden kind is refused"),
    rule("never.*", "decision", "a forbidden kind is refused"),
    rule("always", "decision", "the engine keeps it whatever a policy says"),
    rule("always.declared_only", "declaration", "an undeclared field is refused by name"),
    rule(
        "always.screened",
        "screening",
        "card numbers and national ids are masked on their way in",
    ),
    rule("always.feature_first", "features", "no category of a feature that is off"),
    rule("always.purpose_bound", "decision", "no read without a purpose"),
    rule("always.least_privilege", "decision", "no role reads what no purpose gives it"),
    rule("always.use_is_no_consent", "consent", "only a recorded act is a consent"),
    rule("always.bounded_keeping", "retention", "everything has an end"),
    rule("always.sealed_at_rest", "sealing", "no personal value lies on disk in clear"),
    rule("always.walls", "walls", "another workspace's id does not exist"),
    rule("always.tamper_evident", "registers", "a changed or missing entry does not fit the log"),
    rule("always.listed_recipients", "exits", "nothing leaves the server"),
    rule("always.special_needs_basis", "consent", "no special data without explicit consent"),
    rule("always.keys_destroyed", "erasure", "an erasure destroys its keys"),
    rule("always.hold_wins", "holds", "a hold stops every deleter"),
    rule("right", "rights", "rights are served"),
    rule("right.access", "rights", "a person gets all that is held"),
    rule("right.information", PUBLISHED, "the page says what, what for, who else and how long"),
    rule("right.correction", "rights", "wrong values are put right at the person's request"),
    rule("right.portability", "rights", "what one gave is handed out with its types and a sum"),
    rule("right.erasure", "erasure", "a person's data are erased and certified"),
    rule("right.restriction", "rights", "restricted data are not used"),
    rule("right.withdrawal", "consent", "a withdrawal acts at once"),
    rule("right.objection", "rights", "an objection acts, or is weighed"),
    rule("children", "children", "nobody too young is accepted"),
    rule("children.min_age", "children", "who is younger is refused, and nothing is stored"),
    rule("children.approval", "children", "nothing is written or used without it"),
    rule("children.approval.under", "children", "at this age it is not needed any more"),
    rule("children.approval.by", "children", "nothing is written or used until all have agreed"),
    rule("children.approval.only", "children", "of other people it is not asked"),
    rule("children.approval.where", "children", "elsewhere it is not asked"),
    rule("duty", PUBLISHED, "the page says who does what"),
    rule("duty.*", PUBLISHED, "the page says who does it"),
    rule("duty.*.by", PUBLISHED, "the page says who does it"),
    rule("notice", "notices", "people are told in the application"),
    rule("notice.lapse", "lapses", "told before an account closes by itself"),
    rule("notice.lapse.via", "lapses", "told in the application"),
    rule("notice.lapse.before", "lapses", "no account closes before this has run"),
    rule("notice.hold", "notices", "who is held is told"),
    rule("notice.hold.via", "notices", "told in the application"),
    rule("notice.policy_change", "notices", "whom a change concerns is told before it is in force"),
    rule("notice.policy_change.via", "notices", "told in the application and on the page"),
    rule(
        "notice.policy_change.before",
        "notices",
        "no such change is in force before this has run",
    ),
    rule("request.acknowledge", "rights", "a request has its number at once"),
    rule("request.acknowledge.within", "rights", "a request has its number at once"),
    rule("request.answer", "rights", "a request is answered at once, and its due time is shown"),
    rule("request.answer.within", "rights", "a request is answered at once"),
    rule("request.answer.cap", "rights", "the law's shorter term is the due time"),
    rule("workspace", "closing", "a workspace can be closed, and ends"),
    rule(
        "workspace.closing",
        "closing",
        "closed, it is used for nothing; then everybody is erased",
    ),
    rule("workspace.closing.keep", "closing", "when it is over everybody is erased"),
    rule("officer", PUBLISHED, "the page names the officer"),
    rule("officer.mail", PUBLISHED, "the page gives the officer's address"),
];

/// The rule that speaks of a path.
pub(crate) fn rule_for(path: &str) -> Option<&'static Rule> {
    static SECTIONS: OnceLock<HashMap<&str, Vec<&Rule>>> = OnceLock::new();
    let section = |path: &'static str| path.split('.').next().unwrap_or_default();
    let sections = SECTIONS.get_or_init(|| {
        let mut sections: HashMap<&str, Vec<&Rule>> = HashMap::new();
        for rule in ENFORCED {
            sections.entry(section(rule.path)).or_default().push(rule);
        }
        sections
    });
    let rules = sections.get(path.split('.').next().unwrap_or_default())?;
    rules.iter().copied().find(|rule| {
        let mut pattern = rule.path.split('.');
        let mut parts = path.split('.');
        loop {
            match (pattern.next(), parts.next()) {
                (None, None) => return true,
                (Some(wanted), Some(part)) if wanted == "*" || wanted == part => {}
                _ => return false,
            }
        }
    })
}

/// The state of a row or key by itself, were it not listed as planned. That of what a duty rests on is found among
/// the other rows.
pub(crate) fn state(policy: &Policy, root: &Table, path: &str) -> State {
    let section = path.split('.').next().unwrap_or_default();
    if ["evidence", "resold"].contains(&section) || is_habit(path) {
        return State::Evidence;
    }
    if is_resting(path) {
        return State::Said;
    }
    let Some(rule) = rule_for(path) else { return State::Planned };
    if rule.probe == PUBLISHED {
        return State::Said;
    }
    if excepted(policy, root, path) { State::Planned } else { State::Enforced }
}

/// Rows about what people do again and again: papers show them, no data do.
const HABITS: &[&str] = &[
    "security.access_review",
    "security.patching",
    "security.risk_review",
    "security.code_review",
    "security.scans",
    "security.tests",
    "officer.trains",
    "officer.reports",
    "officer.independent",
];

fn is_habit(path: &str) -> bool {
    HABITS.iter().any(|row| {
        path.strip_prefix(row).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Whether a path is the key by which a duty rests on other rows.
pub(crate) fn is_resting(path: &str) -> bool {
    path.starts_with("duty.") && path.ends_with(".rests_on")
}

/// What a path promises more than the engine keeps.
fn excepted(policy: &Policy, root: &Table, path: &str) -> bool {
    let mut parts = path.split('.');
    let (section, id, key) = (parts.next(), parts.next(), parts.next());
    let (Some(section), Some(id), Some(key)) = (section, id, key) else { return false };
    let node = root.row(section, id).and_then(|row| row.node(key));
    match (section, key) {
        // A part of the workspace ends by its closing, if the policy has one.
        ("data", "part_of" | "keep") if in_workspace(root, id) => {
            policy.closing.is_none() || (key == "keep" && ends_elsewhere(policy, id))
        }
        ("data", "keep") => ends_elsewhere(policy, id),
        ("data", "fields" | "optional") => {
            node.is_some_and(|list| list.texts().any(|(name, _)| CONNECTED.contains(&name)))
        }
        ("data", "lapses") => lapses_elsewhere(policy, id, node) || names_setting(policy, node),
        // What a policy promises to show on the page is there; mail is only recorded as due.
        ("notice", "via") => node.is_some_and(|list| {
            let shown = |way: &str| way == "in_app" || (way == "site" && id == "policy_change");
            list.texts().any(|(way, _)| !shown(way))
        }),
        ("document", "given") => node.and_then(Node::text) != Some("before_use"),
        ("purpose", "basis") => node.is_some_and(|basis| basis.table().is_some()),
        _ => false,
    }
}

fn in_workspace(root: &Table, id: &str) -> bool {
    root.row("data", id).and_then(|row| row.node("part_of")?.text()) == Some("workspace")
}

/// The engine ends data by time, by declared events and by switching off; and it stores all that it takes.
fn ends_elsewhere(policy: &Policy, id: &str) -> bool {
    match policy.category(id).map(|category| &category.keep) {
        Some(Keep::Ends(ends)) => {
            ends.iter().any(|end| matches!(end.anchor, Anchor::Disconnected(_)))
        }
        Some(Keep::WithWhole | Keep::Never | Keep::ForEver) => false,
        None => true,
    }
}

/// An account lapses by one rule, counted from its own use or from the day it was made.
fn lapses_elsewhere(policy: &Policy, id: &str, node: Option<&Node>) -> bool {
    let lapses = policy.category(id).and_then(|category| category.lapses.as_ref());
    let own = lapses.is_some_and(|end| match &end.anchor {
        Anchor::Collected => true,
        Anchor::Event { category, event } => {
            category == id && !["closed", "restored"].contains(&event.as_str())
        }
        _ => false,
    });
    !own || node.map(Node::texts).is_none_or(|texts| texts.count() != 1)
}

fn names_setting(policy: &Policy, node: Option<&Node>) -> bool {
    let Some(node) = node else { return false };
    node.texts().any(|(text, _)| {
        let first = text.split(' ').next().unwrap_or_default();
        policy.setting(first).is_some()
    })
}
