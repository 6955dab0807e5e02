//! The policy as a PDF file. Setting a page costs seconds and strangers may ask for it, so each version is set
//! once in each language and then kept, and only one page is set at a time.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::Response,
};
use engine::policy::View;
use tokio::{sync::OnceCell, task};

use super::{Visit, answer, or_problem, page::SHORT};
use crate::{
    app::App,
    problem::{Kind, Problem},
};

/// How long a request waits for a page that is being set; whoever asks again later finds it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was set so far: no more files than a company published versions, in its languages. A page that cannot be
/// set is remembered as well.
#[derive(Default)]
pub(super) struct Files {
    set: Mutex<BTreeMap<Edition, Place>>,
    turn: tokio::sync::Mutex<()>,
}

/// The publisher, the number of the version, the language.
type Edition = (u64, u64, String);
type Place = Arc<OnceCell<Option<Bytes>>>;

/// `GET /policy.pdf`
pub(super) async fn file(State(app): State<App>, request: Request) -> Response<Body> {
    let visit = match whole(&app, &request) {
        Ok(visit) => visit,
        Err(problem) => return problem.response(),
    };
    let edition = (visit.publisher, visit.in_force.number, visit.language.clone());
    let making = app.site().files.get(edition, move || made(&visit));
    or_problem(match tokio::time::timeout(PATIENCE, making).await {
        Ok(Some(bytes)) => Ok(answer("application/pdf", SHORT, bytes)),
        Ok(None) => Err(Problem::new(Kind::NotFound).because("no-pdf")),
        Err(_) => Err(Problem::later(Kind::Unavailable, 5)),
    })
}

/// The page for everybody: views of single readers would be hundreds of files for whoever asks for all of them.
fn whole(app: &App, request: &Request) -> Result<Visit, Problem> {
    let query = request.uri().query().unwrap_or("");
    for view in ["for", "in"] {
        if form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == view) {
            return Err(Problem::invalid(view, "whole"));
        }
    }
    Visit::of(app, request)
}

fn made(visit: &Visit) -> Option<Bytes> {
    match ::pdf::render(&visit.in_force.policy.document(&visit.language, &View::default())) {
        Ok(bytes) => Some(bytes.into()),
        Err(error) => {
            let (publisher, language) = (visit.publisher, &visit.language);
            tracing::warn!(publisher, language, %error, "a policy has no PDF");
            None
        }
    }
}

impl Files {
    /// The file of an edition: kept, or made now while whoever else wants it waits.
    async fn get(
        self: &Arc<Files>,
        edition: Edition,
        make: impl FnOnce() -> Option<Bytes> + Send + 'static,
    ) -> Option<Bytes> {
        let place = {
            let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(set.entry(edition).or_default())
        };
        if let Some(kept) = place.get() {
            return kept.clone();
        }
        // A task of its own: who goes away does not stop it, so asking and leaving starts nothing twice.
        let files = Arc::clone(self);
        let making = task::spawn(async move {
            let make = || async {
                let _turn = files.turn.lock().await;
                task::spawn_blocking(make).await.ok().flatten()
            };
            place.get_or_init(make).await.clone()
        });
        making.await.ok().flatten()
    }
}

#[cfg(test)]
#[path = "pdf/tests.rs"]
mod tests;
