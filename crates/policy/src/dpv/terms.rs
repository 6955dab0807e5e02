//! Which term of the Data Privacy Vocabulary stands for which word of the language. The vocabulary itself is the
//! work of the W3C's Data Privacy Vocabularies and Controls community group.

/// A word of the language and the term for it.
pub(super) type Term = (&'static str, &'static str);

/// The term for a word; `None` where the vocabulary has none.
pub(super) fn of(table: &[Term], word: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == word).map(|(_, term)| *term)
}

pub(super) const KINDS: &[Term] = &[
    ("service", "dpv:ServiceProvision"),
    ("security", "dpv:EnforceSecurity"),
    ("messages", "dpv:CommunicationManagement"),
    ("support", "dpv:CustomerCare"),
    ("billing", "dpv:PaymentManagement"),
    ("legal_duty", "dpv:LegalCompliance"),
    ("staff", "dpv:PersonnelManagement"),
    ("visitors", "dpv:EnforceAccessControl"),
    ("identification", "dpv:IdentityVerification"),
    ("improvement", "dpv:ImproveExistingProductsAndServices"),
    ("research", "dpv:ResearchAndDevelopment"),
    ("marketing", "dpv:Marketing"),
    ("advertising", "dpv:Advertising"),
    ("sale", "dpv:SellDataToThirdParties"),
];

pub(super) const BASES: &[Term] = &[
    ("contract", "dpv:ContractPerformance"),
    ("consent", "dpv:ExpressedConsent"),
    ("explicit_consent", "dpv:ExplicitlyExpressedConsent"),
    ("legitimate_interest", "dpv:LegitimateInterest"),
    ("legal_duty", "dpv:LegalObligation"),
    ("vital_interest", "dpv:VitalInterest"),
    ("public_task", "dpv:PublicInterest"),
    ("instruction", "dpv:ControllerProcessorAgreement"),
];

/// The articles of the union's regulation, for policies that are measured by it.
pub(super) const GDPR_BASES: &[Term] = &[
    ("contract", "eu-gdpr:A6-1-b"),
    ("consent", "eu-gdpr:A6-1-a"),
    ("explicit_consent", "eu-gdpr:A6-1-a-explicit-consent"),
    ("legitimate_interest", "eu-gdpr:A6-1-f"),
    ("legal_duty", "eu-gdpr:A6-1-c"),
    ("vital_interest", "eu-gdpr:A6-1-d"),
    ("public_task", "eu-gdpr:A6-1-e"),
];

pub(super) const GDPR_RIGHTS: &[Term] = &[
    ("information", "eu-gdpr:A13"),
    ("access", "eu-gdpr:A15"),
    ("correction", "eu-gdpr:A16"),
    ("erasure", "eu-gdpr:A17"),
    ("restriction", "eu-gdpr:A18"),
    ("portability", "eu-gdpr:A20"),
    ("objection", "eu-gdpr:A21"),
    ("human_review", "eu-gdpr:A22"),
    ("withdrawal", "eu-gdpr:A7-3"),
];

pub(super) const SAFEGUARDS: &[Term] = &[
    ("agreement", "dpv:DataProcessingAgreement"),
    ("encryption", "dpv:Encryption"),
    ("standard_clauses", "eu-gdpr:StandardContractualClauses"),
    ("adequacy", "eu-gdpr:AdequacyDecision"),
    ("certification", "eu-gdpr:CertificationMechanismsForDataTransfers"),
    ("comparable_law", "dpv:SafeguardForDataTransfer"),
    ("written_consent", "dpv:SafeguardForDataTransfer"),
];

pub(super) const ROLES: &[Term] = &[
    ("processor", "dpv:DataProcessor"),
    ("controller", "dpv:DataController"),
    ("authority", "dpv:Authority"),
];

/// Measures, by row.
pub(super) const MEASURES: &[Term] = &[
    ("security.tls", "dpv:EncryptionInTransfer"),
    ("security.passwords", "dpv:PasswordAuthentication"),
    ("security.access_token", "dpv:AuthenticationProtocols"),
    ("security.refresh_token", "dpv:AuthenticationProtocols"),
    ("security.blocklist", "dpv:AuthorisationProtocols"),
    ("security.backups", "dpv:DataBackupProtocols"),
    ("security.recovery", "dpv:DisasterRecoveryProcedures"),
    ("security.mfa", "dpv:MultiFactorAuthentication"),
    ("security.sso", "dpv:SingleSignOn"),
    ("security.network", "dpv:NetworkSecurityProtocols"),
    ("security.detection", "dpv:IntrusionDetectionSystem"),
    ("security.access_review", "dpv:ReviewProcedure"),
    ("security.patching", "dpv:SecurityProcedure"),
    ("security.risk_review", "dpv:RiskAssessment"),
    ("security.code_review", "dpv:SecurityAssessment"),
    ("security.scans", "dpv:VulnerabilityTestingMethods"),
    ("security.tests", "dpv:PenetrationTestingMethods"),
    ("always.sealed_at_rest", "dpv:EncryptionAtRest"),
    ("always.keys_destroyed", "dpv:CryptographicKeyManagement"),
    ("always.walls", "dpv:AccessControlMethod"),
    ("always.least_privilege", "dpv:AuthorisationProtocols"),
];

/// Standard fields; what the vocabulary has no word for is personal data and no more.
pub(super) const FIELDS: &[Term] = &[
    ("first_name", "pd:Name"),
    ("last_name", "pd:Name"),
    ("full_name", "pd:Name"),
    ("email", "pd:EmailAddress"),
    ("phone", "pd:TelephoneNumber"),
    ("contact", "pd:Contact"),
    ("photo", "pd:Picture"),
    ("thumbnail", "pd:Picture"),
    ("selfie", "pd:Picture"),
    ("image", "pd:Picture"),
    ("password", "pd:Password"),
    ("verification_token", "pd:Authenticating"),
    ("oauth_access_token", "pd:Authenticating"),
    ("oauth_refresh_token", "pd:Authenticating"),
    ("connection_secret", "pd:SecretText"),
    ("google_id", "pd:AccountIdentifier"),
    ("microsoft_id", "pd:AccountIdentifier"),
    ("message", "pd:Communication"),
    ("location", "pd:Location"),
    ("address", "pd:PhysicalAddress"),
    ("full_address", "pd:PhysicalAddress"),
    ("billing_address", "pd:PhysicalAddress"),
    ("mail_headers", "pd:CommunicationsMetadata"),
    ("mail_labels", "pd:CommunicationsMetadata"),
    ("mail_body", "pd:EmailContent"),
    ("ip", "pd:IPAddress"),
    ("browser", "pd:UserAgent"),
    ("page", "pd:BrowsingBehaviour"),
    ("interaction", "pd:Interaction"),
    ("language", "pd:Language"),
    ("payment_reference", "pd:Transactional"),
    ("payment_token", "pd:Transactional"),
    ("amount", "pd:Transactional"),
    ("qr_id", "pd:UID"),
    ("device_id", "pd:UID"),
    ("job_title", "pd:Job"),
    ("department", "pd:Job"),
    ("employment", "pd:CurrentEmployment"),
    ("face_vector", "pd:FacialPrint"),
    ("operating_system", "pd:DeviceOperatingSystem"),
    ("feature_used", "pd:ServiceConsumptionBehaviour"),
    ("document_reference", "pd:OfficialID"),
];
