//! Crashes by the thousand: random acts with a model beside them, a crash at a drawn step, recovery, and a
//! look at data and keys. A failing seed is printed with the way to replay it.

mod act;
mod chance;
mod check;
mod eyes;
mod learn;
mod logged;
mod logs;
mod model;
mod perform;
mod proof;
mod run;
mod stage;

/// What a look at the data found: nothing wrong, or what.
type Verdict<T = ()> = Result<T, String>;

/// A number from the environment: which seed to replay, how many runs.
#[expect(clippy::disallowed_methods, reason = "how long a test soaks is no setting of the server")]
fn wanted(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[expect(clippy::print_stderr, reason = "a soak says how much it did")]
fn said(text: &str) {
    eprintln!("{text}");
}

#[test]
fn what_was_acknowledged_survives_every_crash_and_nothing_erased_comes_back() {
    if let Some(seed) = wanted("JANJI_SEED") {
        let stage = stage::Stage::new(seed);
        stage.disk.trace_on(true);
        let mut run = run::Run::new(seed, stage).unwrap();
        run.loud = true;
        run.play().unwrap();
        return;
    }
    let runs = wanted("JANJI_RUNS").unwrap_or(150);
    let mut total = run::Report::default();
    let mut failed = Vec::new();
    for seed in 1..=runs {
        match run::play(seed) {
            Ok(report) => total.add(&report),
            Err(what) => failed.push(format!(
                "{what}\n  replay: JANJI_SEED={seed} cargo test -p engine crash -- --nocapture"
            )),
        }
        if failed.len() >= 12 {
            break;
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    said(&format!("{runs} runs: {total:?}"));
    assert!(total.done as u64 > 10 * runs && total.unknown as u64 > runs / 2, "{total:?}");
}
