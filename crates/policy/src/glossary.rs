//! What each section, row and key of the language means, in one sentence; found by its path.

use crate::{
    locale::Locale,
    schema::{COMMON, Key, SECTIONS, Section, Shape, Type},
};

/// What a path of the language is about: `data`, `data.selfie`, `data.selfie.keep`, or with `*` for any id.
///
/// A path that the language does not have means nothing. What the table below does not say is said by its label.
pub(crate) fn meaning(path: &str) -> Option<String> {
    let place = place(path)?;
    let mut parts = path.split('.');
    let (section, row, key) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let mut patterns = vec![path.to_owned()];
    match (row, key) {
        (Some(_), Some(key)) => {
            patterns.push(format!("{section}.*.{key}"));
            patterns.push(format!("*.{key}"));
        }
        (Some(key), None) => patterns.push(match place {
            Place::Key(_) | Place::Common => format!("*.{key}"),
            Place::Section | Place::Row => format!("{section}.*"),
        }),
        (None, _) => {}
    }
    let known = patterns.iter().find_map(|pattern| {
        MEANINGS.iter().find(|(known, _)| known == pattern).map(|(_, words)| (*words).to_owned())
    });
    Some(known.unwrap_or_else(|| match place {
        Place::Key(_) | Place::Common => {
            let key = path.rsplit('.').next().unwrap_or(path);
            Locale::of("en").key(&path_of(section, row), key)
        }
        Place::Section | Place::Row => Locale::of("en").row(path),
    }))
}

/// What can be written there, for keys.
pub(crate) fn accepted(path: &str) -> Option<String> {
    match place(path)? {
        Place::Key(key) => Some(accepts(key.of)),
        _ => None,
    }
}

/// A section, row or key of the language in some lines, without any policy.
pub(crate) fn explain(path: &str) -> Option<String> {
    let mut lines = vec![format!("{path}: {}", meaning(path)?)];
    lines.extend(accepted(path).map(|value| format!("value: {value}")));
    lines.extend(needed(path).map(str::to_owned));
    lines.push(String::new());
    Some(lines.join("\n"))
}

enum Place {
    Section,
    Row,
    Key(&'static Key),
    Common,
}

fn path_of(section: &str, row: Option<&str>) -> String {
    row.map_or_else(|| section.to_owned(), |row| format!("{section}.{row}"))
}

fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

fn place(path: &str) -> Option<Place> {
    let mut parts = path.split('.');
    let section = section(parts.next()?)?;
    let Some(first) = parts.next() else { return Some(Place::Section) };
    let second = parts.next();
    if parts.next().is_some() || first.is_empty() || second == Some("") {
        return None;
    }
    if second.is_none() && COMMON.contains(&first) {
        return Some(Place::Common);
    }
    let key = |keys: &'static [Key], name: &str| {
        if COMMON.contains(&name) {
            return Some(Place::Common);
        }
        keys.iter().find(|key| key.name == name).map(Place::Key)
    };
    let (keys, row): (&'static [Key], bool) = match section.shape {
        Shape::Row(keys) => return if second.is_none() { key(keys, first) } else { None },
        Shape::Free => return second.is_none().then_some(Place::Row),
        Shape::Open(keys) => (keys, true),
        Shape::Listed(words, keys, _) => (keys, words.contains(&first) || first == "*"),
        Shape::Closed(own, rows) => match rows.iter().find(|row| row.name == first) {
            Some(row) => (row.keys, true),
            None => return if second.is_none() { key(own, first) } else { None },
        },
    };
    match second {
        _ if !row => None,
        None => Some(Place::Row),
        Some(name) => key(keys, name),
    }
}

/// Whether every policy has it.
pub(crate) fn needed(path: &str) -> Option<&'static str> {
    match place(path)? {
        Place::Key(key) if key.required => Some("always needed"),
        Place::Section if section(path).is_some_and(|section| section.required) => {
            Some("always needed")
        }
        _ => None,
    }
}

/// Every path of the language, with `*` where the author names the row.
#[cfg(test)]
pub(crate) fn paths() -> Vec<String> {
    let mut found = Vec::new();
    let mut row = |path: String, keys: &[Key]| {
        found.extend(keys.iter().map(|key| format!("{path}.{}", key.name)));
        found.push(path);
    };
    for section in SECTIONS {
        let name = section.name;
        match section.shape {
            Shape::Row(keys) => row(name.to_owned(), keys),
            Shape::Free => row(name.to_owned(), &[]),
            Shape::Open(keys) => {
                row(name.to_owned(), &[]);
                row(format!("{name}.*"), keys);
            }
            Shape::Listed(words, keys, _) => {
                row(name.to_owned(), &[]);
                for word in words {
                    row(format!("{name}.{word}"), keys);
                }
            }
            Shape::Closed(own, rows) => {
                row(name.to_owned(), own);
                for one in rows {
                    row(format!("{name}.{}", one.name), one.keys);
                }
            }
        }
    }
    found
}

fn accepts(of: Type) -> String {
    let listed = |words: &[&str]| {
        words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    };
    match of {
        Type::Text => "a text".to_owned(),
        Type::Mail => "an e-mail address".to_owned(),
        Type::Hosts => "a list of host names".to_owned(),
        Type::Zone => "a time zone such as `Asia/Jakarta`".to_owned(),
        Type::Country => "the code of a country such as `ID`".to_owned(),
        Type::Countries => "a list of codes of countries such as `ID`, or `EU`".to_owned(),
        Type::Date => "a date such as 2026-05-13, without quotes".to_owned(),
        Type::Number(low, high) => format!("a whole number from {low} to {high}"),
        Type::Names => "a list of ids, which are declared by this".to_owned(),
        Type::Word(words) => format!("one of {}", listed(words)),
        Type::Words(words) => format!("a list of some of {}", listed(words)),
        Type::Ref(space) => format!("the id of a {}", space.noun()),
        Type::Refs(space) => format!("a list, each the id of a {}", space.noun()),
        Type::Period => "a period such as `30 days`".to_owned(),
        Type::Length => "a period such as `30 days`, or a setting that holds one".to_owned(),
        Type::Keep => {
            "`90 days`, `1 year after resolved`, `until google.disconnected`, `with WHOLE`, \
                       `never`, or a list of which the earliest ends it"
                .to_owned()
        }
        Type::Within => {
            "a period such as `3 business days`, or `72 hours after confirmed`".to_owned()
        }
        Type::Events => {
            "a list of events such as `resolved` and `reopened clears resolved`".to_owned()
        }
        Type::Hours => "hours of work such as `mon-fri 09:00-17:00`".to_owned(),
        Type::Lives => "a period such as `30 days`, or `session`".to_owned(),
        Type::MinAge => "an age in years, or a setting that holds one".to_owned(),
        Type::Basis => {
            "a lawful basis; a list when one of them is recorded for each person; a table by law"
                .to_owned()
        }
        Type::Share => "`never`, or a list of reasons".to_owned(),
        Type::Statutory => "a table with `for`, a purpose, and `fields`".to_owned(),
        Type::Gets => {
            "a list of categories, of fields such as `account.email`, or `sealed`".to_owned()
        }
        Type::Each => "a field such as `engagement.school`".to_owned(),
        Type::Scopes => {
            "a table from each scope of the other service to the data it gives".to_owned()
        }
        Type::Was => "the id that it had".to_owned(),
        Type::Were => "a table from each field to the id that it had".to_owned(),
        Type::KeptOn => "`server`, `tablets`, or a setting that chooses".to_owned(),
        Type::Choice => "a period, a number, a choice, or true or false".to_owned(),
        Type::Choices => "a list of ids to choose from".to_owned(),
        Type::Ids => "a list of ids such as `C-73` and ranges such as `ASH-01..ASH-174`".to_owned(),
        Type::Globs => "a list of paths; `*` stands for anything".to_owned(),
        Type::Link => "an address such as `https://example.org/privacy`".to_owned(),
    }
}

type Meaning = (&'static str, &'static str);

const MEANINGS: &[Meaning] = &[
    ("policy", "which version this is, when it holds, in which languages and under which laws"),
    ("policy.version", "what the company calls this version"),
    ("policy.effective", "the day from which it holds"),
    ("policy.reviewed", "the day when somebody last went through it"),
    ("policy.languages", "the languages in which the page is published"),
    ("policy.binding", "the language whose text counts when two differ"),
    ("policy.laws", "the laws that the policy is checked against"),
    ("company", "who answers for the data"),
    ("company.name", "the name of the company"),
    ("company.country", "where the company is seated"),
    ("company.address", "where letters reach it"),
    ("company.privacy", "the address for questions about personal data"),
    ("company.general", "the address for everything else"),
    ("company.security", "the address for reports about security"),
    ("company.zone", "the time zone in which its days begin and end"),
    ("company.hours", "when it works; business days are counted by it"),
    ("company.holidays", "the country whose public holidays are no business days"),
    ("scope", "the kinds of people, staff and plans that the other rows speak of"),
    ("scope.people", "whose data there are"),
    ("scope.staff", "who in the company may read data; the officer is built in"),
    ("scope.plans", "what customers can subscribe to"),
    ("service", "what the company offers"),
    ("service.*", "one thing that the company offers"),
    ("service.*.hosts", "the sites where people find it"),
    ("feature", "what a workspace can switch on; everything begins switched off"),
    ("feature.*", "one thing that a workspace can switch on"),
    ("feature.*.in", "the services that have it; all when left out"),
    ("feature.*.plans", "the plans that include it; all when left out"),
    ("feature.*.needs", "what must be done before it may be switched on"),
    ("setting", "what a workspace may choose for itself, and how far"),
    ("setting.*", "one choice of a workspace"),
    ("setting.*.default", "what holds until somebody chooses"),
    ("setting.*.min", "the least that can be chosen"),
    ("setting.*.max", "the most that can be chosen"),
    ("setting.*.choices", "what can be chosen"),
    ("data", "every category of personal data; what stands in none is refused"),
    ("data.*", "one category: whose it is, what it holds, what it is for and when it ends"),
    ("data.*.of", "whose data these are"),
    (
        "data.*.part_of",
        "the category whose record it hangs on, and with which it ends at the latest",
    ),
    ("data.*.fields", "what must be given"),
    ("data.*.optional", "what may be given; everything else is refused"),
    ("data.*.unique", "fields by which a record is found, and that no two records share"),
    ("data.*.find_by", "fields by which records are found"),
    ("data.*.was", "the id it had in the version before, so that its records follow"),
    ("data.*.were", "renamed fields with the ids they had, so that their values follow"),
    ("data.*.for", "the purposes it may be read for, and no others"),
    ("data.*.feeds", "the statistics it is counted in"),
    ("data.*.keep", "how long it is kept"),
    ("data.*.grace", "how long a closed account can be restored before it is erased"),
    ("data.*.events", "what can happen to a record, so that a period can run from it"),
    ("data.*.lapses", "when an unused account closes by itself"),
    ("data.*.when", "the feature or switch without which it is not collected"),
    ("data.*.role", "whether the company decides about it or only acts for a customer"),
    ("data.*.statutory", "what the law makes the company keep when a person asks for erasure"),
    ("data.*.special", "why the law protects it more strictly"),
    ("data.*.share", "the only reasons for which it may leave, whatever a recipient row says"),
    ("data.*.captured_on", "the only kind of device it may be taken on"),
    ("data.*.kept_on", "where it may lie"),
    ("data.*.lease", "how long a device may use it without contact to the server"),
    ("data.*.groups_of", "the smallest group that is counted; nobody is recognisable in one"),
    ("workspace", "what holds for customers with a workspace of their own"),
    ("workspace.closing", "when a workspace that is closed is erased with all that is in it"),
    ("workspace.closing.keep", "how long a closed workspace can still be exported"),
    ("workspace.handover", "what becomes of the data at the end is for the customer to choose"),
    ("workspace.handover.choose", "what can be chosen"),
    ("workspace.instructions", "data of a customer are used as the customer instructs"),
    ("register", "what must be remembered to run and to prove the rest"),
    ("register.*.keep", "how long its entries stay"),
    ("purpose", "what data are used for; a use for anything else is refused"),
    ("purpose.*", "one purpose, with the reason why it is lawful"),
    ("purpose.*.basis", "why the use is lawful"),
    ("purpose.*.kind", "which kind of purpose it is, when its id is not one"),
    ("purpose.*.by", "the staff who may read for it; nobody when left out"),
    ("purpose.*.needs", "what must be there before each use by staff"),
    ("purpose.*.lasts", "when such a permission ends by itself"),
    ("purpose.*.sends", "the messages that are sent for it"),
    ("purpose.*.when", "the feature or switch without which it is not done"),
    ("purpose.*.objection", "whether an objection ends the use at once or is weighed first"),
    ("purpose.*.people", "whether the people are seen under pseudonyms only"),
    ("never", "kinds of use that are not made at all"),
    ("recipient", "everybody outside the company who gets data"),
    ("recipient.*", "one recipient"),
    ("recipient.*.as", "whether it works for the company, decides for itself, or is an authority"),
    ("recipient.*.does", "the jobs it does for the company"),
    ("recipient.*.gets", "the data it gets"),
    ("recipient.*.where", "the countries where it has them"),
    ("recipient.*.for", "the purposes it gets them for"),
    ("recipient.*.each", "the field whose value says which one gets the data of a person"),
    ("recipient.*.only_in", "countries of customers for which alone it is used"),
    ("recipient.*.not_in", "countries of customers for which it is not used"),
    ("recipient.*.when", "the feature or switch without which it gets nothing"),
    ("recipient.*.safeguards", "what protects the data on the way and there"),
    ("recipient.*.policy", "where its own privacy policy stands"),
    ("transfer", "where data are at home, and what protects them elsewhere"),
    ("transfer.home", "the countries where data are at home"),
    ("transfer.safeguards", "what protects data in other countries"),
    ("integration", "accounts of other services that people connect"),
    ("integration.*", "one service whose accounts people connect"),
    ("integration.*.recipient", "the recipient that runs it"),
    ("integration.*.access", "whether it is only read or also changed"),
    ("integration.*.tokens", "the category of the keys to it; they end when it is disconnected"),
    ("integration.*.probe", "how often is checked whether it is still connected"),
    ("integration.*.scopes", "what each permission of the other service is used for"),
    ("document", "papers that people and customers can have"),
    ("document.*", "one paper"),
    ("document.*.given", "when it is given"),
    ("security", "how data are kept safe"),
    ("security.tls", "how connections are encrypted"),
    ("security.tls.min", "the oldest version that is accepted"),
    ("security.passwords", "how passwords are stored: as a check value that cannot be turned back"),
    ("security.passwords.hash", "the method"),
    ("security.passwords.cost", "how much work each guess costs"),
    ("security.access_token", "the key that a signed-in device shows with each request"),
    ("security.refresh_token", "the key that gets a device a new access token"),
    ("security.blocklist", "the marks of tokens that were revoked"),
    ("security.blocklist.keep", "how long a mark stays; no shorter than the token lives"),
    ("security.*.lives", "how long it works"),
    ("security.backups", "copies against loss"),
    ("security.backups.every", "how often one is made"),
    ("security.backups.gone", "when the last copy of something erased is gone"),
    ("security.backups.drill", "how often restoring is tried"),
    ("security.recovery", "how a failure is recovered from"),
    ("security.recovery.point", "the newest data that may be lost are no older than this"),
    ("security.recovery.time", "how long it takes until all runs again"),
    ("security.mfa", "signing in takes a second factor"),
    ("security.mfa.by", "the staff for whom it is required; everybody when left out"),
    ("security.sso", "customers can sign in with their own sign-in"),
    ("security.sso.with", "the standards that can be used"),
    ("security.network", "parts that need not be reached from outside cannot be"),
    ("security.code_review", "changes of the code are read by a second person"),
    ("security.scans", "known holes are searched for regularly"),
    ("security.tests", "somebody is paid regularly to try to break in"),
    ("security.detection", "signs of a breach are looked for"),
    ("security.access_review", "who may read what is gone through regularly"),
    ("security.patching", "software is kept up to date regularly"),
    ("security.risk_review", "risks are gone through regularly"),
    ("always", "what the engine keeps whatever a policy says, listed to be published and proved"),
    ("always.declared_only", "what no category declares is refused"),
    (
        "always.screened",
        "what looks like a card or identity number is refused where it does not belong",
    ),
    ("always.least_privilege", "nobody reads without a purpose that names their role"),
    ("always.tamper_evident", "every use stands in a log in which changes show"),
    ("always.feature_first", "data of a feature are not collected before it is switched on"),
    ("always.purpose_bound", "every read names a purpose that the category has"),
    ("always.use_is_no_consent", "only a recorded act is a consent"),
    ("always.bounded_keeping", "every category has an end"),
    ("always.sealed_at_rest", "stored values are encrypted"),
    ("always.walls", "one workspace cannot see another"),
    ("always.listed_recipients", "nobody gets data who is not listed"),
    ("always.agreement_first", "a recipient gets nothing before an agreement is there"),
    ("always.legal_case_first", "an authority gets nothing without a legal case"),
    ("always.special_needs_basis", "special data are used on a strict basis only"),
    ("always.keys_destroyed", "erasing destroys the keys, so that copies cannot be read either"),
    ("always.recipients_erase", "recipients are told to erase as well, and their answers are kept"),
    ("always.hold_wins", "what a court needs is not deleted until it is released"),
    ("evidence", "promises about people and habits, which somebody shows again and again"),
    ("evidence.*", "one promise that is shown by dated papers"),
    ("evidence.*.due", "the day by which it is shown, when it is shown once"),
    ("duty", "who does what, between the company and its customers"),
    ("duty.*", "one duty"),
    ("duty.*.by", "whose duty it is"),
    ("duty.*.rests_on", "the rows that keep it, when it is the company's"),
    ("resold", "services of others that the company sells on"),
    ("resold.*", "one such service"),
    ("resold.*.document", "the paper that says what its maker promises"),
    ("resold.*.policy", "where the privacy policy of its maker stands"),
    ("*.every", "how often"),
    ("*.owner", "who sees to it"),
    ("right", "what people can ask for"),
    ("right.information", "to be told what is done with one's data"),
    ("right.access", "to see one's data and get a copy"),
    ("right.correction", "to have wrong data put right"),
    ("right.erasure", "to have one's data erased"),
    ("right.restriction", "to have one's data left unused for a time"),
    ("right.withdrawal", "to take a consent back"),
    ("right.objection", "to object to a use that rests on the company's interest"),
    ("right.portability", "to take one's data along in a usual format"),
    ("right.human_review", "to have a decision of a machine looked at by a person"),
    ("right.compensation", "to be compensated for damage"),
    ("right.*.within", "when it is answered, where this differs from other requests"),
    ("request", "how a request of a person goes"),
    ("request.subject", "what to write as the subject of a letter"),
    ("request.acknowledge", "the person hears that the request has arrived"),
    ("request.forward", "a request about data of a customer goes to that customer"),
    ("request.answer", "the person gets the answer"),
    ("request.identity", "how is made sure that the right person asks"),
    ("request.fee", "what a request costs: nothing"),
    ("*.within", "how long it may take"),
    ("*.extend", "by how much it can be extended, once and with a reason"),
    ("*.cap", "the law's own term counts where it is shorter"),
    ("*.target", "the earlier time that the company aims at"),
    ("*.via", "how people are told"),
    ("*.says", "what the message contains"),
    ("complaint", "how a complaint goes"),
    ("complaint.subject", "what to write as the subject of a complaint"),
    ("complaint.asks", "what a complaint has to say"),
    ("complaint.acknowledge", "the person hears that the complaint has arrived"),
    ("complaint.investigate", "somebody finds out what happened"),
    ("complaint.answer", "the person hears the outcome"),
    ("complaint.remedies", "what can be done for the person"),
    ("complaint.remedies.offer", "the remedies to choose from"),
    ("complaint.authority", "the person can go to the authority at any time"),
    ("complaint.mediation", "the person can ask for mediation"),
    ("complaint.court", "the person can go to court"),
    ("officer", "the data protection officer"),
    ("officer.mail", "how the officer is reached"),
    ("officer.answer", "the officer answers questions"),
    ("officer.monitors", "watches over the rules"),
    ("officer.assesses", "advises on risks before something new begins"),
    ("officer.receives", "takes questions and reports"),
    ("officer.investigates", "looks into complaints and incidents"),
    ("officer.records", "keeps the records of what is done with data"),
    ("officer.trains", "teaches the staff"),
    ("officer.reports", "reports to those who lead the company"),
    ("officer.reports.to", "who gets the report"),
    ("officer.independent", "takes no orders about the task"),
    ("children", "from which age, and who must agree"),
    ("children.min_age", "nobody younger is accepted"),
    ("children.approval", "for whom somebody else must agree"),
    ("children.approval.under", "the age below which it is needed"),
    ("children.approval.by", "who must agree; all of them"),
    (
        "complaint.authority.named",
        "how an imported text calls the authority; compared with the law's own",
    ),
    (
        "incident.tell_authority.named",
        "how an imported text calls the authority; compared with the law's own",
    ),
    ("incident.tell_people.only", "told only where the risk for them is high, as some laws allow"),
    ("children.approval.only", "the only people it is about"),
    ("children.approval.where", "the countries where it is needed"),
    ("children.report", "parents can report data of a child"),
    ("incident", "what happens when data may have leaked or been lost"),
    ("incident.kinds", "what counts as an incident"),
    ("incident.tell_authority", "the authority is told"),
    ("incident.tell_people", "the people whose data it is about are told"),
    ("incident.tell_customer", "the customer whose data it is about is told"),
    ("incident.help_customer", "the customer gets help with its own duties"),
    ("incident.assess", "somebody finds out how grave it is"),
    ("incident.contain", "the damage is stopped from growing"),
    ("incident.remedy", "what is done about it"),
    ("incident.remedy.offer", "the measures to choose from"),
    ("incident.review", "afterwards somebody writes down what is learnt"),
    ("incident.review.asks", "what the review answers"),
    ("cookie", "what is stored in a browser"),
    ("cookie.*", "one cookie; its id is its name"),
    ("cookie.*.for", "what it is for"),
    ("cookie.*.lives", "how long it stays"),
    ("cookie.*.until", "what removes it earlier"),
    ("notice", "what people are told without asking"),
    ("notice.policy_change", "this policy changes"),
    ("notice.erasure", "data were erased"),
    ("notice.recipient_change", "a recipient comes or goes"),
    ("notice.recipient_change.objection", "what a customer who disagrees can do"),
    ("notice.recipient_change.approval", "whether the customer must agree first"),
    ("notice.lapse", "an unused account is about to close"),
    ("notice.handover", "the company is sold or merged"),
    ("notice.hold", "data are kept for a court"),
    ("*.before", "how long before"),
    ("field", "fields that are not standard, with their type or their options"),
    ("source", "what this file has to account for, when it follows an older text"),
    ("source.promises", "the promises of that text; each is covered by a row"),
    ("source.findings", "what is wrong in that text; each is settled by a row"),
    ("decided", "the reason for each finding that is settled, for people"),
    (
        "unsettled",
        "what an imported text says and no row holds yet; each is an error, and none is published",
    ),
    ("unsettled.*", "one thing that the text says; its id is yours"),
    ("unsettled.*.says", "the words of the text, as short as they can be"),
    ("planned", "what is promised and not kept yet"),
    ("planned.rows", "rows and keys that the page shows as planned"),
    ("text", "the words people read, in each language"),
    ("*.covers", "the promises of the source that this keeps; a table ties them to keys"),
    ("*.resolves", "the findings that this settles; why stands under `[decided]`"),
    ("*.cites", "articles that an imported text names"),
];

#[cfg(test)]
pub(crate) fn patterns() -> impl Iterator<Item = &'static str> {
    MEANINGS.iter().map(|(path, _)| *path)
}
