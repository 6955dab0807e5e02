//! `janji serve`: opens the folder, serves it, and ends when it is told to.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use engine::{
    Deployment,
    clock::{Clock, SystemClock, TestClock},
    time,
};
use server::socket;

use crate::{folder::Data, out};

/// What `janji serve` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: Data,
    /// Where to listen, instead of what the configuration says; port 0 takes any that is free
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Serve with a clock that only moves when it is told to. The folder is marked for ever
    #[arg(long, value_name = "RFC3339", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "absent, without a time, with one: as clap reads it")]
    test_clock: Option<Option<String>>,
}

/// Serves until the process is told to end.
pub(crate) fn run(args: &Args) -> Result<u8> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
    let mut config = args.data.config()?;
    if let Some(address) = args.listen {
        config.server.listen = address;
    }
    let clock = args.test_clock.as_ref().map(|start| test_clock(start.as_deref())).transpose()?;
    let deployment = Arc::new(Deployment::open(config.setup(clock.as_ref()))?);
    let settings = config.settings(&deployment, clock.as_ref())?;
    let running = server::serve(settings, Arc::clone(&deployment))?;
    let listening = socket::listen(&deployment, &config);
    if let Err(error) = &listening {
        out::note(&format!("warning: no socket for other commands: {error}"));
    }
    out::line(&format!("listening on http://{}", running.address()))?;
    running.wait();
    drop(listening);
    if deployment.must_restart() {
        anyhow::bail!("a write did not reach the disk; start again, and look at the disk");
    }
    Ok(0)
}

fn test_clock(start: Option<&str>) -> Result<TestClock> {
    let start = match start {
        Some(text) => time::parse(text).with_context(|| format!("`{text}` is no RFC 3339 time"))?,
        None => SystemClock::start().wall(),
    };
    Ok(TestClock::at(start))
}
