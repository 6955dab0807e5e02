//! The server's state, shared by all requests, and the two ways into the engine: decided reads on the request's
//! own thread, writes through the lanes.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use engine::Tx;
use engine::{Ctx, Deployment, Refusal, clock::TestClock};
use tokio::sync::{Semaphore, oneshot};

use crate::{
    lanes::{Lanes, Now},
    limits,
    problem::{Kind, Problem},
    public::Site,
    rate::{Rate, Rates},
    serve::Settings,
};

/// The server's state; a clone is another handle.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    deployment: Arc<Deployment>,
    lanes: Lanes,
    rates: Rates,
    busy: Arc<Semaphore>,
    site: Site,
    clock: Option<TestClock>,
    bench: bool,
    /// Answers by the first digit of their status, from 1.
    answered: [AtomicU64; 5],
}

impl fmt::Debug for App {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("App")
    }
}

impl App {
    /// Starts the writer threads.
    pub(crate) fn start(settings: Settings, deployment: Arc<Deployment>) -> std::io::Result<App> {
        let clock = Arc::clone(&deployment);
        let now: Now = Arc::new(move || clock.reading().now);
        Ok(App(Arc::new(Inner {
            deployment,
            lanes: Lanes::start(settings.lanes, &now)?,
            rates: Rates::new(Rate { a_second: settings.rate, burst: settings.burst }),
            busy: Arc::new(Semaphore::new(settings.in_flight)),
            clock: settings.test_clock.clone(),
            bench: settings.bench,
            site: Site::new(settings),
            answered: <[AtomicU64; 5]>::default(),
        })))
    }

    /// The engine.
    pub(crate) fn deployment(&self) -> &Arc<Deployment> {
        &self.0.deployment
    }

    /// How often each token asked.
    pub(crate) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// One permit for each request that is worked on.
    pub(crate) fn busy(&self) -> &Arc<Semaphore> {
        &self.0.busy
    }

    /// What the public pages know.
    pub(crate) fn site(&self) -> &Site {
        &self.0.site
    }

    /// The clock that tests move, on a server that has one.
    pub(crate) fn test_clock(&self) -> Option<&TestClock> {
        self.0.clock.as_ref()
    }

    /// Whether the bare routes are there.
    pub(crate) fn bench(&self) -> bool {
        self.0.bench
    }

    /// Counts an answer.
    pub(crate) fn count(&self, status: u16) {
        let class = usize::from(status / 100).saturating_sub(1);
        if let Some(count) = self.0.answered.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Answers so far, by the first digit of their status.
    pub(crate) fn answered(&self) -> Vec<(usize, u64)> {
        let counts = self.0.answered.iter().enumerate();
        counts.map(|(class, count)| (class + 1, count.load(Ordering::Relaxed))).collect()
    }

    /// Who asks, by the token alone: no request says which workspace it means.
    pub(crate) fn enter(&self, token: &str) -> Result<Ctx, Problem> {
        let known = self.0.deployment.authenticate(token)?;
        let (workspace, actor) = known.ok_or_else(Problem::unauthorised)?;
        let ws = self.0.deployment.workspace(workspace)?;
        Ok(self.0.deployment.ctx(ws, actor))
    }

    /// Puts an act in the queue of its workspace's writer; the answer is there after the commit.
    pub(crate) async fn submit<T: Send + 'static>(
        &self,
        ctx: &Ctx,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Problem> {
        let (sender, receiver) = oneshot::channel();
        ctx.ws.submit(act, move |answer| {
            // Nobody waits any more when the request ran out of time.
            let _ = sender.send(answer);
        });
        self.0.lanes.wake(&ctx.ws);
        match receiver.await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Problem::later(Kind::Unavailable, 1)),
        }
    }

    /// Ends the writer threads after what waits is committed.
    pub(crate) fn stop(&self) {
        self.0.lanes.stop();
    }
}

/// What [`limits`] says where the settings say nothing.
impl Default for Settings {
    fn default() -> Settings {
        Settings {
            address: ([127, 0, 0, 1], 8080).into(),
            lanes: 2,
            publishers: Vec::new(),
            security_contact: None,
            rate: limits::RATE,
            burst: limits::BURST,
            in_flight: limits::IN_FLIGHT,
            test_clock: None,
            housekeeping: true,
            bench: false,
        }
    }
}
