//! The first page: of a company, or of a server with several when it is asked on the machine itself.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Response, StatusCode},
};
use maud::{Markup, html};

use super::{Visit, host, or_page, page};
use crate::{
    app::App,
    config::Publisher,
    problem::{Kind, Problem},
};

/// `GET /`
pub(super) async fn page(State(app): State<App>, request: Request) -> Response<Body> {
    or_page(match Visit::of(&app, &request) {
        Ok(visit) => {
            let name = visit.in_force.policy.company.name.clone();
            Ok(page::send(page::frame(&visit, "/", &name, &welcome(&visit))))
        }
        Err(problem) if problem.kind == Kind::Misdirected && host::is_loopback(&request) => {
            companies(&app)
        }
        Err(problem) => Err(problem),
    })
}

fn welcome(visit: &Visit) -> Markup {
    let lang = &visit.language;
    html! {
        h1 { (visit.say("What we promise, and the proof", "Yang kami janjikan, dan buktinya")) }
        p.lead {
            (visit.say(
                "One file says what may be done with personal data. This server does it, and leaves proof that anyone can check.",
                "Satu berkas menyatakan apa yang boleh dilakukan dengan data pribadi. Server ini melakukannya, dan meninggalkan bukti yang dapat diperiksa siapa pun.",
            ))
        }
        ul {
            li { a href={ "/policy?lang=" (lang) } { (visit.say("The privacy policy", "Kebijakan privasi")) } }
            li { a href={ "/trust?lang=" (lang) } { (visit.say("The state of each promise", "Keadaan setiap janji")) } }
            li { a href="/openapi.json" { (visit.say("The interface for developers", "Antarmuka untuk pengembang")) } }
        }
    }
}

/// Every company with the way to its pages, for whoever sits at the machine.
fn companies(app: &App) -> Result<Response<Body>, Problem> {
    let all = app.deployment().control().publishers().map_err(engine::Refusal::from)?;
    let placed = &app.site().publishers;
    let address =
        |name: &str| placed.iter().find(|one| one.company == name)?.address(app.site().port);
    let content = html! {
        h1 { "Companies on this server" }
        p.lead { "Each has its own policy, its own proofs and its own host name." }
        ul {
            @for (_, name) in &all {
                li {
                    @match address(name) {
                        Some(address) => { a href=(address) { (name) } }
                        None => { (name) }
                    }
                }
            }
        }
    };
    Ok(page::send_as(StatusCode::OK, page::bare("Companies on this server", &content)))
}

/// What is shown under a host name that no company has. It does not repeat the name.
pub(super) fn misdirected() -> Response<Body> {
    let title = "Nobody publishes under this host name";
    let content = html! {
        h1 { (title) }
        p { "This server keeps the policies of several companies, each under a host name of its own." }
    };
    page::send_as(StatusCode::MISDIRECTED_REQUEST, page::bare(title, &content))
}

impl Publisher {
    /// Where its pages are: on this machine under the port of the server, elsewhere behind a proxy.
    fn address(&self, port: u16) -> Option<String> {
        let host = self.hosts.first()?;
        let here = host == "localhost" || host.ends_with(".localhost");
        Some(if here { format!("http://{host}:{port}/") } else { format!("https://{host}/") })
    }
}
