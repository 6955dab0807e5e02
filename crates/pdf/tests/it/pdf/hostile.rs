//! Texts of a policy are texts, whatever they look like to a typesetter.

use policy::Document;

use super::{
    layout::page,
    tools::{File, bare},
};

const MARKUP: &[&str] = &[
    "#import \"@preview/tablex:0.0.8\": *",
    "#read(\"/etc/passwd\") #include \"page.typ\"",
    "#panic(\"stop\") #set page(width: 10pt)",
    "*bold* _slanted_ `raw` $x^2$ = no heading",
    "<scope> @scope \\ // a comment /* another */",
    "https://example.com ~ -- --- ... \"quoted\" 'too'",
    "{1 + 1} #{sys.inputs} [content] (1, 2)",
];

#[test]
fn markup_in_the_words_of_a_policy_is_printed_as_it_stands() {
    for text in MARKUP {
        let file = File::of(&Document { title: (*text).to_owned(), ..page(&[text]) });
        let body = file.body();
        assert!(bare(&body).matches(&bare(text)).count() >= 5, "`{text}` in {body}");
        assert!(file.ask("pdfinfo", &[]).contains(&format!("Title:           {text}\n")));
    }
}

#[test]
fn a_link_in_the_words_of_a_policy_leads_nowhere() {
    let file = File::of(&page(&["see https://example.com/ today"]));
    assert_eq!(file.ask("pdfinfo", &["-url"]).matches("example").count(), 0);
}

#[test]
fn a_character_that_no_font_has_is_refused_by_its_number() {
    let refused = pdf::render(&page(&["Perusahaan 漢字"])).unwrap_err();
    assert_eq!(refused.to_string(), "no font has the character `漢` (U+6F22)");
}

#[test]
fn letters_of_many_alphabets_are_printed() {
    let text = "Žižek Łódź Đặng Ñandú Ångström Αθήνα Москва “x” → €5 ≤ 7";
    let file = File::of(&page(&[text]));
    assert!(bare(&file.body()).contains(&bare(text)), "{}", file.body());
}

#[test]
fn a_page_without_a_day_is_refused() {
    for day in ["", "soon", "2026-02-30", "2026-02", "2026-02-01-01"] {
        let page = Document { effective: day.to_owned(), ..page(&["x"]) };
        assert!(matches!(pdf::render(&page), Err(pdf::Error::Date)), "{day}");
    }
}
