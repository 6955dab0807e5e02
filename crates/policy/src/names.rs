//! Every name that a file declares, and where.

use std::{collections::BTreeMap, ops::Range};

use crate::{fields, schema::Space, tree::Table};

type Ids = BTreeMap<String, Range<usize>>;

#[derive(Debug, Default)]
pub(crate) struct Names {
    people: Ids,
    staff: Ids,
    plans: Ids,
    services: Ids,
    features: Ids,
    settings: Ids,
    data: Ids,
    purposes: Ids,
    recipients: Ids,
    documents: Ids,
    fields: Ids,
}

impl Names {
    pub(crate) fn of(root: &Table) -> Self {
        let rows = |section: &str| root.rows(section).map(|(entry, _)| named(entry)).collect();
        let scope = |key: &str| {
            let list = root.node("scope").and_then(|scope| scope.table()?.node(key));
            let texts = list.into_iter().flat_map(crate::tree::Node::texts);
            texts.map(|(text, node)| (text.to_owned(), node.span.clone())).collect()
        };
        let field = root.node("field").and_then(|field| field.table());
        Self {
            people: scope("people"),
            staff: scope("staff"),
            plans: scope("plans"),
            services: rows("service"),
            features: rows("feature"),
            settings: rows("setting"),
            data: rows("data"),
            purposes: rows("purpose"),
            recipients: rows("recipient"),
            documents: rows("document"),
            fields: field.into_iter().flat_map(Table::iter).map(named).collect(),
        }
    }

    pub(crate) fn has(&self, space: Space, name: &str) -> bool {
        self.spaces(space).iter().any(|ids| ids.contains_key(name))
            || built_in(space).contains(&name)
            || (space == Space::Field && fields::standard(name).is_some())
    }

    /// All that a space knows, to find the nearest.
    pub(crate) fn known(&self, space: Space) -> impl Iterator<Item = &str> {
        let standard: &[_] = if space == Space::Field { fields::STANDARD } else { &[] };
        let own = self.spaces(space).into_iter().flat_map(|ids| ids.keys().map(String::as_str));
        own.chain(built_in(space).iter().copied()).chain(standard.iter().map(|field| field.0))
    }

    pub(crate) fn is_feature(&self, name: &str) -> bool {
        self.features.contains_key(name)
    }

    pub(crate) fn is_setting(&self, name: &str) -> bool {
        self.settings.contains_key(name)
    }

    pub(crate) fn settings(&self) -> impl Iterator<Item = &str> {
        self.settings.keys().map(String::as_str)
    }

    fn spaces(&self, space: Space) -> Vec<&Ids> {
        match space {
            Space::People => vec![&self.people],
            Space::Staff => vec![&self.staff],
            Space::Plan => vec![&self.plans],
            Space::Service => vec![&self.services],
            Space::Switch => vec![&self.features, &self.settings],
            Space::Data | Space::Whole => vec![&self.data],
            Space::Field => vec![&self.fields],
            Space::Purpose => vec![&self.purposes],
            Space::Recipient => vec![&self.recipients],
            Space::Document => vec![&self.documents],
        }
    }
}

impl Space {
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::People => "kind of person",
            Self::Staff => "kind of staff",
            Self::Plan => "plan",
            Self::Service => "service",
            Self::Switch => "feature or setting",
            Self::Data | Self::Whole => "category",
            Self::Field => "field",
            Self::Purpose => "purpose",
            Self::Recipient => "recipient",
            Self::Document => "document",
        }
    }
}

fn built_in(space: Space) -> &'static [&'static str] {
    match space {
        Space::People => &["everyone"],
        Space::Staff => &["officer"],
        Space::Whole => &["workspace"],
        _ => &[],
    }
}

fn named(entry: &crate::tree::Entry) -> (String, Range<usize>) {
    (entry.key.clone(), entry.at.clone())
}
