//! The socket: for the user that owns the folder and nobody else.

use std::{
    fs,
    io::{self, BufRead, BufReader, Write},
    os::unix::{
        fs::{DirBuilderExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use engine::{Deployment, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{NAME, command::Command, command::perform};
use crate::config::Config;

/// One line of an answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// A part of a long answer.
    Part(Value),
    /// The end of it.
    Done(Value),
    /// Nothing was done, and why.
    Refused(String),
}

/// A client that sends nothing for so long is forgotten.
const PATIENCE: Duration = Duration::from_secs(30);
/// The largest command: a policy with room.
const LARGEST: u64 = 4 << 20;

/// The socket while it is served; it goes when this does.
#[derive(Debug)]
pub struct Listening {
    path: PathBuf,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Serves the socket of a folder that this process has open.
pub fn listen(deployment: &Arc<Deployment>, config: &Config) -> io::Result<Listening> {
    let path = deployment.folder().join(NAME);
    let listener = private(deployment.folder(), &path)?;
    let stop = Arc::new(AtomicBool::new(false));
    let (deployment, config) = (Arc::clone(deployment), Arc::new(config.clone()));
    let stopped = Arc::clone(&stop);
    let thread = thread::Builder::new().name("socket".to_owned()).spawn(move || {
        for stream in listener.incoming() {
            if stopped.load(Ordering::SeqCst) {
                return;
            }
            let Ok(stream) = stream else { continue };
            let (deployment, config) = (Arc::clone(&deployment), Arc::clone(&config));
            // A client that went away is its own affair; the command was performed or refused.
            let serve = move || drop(answer(&deployment, &config, &stream));
            let named = thread::Builder::new().name("command".to_owned());
            if let Err(error) = named.spawn(serve) {
                tracing::error!(%error, "no thread for a command");
            }
        }
    })?;
    Ok(Listening { path, stop, thread: Some(thread) })
}

/// Binds in a folder of our own first, so that at no moment anybody else can connect.
fn private(folder: &Path, path: &Path) -> io::Result<UnixListener> {
    let hidden = folder.join(".socket");
    let _ = fs::remove_dir_all(&hidden);
    fs::DirBuilder::new().mode(0o700).create(&hidden)?;
    let fresh = hidden.join("s");
    let listener = UnixListener::bind(&fresh)?;
    fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600))?;
    fs::rename(&fresh, path)?;
    fs::remove_dir(&hidden)?;
    Ok(listener)
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Connecting wakes the thread, which then sees the flag.
        if UnixStream::connect(&self.path).is_ok()
            && let Some(thread) = self.thread.take()
        {
            // A thread that panicked has said so on its own.
            let _ = thread.join();
        }
        let _ = fs::remove_file(&self.path);
    }
}

fn answer(deployment: &Deployment, config: &Config, mut stream: &UnixStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut text = String::new();
    BufReader::new(io::Read::take(stream, LARGEST)).read_line(&mut text)?;
    let mut out = io::BufWriter::new(&mut stream);
    let last = match serde_json::from_str::<Command>(&text) {
        Err(_) => Line::Refused("not a command of this server".to_owned()),
        Ok(command) => {
            let done = perform(deployment, config, &command, &mut |part| {
                write(&mut out, &Line::Part(part))
                    .map_err(|_| Refusal::Refused("the client went away".to_owned()))
            });
            match done {
                Ok(value) => Line::Done(value),
                Err(refusal) => Line::Refused(said(&refusal)),
            }
        }
    };
    write(&mut out, &last)?;
    out.flush()
}

fn write(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// A refusal with what is behind it, in one line.
fn said(refusal: &Refusal) -> String {
    let mut text = refusal.to_string();
    let mut next = std::error::Error::source(refusal);
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}

/// Sends a command to whoever serves the folder. `None` when nobody listens there.
pub fn ask(
    folder: &Path,
    command: &Command,
    each: &mut dyn FnMut(Value) -> Result<(), Refusal>,
) -> Option<Result<Value, Refusal>> {
    let stream = UnixStream::connect(folder.join(NAME)).ok()?;
    Some(exchange(&stream, command, each))
}

fn exchange(
    mut stream: &UnixStream,
    command: &Command,
    each: &mut dyn FnMut(Value) -> Result<(), Refusal>,
) -> Result<Value, Refusal> {
    let lost = |_| Refusal::Refused("the server went away".to_owned());
    let mut text =
        serde_json::to_string(command).map_err(|error| Refusal::Refused(error.to_string()))?;
    text.push('\n');
    stream.write_all(text.as_bytes()).map_err(lost)?;
    for line in BufReader::new(stream).lines() {
        let line = line.map_err(lost)?;
        match serde_json::from_str(&line) {
            Ok(Line::Part(part)) => each(part)?,
            Ok(Line::Done(value)) => return Ok(value),
            Ok(Line::Refused(why)) => return Err(Refusal::Refused(why)),
            Err(_) => return Err(Refusal::Refused("the server speaks another version".to_owned())),
        }
    }
    Err(Refusal::Refused("the server went away".to_owned()))
}
