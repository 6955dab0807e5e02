//! `janji schema`: the language as a JSON Schema, for editors that complete and mark.

use anyhow::Result;

use crate::out;

/// What `janji schema` takes: nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Prints the schema.
pub(crate) fn run(_: &Args) -> Result<u8> {
    out::line(policy::json_schema().trim_end()).map(|()| 0)
}
