//! The policy as people read it, and as programs do.

use axum::{
    body::Body,
    extract::{Request, State},
    http::Response,
};
use engine::policy::{Document, Line, State as Kept};
use maud::{Markup, html};

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
        page::send(page::frame(&visit, "/policy", &title, &whole(&visit, &document)))
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

fn whole(visit: &Visit, document: &Document) -> Markup {
    let lang = &visit.language;
    let binding = &visit.in_force.policy.binding;
    html! {
        h1 { (document.title) }
        p.lead {
            (visit.say("Version", "Versi")) " " (document.version) ", "
            (visit.say("in force since", "berlaku sejak")) " "
            time datetime=(document.effective) { (document.effective) } ". "
            @if !document.binding {
                (visit.say("The binding text is in:", "Teks yang mengikat dalam bahasa:")) " "
                a href={ "/policy?lang=" (binding) } hreflang=(binding) { (page::name(binding)) } "."
            }
        }
        p.note {
            (visit.say(
                "Rows marked as planned are not kept yet; everything else is kept by the server that shows this page.",
                "Baris bertanda direncanakan belum dijalankan; selebihnya dijalankan oleh server yang menampilkan halaman ini.",
            ))
            " " a href={ "/policy.json?lang=" (lang) } { "JSON" }
            " · " a href={ "/policy.md?lang=" (lang) } { "Markdown" }
        }
        nav aria-label=(visit.say("Contents", "Daftar isi")) {
            ol.contents {
                @for chapter in &document.chapters {
                    li { a href={ "#chapter-" (chapter.id) } { (chapter.title) } }
                }
            }
        }
        @for chapter in &document.chapters {
            section aria-labelledby={ "chapter-" (chapter.id) } {
                h2 id={ "chapter-" (chapter.id) } { (chapter.title) }
                @for row in &chapter.rows { (line(visit, row)) }
            }
        }
    }
}

fn line(visit: &Visit, row: &Line) -> Markup {
    html! {
        article.row.planned[row.state == Kept::Planned] id=(row.path) {
            h3 { (row.words) }
            @if row.state == Kept::Planned {
                p { span.badge.planned {
                    (visit.say("planned in part or whole, not kept yet", "direncanakan sebagian atau seluruhnya, belum dijalankan"))
                } }
            }
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
