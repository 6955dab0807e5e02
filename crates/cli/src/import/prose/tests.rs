use super::{
    contacts::{date, mails},
    language,
    lines::{Kind, lines, sentences},
};
use crate::import::{
    period::{Length, lengths},
    tests::{holds, imported},
};

fn toko() -> String {
    imported(&[("toko.md", include_str!("../sample/toko.md"))])
}

fn kopi() -> String {
    imported(&[("kopi.txt", include_str!("../sample/kopi.txt"))])
}

#[test]
fn periods_become_rows_with_what_they_run_from() {
    let policy = toko();
    holds(
        &policy,
        &[
            "grace = \"30 days\"",
            "lapses = \"18 months after signed_in\"",
            "keep = \"10 years\"",
            "keep = \"6 months after resolved\"",
            "keep = \"90 days\"",
            "keep = \"until opted_out\"",
            "keep = \"never\"",
            "security_log = { keep = \"1 year\" }",
            "access_token = { lives = \"2 hours\" }",
            "backups = { gone = \"14 days\" }",
        ],
    );
}

#[test]
fn a_row_says_the_words_and_the_line_that_it_was_read_from() {
    let policy = toko();
    holds(
        &policy,
        &[
            "# to confirm: “Account data: deleted within thirty (30) days of account closure”, toko.md line 30",
            "# to confirm: “We keep chat messages for 90 days.”, toko.md line 40",
        ],
    );
    let line = include_str!("../sample/toko.md").lines().nth(29).unwrap();
    assert!(line.contains("thirty (30)"));
}

#[test]
fn what_no_row_holds_is_unsettled_and_gets_no_period() {
    let policy = toko();
    assert!(policy.contains("says = \"Delivery notes: as long as necessary\""), "{policy}");
    assert!(policy.contains("says = \"Our loyalty points lapse after 24 months.\""), "{policy}");
    let (_, row) = policy.split_once("[data.delivery_notes]").unwrap();
    assert!(!row.split("[data.").next().unwrap().contains("keep ="), "{row}");
}

#[test]
fn recipients_are_those_that_the_text_names() {
    let policy = toko();
    holds(
        &policy,
        &[
            "stripe = { does = [\"payments\"], where = [\"US\"] }",
            "kurir_cepat = { where = [\"ID\"] }",
            "legal_compliance = { as = \"authority\" }",
        ],
    );
    for id in ["midtrans", "xendit"] {
        assert!(policy.contains(&format!("recipient.{id}")), "{id}\n{policy}");
    }
    assert!(!policy.contains("google"), "{policy}");
}

#[test]
fn a_basis_stands_only_where_the_text_says_one() {
    let policy = toko();
    let bases: Vec<&str> = policy.lines().filter(|line| line.contains("basis =")).collect();
    assert_eq!(bases.len(), 2, "{bases:?}");
    assert!(bases[0].contains("\"contract\"") && bases[1].contains("\"consent\""), "{bases:?}");
}

#[test]
fn terms_rights_ages_notices_and_contacts_are_found() {
    let policy = toko();
    holds(
        &policy,
        &[
            "effective = 2026-03-01",
            "version = \"2.1\"",
            "laws = [\"id-pdp\", \"gdpr\"]",
            "name = \"Toko Melati\"",
            "address = \"Jl. Melati 5, Bandung, Indonesia\"",
            "country = \"ID\"",
            "privacy = \"privacy@toko.example\"",
            "acknowledge = { within = \"3 business days\" }",
            "answer = { within = \"1 month\", extend = \"2 months\" }",
            "tell_authority = { within = \"72 hours\" }",
            "tell_people = { within = \"5 days\" }",
            "min_age = 16",
            "cart_id = { lives = \"14 days\" }",
            "home = [\"ID\"]",
            "safeguards = [\"standard_clauses\"]",
            "policy_change = { via = [\"email\"], before = \"30 days\" }",
            "access = {}",
            "erasure = {}",
            "portability = {}",
            "sale = {}",
            "advertising = {}",
        ],
    );
    assert!(!policy.contains("restriction = {}") && !policy.contains("training = {}"), "{policy}");
}

#[test]
fn what_is_collected_becomes_fields() {
    let policy = toko();
    holds(
        &policy,
        &[
            "fields = [\"full_name\", \"email\", \"phone\", \"loyalty_tier\"]",
            "loyalty_tier = \"text\"",
        ],
    );
}

#[test]
fn indonesian_is_read_too() {
    let policy = kopi();
    holds(
        &policy,
        &[
            "languages = [\"id\"]",
            "effective = 2026-01-05",
            "grace = \"30 days\"",
            "keep = \"10 years\"",
            "keep = \"1 year after resolved\"",
            "keep = \"35 days\"",
            "security_log = { keep = \"1 year\" }",
            "backups = { gone = \"14 days\" }",
            "xendit = { does = [\"payments\"], where = [\"ID\"] }",
            "answer = { within = \"3 business days\" }",
            "tell_authority = { within = \"72 hours\" }",
            "min_age = 17",
            "privacy = \"privasi@kopi.example\"",
            "sale = {}",
            "advertising = {}",
            "access = {}",
            "erasure = {}",
            "withdrawal = {}",
        ],
    );
    assert!(policy.contains("Catatan pengiriman: selama diperlukan"), "{policy}");
    assert!(policy.contains("recipient.kurir_senja"), "{policy}");
}

#[test]
fn lengths_are_read_in_digits_and_words() {
    let said = |text: &str| lengths(text).iter().map(Length::phrase).collect::<Vec<String>>();
    assert_eq!(said("30 days"), ["30 days"]);
    assert_eq!(said("a 30-day grace, then 1 year"), ["30 days", "1 year"]);
    assert_eq!(said("within 3 business days"), ["3 business days"]);
    assert_eq!(said("dalam tiga hari kerja"), ["3 business days"]);
    assert_eq!(
        said("dua puluh satu hari, sebelas bulan, setahun"),
        ["21 days", "11 months", "1 year"]
    );
    assert_eq!(said("thirty (30) days"), ["30 days"]);
    assert_eq!(said("twenty four hours or 24–48 hours"), ["24 hours", "48 hours"]);
    assert_eq!(said("two weeks"), ["14 days"]);
    assert!(said("0 days, 99999 days, 10000 years, days, 12, Article 14 (Storage)").is_empty());
}

#[test]
fn dates_and_addresses_are_read() {
    assert_eq!(date("Effective Date: February 12, 2026").unwrap(), "2026-02-12");
    assert_eq!(date("berlaku 3 Mei 2025.").unwrap(), "2025-05-03");
    assert_eq!(date("on 2024-10-15T10:53").unwrap(), "2024-10-15");
    assert!(date("February 31, 2026").is_none());
    assert_eq!(mails("write to <A.B@Example.com>, not a@b or @x.y"), ["a.b@example.com"]);
}

#[test]
fn lines_know_headings_items_and_cells_that_lost_their_seams() {
    let kinds: Vec<Kind> = lines(
        "1. Scope\nText that goes on.\n- an item\nOperational backupsRotated within 30 days\n",
    )
    .into_iter()
    .map(|line| line.kind)
    .collect();
    let cells = vec!["Operational backups".to_owned(), "Rotated within 30 days".to_owned()];
    assert_eq!(kinds, [Kind::Heading { main: true }, Kind::Plain, Kind::Item, Kind::Cells(cells)]);
    assert_eq!(sentences("One. Two (e.g. this). Three"), ["One.", "Two (e.g. this).", "Three"]);
}

#[test]
fn the_language_is_that_of_the_small_words() {
    assert_eq!(language("kami menyimpan data yang Anda berikan dan tidak lebih"), "id");
    assert_eq!(language("we keep what you give and no more"), "en");
}
