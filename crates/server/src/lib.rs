//! The server: the only crate that speaks HTTP and writes HTML. It extracts, calls the engine once, renders,
//! and decides nothing itself.

mod answer;
mod api;
mod app;
mod call;
pub mod config;
mod dispatch;
mod json;
mod lanes;
pub mod limits;
mod openapi;
mod problem;
mod public;
mod rate;
mod roles;
mod router;
mod routes;
mod serve;
mod shape;
mod shapes;
#[cfg(unix)]
pub mod socket;

pub use openapi::document as openapi;
pub use public::render;
#[cfg(feature = "pdf")]
pub use public::render_pdf;
pub use serve::{Running, ServeError, Settings, serve};
