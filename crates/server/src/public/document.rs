//! A document of the policy as HTML: a walk over its tree.

use engine::policy::{Block, Chapter, Document, Fact, Line, Link, Span, State, Table, Text};
use maud::{Markup, html};

/// Where the links of a page lead that leave it.
pub(super) struct Links {
    /// The page for everybody.
    pub(super) whole: Option<String>,
    /// What the link to another language of a served page says again.
    pub(super) kept: Option<String>,
}

/// The policy itself: heading, summary, contents, chapters.
pub(super) fn whole(document: &Document, links: &Links) -> Markup {
    html! {
        @if let Some(view) = &document.view {
            p.view role="note" { (words(view, links)) }
        }
        h1 { (document.title) }
        @for paragraph in &document.lead { p.lead { (words(paragraph, links)) } }
        (chapter(&document.summary, links))
        nav.contents aria-labelledby="contents" {
            h2 id="contents" { (document.say("contents")) }
            ol {
                @for own in &document.chapters {
                    li { a href={ "#" (own.anchor()) } { (own.title) } }
                }
            }
        }
        @for own in &document.chapters { (chapter(own, links)) }
    }
}

fn chapter(chapter: &Chapter, links: &Links) -> Markup {
    let anchor = chapter.anchor();
    html! {
        section.{ "is-" (chapter.id) } aria-labelledby=(anchor) {
            h2 id=(anchor) { (chapter.title) }
            @for own in &chapter.blocks { (block(own, links)) }
            @for row in &chapter.rows { (line(row, links)) }
        }
    }
}

fn block(block: &Block, links: &Links) -> Markup {
    html! {
        @match block {
            Block::Prose(text) => { p { (words(text, links)) } }
            Block::List(items) => { ul { @for item in items { li { (words(item, links)) } } } }
            Block::Points(points) => { (facts(points, links)) }
            Block::Table(own) => { (table(own, links)) }
        }
    }
}

/// A table with its headings in every cell, for screens on which each row becomes a card.
fn table(table: &Table, links: &Links) -> Markup {
    html! {
        table.wide role="table" id=(table.anchor) {
            caption { (table.caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for head in &table.heads { th scope="col" role="columnheader" { (head) } }
                }
            }
            tbody role="rowgroup" {
                @for row in &table.rows {
                    tr role="row" {
                        @for (place, (cell, head)) in row.cells.iter().zip(&table.heads).enumerate() {
                            @if place == 0 {
                                th scope="row" role="rowheader" {
                                    (words(cell, links)) (mark(row.mark.as_deref()))
                                }
                            } @else {
                                td role="cell" data-label=(head) { (words(cell, links)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn line(row: &Line, links: &Links) -> Markup {
    html! {
        article.row.planned[row.state == State::Planned] id=(row.path) {
            h3 { (words(&row.words, links)) (mark(row.mark.as_deref())) }
            @if let Some(sentence) = &row.sentence { p { (sentence) } }
            @if !row.facts.is_empty() { (facts(&row.facts, links)) }
        }
    }
}

fn facts(facts: &[Fact], links: &Links) -> Markup {
    html! {
        dl.facts {
            @for fact in facts {
                div id=[&fact.anchor] {
                    dt { (fact.label) }
                    dd { (words(&fact.value, links)) (mark(fact.mark.as_deref())) }
                }
            }
        }
    }
}

fn mark(mark: Option<&str>) -> Markup {
    html! {
        @if let Some(mark) = mark { " " span.badge.planned { (mark) } }
    }
}

fn words(text: &Text, links: &Links) -> Markup {
    html! { @for span in &text.spans { (piece(span, links)) } }
}

fn piece(span: &Span, links: &Links) -> Markup {
    let (lang, words) = (&span.language, &span.words);
    let target = match &span.link {
        None => None,
        Some(Link::Anchor(anchor)) => Some(format!("#{anchor}")),
        Some(Link::Mail(mail)) => Some(format!("mailto:{mail}")),
        Some(Link::Site(site)) => Some(site.clone()),
        Some(Link::Whole) => links.whole.clone(),
        Some(Link::Language(language)) => {
            links.kept.as_ref().map(|kept| format!("/policy?lang={language}{kept}"))
        }
    };
    let other = match &span.link {
        Some(Link::Language(language)) => Some(language),
        _ => None,
    };
    html! {
        @match (target, lang) {
            (Some(target), lang) => { a href=(target) hreflang=[other] lang=[lang] { (words) } }
            (None, Some(lang)) => { span lang=(lang) { (words) } }
            (None, None) => { (words) }
        }
    }
}
