//! Standard fields, whose type and words need no saying.

use crate::model::{Field, FieldKind};

/// The type of a standard field.
pub(crate) fn standard(name: &str) -> Option<FieldKind> {
    STANDARD.iter().find(|(known, ..)| *known == name).map(|(_, kind, ..)| kind.clone())
}

/// The words of a standard field in a language.
pub(crate) fn words(name: &str, language: &str) -> Option<&'static str> {
    let (_, _, en, id) = STANDARD.iter().find(|(known, ..)| *known == name)?;
    Some(if language == "id" { id } else { en })
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

pub(crate) const STANDARD: &[(&str, FieldKind, &str, &str)] = &[
    ("first_name", FieldKind::Text, "first name", "nama depan"),
    ("last_name", FieldKind::Text, "last name", "nama belakang"),
    ("full_name", FieldKind::Text, "full name", "nama lengkap"),
    ("company_name", FieldKind::Text, "company name", "nama perusahaan"),
    ("email", FieldKind::Email, "e-mail address", "alamat surel"),
    ("phone", FieldKind::Phone, "phone number", "nomor telepon"),
    ("contact", FieldKind::Text, "contact", "kontak"),
    ("photo", FieldKind::Image, "photo", "foto"),
    ("thumbnail", FieldKind::Image, "small photo", "foto kecil"),
    ("selfie", FieldKind::Image, "selfie", "swafoto"),
    ("password", FieldKind::Secret, "password", "kata sandi"),
    ("verification_token", FieldKind::Secret, "verification code", "kode verifikasi"),
    ("google_id", FieldKind::Text, "Google account number", "nomor akun Google"),
    ("oauth_access_token", FieldKind::Token, "access key", "kunci akses"),
    ("oauth_refresh_token", FieldKind::Token, "refresh key", "kunci penyegaran"),
    ("connection_secret", FieldKind::Token, "connection secret", "rahasia koneksi"),
    ("answers", FieldKind::Text, "answers", "jawaban"),
    ("message", FieldKind::Text, "message", "pesan"),
    ("author", FieldKind::Text, "author", "penulis"),
    ("attachment", FieldKind::File, "attachment", "lampiran"),
    ("started_on", FieldKind::Date, "first day", "hari pertama"),
    ("ended_on", FieldKind::Date, "last day", "hari terakhir"),
    ("clock_in", FieldKind::Time, "clock-in", "absen masuk"),
    ("clock_out", FieldKind::Time, "clock-out", "absen pulang"),
    ("method", FieldKind::Text, "method", "cara"),
    ("location", FieldKind::Place, "coordinates", "koordinat"),
    ("address", FieldKind::Text, "address", "alamat"),
    ("settings", FieldKind::Text, "settings", "pengaturan"),
    ("event_kind", FieldKind::Text, "kind of event", "jenis peristiwa"),
    ("event_time", FieldKind::Time, "time of event", "waktu peristiwa"),
    ("event_sender", FieldKind::Text, "sender", "pengirim"),
    ("picture_url", FieldKind::Url, "address of the picture", "alamat gambar"),
    ("mail_headers", FieldKind::Text, "headers of mail", "kepala surel"),
    ("mail_body", FieldKind::Text, "text of mail", "isi surel"),
    ("mail_attachment_names", FieldKind::Text, "names of attachments", "nama lampiran"),
    ("mail_labels", FieldKind::Text, "labels of mail", "label surel"),
    ("ip", FieldKind::Ip, "IP address", "alamat IP"),
    ("browser", FieldKind::Text, "browser", "peramban"),
    ("page", FieldKind::Text, "page", "halaman"),
    ("duration", FieldKind::Number, "time spent", "lama kunjungan"),
    ("interaction", FieldKind::Text, "interaction", "interaksi"),
    ("requested_at", FieldKind::Time, "time of request", "waktu permintaan"),
    ("language", FieldKind::Text, "language", "bahasa"),
    ("time_zone", FieldKind::Text, "time zone", "zona waktu"),
    ("crash_place", FieldKind::Text, "place of the crash", "letak kesalahan"),
    ("plan", FieldKind::Text, "plan", "paket"),
    ("currency", FieldKind::Text, "currency", "mata uang"),
    ("payment_reference", FieldKind::Text, "payment reference", "nomor pembayaran"),
    ("invoice_number", FieldKind::Text, "invoice number", "nomor tagihan"),
    ("invoice_date", FieldKind::Date, "invoice date", "tanggal tagihan"),
    ("amount", FieldKind::Money, "amount", "jumlah"),
    ("qr_id", FieldKind::Text, "badge number", "nomor kartu"),
    ("job_title", FieldKind::Text, "job title", "jabatan"),
    ("department", FieldKind::Text, "department", "bagian"),
    ("employment", FieldKind::Text, "employment", "status kerja"),
    ("face_vector", FieldKind::Vector, "face vector", "vektor wajah"),
    ("face_model", FieldKind::Text, "face model", "model wajah"),
    ("host", FieldKind::Person, "host", "tuan rumah"),
    ("visit_purpose", FieldKind::Text, "reason of the visit", "keperluan"),
    ("full_address", FieldKind::Text, "postal address", "alamat lengkap"),
    ("billing_address", FieldKind::Text, "billing address", "alamat penagihan"),
    (
        "payment_token",
        FieldKind::Token,
        "payment key of the provider",
        "kunci pembayaran dari penyedia",
    ),
    ("microsoft_id", FieldKind::Text, "Microsoft account number", "nomor akun Microsoft"),
    ("organisation_id", FieldKind::Text, "number of the organisation", "nomor organisasi"),
    ("operating_system", FieldKind::Text, "operating system", "sistem operasi"),
    ("device_type", FieldKind::Text, "type of device", "jenis perangkat"),
    ("device_id", FieldKind::Text, "device number", "nomor perangkat"),
    ("used_at", FieldKind::Time, "time of use", "waktu pemakaian"),
    ("feature_used", FieldKind::Text, "feature used", "fitur yang dipakai"),
    ("session", FieldKind::Text, "session", "sesi"),
    ("route", FieldKind::Text, "route of the call", "rute panggilan"),
    ("status_code", FieldKind::Number, "status of the answer", "status jawaban"),
    ("size", FieldKind::Number, "size", "ukuran"),
    ("error_kind", FieldKind::Text, "kind of error", "jenis kesalahan"),
    ("media", FieldKind::File, "audio or video file", "berkas audio atau video"),
    ("dataset", FieldKind::File, "dataset", "himpunan data"),
    ("file", FieldKind::File, "file", "berkas"),
    ("query", FieldKind::Text, "query", "kueri"),
    ("image", FieldKind::Image, "image", "gambar"),
    ("project", FieldKind::Text, "project", "proyek"),
    ("title", FieldKind::Text, "title", "judul"),
    ("topics", FieldKind::Text, "topics", "topik"),
    ("document_reference", FieldKind::Text, "document number", "nomor dokumen"),
];
