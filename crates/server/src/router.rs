//! The router, built from the route table: nothing is reachable that the table does not name.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{RawPathParams, Request, State},
    http::Response,
    middleware::{self, Next},
    routing::{MethodFilter, MethodRouter, on},
};

use crate::{
    app::App,
    dispatch, limits,
    problem::{Kind, Problem},
    public,
    routes::{BENCH, ROUTES, Route, Verb},
};

/// The routes that this server has: those of the test clock only under one, the bare ones only in a benchmark.
pub(crate) fn served(app: &App) -> impl Iterator<Item = &'static Route> {
    let test = app.test_clock().is_some();
    let bare = if app.bench() { BENCH } else { &[] };
    ROUTES.iter().filter(move |route| test || !route.test).chain(bare)
}

/// Everything that is served.
pub(crate) fn router(app: &App) -> Router {
    let mut paths: BTreeMap<&'static str, Vec<&'static Route>> = BTreeMap::new();
    for route in served(app) {
        paths.entry(route.path).or_default().push(route);
    }
    let mut router = Router::new();
    for (path, routes) in paths {
        router = router.route(path, methods(&routes));
    }
    router
        .merge(public::router())
        .fallback(nothing)
        .layer(middleware::from_fn_with_state(app.clone(), bounded))
        .with_state(app.clone())
}

fn methods(routes: &[&'static Route]) -> MethodRouter<App> {
    let allowed: Vec<&str> = routes.iter().map(|route| route.verb.word()).collect();
    let allowed: Arc<str> = allowed.join(", ").into();
    let mut methods = MethodRouter::new();
    for route in routes {
        methods = methods.merge(method(route));
    }
    methods.fallback(move |request: Request| {
        let allowed = Arc::clone(&allowed);
        async move {
            dispatch::dismiss(request.into_body()).await;
            guarded(&Problem::method(&allowed))
        }
    })
}

fn method(route: &'static Route) -> MethodRouter<App> {
    let filter = match route.verb {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
        Verb::Put => MethodFilter::PUT,
        Verb::Patch => MethodFilter::PATCH,
        Verb::Delete => MethodFilter::DELETE,
    };
    on(filter, move |State(app): State<App>, path: RawPathParams, request: Request| {
        let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        dispatch::answer(app, route, path.collect(), request)
    })
}

fn guarded(problem: &Problem) -> Response<Body> {
    let mut response = problem.response();
    dispatch::guard(response.headers_mut());
    response
}

async fn nothing(request: Request) -> Response<Body> {
    dispatch::dismiss(request.into_body()).await;
    guarded(&Problem::new(Kind::NotFound))
}

/// What holds for every request: the size of its head, and how many are worked on at one time.
async fn bounded(State(app): State<App>, request: Request, next: Next) -> Response<Body> {
    let path = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if path > limits::URL {
        return guarded(&Problem::new(Kind::TooLong));
    }
    // The listener stops reading a head somewhat above this; here the limit is exact.
    let lines = request.headers().iter();
    let head: usize = lines.map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if head > limits::HEAD {
        return guarded(&Problem::new(Kind::Head));
    }
    let Ok(_permit) = Arc::clone(app.busy()).try_acquire_owned() else {
        return guarded(&Problem::later(Kind::Unavailable, 1));
    };
    let response = next.run(request).await;
    app.count(response.status().as_u16());
    response
}
