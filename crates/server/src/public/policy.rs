//! The policy as people read it, and as programs do.

use axum::{
    body::Body,
    extract::{Request, State},
    http::Response,
};
use engine::policy::{Document, Line, Policy, State as Kept};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    Visit, answer, or_page, or_problem,
    page::{self, SHORT},
};
use crate::app::App;

/// `GET /policy`
pub(super) async fn page(State(app): State<App>, request: Request) -> Response<Body> {
    or_page(Visit::of(&app, &request).map(|visit| {
        let document = visit.in_force.policy.document(&visit.language);
        let title = document.title.clone();
        let content = html! {
            (whole(&document, &visit.in_force.policy.binding, true))
            (earlier(&visit))
        };
        page::send(page::frame(&visit, "/policy", &title, &content))
    }))
}

/// `GET /policy.json`
pub(super) async fn json(State(app): State<App>, request: Request) -> Response<Body> {
    or_problem(Visit::of(&app, &request).map(|visit| {
        let document = visit.in_force.policy.document(&visit.language);
        answer("application/json", SHORT, document.to_json())
    }))
}

/// `GET /policy.md`
pub(super) async fn markdown(State(app): State<App>, request: Request) -> Response<Body> {
    or_problem(Visit::of(&app, &request).map(|visit| {
        let document = visit.in_force.policy.document(&visit.language);
        answer("text/markdown; charset=utf-8", SHORT, document.to_markdown())
    }))
}

/// The page on its own, with its style in it and no link to elsewhere.
pub(super) fn alone(policy: &Policy, language: &str) -> Markup {
    let document = policy.document(language);
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (document.title) }
                style { (PreEscaped(page::STYLE)) }
            }
            body { main id="content" { (whole(&document, &policy.binding, false)) } }
        }
    }
}

/// The policy itself; `served` when the server that shows it has the other pages as well.
fn whole(document: &Document, binding: &str, served: bool) -> Markup {
    let lang = document.language.as_str();
    let say = |english, indonesian| if lang == "id" { indonesian } else { english };
    html! {
        h1 { (document.title) }
        p.lead {
            (say("Version", "Versi")) " " (document.version) ", "
            (say("in force since", "berlaku sejak")) " "
            time datetime=(document.effective) { (document.effective_in_words()) } ". "
            @if !document.binding {
                (say("The binding text is in:", "Teks yang mengikat dalam bahasa:")) " "
                @if served {
                    a href={ "/policy?lang=" (binding) } hreflang=(binding) { (page::name(binding)) } "."
                } @else { (page::name(binding)) "." }
            }
        }
        p.note {
            (say(
                "Rows marked as planned are not kept yet; everything else is kept by the server that shows this page.",
                "Baris bertanda direncanakan belum dijalankan; selebihnya dijalankan oleh server yang menampilkan halaman ini.",
            ))
            @if served {
                " " a href={ "/policy.json?lang=" (lang) } { "JSON" }
                " · " a href={ "/policy.md?lang=" (lang) } { "Markdown" }
            }
        }
        nav aria-label=(say("Contents", "Daftar isi")) {
            ol.contents {
                @for chapter in &document.chapters {
                    li { a href={ "#chapter-" (chapter.id) } { (chapter.title) } }
                }
            }
        }
        @for chapter in &document.chapters {
            section aria-labelledby={ "chapter-" (chapter.id) } {
                h2 id={ "chapter-" (chapter.id) } { (chapter.title) }
                @for row in &chapter.rows { (line(lang, row)) }
            }
        }
    }
}

/// The versions there were: each stays readable, because what was collected under it is still kept by it.
fn earlier(visit: &Visit) -> Markup {
    let newest = visit.app.deployment().policy(visit.publisher).ok();
    let replaced = newest.as_ref().is_some_and(|newest| newest.number > visit.in_force.number);
    let others: Vec<String> = newest
        .iter()
        .flat_map(|newest| newest.versions.list())
        .filter(|(number, _)| *number != visit.in_force.number)
        .map(|(_, name)| name.to_owned())
        .collect();
    html! {
        @if replaced {
            p.note { (visit.say("A later version has replaced this one.", "Versi ini telah digantikan.")) }
        }
        @if !others.is_empty() {
            p.note {
                (visit.say("Other versions:", "Versi lain:"))
                @for name in &others {
                    " " a href={ "/policy?version=" (urlencode(name)) } { (name) }
                }
            }
        }
    }
}

/// A name as it can stand in a query.
fn urlencode(name: &str) -> String {
    form_urlencoded::byte_serialize(name.as_bytes()).collect()
}

fn line(lang: &str, row: &Line) -> Markup {
    let say = |english, indonesian| if lang == "id" { indonesian } else { english };
    html! {
        article.row.planned[row.state == Kept::Planned] id=(row.path) {
            h3 { (row.words) }
            @if row.state == Kept::Planned {
                p { span.badge.planned {
                    (say("planned in part or whole, not kept yet", "direncanakan sebagian atau seluruhnya, belum dijalankan"))
                } }
            }
            @if let Some(sentence) = &row.sentence { p { (sentence) } }
            @if !row.facts.is_empty() {
                dl {
                    @for (label, value) in &row.facts {
                        dt { (label) }
                        dd { (value) }
                    }
                }
            }
        }
    }
}
