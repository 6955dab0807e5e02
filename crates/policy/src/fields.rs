//! Standard fields, whose type needs no saying.

use crate::model::{Field, FieldKind};

/// The type of a standard field.
pub(crate) fn standard(name: &str) -> Option<FieldKind> {
    STANDARD.iter().find(|(known, _)| *known == name).map(|(_, kind)| kind.clone())
}

/// Whether a field needs no declaring.
pub fn is_standard(name: &str) -> bool {
    standard(name).is_some()
}

/// Fields that only a connector to another service can fill.
pub(crate) const CONNECTED: &[&str] = &[
    "google_id",
    "oauth_access_token",
    "oauth_refresh_token",
    "mail_headers",
    "mail_body",
    "mail_attachment_names",
    "mail_labels",
    "microsoft_id",
];

/// Fields that are special data wherever they stand, with the word that says why.
pub(crate) const SENSITIVE: &[(&str, &str)] = &[
    ("face_vector", "biometric"),
    ("fingerprint", "biometric"),
    ("voice_print", "biometric"),
    ("health", "health"),
    ("diagnosis", "health"),
    ("disability", "health"),
    ("blood_type", "health"),
    ("religion", "beliefs"),
    ("faith", "beliefs"),
    ("politics", "politics"),
    ("political_party", "politics"),
    ("union_member", "union"),
    ("race", "origin"),
    ("ethnicity", "origin"),
    ("sexual_orientation", "sex_life"),
    ("criminal_record", "criminal"),
];

/// Texts in which a person writes what comes to mind.
const FREE: &[&str] = &[
    "message",
    "answers",
    "interaction",
    "query",
    "visit_purpose",
    "feedback",
    "report_text",
    "notes",
    "description",
    "complaint",
    "wish",
];

/// Standard texts that say who somebody is.
const NAMING: &[&str] = &[
    "first_name",
    "last_name",
    "full_name",
    "contact",
    "author",
    "google_id",
    "microsoft_id",
    "device_id",
    "session",
    "qr_id",
    "address",
    "full_address",
    "billing_address",
    "document_reference",
    "payment_reference",
    "invoice_number",
];

/// What a reader sees of a field when people stand under pseudonyms (Art. 4(5) GDPR).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veil {
    /// Its value.
    Shown,
    /// A token in the place of its value: the same value, the same token.
    Token,
    /// Nothing: it may name people in ways that nobody can find.
    Omitted,
}

/// How a field is shown under pseudonyms. A text that the policy names itself may hold anything.
pub fn veil(field: &Field) -> Veil {
    match &field.kind {
        FieldKind::Number
        | FieldKind::Date
        | FieldKind::Time
        | FieldKind::YesNo
        | FieldKind::Money
        | FieldKind::Options(_) => Veil::Shown,
        FieldKind::Email | FieldKind::Phone | FieldKind::Person | FieldKind::Ip => Veil::Token,
        FieldKind::Text if NAMING.contains(&field.name.as_str()) => Veil::Token,
        FieldKind::Text if standard(&field.name).is_some() && !is_free_text(&field.name) => {
            Veil::Shown
        }
        FieldKind::Text
        | FieldKind::Image
        | FieldKind::File
        | FieldKind::Place
        | FieldKind::Url
        | FieldKind::Vector
        | FieldKind::Secret
        | FieldKind::Token => Veil::Omitted,
    }
}

/// Whether a field holds whatever its writer likes, so that words in it are screened.
pub fn is_free_text(name: &str) -> bool {
    FREE.contains(&name)
}

/// Whether a field is there to hold the number of a national document.
pub fn holds_national_id(name: &str) -> bool {
    name == "document_reference"
}

pub(crate) const STANDARD: &[(&str, FieldKind)] = &[
    ("first_name", FieldKind::Text),
    ("last_name", FieldKind::Text),
    ("full_name", FieldKind::Text),
    ("company_name", FieldKind::Text),
    ("email", FieldKind::Email),
    ("phone", FieldKind::Phone),
    ("contact", FieldKind::Text),
    ("photo", FieldKind::Image),
    ("thumbnail", FieldKind::Image),
    ("selfie", FieldKind::Image),
    ("password", FieldKind::Secret),
    ("verification_token", FieldKind::Secret),
    ("google_id", FieldKind::Text),
    ("oauth_access_token", FieldKind::Token),
    ("oauth_refresh_token", FieldKind::Token),
    ("connection_secret", FieldKind::Token),
    ("answers", FieldKind::Text),
    ("message", FieldKind::Text),
    ("author", FieldKind::Text),
    ("attachment", FieldKind::File),
    ("started_on", FieldKind::Date),
    ("ended_on", FieldKind::Date),
    ("clock_in", FieldKind::Time),
    ("clock_out", FieldKind::Time),
    ("method", FieldKind::Text),
    ("location", FieldKind::Place),
    ("address", FieldKind::Text),
    ("settings", FieldKind::Text),
    ("event_kind", FieldKind::Text),
    ("event_time", FieldKind::Time),
    ("event_sender", FieldKind::Text),
    ("picture_url", FieldKind::Url),
    ("mail_headers", FieldKind::Text),
    ("mail_body", FieldKind::Text),
    ("mail_attachment_names", FieldKind::Text),
    ("mail_labels", FieldKind::Text),
    ("ip", FieldKind::Ip),
    ("browser", FieldKind::Text),
    ("page", FieldKind::Text),
    ("duration", FieldKind::Number),
    ("interaction", FieldKind::Text),
    ("requested_at", FieldKind::Time),
    ("language", FieldKind::Text),
    ("time_zone", FieldKind::Text),
    ("crash_place", FieldKind::Text),
    ("plan", FieldKind::Text),
    ("currency", FieldKind::Text),
    ("payment_reference", FieldKind::Text),
    ("invoice_number", FieldKind::Text),
    ("invoice_date", FieldKind::Date),
    ("amount", FieldKind::Money),
    ("qr_id", FieldKind::Text),
    ("job_title", FieldKind::Text),
    ("department", FieldKind::Text),
    ("employment", FieldKind::Text),
    ("face_vector", FieldKind::Vector),
    ("face_model", FieldKind::Text),
    ("host", FieldKind::Person),
    ("visit_purpose", FieldKind::Text),
    ("full_address", FieldKind::Text),
    ("billing_address", FieldKind::Text),
    ("payment_token", FieldKind::Token),
    ("microsoft_id", FieldKind::Text),
    ("organisation_id", FieldKind::Text),
    ("operating_system", FieldKind::Text),
    ("device_type", FieldKind::Text),
    ("device_id", FieldKind::Text),
    ("used_at", FieldKind::Time),
    ("feature_used", FieldKind::Text),
    ("session", FieldKind::Text),
    ("route", FieldKind::Text),
    ("status_code", FieldKind::Number),
    ("size", FieldKind::Number),
    ("error_kind", FieldKind::Text),
    ("media", FieldKind::File),
    ("dataset", FieldKind::File),
    ("file", FieldKind::File),
    ("query", FieldKind::Text),
    ("image", FieldKind::Image),
    ("project", FieldKind::Text),
    ("title", FieldKind::Text),
    ("topics", FieldKind::Text),
    ("document_reference", FieldKind::Text),
];
