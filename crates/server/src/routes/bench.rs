//! The bare routes of a benchmark's server: no part of the interface, and on no other server.

use super::{
    Route,
    Verb::{Get, Post},
    route,
};
use crate::{
    api::bare,
    roles::SYSTEM,
    shape::{Shape, need},
};

/// The yardstick.
pub(crate) static BENCH: &[Route] = &[
    route(
        Post,
        "/v1/bare",
        SYSTEM,
        |call| Box::pin(bare::create(call)),
        "Store a plain value durably",
    )
    .takes(&[need("value", Shape::Text, "what is stored in clear")])
    .gives(201, Shape::Object(&[need("id", Shape::Text, "its number")])),
    route(
        Get,
        "/v1/bare/{id}",
        SYSTEM,
        |call| Box::pin(bare::read(call)),
        "Read a plain value, with a plain audit row that is durable first",
    )
    .gives(200, Shape::Object(&[need("value", Shape::Text, "what was stored")])),
];
