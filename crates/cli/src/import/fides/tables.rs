//! The public taxonomy of Fides in the words of the language; the longest beginning of a dotted key counts.

/// What a key means, by its longest beginning that is known.
pub(super) fn nearest(table: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    let fits = |known: &str| {
        key == known || key.strip_prefix(known).is_some_and(|rest| rest.starts_with('.'))
    };
    table
        .iter()
        .filter(|(known, _)| fits(known))
        .max_by_key(|(known, _)| known.len())
        .map(|(_, ours)| *ours)
}

pub(super) const FIELDS: &[(&str, &str)] = &[
    ("user.name", "full_name"),
    ("user.name.first", "first_name"),
    ("user.name.last", "last_name"),
    ("user.contact.email", "email"),
    ("user.contact.phone_number", "phone"),
    ("user.contact.address", "full_address"),
    ("user.contact.organization", "company_name"),
    ("user.authorization.password", "password"),
    ("user.behavior.browsing_history", "page"),
    ("user.behavior.search_history", "query"),
    ("user.device.ip_address", "ip"),
    ("user.device.device_id", "device_id"),
    ("user.device.cookie_id", "session"),
    ("user.location.precise", "location"),
    ("user.payment", "payment_reference"),
    ("user.financial.credit_card", "payment_reference"),
    ("user.job_title", "job_title"),
    ("user.content.self_image", "photo"),
    ("user.government_id", "document_reference"),
    ("user.demographic.language", "language"),
];

pub(super) const SPECIAL: &[(&str, &str)] = &[
    ("user.biometric", "biometric"),
    ("user.biometric.health", "health"),
    ("user.authorization.biometric", "biometric"),
    ("user.health_and_medical", "health"),
    ("user.health_and_medical.genetic", "genetic"),
    ("user.demographic.race_ethnicity", "origin"),
    ("user.demographic.religious_belief", "beliefs"),
    ("user.demographic.political_opinion", "politics"),
    ("user.demographic.sexual_orientation", "sex_life"),
    ("user.criminal_history", "criminal"),
    ("user.childrens", "child"),
    ("user.financial", "financial"),
];

pub(super) const KINDS: &[(&str, &str)] = &[
    ("advertising", "advertising"),
    ("analytics", "improvement"),
    ("improve", "improvement"),
    ("employment", "staff"),
    ("essential", "service"),
    ("essential.fraud_detection", "security"),
    ("essential.legal_obligation", "legal_duty"),
    ("essential.service", "service"),
    ("essential.service.authentication", "security"),
    ("essential.service.security", "security"),
    ("essential.service.notifications", "messages"),
    ("essential.service.payment_processing", "billing"),
    ("essential.service.operations.support", "support"),
    ("essential.service.operations.improve", "improvement"),
    ("finance", "billing"),
    ("functional", "service"),
    ("functional.service.improve", "improvement"),
    ("marketing", "marketing"),
    ("marketing.advertising", "advertising"),
    ("operations", "service"),
    ("personalize", "service"),
    ("provide", "service"),
    ("third_party_sharing.legal_obligation", "legal_duty"),
    ("third_party_sharing.personalized_advertising", "advertising"),
    ("train_ai_system", "training"),
];

pub(super) const BASES: &[(&str, &str)] = &[
    ("consent", "consent"),
    ("contract", "contract"),
    ("legal obligation", "legal_duty"),
    ("vital interest", "vital_interest"),
    ("public interest", "public_task"),
    ("legitimate interest", "legitimate_interest"),
];

pub(super) const SAFEGUARDS: &[(&str, &str)] = &[
    ("adequacy", "adequacy"),
    ("scc", "standard_clauses"),
    ("standard contractual", "standard_clauses"),
    ("certification", "certification"),
    ("consent", "written_consent"),
];

/// Countries as manifests write them.
pub(super) const THREE_LETTERS: &[(&str, &str)] = &[
    ("USA", "the United States"),
    ("GBR", "the United Kingdom"),
    ("CAN", "Canada"),
    ("AUS", "Australia"),
    ("IDN", "Indonesia"),
    ("SGP", "Singapore"),
    ("IND", "India"),
    ("JPN", "Japan"),
    ("DEU", "Germany"),
    ("FRA", "France"),
];
