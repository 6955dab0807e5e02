use std::{
    io::{BufRead, BufReader, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::Path,
    sync::Arc,
};

use engine::{Deployment, clock::TestClock};
use serde_json::Value;

use super::*;
use crate::config::Config;

const POLICY: &str = include_str!("../../../../policies/ashari.toml");

fn open(folder: &Path) -> (Arc<Deployment>, Config) {
    let config = Config::parse("[keys]\naccept_total_loss = true", folder).unwrap();
    let setup = config.setup(Some(&TestClock::at(1_800_000_000_000_000)));
    (Arc::new(Deployment::open(setup).unwrap()), config)
}

fn line(folder: &Path, text: &str) -> Value {
    let mut stream = UnixStream::connect(folder.join(NAME)).unwrap();
    writeln!(stream, "{text}").unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    serde_json::from_str(&answer).unwrap()
}

fn asked(folder: &Path, command: &Command) -> (Vec<Value>, Result<Value, String>) {
    let mut parts = Vec::new();
    let done = ask(folder, command, &mut |part| {
        parts.push(part);
        Ok(())
    });
    (parts, done.unwrap().map_err(|refusal| refusal.to_string()))
}

#[test]
fn the_socket_performs_what_the_command_line_would() {
    let temp = tempfile::tempdir().unwrap();
    let (deployment, config) = open(temp.path());
    assert!(ask(temp.path(), &Command::WorkspaceList, &mut |_| Ok(())).is_none(), "nobody listens");
    let listening = listen(&deployment, &config).unwrap();
    let mode = std::fs::metadata(temp.path().join(NAME)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let make = Command::WorkspaceCreate { name: "main".into(), policy: POLICY.into() };
    asked(temp.path(), &make).1.unwrap();
    let (through, key) = asked(temp.path(), &Command::WorkspaceList);
    let mut direct = Vec::new();
    let here = perform(&deployment, &config, &Command::WorkspaceList, &mut |part| {
        direct.push(part);
        Ok(())
    });
    assert_eq!((through.len(), &through, key.unwrap()), (1, &direct, here.unwrap()));
    let (_, again) = asked(temp.path(), &make);
    assert_eq!(again.unwrap_err(), "a workspace of this name is there");
    drop(listening);
    assert!(!temp.path().join(NAME).exists());
}

#[test]
fn an_unknown_command_or_field_is_refused_on_the_socket() {
    let temp = tempfile::tempdir().unwrap();
    let (deployment, config) = open(temp.path());
    let _listening = listen(&deployment, &config).unwrap();
    for text in [
        "",
        "{}",
        r#"{"command":"shutdown"}"#,
        r#"{"command":"prove","workspace":null,"fast":true}"#,
        r#"["prove"]"#,
    ] {
        assert_eq!(line(temp.path(), text)["refused"], "not a command of this server", "{text}");
    }
}

#[test]
fn a_socket_that_a_crash_left_is_replaced() {
    let temp = tempfile::tempdir().unwrap();
    let (deployment, config) = open(temp.path());
    drop(std::os::unix::net::UnixListener::bind(temp.path().join(NAME)).unwrap());
    let _listening = listen(&deployment, &config).unwrap();
    assert!(asked(temp.path(), &Command::WorkspaceList).1.is_ok());
}
