//! Whose view a page is: which rows concern a kind of person, and which hold in a country.

use std::collections::BTreeSet;

use crate::{
    document::View,
    law,
    model::{Category, Policy},
    promise::Row,
};

/// A reader and the rows they see.
pub(super) struct Reader<'a> {
    pub(super) people: Option<&'a str>,
    pub(super) country: Option<&'a str>,
    seen: BTreeSet<&'a str>,
}

/// The members of the Union, whose code stands for all of them.
const UNION: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

impl<'a> Reader<'a> {
    pub(super) fn of(policy: &'a Policy, view: &View<'a>) -> Self {
        let mut reader =
            Self { people: view.people, country: view.country, seen: BTreeSet::default() };
        let shown = |row: &&Row| stands(row) && reader.concerned(policy, row);
        reader.seen = policy.rows.iter().filter(shown).map(|row| row.path.as_str()).collect();
        reader
    }

    /// Whether a row is on their page.
    pub(super) fn sees(&self, path: &str) -> bool {
        self.seen.contains(path)
    }

    /// Whether a law is one for people in their country.
    pub(super) fn under(&self, law: &str) -> bool {
        let Some(country) = self.country else { return true };
        law::pack(law).is_none_or(|pack| {
            pack.countries.is_empty() || pack.countries.iter().any(|own| own == country)
        })
    }

    fn concerned(&self, policy: &Policy, row: &Row) -> bool {
        let (section, id) = row.path.split_once('.').unwrap_or((&row.path, ""));
        if section == "data" {
            return policy.category(id).is_none_or(|category| self.person(category));
        }
        if section == "children" && id == "approval" {
            return self.approval(policy);
        }
        if section == "recipient" && !self.holds(row) {
            return false;
        }
        if self.people.is_none() {
            return true;
        }
        let about: Vec<&Category> = about(policy, section, id).collect();
        about.is_empty() || about.into_iter().any(|category| self.person(category))
    }

    /// Counts are about nobody, and so for everybody to know of.
    fn person(&self, category: &Category) -> bool {
        let of = |people: &str| category.of.iter().any(|one| one == people);
        self.people.is_none_or(|people| category.of.is_empty() || of(people))
    }

    fn approval(&self, policy: &Policy) -> bool {
        let rule = policy.children.as_ref().and_then(|children| children.approval.as_ref());
        let Some(rule) = rule else { return true };
        let only = |people: &str| rule.only.is_empty() || rule.only.iter().any(|one| one == people);
        let there = |country| rule.countries.is_empty() || within(country, &codes(&rule.countries));
        self.people.is_none_or(only) && self.country.is_none_or(there)
    }

    /// Whether a recipient is used for customers of the country.
    fn holds(&self, row: &Row) -> bool {
        let Some(country) = self.country else { return true };
        let listed = |name: &str| {
            let key = row.keys.iter().find(|key| key.key == name)?;
            let codes = super::value::quoted(&key.value);
            Some(within(country, &self::codes(&codes)))
        };
        listed("only_in") != Some(false) && listed("not_in") != Some(true)
    }
}

/// A section that only says what its rows cover together is no row for readers.
fn stands(row: &Row) -> bool {
    row.path.contains('.') || !row.keys.is_empty()
}

fn codes(owned: &[String]) -> Vec<&str> {
    owned.iter().map(String::as_str).collect()
}

fn within(country: &str, codes: &[&str]) -> bool {
    codes.contains(&country) || (codes.contains(&"EU") && UNION.contains(&country))
}

/// The categories that a row is about; none where it is about no data, or about all.
fn about<'p>(
    policy: &'p Policy,
    section: &'p str,
    id: &'p str,
) -> impl Iterator<Item = &'p Category> {
    let named = move |category: &&Category| match section {
        "purpose" => category.purposes.iter().any(|purpose| purpose == id),
        "feature" | "setting" => category.when.as_deref() == Some(id),
        "recipient" => policy
            .recipients
            .iter()
            .filter(|recipient| recipient.id == id)
            .flat_map(|recipient| &recipient.gets)
            .any(|piece| piece.split('.').next() == Some(category.id.as_str())),
        "integration" => policy
            .rows
            .iter()
            .filter(|row| row.path.strip_prefix("integration.") == Some(id))
            .flat_map(|row| &row.keys)
            .filter(|key| key.key == "tokens")
            .any(|key| super::value::quoted(&key.value).contains(&category.id)),
        _ => false,
    };
    policy.categories.iter().filter(named)
}
