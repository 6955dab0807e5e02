//! Every name that a file declares, and where.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, HashSet},
    ops::{
        Bound::{Excluded, Included, Unbounded},
        Range,
    },
};

use crate::{
    fields,
    schema::Space,
    tree::{Node, Table},
};

type Ids<'t> = BTreeMap<&'t str, Range<usize>>;

#[derive(Debug, Default)]
pub(crate) struct Names<'t> {
    people: Ids<'t>,
    staff: Ids<'t>,
    plans: Ids<'t>,
    services: Ids<'t>,
    features: Ids<'t>,
    settings: Ids<'t>,
    data: Ids<'t>,
    purposes: Ids<'t>,
    recipients: Ids<'t>,
    documents: Ids<'t>,
    fields: Ids<'t>,
    /// Every field of every category, with that.
    collected: HashSet<(&'t str, &'t str)>,
}

impl<'t> Names<'t> {
    pub(crate) fn of(root: &'t Table) -> Self {
        let rows = |section: &str| root.rows(section).map(|(entry, _)| named(entry)).collect();
        let scope = |key: &str| {
            let list = root.node("scope").and_then(|scope| scope.table()?.node(key));
            let texts = list.into_iter().flat_map(Node::texts);
            texts.map(|(text, node)| (text, node.span.clone())).collect()
        };
        let field = root.node("field").and_then(|field| field.table());
        let collected = root.rows("data").flat_map(|(entry, row)| {
            let lists = ["fields", "optional"].into_iter().filter_map(|key| row.node(key));
            lists.flat_map(Node::texts).map(|(field, _)| (entry.key.as_str(), field))
        });
        Self {
            collected: collected.collect(),
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
        self.spaces(space).into_iter().flatten().any(|ids| ids.contains_key(name))
            || built_in(space).contains(&name)
            || (space == Space::Field && fields::standard(name).is_some())
    }

    /// What a space knows, to find the nearest to a name: all of it, or of very much what stands beside it.
    pub(crate) fn known(&self, space: Space, name: &str) -> impl Iterator<Item = &str> {
        let standard: &[_] = if space == Space::Field { fields::STANDARD } else { &[] };
        let own = self.spaces(space).into_iter().flatten().flat_map(move |ids| beside(ids, name));
        own.chain(built_in(space).iter().copied()).chain(standard.iter().map(|field| field.0))
    }

    /// Whether a category has a field.
    pub(crate) fn collects(&self, category: &str, field: &str) -> bool {
        self.collected.contains(&(category, field))
    }

    pub(crate) fn is_feature(&self, name: &str) -> bool {
        self.features.contains_key(name)
    }

    pub(crate) fn is_setting(&self, name: &str) -> bool {
        self.settings.contains_key(name)
    }

    pub(crate) fn settings(&self, name: &str) -> impl Iterator<Item = &str> {
        beside(&self.settings, name).into_iter()
    }

    fn spaces(&self, space: Space) -> [Option<&Ids<'t>>; 2] {
        let ids = match space {
            Space::People => &self.people,
            Space::Staff => &self.staff,
            Space::Plan => &self.plans,
            Space::Service => &self.services,
            Space::Switch => return [Some(&self.features), Some(&self.settings)],
            Space::Data | Space::Whole => &self.data,
            Space::Field => &self.fields,
            Space::Purpose => &self.purposes,
            Space::Recipient => &self.recipients,
            Space::Document => &self.documents,
        };
        [Some(ids), None]
    }
}

/// Where names are many, those that stand beside a word in the alphabet, where most slips lead to; else all.
pub(crate) fn beside<'m, K: Ord + Borrow<str>, V>(
    names: &'m BTreeMap<K, V>,
    word: &str,
) -> Vec<&'m str> {
    const EACH_WAY: usize = 300;
    if names.len() <= 2 * EACH_WAY {
        return names.keys().map(Borrow::borrow).collect();
    }
    let (below, above) = ((Unbounded, Excluded(word)), (Included(word), Unbounded));
    let before = names.range::<str, _>(below).rev().take(EACH_WAY);
    let after = names.range::<str, _>(above).take(EACH_WAY);
    before.chain(after).map(|(name, _)| name.borrow()).collect()
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

fn named(entry: &crate::tree::Entry) -> (&str, Range<usize>) {
    (entry.key.as_str(), entry.at.clone())
}
