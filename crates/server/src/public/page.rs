//! The frame of every page: plain HTML, one style sheet, no script, nothing from elsewhere.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use engine::policy::Locale;
use maud::{DOCTYPE, Markup, html};

use super::{Visit, answer};

const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// How long browsers keep what changes seldom.
pub(super) const SHORT: &str = "public, max-age=60";

/// The style sheet of every page.
pub(super) const STYLE: &str = include_str!("style.css");

/// `GET /style.css`
pub(super) async fn style() -> Response<Body> {
    answer("text/css; charset=utf-8", "public, max-age=3600", STYLE)
}

/// Sends a page of a company with the headers that keep it what it is.
pub(super) fn send(page: Markup) -> Response<Body> {
    let mut response = send_as(StatusCode::OK, page);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(SHORT));
    response
}

/// Sends a page that nobody keeps a copy of.
pub(super) fn send_as(status: StatusCode, page: Markup) -> Response<Body> {
    let mut response = answer("text/html; charset=utf-8", "no-store", page.into_string());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="description" content=(title);
            title { (title) }
            link rel="stylesheet" href="/style.css";
        }
    }
}

/// A page of the server itself, which has no company and so no language but ours.
pub(super) fn bare(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body { main id="content" { (content) } }
        }
    }
}

/// Puts content into the frame. `path` is the page's own, for the links to its other languages.
pub(super) fn frame(visit: &Visit, path: &str, title: &str, content: &Markup) -> Markup {
    let policy = &visit.in_force.policy;
    let lang = &visit.language;
    let locale = Locale::of(lang);
    html! {
        (DOCTYPE)
        html lang=(lang) {
            (head(title))
            body {
                a.skip href="#content" { (locale.say("site-skip")) }
                header {
                    a.home href={ "/?lang=" (lang) } { (policy.company.name) }
                    nav aria-label=(locale.say("site-pages")) {
                        a href={ "/policy?lang=" (lang) } aria-current=[current(path, "/policy")] {
                            (locale.say("site-policy"))
                        }
                        a href={ "/trust?lang=" (lang) } aria-current=[current(path, "/trust")] {
                            (locale.say("site-trust"))
                        }
                    }
                    nav.languages aria-label=(locale.say("site-languages")) {
                        @for language in &policy.languages {
                            a href={ (path) "?lang=" (language) (visit.kept) } lang=(language) hreflang=(language)
                                aria-current=[(language == lang).then_some("true")] {
                                (name(language))
                            }
                        }
                    }
                }
                main id="content" tabindex="-1" {
                    @if visit.app.deployment().test_clock() {
                        p.warning role="note" {
                            (locale.say("site-test-clock"))
                        }
                    }
                    @if let Ok(Some(ended)) = visit.app.deployment().control().publisher_ended(visit.publisher) {
                        p.warning role="note" {
                            (locale.say("site-ended")) " "
                            time { (engine::time::date(ended, &policy.company.zone)) } "."
                        }
                    }
                    (content)
                }
                footer {
                    p {
                        (policy.company.name) ", " (policy.company.address) ". "
                        a href={ "mailto:" (policy.company.privacy) } { (policy.company.privacy) }
                    }
                    p { (locale.say("site-kept")) }
                }
            }
        }
    }
}

fn current(path: &str, link: &str) -> Option<&'static str> {
    (path == link).then_some("page")
}

/// A language in its own words.
pub(super) fn name(language: &str) -> &str {
    match language {
        "en" => "English",
        "id" => "Bahasa Indonesia",
        other => other,
    }
}
