//! `janji`: a server that keeps the promises of a privacy policy, and what one does to a policy, to the data
//! and to a proof from a terminal. Each file is one command.

mod backup;
mod bench;
mod check;
mod demo;
mod diff;
mod explain;
mod export;
mod fmt;
mod folder;
mod import;
mod init;
mod lsp;
mod out;
mod place;
mod prove;
mod publish;
mod publisher;
mod render;
mod restore;
mod ropa;
mod schema;
mod serve;
mod simulate;
mod token;
mod verify;
mod workspace;

use std::{io, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Janji keeps the promises of a privacy policy over the data themselves, and proves it
#[derive(Debug, Parser)]
#[command(name = "janji", version, after_help = EXAMPLES, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Begin:
  janji init shop                              a commented policy and configuration in ./shop
  janji check shop/policy.toml                 what is wrong with the policy, like a compiler
  janji render shop/policy.toml > policy.html  the page it makes, from the file alone
  janji simulate shop/policy.toml --days 730   what it will keep, day by day, before there is any data
  janji diff old.toml new.toml                 what a new version changes, for whom, with which notice
  janji explain data.*.keep                    what a key of the language means
  janji workspace create main --policy shop/policy.toml --data shop
  janji token create --workspace main --role system --data shop
  janji serve --data shop                      the API, the public page and the log

Trust:
  janji prove --data shop                      how each promise stands, by looking at the data
  janji verify certificate.json --key KEY      offline, with no trust in the server

Exit codes: 0 fine; 1 findings, differences, or a proof that failed; 2 usage, or input that cannot be read.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a commented policy and configuration
    Init(init::Args),
    /// Say what is wrong with a policy, with the place and the article
    Check(check::Args),
    /// Say what changes between two versions of a policy, for whom, with the notice it needs
    Diff(diff::Args),
    /// Explain a finding, or a row or key of a policy
    Explain(explain::Args),
    /// Write the page of a policy, offline: HTML, Markdown or JSON
    Render(render::Args),
    /// Draw what the periods and clocks of a policy will do, from the file alone
    Simulate(simulate::Args),
    /// Put policy files into the house style
    Fmt(fmt::Args),
    /// Print a JSON Schema of the policy language, for editors
    Schema(schema::Args),
    /// Serve an editor: findings, meanings, completion, over standard input and output
    Lsp(lsp::Args),
    /// Serve a data folder on a loopback address
    Serve(serve::Args),
    /// Count what a new version of a policy would do to live data
    Plan(publish::Plan),
    /// Announce a new version of a policy, or put it in force when nobody must be told before
    Publish(publish::Publish),
    /// Show how each promise stands, by looking at the data
    Prove(prove::Args),
    /// Verify a certificate or a log, offline
    Verify(verify::Args),
    /// Give out the data of a workspace, or the copy a person has a right to
    Export(export::Args),
    /// Make or revoke a token of the API
    #[command(subcommand)]
    Token(token::Command),
    /// Make a workspace, list them, switch a feature
    #[command(subcommand)]
    Workspace(workspace::Command),
    /// End a company whose workspaces are all closed
    #[command(subcommand)]
    Publisher(publisher::Command),
    /// Write a backup set
    Backup(backup::Args),
    /// Restore a backup set into an empty folder
    Restore(restore::Args),
    /// Show the whole of it: five companies, three years, one server
    Demo(demo::Args),
    /// Measure the server beside a bare database
    #[command(subcommand)]
    Bench(bench::Command),
}

/// Does what was asked for; the answer is the exit code.
fn run(command: &Command) -> Result<u8> {
    match command {
        Command::Init(args) => init::run(args),
        Command::Check(args) => check::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Render(args) => render::run(args),
        Command::Simulate(args) => simulate::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Lsp(args) => Ok(lsp::run(args)),
        Command::Serve(args) => serve::run(args),
        Command::Plan(args) => publish::plan(args),
        Command::Publish(args) => publish::publish(args),
        Command::Prove(args) => prove::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Export(args) => export::run(args),
        Command::Token(command) => token::run(command),
        Command::Workspace(command) => workspace::run(command),
        Command::Publisher(command) => publisher::run(command),
        Command::Backup(args) => backup::run(args),
        Command::Restore(args) => restore::run(args),
        Command::Demo(args) => demo::run(args),
        Command::Bench(command) => bench::run(command),
    }
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help that nobody reads to its end is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match run(&cli.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            out::error(&error);
            ExitCode::from(2)
        }
    }
}

/// Whoever read the answer had enough of it.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}
