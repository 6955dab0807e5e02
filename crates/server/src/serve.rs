//! The running server: listener, connections, writer threads, housekeeping, and an orderly end.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use engine::{Deployment, clock::TestClock};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    runtime::{self, Runtime},
    sync::{Semaphore, watch},
};

use crate::{app::App, config::Publisher, limits, router};

/// How to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; loopback only, because there is no TLS yet.
    pub address: SocketAddr,
    /// How many writer threads; workspaces are spread over them.
    pub lanes: usize,
    /// The companies with their public host names.
    pub publishers: Vec<Publisher>,
    /// Where to report a weakness when a company does not say: an address for `security.txt`, such as
    /// `mailto:security@host`.
    pub security_contact: Option<String>,
    /// Requests that a token may make in a second, over a longer time.
    pub rate: u32,
    /// Requests that a token may make at once.
    pub burst: u32,
    /// Requests that are worked on at one time.
    pub in_flight: usize,
    /// The clock that the deployment was opened with, when it is a test's.
    pub test_clock: Option<TestClock>,
    /// Whether the housekeeping thread runs; a test may prefer to step it.
    pub housekeeping: bool,
    /// Whether the bare routes are there, the yardstick of `janji bench`; no other server has them.
    pub bench: bool,
}

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address can be reached from outside, and there is no TLS.
    #[error("{0} is no loopback address: put a proxy with TLS in front and listen on 127.0.0.1")]
    NotLoopback(SocketAddr),
    /// A clock that can be moved on a folder that is no test's, or the other way round.
    #[error("the test clock must be that of a folder opened with one")]
    Clock,
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The operating system gave no thread.
    #[error("cannot start threads")]
    Threads(#[source] io::Error),
}

/// A server that runs.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    threads: Vec<JoinHandle<()>>,
}

/// How long open requests may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(10);
/// How often the housekeeping looks.
const HOUSEKEEPING: Duration = Duration::from_secs(1);

/// Serves a deployment until the handle stops it or the process is told to end.
pub fn serve(settings: Settings, deployment: Arc<Deployment>) -> Result<Running, ServeError> {
    if !settings.address.ip().is_loopback() {
        return Err(ServeError::NotLoopback(settings.address));
    }
    if settings.test_clock.is_some() && !deployment.test_clock() {
        return Err(ServeError::Clock);
    }
    let refused = |source| ServeError::Listen { address: settings.address, source };
    let listener = TcpListener::bind(settings.address).map_err(refused)?;
    listener.set_nonblocking(true).map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    // The pages link to the port that it really is.
    let settings = Settings { address, ..settings };
    let housekeeping = settings.housekeeping;
    let app = App::start(settings, Arc::clone(&deployment)).map_err(ServeError::Threads)?;
    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("serve")
        .build()
        .map_err(ServeError::Threads)?;
    let told = {
        let _inside = runtime.enter();
        Told::listen().map_err(ServeError::Threads)?
    };
    let (stop, stopped) = watch::channel(false);
    let mut threads = Vec::new();
    let named = |name: &str| thread::Builder::new().name(name.to_owned());
    if housekeeping {
        let (stopped, deployment) = (stopped.clone(), Arc::clone(&deployment));
        let ending = stop.clone();
        let keep = move || keep_house(&deployment, &stopped, &ending);
        threads.push(named("housekeeping").spawn(keep).map_err(ServeError::Threads)?);
    }
    let ending = stop.clone();
    let run = move || {
        run(&runtime, listener, &app, (stopped, told));
        // When the process was told to end, nobody has told the housekeeping yet.
        ending.send_replace(true);
        app.stop();
        if let Err(refusal) = deployment.close() {
            tracing::error!(%refusal, "closing failed");
        }
    };
    threads.push(named("listener").spawn(run).map_err(ServeError::Threads)?);
    Ok(Running { address, stop, threads })
}

impl Running {
    /// Where it listens, with the port that the operating system chose when 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends it: open requests are answered, what waits is committed.
    pub fn stop(mut self) {
        self.stop.send_replace(true);
        self.join();
    }

    /// Waits until the process is told to end (SIGTERM or Ctrl-C).
    pub fn wait(mut self) {
        self.join();
    }

    fn join(&mut self) {
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so on its own.
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.join();
    }
}

fn keep_house(
    deployment: &Deployment,
    stopped: &watch::Receiver<bool>,
    stop: &watch::Sender<bool>,
) {
    while !*stopped.borrow() {
        if let Err(refusal) = deployment.tick() {
            tracing::error!(%refusal, "housekeeping failed; it tries again");
        }
        if deployment.must_restart() {
            tracing::error!("a write did not reach the disk: the server ends, start it again");
            stop.send_replace(true);
            return;
        }
        // Short naps, so that the end is not waited for.
        for _ in 0..10 {
            if *stopped.borrow() {
                return;
            }
            thread::park_timeout(HOUSEKEEPING / 10);
        }
    }
}

fn run(
    runtime: &Runtime,
    listener: TcpListener,
    app: &App,
    (stopped, told): (watch::Receiver<bool>, Told),
) {
    runtime.block_on(async {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => listener,
            Err(error) => {
                tracing::error!(%error, "the listener failed");
                return;
            }
        };
        let router = router::router(app);
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits::HEAD_TIME)
            .max_buf_size(limits::HEAD)
            .max_headers(limits::HEADERS);
        let graceful = GracefulShutdown::new();
        let open = Arc::new(Semaphore::new(limits::CONNECTIONS));
        let end = end(stopped, told);
        tokio::pin!(end);
        loop {
            let accepted = tokio::select! {
                () = &mut end => break,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else {
                // Too many open files, most often: some close soon.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            // One connection too many is closed at once: waiting clients see it and come again.
            let Ok(permit) = Arc::clone(&open).try_acquire_owned() else { continue };
            // Small answers must not wait for more: a failure here only costs time.
            let _ = stream.set_nodelay(true);
            let service = TowerToHyperService::new(router.clone());
            let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
            tokio::spawn(async move {
                // A connection that breaks is the client's affair.
                let _ = connection.await;
                drop(permit);
            });
        }
        drop(listener);
        let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    });
}

/// The operating system's wish that the process end. Listened for before anybody learns that the server is
/// there: a signal that comes at once must not kill it.
#[cfg(unix)]
struct Told([tokio::signal::unix::Signal; 2]);

#[cfg(unix)]
impl Told {
    fn listen() -> io::Result<Told> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Told([signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?]))
    }

    async fn wait(self) {
        let Told([mut terminate, mut interrupt]) = self;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Told;

#[cfg(not(unix))]
impl Told {
    fn listen() -> io::Result<Told> {
        Ok(Told)
    }

    async fn wait(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Until the handle or the operating system asks for the end.
async fn end(mut stopped: watch::Receiver<bool>, told: Told) {
    tokio::select! {
        _ = stopped.wait_for(|stop| *stop) => {}
        () = told.wait() => {}
    }
}
