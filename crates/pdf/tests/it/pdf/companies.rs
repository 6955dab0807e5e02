//! The pages of the companies, in each of their languages.

use std::{fs, path::Path};

use policy::{Block, Chapter, Document, Fact, Policy, View};

use super::tools::{File, HEIGHT, WIDTH, bare};

fn policies() -> Vec<Policy> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let checked = policy::check("policy.toml", &fs::read_to_string(path).unwrap());
        checked.policy.unwrap_or_else(|| panic!("{}: {:?}", path.display(), checked.findings))
    };
    let all: Vec<Policy> = paths.iter().map(read).collect();
    assert!(all.len() >= 5, "the five companies");
    all
}

/// One test, because each page takes a second or two to set: what holds for it has a function below.
#[test]
fn each_page_of_each_company_is_sound_whole_and_readable() {
    for policy in policies() {
        for language in &policy.languages {
            let page = policy.document(language, &View::default());
            let file = File::of(&page);
            it_is_a_dated_tagged_a4_file_that_claims_both_standards(&page, &file);
            it_says_everything_that_the_page_says(&page, &file);
            it_names_each_category_and_recipient_in_its_language(&policy, &page, &file);
            its_places_are_destinations_and_its_headings_bookmarks(&page, &file);
            its_words_lie_between_the_margins(&file);
            its_sheets_have_their_numbers(&page, &file);
        }
    }
}

fn it_is_a_dated_tagged_a4_file_that_claims_both_standards(page: &Document, file: &File) {
    let found = file.ask("qpdf", &["--check"]);
    assert!(found.contains("No syntax or stream encoding errors found"), "{found}");
    let info = file.ask("pdfinfo", &["-isodates"]);
    let says = |name: &str, value: &str| {
        let line = info.lines().find_map(|line| line.strip_prefix(&format!("{name}:")));
        assert_eq!(line.map(str::trim), Some(value), "{name} in {info}");
    };
    let day = format!("{}T00:00:00Z", page.effective);
    for (name, value) in [
        ("Title", page.title.as_str()),
        ("Tagged", "yes"),
        ("Suspects", "no"),
        ("JavaScript", "no"),
        ("Encrypted", "no"),
        ("Page size", "595.276 x 841.89 pts (A4)"),
        ("PDF version", "1.7"),
        ("CreationDate", &day),
        ("ModDate", &day),
    ] {
        says(name, value);
    }
    let meta = file.ask("pdfinfo", &["-meta"]);
    for claim in [
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        &format!("<dc:language><rdf:Bag><rdf:li>{}</rdf:li>", page.language),
    ] {
        assert!(meta.contains(claim), "{claim} in {meta}");
    }
    let fonts = file.ask("pdffonts", &[]);
    for font in fonts.lines().skip(2) {
        // Embedded, cut to what is used, with the letters behind the shapes.
        assert!(font.contains(" yes yes yes "), "{fonts}");
    }
}

fn it_says_everything_that_the_page_says(page: &Document, file: &File) {
    let body = bare(&file.body());
    let says = |text: &str| {
        assert!(body.contains(&bare(text)), "`{text}` of {} {}", page.title, page.language);
    };
    let fact = |fact: &Fact| {
        says(&format!("{}: {}", fact.label, said(&fact.value.plain(), fact.mark.as_deref())));
    };
    says(&page.title);
    page.lead.iter().for_each(|text| says(&text.plain()));
    for chapter in chapters(page) {
        says(&chapter.title);
        for block in &chapter.blocks {
            match block {
                Block::Prose(text) => says(&text.plain()),
                Block::List(items) => items.iter().for_each(|item| says(&item.plain())),
                Block::Points(points) => points.iter().for_each(fact),
                // Cells break over lines beside each other: their words are looked for one by one.
                Block::Table(table) => {
                    says(&table.caption);
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    let texts = cells.map(policy::Text::plain).chain(table.heads.clone());
                    texts.for_each(|text| text.split_whitespace().for_each(says));
                }
            }
        }
        for row in &chapter.rows {
            says(&row.words.plain());
            row.mark.iter().chain(&row.sentence).for_each(|text| says(text));
            row.facts.iter().for_each(fact);
        }
    }
}

/// A text with what is said beside it.
fn said(text: &str, mark: Option<&str>) -> String {
    mark.map_or_else(|| text.to_owned(), |mark| format!("{text} ({mark})"))
}

fn chapters(page: &Document) -> impl Iterator<Item = &Chapter> {
    page.chapters.iter().chain([&page.summary])
}

fn it_names_each_category_and_recipient_in_its_language(
    policy: &Policy,
    page: &Document,
    file: &File,
) {
    let body = bare(&file.body());
    let data = policy.categories.iter().map(|one| format!("data.{}", one.id));
    let recipients = policy.recipients.iter().map(|one| format!("recipient.{}", one.id));
    for path in data.chain(recipients) {
        let words = policy.words.of_path(&path, &page.language);
        let words = words.unwrap_or_else(|| panic!("{path} has words"));
        assert!(body.contains(&bare(words)), "`{words}` of {} {}", page.title, page.language);
    }
}

fn its_places_are_destinations_and_its_headings_bookmarks(page: &Document, file: &File) {
    let places = file.ask("pdfinfo", &["-dests"]);
    let outline = file.ask("qpdf", &["--json", "--json-key=outlines"]);
    for chapter in chapters(page) {
        assert!(places.contains(&format!("\"{}\"", chapter.anchor())), "{}", chapter.id);
        let bookmark = format!("\"title\": \"{}\"", chapter.title);
        assert!(outline.contains(&bookmark), "{bookmark} in {outline}");
        for row in &chapter.rows {
            assert!(places.contains(&format!("\"{}\"", row.path)), "{}", row.path);
        }
    }
}

fn its_words_lie_between_the_margins(file: &File) {
    for word in file.words() {
        assert!(word.left >= 70.0 && word.right <= WIDTH - 70.0, "{word:?}");
        assert!(word.top >= 40.0 && word.bottom <= HEIGHT - 30.0, "{word:?}");
    }
}

fn its_sheets_have_their_numbers(page: &Document, file: &File) {
    let text = file.ask("pdftotext", &["-layout"]);
    let last = file.pages();
    let word = if page.language == "id" { "Halaman" } else { "Page" };
    for (place, sheet) in text.split('\u{c}').take(last).enumerate() {
        let number = format!("{word} {} / {last}", place + 1);
        assert_eq!(sheet.trim_end().lines().last().map(str::trim), Some(number.as_str()));
    }
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let policies = policies();
    let policy = policies.first().unwrap();
    let page = policy.document(&policy.binding, &View::default());
    let first = pdf::render(&page).unwrap();
    assert!(first == pdf::render(&page).unwrap());
    // The version is part of the page.
    let small = super::layout::page(&["text"]);
    let next = Document { version: "2".to_owned(), ..small.clone() };
    assert!(pdf::render(&small).unwrap() != pdf::render(&next).unwrap());
}
