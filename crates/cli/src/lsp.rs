//! `janji lsp`: a language server for policy files, over standard input and output. It reads no file: an editor
//! sends the texts.

mod answer;
mod document;
mod session;
mod wire;

#[cfg(test)]
mod tests;

use std::io::{BufRead, Write};

use serde_json::{Value, json};

use session::Session;
use wire::Read;

/// What `janji lsp` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Standard input and output, which is the only way; many clients say it
    #[arg(long)]
    stdio: bool,
}

/// Serves one editor; 0 when it said goodbye.
pub(crate) fn run(args: &Args) -> u8 {
    let _ = args.stdio;
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    u8::from(!serve(&mut input, &mut output))
}

/// Answers message after message; whether the client ended as the protocol has it.
fn serve(input: &mut impl BufRead, output: &mut impl Write) -> bool {
    let mut session = Session::default();
    loop {
        let mut answers = Vec::new();
        let over = match wire::read(input) {
            Read::Message(message) => session.take(&message, &mut answers),
            Read::Broken => {
                answers.push(wire::error(&Value::Null, wire::PARSE_ERROR, "this is not JSON"));
                None
            }
            Read::End => Some(session.is_down()),
            Read::Lost(why) => {
                // Nobody knows where the next message begins.
                let note = json!({ "type": 1, "message": why });
                answers.push(wire::notice("window/logMessage", &note));
                Some(false)
            }
        };
        for answer in &answers {
            if wire::write(output, answer).is_err() {
                return session.is_down();
            }
        }
        if let Some(fine) = over {
            return fine;
        }
    }
}
