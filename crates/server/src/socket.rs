//! Commands to a folder: performed by the command line itself when nobody serves the folder, or by the server
//! through a socket in it. One JSON document a line: a command goes in, its answers come out.

mod command;
mod listen;

pub use command::{Command, Each, perform};
pub use listen::{Listening, ask, listen};

/// The name of the socket in the data folder.
pub const NAME: &str = "janji.sock";

#[cfg(test)]
mod tests;
