//! Files that nobody would write, thousands of them: whatever stands in one, everything that the crate can do with
//! it ends, soon, and without a panic. `JANJI_FUZZ_SECONDS` says how many seconds of processor time each of the two
//! tests takes; `JANJI_FUZZ_SEED` plays one file again.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and says how far it came"
)]

mod mutate;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use mutate::{Dice, file};
use policy::{Finding, Question, Role, Severity, Told, View};

#[test]
fn the_parser_and_the_formatter_survive_any_file() {
    fuzz("parser", 1, formatted);
}

#[test]
fn the_check_and_what_is_made_of_a_policy_survive_any_file() {
    fuzz("checker", 2, checked);
}

/// Where the author's text stands, what is found, and what is drawn of it.
fn findings(source: &str) -> Vec<Finding> {
    let checked = policy::check("fuzz.toml", source);
    let findings = checked.findings;
    assert!(findings.len() <= 400);
    assert!(findings.is_sorted_by_key(|finding| finding.span.start), "out of order");
    let refused = findings.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(checked.policy.is_none(), refused, "accepted with errors, or refused without");
    for finding in findings.iter().take(2).chain(findings.last()) {
        assert!(finding.span.end <= source.len().max(1), "{:?}", finding.span);
        assert!(!finding.render("fuzz.toml", source, false).is_empty());
        assert!(policy::explain(finding.rule, None).is_some(), "{}", finding.rule);
    }
    findings
}

/// A file in the house style is in the house style, and means what it meant.
fn formatted(source: &str) {
    let found = findings(source);
    let Ok(styled) = policy::format(source) else { return };
    assert_eq!(policy::format(&styled).as_deref(), Ok(styled.as_str()), "not stable");
    let rules = |findings: &[Finding]| {
        let mut rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
        rules.sort_unstable();
        rules
    };
    // Past four hundred it depends on the order of the file which are kept, before those that say less are left out.
    let again = policy::check("styled.toml", &styled).findings;
    if found.len().max(again.len()) < 150 {
        assert_eq!(rules(&found), rules(&again), "other findings in the house style");
    }
}

fn checked(source: &str) {
    findings(source);
    let Some(policy) = policy::published(source) else { return };
    for language in ["en", "id", "xx"] {
        let person = policy.people.first().map(String::as_str);
        let views = [View::default(), View { people: person, country: Some("ID"), changes: &[] }];
        for view in views {
            let page = policy.document(language, &view);
            let json: serde_json::Value = serde_json::from_str(&page.to_json()).unwrap();
            assert!(json.is_object());
            assert!(!page.to_markdown().is_empty());
        }
        for kind in ["lapse", "hold", "release", "policy_change", "x"] {
            let told = Told { kind, rule: "data.account.lapses", day: Some("2026-01-01") };
            policy.told(&told, language);
        }
    }
    policy.promises();
    for row in policy.rows.iter().take(40) {
        assert!(policy::explain(&row.path, Some(&policy)).is_some());
        assert!(policy.row(&row.path).is_some());
    }
    for category in policy.categories.iter().take(40) {
        assert_eq!(policy.category(&category.id).unwrap().id, category.id);
        for purpose in policy.purposes.iter().take(40) {
            let question = Question {
                actor: Role::System,
                purpose: &purpose.id,
                category: &category.id,
                people: &category.of,
            };
            if let Err(denial) = policy.permits(&question) {
                assert!(!denial.rule(&question).is_empty());
            }
        }
    }
}

/// How long one file may take, in nanoseconds of processor time; unoptimised code takes ten times as long.
const SLOW: u64 = if cfg!(debug_assertions) { 10_000_000_000 } else { 1_000_000_000 };

fn fuzz(name: &str, start: u64, run: fn(&str)) {
    let seeds = seeds();
    if let Some(seed) = number("JANJI_FUZZ_SEED") {
        run(&file(&seeds, &mut Dice::new(seed)));
        return;
    }
    let most = number("JANJI_FUZZ_SECONDS").unwrap_or(3) * 1_000_000_000;
    let seed = Arc::new(AtomicU64::new(0));
    watch(name, &seeds, &seed);
    let (began, mut files) = (processor(), 0);
    while processor() - began < most {
        let own = start * 1_000_000_000 + files;
        seed.store(own, Ordering::Relaxed);
        let source = file(&seeds, &mut Dice::new(own));
        let before = processor();
        let broken = catch_unwind(AssertUnwindSafe(|| run(&source)));
        let spent = processor() - before;
        let fine = broken.is_ok() && spent < SLOW;
        if !fine {
            // The other test goes on.
            seed.store(u64::MAX, Ordering::Relaxed);
        }
        assert!(
            fine,
            "{name}: seed {own}, {} ms, see {}",
            spent / 1_000_000,
            keep(name, &source).display()
        );
        files += 1;
    }
    seed.store(u64::MAX, Ordering::Relaxed);
    eprintln!(
        "{name}: {files} files in {} s of processor time",
        (processor() - began) / 1_000_000_000
    );
}

/// Ends the process when one file takes for ever, which no test could.
fn watch(name: &str, seeds: &[String], seed: &Arc<AtomicU64>) {
    let (name, seeds, seed) = (name.to_owned(), seeds.to_vec(), Arc::clone(seed));
    std::thread::spawn(move || {
        let (mut last, mut same) = (0, 0);
        loop {
            std::thread::sleep(Duration::from_secs(5));
            let now = seed.load(Ordering::Relaxed);
            same = if now == last { same + 1 } else { 0 };
            last = now;
            if now == u64::MAX {
                return;
            }
            if same > 60 {
                let kept = keep(&name, &file(&seeds, &mut Dice::new(now)));
                eprintln!("{name}: seed {now} does not end, see {}", kept.display());
                std::process::abort();
            }
        }
    });
}

/// Writes what broke something beside the tests' other files.
fn keep(name: &str, source: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}.toml"));
    fs::write(&path, source).unwrap();
    path
}

/// The policies of the repository and what the tests break, short ones first.
fn seeds() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/tests", "../../policies", "../../policies/as-written"];
    let mut seeds: Vec<String> = folders
        .iter()
        .filter_map(|folder| fs::read_dir(root.join(folder)).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(seeds.len() > 5);
    seeds.push(policy::sample(policy::Length::Rules(60)));
    seeds.push(policy::mistaken(24));
    seeds.sort_by_key(|seed| (seed.len(), seed.clone()));
    seeds
}

#[expect(clippy::disallowed_methods, reason = "the length of a run is chosen by who runs it")]
fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// Processor time of this thread in nanoseconds, as Linux counts it: a busy machine makes nothing slow.
fn processor() -> u64 {
    let spent = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    spent.split(' ').next().unwrap().parse().unwrap()
}
