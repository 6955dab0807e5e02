//! The policy as people read it, and as programs do.

use axum::{
    body::Body,
    extract::{Request, State},
    http::Response,
};
use engine::{
    policy::{self, Document, Locale, Policy, View},
    time,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    Visit, answer,
    document::{Links, whole},
    kept, or_page, or_problem,
    page::{self, SHORT},
};
use crate::{app::App, problem::Problem};

/// `GET /policy`
pub(super) async fn page(State(app): State<App>, request: Request) -> Response<Body> {
    or_page(seen(&app, &request).map(|(visit, document)| {
        let version = kept(&request, &["version"]);
        let links = Links {
            whole: Some(format!("/policy?lang={}{version}", visit.language)),
            kept: Some(visit.kept.clone()),
        };
        let content = html! {
            (coming(&visit))
            (whole(&document, &links))
            (others(&visit, &version))
        };
        page::send(page::frame(&visit, "/policy", &document.title, &content))
    }))
}

/// `GET /policy.json`
pub(super) async fn json(State(app): State<App>, request: Request) -> Response<Body> {
    let page = seen(&app, &request);
    or_problem(page.map(|(_, page)| answer("application/json", SHORT, page.to_json())))
}

/// `GET /policy.md`
pub(super) async fn markdown(State(app): State<App>, request: Request) -> Response<Body> {
    let page = seen(&app, &request);
    or_problem(
        page.map(|(_, page)| answer("text/markdown; charset=utf-8", SHORT, page.to_markdown())),
    )
}

/// The page that is asked for: in a language, of a version, for everybody or in a reader's own view.
fn seen(app: &App, request: &Request) -> Result<(Visit, Document), Problem> {
    let visit = Visit::of(app, request)?;
    let query = request.uri().query().unwrap_or("");
    let asked = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let (people, country) = (asked("for"), asked("in"));
    let policy = &visit.in_force.policy;
    if people.as_ref().is_some_and(|people| !policy.knows_people(people)) {
        return Err(Problem::invalid("for", "scope.people"));
    }
    if country.as_ref().is_some_and(|country| !Policy::knows_country(country)) {
        return Err(Problem::invalid("in", "country"));
    }
    let changes = changes(&visit);
    let view = View { people: people.as_deref(), country: country.as_deref(), changes: &changes };
    let document = policy.document(&visit.language, &view);
    Ok((visit, document))
}

/// What changed since the version before the one that is shown.
fn changes(visit: &Visit) -> Vec<(String, String)> {
    let (in_force, lang) = (&visit.in_force, &visit.language);
    let earlier = in_force.versions.list().filter(|(number, _)| *number < in_force.number);
    let before = earlier.last().and_then(|(number, _)| in_force.versions.policy(number));
    let Some(before) = before else { return Vec::new() };
    policy::diff(before, &in_force.policy).lines(before, &in_force.policy, lang)
}

/// The page on its own, with its style in it; `whole` is where the page for everybody stands.
pub(super) fn alone(document: &Document, whole_page: Option<&str>) -> Markup {
    let locale = Locale::of(&document.language);
    let links = Links { whole: whole_page.map(str::to_owned), kept: None };
    html! {
        (DOCTYPE)
        html lang=(document.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="description" content=(document.title);
                title { (document.title) }
                style { (PreEscaped(page::STYLE)) }
            }
            body {
                a.skip href="#content" { (locale.say("site-skip")) }
                main id="content" tabindex="-1" { (whole(document, &links)) }
            }
        }
    }
}

/// The version that is announced, with its hour: nothing of it holds before.
fn coming(visit: &Visit) -> Markup {
    let control = visit.app.deployment().control();
    let Some((announced, coming)) = control.coming(visit.publisher).ok().flatten() else {
        return html! {};
    };
    let (locale, company) = (Locale::of(&visit.language), &visit.in_force.policy.company);
    let (day, hour) = time::day_and_time(announced.effective, &company.zone);
    let itself = visit.in_force.number == coming.number;
    html! {
        p.note {
            @if itself {
                (locale.say("site-coming-itself"))
            } @else {
                (locale.say("site-coming")) " "
                a href={ "/policy?lang=" (visit.language) "&version=" (super::urlencode(&announced.version)) } {
                    (announced.version)
                }
                "."
            }
            " " (locale.say("site-coming-from")) " "
            time datetime=(time::rfc3339(announced.effective)) {
                (day) " " (hour) " (" (company.zone_name) ")"
            }
            ". " (locale.say("site-coming-no-consent"))
        }
    }
}

/// What else there is: other forms of this page, views of single readers, and the versions there were. Each of
/// those stays readable, because what was collected under it is still kept by it.
fn others(visit: &Visit, version: &str) -> Markup {
    let policy = &visit.in_force.policy;
    let (locale, lang) = (Locale::of(&visit.language), &visit.language);
    let newest = visit.app.deployment().policy(visit.publisher).ok();
    let replaced = newest.as_ref().is_some_and(|newest| newest.number > visit.in_force.number);
    let versions: Vec<String> = newest
        .iter()
        .flat_map(|newest| newest.versions.list())
        .filter(|(number, _)| *number != visit.in_force.number)
        .map(|(_, name)| name.to_owned())
        .collect();
    html! {
        section.others aria-labelledby="others" {
            h2 id="others" { (locale.say("site-others")) }
            @if replaced { p.note { (locale.say("site-replaced")) } }
            dl.facts {
                div {
                    dt { (locale.say("site-forms")) }
                    dd {
                        a href={ "/policy.json?lang=" (lang) (visit.kept) } { "JSON" } ", "
                        a href={ "/policy.md?lang=" (lang) (visit.kept) } { "Markdown" }
                        @if cfg!(feature = "pdf") {
                            ", " a href={ "/policy.pdf?lang=" (lang) (version) } { "PDF" }
                        }
                    }
                }
                @if policy.people.len() > 1 {
                    div {
                        dt { (locale.say("site-views")) }
                        dd {
                            @for (place, people) in policy.people.iter().enumerate() {
                                @if place > 0 { ", " }
                                a href={ "/policy?lang=" (lang) (version) "&for=" (people) } {
                                    (policy.people_words(people, lang))
                                }
                            }
                        }
                    }
                }
                @if !versions.is_empty() {
                    div {
                        dt { (locale.say("site-versions")) }
                        dd {
                            @for (place, name) in versions.iter().enumerate() {
                                @if place > 0 { ", " }
                                a href={ "/policy?lang=" (lang) "&version=" (super::urlencode(name)) } { (name) }
                            }
                        }
                    }
                }
            }
        }
    }
}
