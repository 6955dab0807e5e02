//! What happens to texts that are longer than the place they have.

use policy::{Block, Chapter, Document, Fact, Line, Link, State, Table, TableRow, Text};

use super::tools::{File, WIDTH, bare};

/// A page that says these texts in every place that a page has.
pub(crate) fn page(texts: &[&str]) -> Document {
    let first = texts.first().copied().unwrap_or_default();
    let chapter = |id: &str, blocks| Chapter {
        id: id.to_owned(),
        title: first.to_owned(),
        blocks,
        rows: texts
            .iter()
            .enumerate()
            .map(|(place, text)| line(&format!("{id}.row{place}"), text))
            .collect(),
    };
    let text = || Text::of(first);
    Document {
        title: "Page".to_owned(),
        version: "1".to_owned(),
        effective: "2026-05-13".to_owned(),
        reviewed: None,
        language: "en".to_owned(),
        binding: true,
        view: None,
        lead: vec![text()],
        summary: chapter("summary", vec![Block::Prose(text()), Block::List(vec![text(), text()])]),
        chapters: vec![chapter(
            "data",
            vec![Block::Points(vec![fact(first)]), Block::Table(table(5, &[first, first]))],
        )],
    }
}

fn line(path: &str, text: &str) -> Line {
    Line {
        path: path.to_owned(),
        words: Text::of(text),
        mark: Some(text.to_owned()),
        sentence: Some(text.to_owned()),
        facts: vec![fact(text)],
        state: State::Enforced,
    }
}

fn fact(text: &str) -> Fact {
    Fact {
        anchor: None,
        label: text.to_owned(),
        value: Text::of(text),
        mark: Some(text.to_owned()),
        state: State::Enforced,
    }
}

/// A table that says each text once in each of its columns.
fn table(columns: usize, texts: &[&str]) -> Table {
    let row = |text: &&str| TableRow {
        cells: vec![Text::of(*text); columns],
        mark: Some((*text).to_owned()),
    };
    Table {
        anchor: "table-data".to_owned(),
        caption: "Caption".to_owned(),
        heads: (1..=columns).map(|column| format!("Column{column}")).collect(),
        rows: texts.iter().map(row).collect(),
    }
}

fn with_blocks(blocks: &[Block]) -> Document {
    let mut page = page(&["text"]);
    page.chapters.iter_mut().for_each(|chapter| chapter.blocks = blocks.to_vec());
    page
}

#[test]
fn words_that_are_too_long_for_their_place_break_inside_the_margins() {
    let key = "0123456789abcdef".repeat(20);
    let address = "data-protection-officer.".repeat(12);
    let word = "pertanggungjawaban".repeat(12);
    for text in [&key, &address, &word] {
        let file = File::of(&page(&[text]));
        for word in file.words() {
            assert!(word.right <= WIDTH - 70.0, "{word:?}");
        }
        assert!(bare(&file.body()).contains(&bare(text)), "{}", file.body());
    }
}

#[test]
fn a_word_of_a_table_stays_in_its_column() {
    let word = "WWWWWWWWWW".repeat(3);
    let file = File::of(&with_blocks(&[Block::Table(table(5, &[&word]))]));
    let words = file.words();
    let heads: Vec<f64> =
        words.iter().filter(|word| word.text.starts_with("Column")).map(|word| word.left).collect();
    assert_eq!(heads.len(), 5, "{words:?}");
    for word in words.iter().filter(|word| word.text.contains("WW")) {
        let next = heads.iter().find(|head| **head > word.left + 1.0);
        assert!(word.right <= next.copied().unwrap_or(WIDTH - 70.0), "{word:?} of {heads:?}");
    }
}

#[test]
fn a_long_table_goes_on_over_sheets_under_the_same_heads() {
    let texts: Vec<String> = (0..120).map(|place| format!("row{place}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let file = File::of(&with_blocks(&[Block::Table(table(3, &texts))]));
    let body = file.body();
    for text in texts {
        assert_eq!(body.split_whitespace().filter(|word| *word == text).count(), 3, "{text}");
    }
    let sheets = body.split('\u{c}').filter(|sheet| sheet.contains("row")).count();
    assert!(sheets >= 3, "{sheets} sheets");
    assert_eq!(body.matches("Column1").count(), sheets, "{body}");
}

#[test]
fn a_table_is_tagged_with_heads_of_columns_and_rows() {
    let file = File::of(&with_blocks(&[Block::Table(table(3, &["first", "second"]))]));
    let tags = file.ask("pdfinfo", &["-struct"]);
    let count = |tag: &str| {
        tags.lines().filter(|line| line.trim().split([' ', ':']).next() == Some(tag)).count()
    };
    assert_eq!((count("Table"), count("TR"), count("TH"), count("TD")), (1, 3, 5, 4), "{tags}");
    assert_eq!(
        (tags.matches("/Scope /Row").count(), tags.matches("/Scope /Column").count()),
        (2, 3)
    );
    assert_eq!(count("H1"), 3, "the summary, the contents, the chapter: {tags}");
}

#[test]
fn links_lead_to_rows_to_mail_and_to_sites_and_never_to_what_is_not_there() {
    let to = |link: Link| Text::to("link", link);
    let anchor = |path: &str| to(Link::Anchor(path.to_owned()));
    let file = File::of(&with_blocks(&[Block::List(vec![
        anchor("data.row0"),
        anchor("data.row0.keep"),
        anchor("nowhere.row"),
        to(Link::Mail("dpo@example.com".to_owned())),
        to(Link::Site("https://example.com".to_owned())),
        to(Link::Whole),
    ])]));
    let addresses = file.ask("pdfinfo", &["-url"]);
    assert!(addresses.contains("mailto:dpo@example.com"), "{addresses}");
    assert!(addresses.contains("https://example.com"), "{addresses}");
    let links = file.ask("qpdf", &["--json", "--json-key=qpdf"]);
    // One of the contents, two to the row, two addresses.
    assert_eq!(links.matches("\"/Subtype\": \"/Link\"").count(), 5, "{addresses}");
}

#[test]
fn the_sheets_after_the_first_name_title_and_version() {
    let texts = vec!["A sentence that is repeated until the page is full. ".repeat(12); 12];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let file = File::of(&page(&texts));
    assert!(file.pages() > 2);
    let head = file.ask("pdftotext", &["-x", "0", "-y", "0", "-W", "596", "-H", "60"]);
    let heads: Vec<&str> = head.split('\u{c}').map(str::trim).collect();
    assert_eq!(heads.first(), Some(&""));
    for later in heads.iter().skip(1).take(file.pages() - 1) {
        assert_eq!(bare(later), "PageVersion1", "{heads:?}");
    }
}
