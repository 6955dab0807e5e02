//! The closed words of the language: the only ones an author may choose from.

pub(crate) const LANGUAGES: &[&str] = &["en", "id"];
pub(crate) const LAWS: &[&str] =
    &["id-pdp", "gdpr", "uk-gdpr", "pecr", "au-privacy", "google-limited-use"];
pub(crate) const BASES: &[&str] = &[
    "contract",
    "consent",
    "explicit_consent",
    "legitimate_interest",
    "legal_duty",
    "vital_interest",
    "public_task",
    "instruction",
];
pub(crate) const KINDS: &[&str] = &[
    "service",
    "security",
    "messages",
    "support",
    "billing",
    "legal_duty",
    "staff",
    "visitors",
    "identification",
    "improvement",
    "research",
    "marketing",
    "advertising",
    "sale",
    "training",
    "automated_decisions",
];
pub(crate) const PURPOSE_NEEDS: &[&str] =
    &["ticket", "named_item", "second_person", "workspace_grant", "legal_case"];
pub(crate) const FEATURE_NEEDS: &[&str] = &["transparency", "impact_assessment", "other_method"];
pub(crate) const SHARES: &[&str] = &["legal_case", "security_case", "written_consent"];
pub(crate) const SPECIAL: &[&str] = &[
    "biometric",
    "genetic",
    "health",
    "sex_life",
    "beliefs",
    "politics",
    "origin",
    "union",
    "criminal",
    "financial",
    "child",
];
pub(crate) const CHANNELS: &[&str] = &["email", "in_app", "site"];
pub(crate) const APPROVERS: &[&str] = &["guardian", "school"];
pub(crate) const JOBS: &[&str] = &[
    "hosting",
    "database",
    "files",
    "keys",
    "queues",
    "delivery",
    "protection",
    "mail",
    "sign_in",
    "integration",
    "payments",
    "fraud_screening",
    "statistics",
    "support",
    "credit_monitoring",
];
pub(crate) const SAFEGUARDS: &[&str] = &[
    "agreement",
    "encryption",
    "standard_clauses",
    "adequacy",
    "certification",
    "comparable_law",
    "written_consent",
];
pub(crate) const RIGHTS: &[&str] = &[
    "information",
    "access",
    "correction",
    "erasure",
    "restriction",
    "withdrawal",
    "objection",
    "portability",
    "human_review",
    "compensation",
];
pub(crate) const SAYS: &[&str] = &[
    "nature",
    "data",
    "people_count",
    "record_count",
    "when_and_how",
    "effects",
    "measures",
    "advice",
    "contact",
];
pub(crate) const INCIDENTS: &[&str] =
    &["access", "loss", "change", "disclosure", "controls", "ransom"];
pub(crate) const OFFERS: &[&str] = &[
    "correct",
    "erase",
    "credit_monitoring",
    "restore_account",
    "compensation",
    "apology",
    "patch",
    "watch",
    "force_reset",
    "user_help",
];
pub(crate) const ASKS: &[&str] =
    &["full_name", "email", "phone", "complaint", "wish", "root_cause", "controls", "report"];
pub(crate) const ALWAYS: &[&str] = &[
    "declared_only",
    "screened",
    "feature_first",
    "purpose_bound",
    "least_privilege",
    "use_is_no_consent",
    "bounded_keeping",
    "sealed_at_rest",
    "walls",
    "tamper_evident",
    "listed_recipients",
    "agreement_first",
    "legal_case_first",
    "special_needs_basis",
    "keys_destroyed",
    "recipients_erase",
    "hold_wins",
];
/// Each register with the event that its own entries may run from.
pub(crate) const REGISTERS: &[(&str, &str)] = &[
    ("application_log", "collected"),
    ("security_log", "collected"),
    ("consents", "withdrawn"),
    ("requests", "closed"),
    ("complaints", "closed"),
    ("incidents", "closed"),
    ("holds", "released"),
    ("certificates", "issued"),
    ("suppressions", "collected"),
];
pub(crate) const REGISTER_NAMES: &[&str] = &[
    "application_log",
    "security_log",
    "consents",
    "requests",
    "complaints",
    "incidents",
    "holds",
    "certificates",
    "suppressions",
];
pub(crate) const SENDS: &[&str] = &[
    "verification",
    "password_reset",
    "service_notice",
    "account_notice",
    "security_notice",
    "receipt",
    "billing_alert",
    "product_news",
    "newsletter",
];
pub(crate) const ADVERTS: &[&str] = &["product_news", "newsletter"];
pub(crate) const RESERVED_EVENTS: &[&str] =
    &["collected", "withdrawn", "closed", "restored", "off", "disconnected"];
pub(crate) const FIELD_TYPES: &[&str] = &[
    "text", "email", "phone", "number", "date", "time", "yes_no", "image", "file", "place", "ip",
    "url", "money", "vector", "secret", "token", "person",
];

/// ISO 3166-1, and the union, which stands for its members.
pub(crate) const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Words that promise what no row can keep; they make a page sound better than the rules.
pub(crate) const EMPTY_WORDS: &[(&str, &[&str])] = &[
    ("en", &["always", "never", "all", "secure", "immediately", "anonymous", "irreversible"]),
    ("id", &["selalu", "tidak pernah", "semua", "segera", "anonim", "permanen"]),
];

/// Words that a rule of the check speaks of, where they stand in a text.
pub(crate) struct Wording {
    pub(crate) rule: &'static str,
    /// Whether names of rows may not use them either.
    pub(crate) in_names: bool,
    pub(crate) words: &'static [(&'static str, &'static [&'static str])],
}

/// What imported texts claim, by rule and language.
pub(crate) const WORDINGS: &[Wording] = &[
    Wording {
        rule: "untestable",
        in_names: true,
        words: &[
            (
                "en",
                &[
                    "enterprise-grade",
                    "military-grade",
                    "bank-grade",
                    "industry-leading",
                    "world-class",
                    "state of the art",
                    "best practices",
                    "best-practice",
                    "robust",
                    "strict",
                    "strictly",
                    "appropriate",
                    "adequate",
                    "reasonable",
                    "reasonably",
                    "authorised only",
                    "authorized only",
                    "highest standard",
                    "highest standards",
                    "top priority",
                ],
            ),
            (
                "id",
                &[
                    "memadai",
                    "wajar",
                    "ketat",
                    "andal",
                    "kelas dunia",
                    "terbaik",
                    "mutakhir",
                    "sewajarnya",
                    "sepatutnya",
                    "tingkat tinggi",
                    "standar tertinggi",
                ],
            ),
        ],
    },
    Wording {
        rule: "vague-wording",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "as long as",
                    "as needed",
                    "as required",
                    "when needed",
                    "where necessary",
                    "no longer needed",
                    "from time to time",
                    "promptly",
                    "without undue delay",
                    "as soon as",
                    "for later",
                ],
            ),
            (
                "id",
                &[
                    "selama diperlukan",
                    "sepanjang diperlukan",
                    "sesuai kebutuhan",
                    "secepatnya",
                    "bila diperlukan",
                    "jika diperlukan",
                    "sewaktu-waktu",
                ],
            ),
        ],
    },
    Wording {
        rule: "at-once",
        in_names: false,
        words: &[
            (
                "en",
                &["immediately", "instantly", "at once", "next sync", "right away", "real time"],
            ),
            ("id", &["segera", "seketika", "langsung dihapus", "saat itu juga"]),
        ],
    },
    Wording {
        rule: "absolute",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "always",
                    "never",
                    "fully",
                    "completely",
                    "at all times",
                    "guaranteed",
                    "all traffic",
                    "all transit",
                ],
            ),
            ("id", &["selalu", "tidak pernah", "sepenuhnya", "dijamin", "seluruh lalu lintas"]),
        ],
    },
    Wording {
        rule: "only-one",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "entirely on",
                    "exclusively",
                    "solely",
                    "only on",
                    "only first-party",
                    "nothing central",
                    "nothing stored",
                    "no third party",
                    "no third parties",
                    "only for display",
                ],
            ),
            ("id", &["hanya", "seluruhnya", "semata-mata", "tanpa pihak ketiga"]),
        ],
    },
    Wording {
        rule: "use-is-no-consent",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "continued use",
                    "by using",
                    "use of the site",
                    "using the service",
                    "keep using",
                    "deemed to agree",
                ],
            ),
            (
                "id",
                &[
                    "dengan menggunakan",
                    "tetap menggunakan",
                    "penggunaan berkelanjutan",
                    "dianggap setuju",
                    "terus menggunakan",
                ],
            ),
        ],
    },
    Wording {
        rule: "no-recovery",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "cannot be recovered",
                    "no recovery",
                    "without recovery",
                    "unrecoverable",
                    "hard delete",
                    "permanently",
                    "beyond recovery",
                ],
            ),
            ("id", &["tidak dapat dipulihkan", "tanpa pemulihan", "permanen", "dihapus permanen"]),
        ],
    },
    Wording {
        rule: "overwrite",
        in_names: false,
        words: &[
            ("en", &["overwrite", "overwriting", "overwritten", "wiped", "zeroed"]),
            ("id", &["ditimpa", "menimpa", "penimpaan"]),
        ],
    },
    Wording {
        rule: "irreversible",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "irreversible",
                    "irreversibly",
                    "one-way",
                    "cannot be reversed",
                    "cannot be reconstructed",
                ],
            ),
            ("id", &["tidak dapat dikembalikan", "tidak bisa dibalik", "ireversibel"]),
        ],
    },
    Wording {
        rule: "anonymous",
        in_names: false,
        words: &[
            ("en", &["anonymous", "anonymously", "anonymised", "anonymized", "de-identified"]),
            ("id", &["anonim", "anonimisasi", "dianonimkan"]),
        ],
    },
    Wording {
        rule: "obsolete-tls",
        in_names: true,
        words: &[("en", &["ssl", "tls/ssl", "ssl/tls"]), ("id", &["ssl", "tls/ssl", "ssl/tls"])],
    },
    Wording {
        rule: "disclaimed",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "not responsible",
                    "not covered",
                    "not liable",
                    "no responsibility",
                    "beyond our control",
                ],
            ),
            ("id", &["tidak bertanggung jawab", "di luar kendali kami", "di luar tanggung jawab"]),
        ],
    },
    Wording {
        rule: "without-notice",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "without notice",
                    "without prior notice",
                    "any time without",
                    "at our discretion",
                ],
            ),
            ("id", &["tanpa pemberitahuan", "sewaktu-waktu tanpa"]),
        ],
    },
    Wording {
        rule: "narrowed",
        in_names: false,
        words: &[
            (
                "en",
                &[
                    "for marketing purposes",
                    "for advertising purposes",
                    "deliberately",
                    "knowingly",
                    "intentionally",
                ],
            ),
            ("id", &["untuk tujuan pemasaran", "untuk keperluan pemasaran", "dengan sengaja"]),
        ],
    },
    Wording {
        rule: "browser-settings",
        in_names: false,
        words: &[
            ("en", &["browser settings", "through your browser", "in your browser"]),
            ("id", &["pengaturan peramban", "pengaturan browser", "melalui peramban"]),
        ],
    },
];
