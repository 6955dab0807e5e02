//! From the tree of syntax to the tree of meaning. What is wrong has been reported before and is left out here.

use std::{collections::HashSet, sync::Arc};

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    fields,
    model::{
        Anchor, Approval, Basis, Category, Children, Company, End, EventRule, Feature, Field,
        FieldKind, Find, Keep, MinAge, Need, Notice, Objection, Paper, Period, Policy, Purpose,
        Recipient, Register, Sealing, Service, Setting, SettingKind, Share, Statutory, Step,
    },
    part, phrase,
    places::{Index, Places},
    promise::{rows, texts},
    setting,
    tree::{Node, Table, Value},
    words::Words,
};

/// Far more than any text makes; a bound for what a range can write out.
pub(crate) const MOST_PROMISES: usize = 200_000;

pub(crate) fn policy(root: &Table) -> Policy {
    let empty = Table::default();
    let section = |name: &str| root.node(name).and_then(Node::table).unwrap_or(&empty);
    let (head, scope) = (section("policy"), section("scope"));
    let mut policy = Policy {
        version: text(head, "version"),
        effective: date(head, "effective").unwrap_or(Date::MIN),
        reviewed: date(head, "reviewed"),
        languages: texts(head.node("languages")),
        binding: text(head, "binding"),
        laws: texts(head.node("laws")),
        company: company(section("company")),
        officer: section("officer").node("mail").and_then(Node::text).map(str::to_owned),
        people: texts(scope.node("people")),
        staff: texts(scope.node("staff")),
        plans: texts(scope.node("plans")),
        services: services(root),
        features: features(root),
        settings: settings(root),
        categories: Vec::new(),
        purposes: root.rows("purpose").map(|(entry, row)| purpose(&entry.key, row)).collect(),
        papers: root.rows("document").map(|(entry, row)| paper(&entry.key, row)).collect(),
        never: root.rows("never").map(|(entry, _)| entry.key.clone()).collect(),
        recipients: recipients(root),
        registers: Vec::new(),
        closing: root
            .row("workspace", "closing")
            .and_then(|row| row.node("keep")?.text())
            .and_then(|text| phrase::period(text).ok()),
        notices: notices(root),
        children: root.node("children").and_then(Node::table).and_then(children),
        answer: root.row("request", "answer").and_then(step),
        rows: rows(root),
        words: Words::of(root),
        source: source(section("source")),
        places: Places::default(),
    };
    policy.places = Places {
        categories: Index::of(root.rows("data").map(|(entry, _)| &entry.key)),
        purposes: Index::of(policy.purposes.iter().map(|one| &one.id)),
        settings: Index::of(policy.settings.iter().map(|one| &one.id)),
        features: Index::of(policy.features.iter().map(|one| &one.id)),
        rows: Index::of(policy.rows.iter().map(|row| &row.path)),
    };
    policy.registers = root
        .rows("register")
        .map(|(entry, row)| Register {
            id: entry.key.clone(),
            keep: keep(&policy, &entry.key, row.node("keep")),
        })
        .collect();
    policy.categories =
        root.rows("data").map(|(entry, row)| category(&policy, root, &entry.key, row)).collect();
    part::resolve(&mut policy);
    policy
}

/// The ids that `[source] promises` names, written out.
fn source(table: &Table) -> Vec<String> {
    texts(table.node("promises"))
        .iter()
        .filter_map(|ids| phrase::ids(ids).ok())
        .flatten()
        .take(MOST_PROMISES)
        .collect()
}

fn step(row: &Table) -> Option<Step> {
    let (within, _) = phrase::within(row.node("within")?.text()?).ok()?;
    Some(Step { within, capped: row.get("cap").is_some() })
}

fn children(table: &Table) -> Option<Children> {
    let age = table.node("min_age")?;
    let min_age = match age.text() {
        Some(name) => MinAge::Setting(name.to_owned()),
        None => MinAge::Years(years(age)?),
    };
    let approval = |row: &Table| {
        Some(Approval {
            under: years(row.node("under")?)?,
            by: texts(row.node("by")),
            only: texts(row.node("only")),
            countries: texts(row.node("where")),
        })
    };
    let approval = table.node("approval").and_then(Node::table).and_then(approval);
    Some(Children { min_age, approval })
}

fn years(node: &Node) -> Option<u32> {
    match node.value {
        Value::Number(years) => u32::try_from(years).ok(),
        _ => None,
    }
}

fn company(table: &Table) -> Company {
    let zone_name = text(table, "zone");
    Company {
        name: text(table, "name"),
        country: text(table, "country"),
        address: text(table, "address"),
        privacy: text(table, "privacy"),
        general: table.node("general").and_then(Node::text).map(str::to_owned),
        zone: TimeZone::get(&zone_name).unwrap_or(TimeZone::UTC),
        zone_name,
    }
}

fn services(root: &Table) -> Vec<Service> {
    let service = |(entry, row): (&crate::tree::Entry, &Table)| Service {
        id: entry.key.clone(),
        hosts: texts(row.node("hosts")),
    };
    root.rows("service").map(service).collect()
}

fn features(root: &Table) -> Vec<Feature> {
    let all: Arc<[String]> = root.rows("service").map(|(entry, _)| entry.key.clone()).collect();
    let feature = |(entry, row): (&crate::tree::Entry, &Table)| Feature {
        id: entry.key.clone(),
        services: row.node("in").map_or_else(|| Arc::clone(&all), |list| texts(Some(list)).into()),
        plans: texts(row.node("plans")),
        needs: texts(row.node("needs")),
        closed: None,
    };
    root.rows("feature").map(feature).collect()
}

fn settings(root: &Table) -> Vec<Setting> {
    root.rows("setting")
        .map(|(entry, row)| Setting { id: entry.key.clone(), kind: setting_kind(row) })
        .collect()
}

/// What is wrong with a row is reported elsewhere; here a bound that lacks is the default itself.
fn setting_kind(row: &Table) -> SettingKind {
    let default = row.node("default");
    if let Some(choices) = row.node("choices") {
        let default = default.and_then(Node::text).unwrap_or_default().to_owned();
        return SettingKind::Choice { default, choices: texts(Some(choices)) };
    }
    let number =
        |node: &Node| if let Value::Number(number) = node.value { Some(number) } else { None };
    let length = |node: &Node| node.text().and_then(setting::length);
    let (min, max) = (row.node("min"), row.node("max"));
    if let Some(default) = default.and_then(length) {
        let bound = |node: Option<&Node>| node.and_then(length).unwrap_or(default);
        return SettingKind::Length { default, min: bound(min), max: bound(max) };
    }
    if let Some(default) = default.and_then(number) {
        let bound = |node: Option<&Node>| node.and_then(number).unwrap_or(default);
        return SettingKind::Number { default, min: bound(min), max: bound(max) };
    }
    let default = default.is_some_and(|node| matches!(node.value, Value::Switch(true)));
    SettingKind::Switch { default }
}

fn paper(id: &str, row: &Table) -> Paper {
    let before_use = row.node("given").and_then(Node::text) == Some("before_use");
    Paper { id: id.to_owned(), before_use }
}

fn recipients(root: &Table) -> Vec<Recipient> {
    let recipient = |(entry, row): (&crate::tree::Entry, &Table)| Recipient {
        id: entry.key.clone(),
        role: row.node("as").and_then(Node::text).unwrap_or("processor").to_owned(),
        does: texts(row.node("does")),
        gets: texts(row.node("gets")),
        countries: texts(row.node("where")),
    };
    root.rows("recipient").map(recipient).collect()
}

fn notices(root: &Table) -> Vec<Notice> {
    let period = |row: &Table| phrase::period(row.node("before")?.text()?).ok();
    let notice = |(entry, row): (&crate::tree::Entry, &Table)| Notice {
        id: entry.key.clone(),
        via: texts(row.node("via")),
        before: period(row),
    };
    root.rows("notice").map(notice).collect()
}

fn purpose(id: &str, row: &Table) -> Purpose {
    let bases: Vec<Basis> = match row.node("basis").map(|node| &node.value) {
        Some(Value::Table(packs)) => {
            packs.iter().filter_map(|entry| Basis::from_word(entry.node.text()?)).collect()
        }
        Some(_) => {
            texts(row.node("basis")).iter().filter_map(|word| Basis::from_word(word)).collect()
        }
        None => Vec::new(),
    };
    let weighed = row.node("objection").and_then(Node::text) == Some("weighed");
    let objection = match (bases.contains(&Basis::LegitimateInterest), weighed) {
        (false, _) => Objection::None,
        (true, true) => Objection::Weighed,
        (true, false) => Objection::Honoured,
    };
    Purpose {
        id: id.to_owned(),
        kind: row.node("kind").and_then(Node::text).unwrap_or(id).to_owned(),
        bases,
        by: texts(row.node("by")),
        objection,
        needs: texts(row.node("needs")).iter().filter_map(|word| Need::from_word(word)).collect(),
        lasts: row.node("lasts").and_then(Node::text).and_then(|text| phrase::period(text).ok()),
        pseudonymous: row.get("people").is_some(),
        when: row.node("when").and_then(Node::text).map(str::to_owned),
        closed: None,
    }
}

fn category(policy: &Policy, root: &Table, id: &str, row: &Table) -> Category {
    let grace = row.node("grace").and_then(Node::text).and_then(|text| phrase::period(text).ok());
    let lapses = match keep(policy, id, row.node("lapses")) {
        Keep::Ends(ends) => ends.into_iter().next().filter(|_| grace.is_some()),
        _ => None,
    };
    let keep = match grace {
        Some(period) => Keep::Ends(vec![End {
            period,
            setting: None,
            anchor: Anchor::Event { category: id.to_owned(), event: "closed".to_owned() },
        }]),
        None => keep(policy, id, row.node("keep")),
    };
    let part_of = row.node("part_of").and_then(Node::text);
    Category {
        id: id.to_owned(),
        of: texts(row.node("of")).into(),
        part_of: part_of.filter(|whole| root.row("data", whole).is_some()).map(str::to_owned),
        fields: fields_of(root, row),
        purposes: texts(row.node("for")),
        feeds: row.node("feeds").and_then(Node::text).map(str::to_owned),
        groups_of: row.node("groups_of").and_then(|node| match node.value {
            Value::Number(number) => u32::try_from(number).ok(),
            _ => None,
        }),
        keep,
        events: events(row, grace.is_some()),
        grace,
        lapses,
        when: row.node("when").and_then(Node::text).map(str::to_owned),
        processor: row.node("role").and_then(Node::text) == Some("processor"),
        share: match row.node("share") {
            None => Share::Open,
            Some(node) if node.text().is_some() => Share::Never,
            Some(node) => Share::Only(texts(Some(node))),
        },
        statutory: row.node("statutory").and_then(Node::table).and_then(|duty| {
            let purpose = duty.node("for").and_then(Node::text)?.to_owned();
            Some(Statutory { purpose, fields: texts(duty.node("fields")) })
        }),
        special: row.node("special").and_then(Node::text).map(str::to_owned),
        sealing: Sealing::Own,
        closed: None,
        parts: Vec::new(),
        was: row.node("was").and_then(Node::text).map(str::to_owned),
        were: were(row),
    }
}

fn were(row: &Table) -> Vec<(String, String)> {
    let table = row.node("were").and_then(Node::table);
    let renamed = table.into_iter().flat_map(Table::iter);
    renamed.filter_map(|entry| Some((entry.key.clone(), entry.node.text()?.to_owned()))).collect()
}

fn events(row: &Table, grace: bool) -> Vec<EventRule> {
    let own = texts(row.node("events"));
    let mut events: Vec<EventRule> = own
        .iter()
        .filter_map(|text| phrase::event_rule(text).ok())
        .map(|(name, clears)| EventRule { name: name.text, clears: clears.map(|word| word.text) })
        .collect();
    if grace {
        let restored = Some("closed".to_owned());
        events.push(EventRule { name: "closed".to_owned(), clears: None });
        events.push(EventRule { name: "restored".to_owned(), clears: restored });
    }
    events
}

fn fields_of(root: &Table, row: &Table) -> Vec<Field> {
    let names = |key: &str| -> HashSet<&str> {
        row.node(key).into_iter().flat_map(Node::texts).map(|(text, _)| text).collect()
    };
    let (unique, found) = (names("unique"), names("find_by"));
    let field = |name: String, required: bool| {
        let find = if unique.contains(name.as_str()) {
            Find::Unique
        } else if found.contains(name.as_str()) {
            Find::ByValue
        } else {
            Find::No
        };
        let kind = kind_of(root, &name)?;
        Some(Field { name, kind, required, find })
    };
    let given = texts(row.node("fields")).into_iter().filter_map(|name| field(name, true));
    let optional = texts(row.node("optional")).into_iter().filter_map(|name| field(name, false));
    given.chain(optional).collect()
}

pub(crate) fn kind_of(root: &Table, name: &str) -> Option<FieldKind> {
    let own = root.node("field").and_then(|section| section.table()?.node(name));
    let Some(node) = own else { return fields::standard(name) };
    if node.list().is_some() {
        return Some(FieldKind::Options(texts(Some(node))));
    }
    Some(match node.text()? {
        "text" => FieldKind::Text,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "number" => FieldKind::Number,
        "date" => FieldKind::Date,
        "time" => FieldKind::Time,
        "yes_no" => FieldKind::YesNo,
        "image" => FieldKind::Image,
        "file" => FieldKind::File,
        "place" => FieldKind::Place,
        "ip" => FieldKind::Ip,
        "url" => FieldKind::Url,
        "money" => FieldKind::Money,
        "vector" => FieldKind::Vector,
        "secret" => FieldKind::Secret,
        "token" => FieldKind::Token,
        "person" => FieldKind::Person,
        _ => return None,
    })
}

fn keep(policy: &Policy, owner: &str, node: Option<&Node>) -> Keep {
    let mut ends = Vec::new();
    for (text, _) in node.into_iter().flat_map(Node::texts) {
        match phrase::keep(text) {
            Ok(phrase::Keep::Never) => return Keep::Never,
            Ok(phrase::Keep::ForEver) => return Keep::ForEver,
            Ok(phrase::Keep::With(_)) => return Keep::WithWhole,
            Ok(phrase::Keep::End(length, event)) => {
                let anchor = anchor(owner, event);
                ends.extend(length_of(policy, length).map(|(period, setting)| End {
                    period,
                    setting,
                    anchor,
                }));
            }
            Err(_) => {}
        }
    }
    Keep::Ends(ends)
}

/// How long, and the setting that chooses it.
fn length_of(policy: &Policy, length: Option<phrase::Length>) -> Option<(Period, Option<String>)> {
    match length {
        None => Some((Period::ZERO, None)),
        Some(phrase::Length::Period(period)) => Some((period, None)),
        Some(phrase::Length::Setting(name)) => match policy.setting(&name.text)?.kind {
            SettingKind::Length { default, .. } => Some((default, Some(name.text))),
            _ => None,
        },
    }
}

fn anchor(owner: &str, event: Option<phrase::Event>) -> Anchor {
    let Some(event) = event else { return Anchor::Collected };
    let Some(subject) = event.subject else {
        if event.name.text == "collected" {
            return Anchor::Collected;
        }
        return Anchor::Event { category: owner.to_owned(), event: event.name.text };
    };
    match event.name.text.as_str() {
        "off" => Anchor::FeatureOff(subject.text),
        "disconnected" => Anchor::Disconnected(subject.text),
        "closed" if subject.text == "workspace" => Anchor::WorkspaceClosed,
        _ => Anchor::Event { category: subject.text, event: event.name.text },
    }
}

fn text(table: &Table, key: &str) -> String {
    table.node(key).and_then(Node::text).unwrap_or_default().to_owned()
}

fn date(table: &Table, key: &str) -> Option<Date> {
    match table.node(key)?.value {
        Value::Date(date) => Some(date),
        _ => None,
    }
}
