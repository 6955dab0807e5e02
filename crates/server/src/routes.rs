//! The form of the route table. Router, permission check, API description and coverage test all read the one
//! table in `routes/table.rs`.

mod agreeing;
mod bench;
mod fields;
mod table;

use std::{future::Future, pin::Pin};

pub(crate) use bench::BENCH;
pub(crate) use table::ROUTES;

use crate::{
    answer::Answer,
    call::Call,
    problem::Problem,
    roles::Roles,
    shape::{Field, Shape},
};

/// What a handler returns before it is awaited.
pub(crate) type Handling = Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send>>;
/// A handler: extracts, calls the engine once, renders.
pub(crate) type Handler = fn(Call) -> Handling;

/// The methods of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    /// Its word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
        }
    }
}

/// What a request carries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Takes {
    /// No body.
    Nothing,
    /// A JSON object of these fields.
    Json(&'static [Field]),
    /// The bytes of a file.
    File,
}

/// What a good answer carries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Gives {
    /// No body.
    Nothing,
    /// A JSON document.
    Json(Shape),
    /// The bytes of a file.
    File,
}

/// One route.
pub(crate) struct Route {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    /// There is no default: a route says who may.
    pub(crate) roles: Roles,
    pub(crate) handler: Handler,
    pub(crate) summary: &'static str,
    pub(crate) query: &'static [Field],
    pub(crate) takes: Takes,
    pub(crate) status: u16,
    pub(crate) gives: Gives,
    /// Statuses beyond those that every route of its kind can answer.
    pub(crate) refuses: &'static [u16],
    /// Whether it is there only under a test clock.
    pub(crate) test: bool,
}

impl Route {
    /// Adds what the query may say.
    const fn asks(self, query: &'static [Field]) -> Route {
        Route { query, ..self }
    }

    /// Adds the fields of the body.
    const fn takes(self, fields: &'static [Field]) -> Route {
        Route { takes: Takes::Json(fields), ..self }
    }

    /// Says that the body is a file.
    const fn takes_file(self) -> Route {
        Route { takes: Takes::File, ..self }
    }

    /// Adds the good answer.
    const fn gives(self, status: u16, shape: Shape) -> Route {
        Route { status, gives: Gives::Json(shape), ..self }
    }

    /// Says that the good answer is a file.
    const fn gives_file(self) -> Route {
        Route { gives: Gives::File, ..self }
    }

    /// Adds statuses of refusals.
    const fn refuses(self, refuses: &'static [u16]) -> Route {
        Route { refuses, ..self }
    }

    /// Keeps the route out of every server but one with a test clock.
    const fn only_in_tests(self) -> Route {
        Route { test: true, ..self }
    }

    /// The parts of the path in braces.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Every status that the route can answer with a problem.
    pub(crate) fn problems(&self) -> Vec<u16> {
        let mut all = vec![401, 403, 414, 422, 429, 431, 500, 503];
        all.extend_from_slice(self.refuses);
        if self.parts().next().is_some() {
            all.push(404);
        }
        match self.takes {
            Takes::Nothing if self.verb == Verb::Post => all.push(413),
            Takes::Nothing => {}
            Takes::Json(_) => all.extend([400, 413, 415]),
            Takes::File => all.extend([400, 413]),
        }
        if self.verb == Verb::Post {
            all.push(409);
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// A route as far as every one must say; it answers 204 until it says more.
const fn route(
    verb: Verb,
    path: &'static str,
    roles: Roles,
    handler: Handler,
    summary: &'static str,
) -> Route {
    Route {
        verb,
        path,
        roles,
        handler,
        summary,
        query: &[],
        takes: Takes::Nothing,
        status: 204,
        gives: Gives::Nothing,
        refuses: &[],
        test: false,
    }
}
