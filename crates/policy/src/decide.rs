//! The static half of a decision: what the policy alone allows, before bars, consents and switches.

use crate::model::{Category, Policy, Purpose};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role<'a> {
    /// The person whose data they are.
    Person,
    /// The company's own programs.
    System,
    /// The data protection officer.
    Officer,
    /// A kind of staff, by id.
    Staff(&'a str),
}

/// May this actor use this category of this subject for this purpose?
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Who asks.
    pub actor: Role<'a>,
    /// What for.
    pub purpose: &'a str,
    /// What.
    pub category: &'a str,
    /// What kinds of person the subject is.
    pub people: &'a [String],
}

/// Why the policy does not allow a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// No row declares the purpose.
    UnknownPurpose,
    /// No row declares the category.
    UnknownCategory,
    /// The kind is one that the company never does.
    Never,
    /// The category is not collected for it.
    NotForCategory,
    /// A limit on the category is not enforced yet, so nobody uses it.
    CategoryClosed,
    /// A limit on the purpose is not enforced yet, so nobody uses it.
    PurposeClosed,
    /// The actor is not among those who may.
    Role,
    /// The category is not about such people.
    People,
}

impl Denial {
    /// The stable name, for entries and problem documents.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownPurpose => "unknown-purpose",
            Self::UnknownCategory => "unknown-category",
            Self::Never => "never",
            Self::NotForCategory => "not-for-category",
            Self::CategoryClosed => "category-closed",
            Self::PurposeClosed => "purpose-closed",
            Self::Role => "role",
            Self::People => "people",
        }
    }

    /// The path of the rule that denies, for messages.
    pub fn rule(self, question: &Question<'_>) -> String {
        let Question { purpose, category, .. } = question;
        match self {
            // A word that no row has may be a value in the wrong place: it is not repeated.
            Self::UnknownPurpose => "purpose.*".to_owned(),
            Self::UnknownCategory => "data.*".to_owned(),
            Self::PurposeClosed => format!("purpose.{purpose}"),
            Self::CategoryClosed => format!("data.{category}"),
            Self::Never => format!("never.{purpose}"),
            Self::NotForCategory => format!("data.{category}.for"),
            Self::Role => format!("purpose.{purpose}.by"),
            Self::People => format!("data.{category}.of"),
        }
    }
}

impl Policy {
    /// Answers what the rules alone say; the engine asks it before anything else.
    pub fn permits(&self, question: &Question<'_>) -> Result<&Purpose, Denial> {
        if self.never.iter().any(|kind| kind == question.purpose) {
            return Err(Denial::Never);
        }
        let purpose = self.purpose(question.purpose).ok_or(Denial::UnknownPurpose)?;
        if self.never.contains(&purpose.kind) {
            return Err(Denial::Never);
        }
        let category = self.category(question.category).ok_or(Denial::UnknownCategory)?;
        if purpose.closed.is_some() {
            return Err(Denial::PurposeClosed);
        }
        if category.closed.is_some() {
            return Err(Denial::CategoryClosed);
        }
        if !category.purposes.contains(&purpose.id) {
            return Err(Denial::NotForCategory);
        }
        if !about(category, question.people) {
            return Err(Denial::People);
        }
        if !purpose.open_to(question.actor) {
            return Err(Denial::Role);
        }
        Ok(purpose)
    }
}

/// Counts are about nobody.
fn about(category: &Category, people: &[String]) -> bool {
    category.groups_of.is_some() || people.iter().any(|kind| category.of.contains(kind))
}

impl Purpose {
    /// Whether this actor is among those who may use it.
    pub fn open_to(&self, actor: Role<'_>) -> bool {
        match actor {
            Role::Person | Role::System => true,
            Role::Officer => self.by.iter().any(|staff| staff == "officer"),
            Role::Staff(kind) => kind != "officer" && self.by.iter().any(|staff| staff == kind),
        }
    }
}
