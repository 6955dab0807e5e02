//! The checked tree: a policy that means something, for the engine to keep.

use std::sync::Arc;

use jiff::{civil::Date, tz::TimeZone};

pub use crate::{
    children::{Approval, Children, MinAge},
    decide::{Denial, Question, Role},
    period::{Period, Unit},
    promise::{KeyRow, Promise, Row, State},
    setting::{Chosen, Setting, SettingKind},
    step::Step,
};
use crate::{places::Places, words::Words};

/// A policy without errors: what one company promises, in one version.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The company's own version number.
    pub version: String,
    /// The day from which it holds.
    pub effective: Date,
    /// The day of the last review, when the company says one.
    pub reviewed: Option<Date>,
    /// The languages in which the page is published.
    pub languages: Vec<String>,
    /// The language that decides when two differ.
    pub binding: String,
    /// The law packs that it is measured by.
    pub laws: Vec<String>,
    /// Who answers for it.
    pub company: Company,
    /// The officer's address, when there is an officer.
    pub officer: Option<String>,
    /// The kinds of person whose data are collected.
    pub people: Vec<String>,
    /// The kinds of staff who may read.
    pub staff: Vec<String>,
    /// The plans that a customer may hold.
    pub plans: Vec<String>,
    /// The services it holds for.
    pub services: Vec<Service>,
    /// What a workspace may switch on.
    pub features: Vec<Feature>,
    /// What a workspace may choose.
    pub settings: Vec<Setting>,
    /// The categories of personal data.
    pub categories: Vec<Category>,
    /// What data may be used for.
    pub purposes: Vec<Purpose>,
    /// Papers that customers get.
    pub papers: Vec<Paper>,
    /// Kinds of purpose that are never allowed.
    pub never: Vec<String>,
    /// Who else gets data.
    pub recipients: Vec<Recipient>,
    /// What must be remembered to run and to prove.
    pub registers: Vec<Register>,
    /// What people are told, and how long before.
    pub notices: Vec<Notice>,
    /// From which age people are accepted, and for whom somebody else must agree.
    pub children: Option<Children>,
    /// How long a person waits for an answer to a request, when the company says so.
    pub answer: Option<Step>,
    /// How long a closed workspace is kept, when the policy speaks of closing.
    pub closing: Option<Period>,
    /// Every row of the file, in its order.
    pub rows: Vec<Row>,
    /// What people read, by row path and language.
    pub words: Words,
    pub(crate) source: Vec<String>,
    pub(crate) places: Places,
}

/// Who answers for a policy, and where.
#[derive(Debug, Clone)]
pub struct Company {
    /// The name, as published.
    pub name: String,
    /// The country it sits in.
    pub country: String,
    /// The postal address.
    pub address: String,
    /// The address for questions about privacy.
    pub privacy: String,
    /// The address for everything else.
    pub general: Option<String>,
    /// The zone that its days are counted in.
    pub zone: TimeZone,
    /// The name of that zone.
    pub zone_name: String,
}

/// A site or product that a policy holds for.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// The hosts, as published.
    pub hosts: Vec<String>,
}

/// Something that collects more data and is off until a workspace switches it on.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Its id.
    pub id: String,
    /// The services it is part of.
    pub services: Arc<[String]>,
    /// The plans that have it; every workspace when there are none.
    pub plans: Vec<String>,
    /// What must be met before it is switched on.
    pub needs: Vec<String>,
    /// The rule for which the engine keeps it off, when a limit on it is only planned.
    pub closed: Option<String>,
}

/// A kind of personal data: whose, what, what for, how long.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its id.
    pub id: String,
    /// The kinds of person, through its wholes, with `everyone` written out.
    pub of: Arc<[String]>,
    /// The category whose record it hangs on.
    pub part_of: Option<String>,
    /// What may be given; all else is refused.
    pub fields: Vec<Field>,
    /// The purposes that it may be used for.
    pub purposes: Vec<String>,
    /// The aggregate that counts it.
    pub feeds: Option<String>,
    /// The smallest group, when it holds counts.
    pub groups_of: Option<u32>,
    /// When it ends.
    pub keep: Keep,
    /// What may be raised on its records.
    pub events: Vec<EventRule>,
    /// How long a closed account can be restored.
    pub grace: Option<Period>,
    /// When an account that nobody uses closes by itself.
    pub lapses: Option<End>,
    /// The feature or switch that it needs, its own or that of its whole.
    pub when: Option<String>,
    /// Whether a customer decides over it and the company only processes it, itself or its whole.
    pub processor: bool,
    /// Where it may go.
    pub share: Share,
    /// What an erasure leaves for a legal duty.
    pub statutory: Option<Statutory>,
    /// What makes it special data.
    pub special: Option<String>,
    /// Whose key its records are sealed under.
    pub sealing: Sealing,
    /// The rule for which the engine refuses it, when a limit on it is only planned.
    pub closed: Option<String>,
    /// The categories that hang on it.
    pub parts: Vec<String>,
    /// The id that it had before it was renamed.
    pub was: Option<String>,
    /// Fields that were renamed: the id of each now, and the one it had.
    pub were: Vec<(String, String)>,
}

/// What of a category a legal duty keeps beyond an erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statutory {
    /// The duty, and the only purpose that may use it.
    pub purpose: String,
    /// The fields that stay.
    pub fields: Vec<String>,
}

/// Whose key slot a record takes, so that its end can be the end of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    /// A slot of its own: it may end before its whole.
    Own,
    /// That of the record it is part of: they end together.
    Whole,
}

/// One field of a category.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it must be given.
    pub required: bool,
    /// Whether a record can be found by it.
    pub find: Find,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the words of the language")]
pub enum FieldKind {
    Text,
    Email,
    Phone,
    Number,
    Date,
    Time,
    YesNo,
    Image,
    File,
    Place,
    Ip,
    Url,
    Money,
    Vector,
    Secret,
    Token,
    Person,
    Options(Vec<String>),
}

impl FieldKind {
    /// Its word in the language.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::YesNo => "yes_no",
            Self::Image => "image",
            Self::File => "file",
            Self::Place => "place",
            Self::Ip => "ip",
            Self::Url => "url",
            Self::Money => "money",
            Self::Vector => "vector",
            Self::Secret => "secret",
            Self::Token => "token",
            Self::Person => "person",
            Self::Options(_) => "options",
        }
    }
}

/// Whether a record can be found by a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Find {
    /// It cannot.
    No,
    /// By its value, which several records may share.
    ByValue,
    /// By its value, which no two records share.
    Unique,
}

/// When a category ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// At once: it passes through memory and is not stored.
    Never,
    /// With the record it is part of.
    WithWhole,
    /// At the earliest of these.
    Ends(Vec<End>),
    /// It does not end: aggregates only.
    ForEver,
}

/// One end: a period after an anchor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct End {
    /// How long; zero for an end at the event itself.
    pub period: Period,
    /// The setting that chooses how long; the period is its default then.
    pub setting: Option<String>,
    /// What it runs from.
    pub anchor: Anchor,
}

/// What a period runs from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The moment of collection.
    Collected,
    /// An event of the category itself, of a whole above it, or of a register.
    Event {
        /// The category or register.
        category: String,
        /// The event's name.
        event: String,
    },
    /// The feature was switched off or its plan was lost.
    FeatureOff(String),
    /// The integration lost its connection.
    Disconnected(String),
    /// The workspace was closed.
    WorkspaceClosed,
}

/// An event that may be raised on the records of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRule {
    /// Its name.
    pub name: String,
    /// The event that it takes back.
    pub clears: Option<String>,
}

/// Where a category may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// Wherever a recipient row says.
    Open,
    /// Nowhere.
    Never,
    /// For these reasons only.
    Only(Vec<String>),
}

/// What data may be used for.
#[derive(Debug, Clone)]
pub struct Purpose {
    /// Its id.
    pub id: String,
    /// The kind that laws and `[never]` speak of.
    pub kind: String,
    /// The lawful bases, one of which is recorded per person.
    pub bases: Vec<Basis>,
    /// The staff who may use it; nobody by default.
    pub by: Vec<String>,
    /// What an objection does.
    pub objection: Objection,
    /// What staff must have before they use it.
    pub needs: Vec<Need>,
    /// How long what they were given lasts.
    pub lasts: Option<Period>,
    /// Whether its readers see people under pseudonyms only.
    pub pseudonymous: bool,
    /// The feature or switch that it needs.
    pub when: Option<String>,
    /// The rule for which the engine refuses it, when a limit on it is only planned.
    pub closed: Option<String>,
}

impl Purpose {
    /// Whether nothing but the person's own word allows it, so that withdrawing ends it.
    pub fn consent(&self) -> bool {
        !self.bases.is_empty()
            && self
                .bases
                .iter()
                .all(|basis| matches!(basis, Basis::Consent | Basis::ExplicitConsent))
    }

    /// Whether a person may be asked to consent to it.
    pub fn may_be_consented(&self) -> bool {
        self.bases.iter().any(|basis| matches!(basis, Basis::Consent | Basis::ExplicitConsent))
    }

    /// Whether using a category for it needs the person's consent. Special data wait for the explicit
    /// word wherever it is among the bases: nothing else is recorded for one person.
    pub fn needs_consent(&self, category: &Category) -> bool {
        let special = category.special.is_some() && self.bases.contains(&Basis::ExplicitConsent);
        special || self.consent()
    }
}

/// The lawful basis of a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the words of the law")]
pub enum Basis {
    Contract,
    Consent,
    ExplicitConsent,
    LegitimateInterest,
    LegalDuty,
    VitalInterest,
    PublicTask,
    Instruction,
}

impl Basis {
    /// The basis that a word of the language names.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "contract" => Self::Contract,
            "consent" => Self::Consent,
            "explicit_consent" => Self::ExplicitConsent,
            "legitimate_interest" => Self::LegitimateInterest,
            "legal_duty" => Self::LegalDuty,
            "vital_interest" => Self::VitalInterest,
            "public_task" => Self::PublicTask,
            "instruction" => Self::Instruction,
            _ => return None,
        })
    }

    /// Its word in the language.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Consent => "consent",
            Self::ExplicitConsent => "explicit_consent",
            Self::LegitimateInterest => "legitimate_interest",
            Self::LegalDuty => "legal_duty",
            Self::VitalInterest => "vital_interest",
            Self::PublicTask => "public_task",
            Self::Instruction => "instruction",
        }
    }
}

/// What staff must have before they use data for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// An open ticket of the person.
    Ticket,
    /// One item that its owner has opened.
    NamedItem,
    /// The approval of another member of staff.
    SecondPerson,
    /// The approval of the workspace.
    WorkspaceGrant,
    /// A legal case.
    LegalCase,
}

impl Need {
    /// The need that a word of the language names.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "ticket" => Self::Ticket,
            "named_item" => Self::NamedItem,
            "second_person" => Self::SecondPerson,
            "workspace_grant" => Self::WorkspaceGrant,
            "legal_case" => Self::LegalCase,
            _ => return None,
        })
    }
}

/// What an objection to a purpose does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// It ends the use.
    Honoured,
    /// Somebody weighs it first.
    Weighed,
    /// There is none, because the basis gives no right to it.
    None,
}

/// Somebody else who gets data.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// Its id.
    pub id: String,
    /// processor, controller or authority.
    pub role: String,
    /// The jobs it does.
    pub does: Vec<String>,
    /// The categories and fields it gets, or `sealed`.
    pub gets: Vec<String>,
    /// The countries it works in.
    pub countries: Vec<String>,
}

/// A paper that customers get.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its id.
    pub id: String,
    /// Whether it is accepted before anything is processed for a customer.
    pub before_use: bool,
}

/// A register and how long its entries stay.
#[derive(Debug, Clone)]
pub struct Register {
    /// Its id.
    pub id: String,
    /// When an entry ends.
    pub keep: Keep,
}

/// What people are told about, by a closed row.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its id, such as `lapse`.
    pub id: String,
    /// The ways it is sent, all of them.
    pub via: Vec<String>,
    /// How long before what it tells.
    pub before: Option<Period>,
}

impl Policy {
    /// The category of an id, when it is declared.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.places.categories.find(&self.categories, id, |category| &category.id)
    }

    /// The purpose of an id, when it is declared.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.places.purposes.find(&self.purposes, id, |purpose| &purpose.id)
    }

    /// The setting of an id, when it is declared.
    pub fn setting(&self, id: &str) -> Option<&Setting> {
        self.places.settings.find(&self.settings, id, |setting| &setting.id)
    }

    /// The feature of an id, when it is declared.
    pub fn feature(&self, id: &str) -> Option<&Feature> {
        self.places.features.find(&self.features, id, |feature| &feature.id)
    }

    /// The register of an id, when it is declared.
    pub fn register(&self, id: &str) -> Option<&Register> {
        self.registers.iter().find(|register| register.id == id)
    }

    /// The notice of an id, when it is declared.
    pub fn notice(&self, id: &str) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.id == id)
    }

    /// The row of a path, when the file has it.
    pub fn row(&self, path: &str) -> Option<&Row> {
        self.places.rows.find(&self.rows, path, |row| &row.path)
    }
}
