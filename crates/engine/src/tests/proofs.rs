//! What a stranger can check.

use ledger::{certificate, trust::Trust};

use crate::{
    certificate as certificates, entry, log,
    request::{self, Kind},
    testing::World,
};

fn verifies(world: &World, id: u64) -> serde_json::Value {
    let ctx = world.system();
    let file = certificates::file(&ctx, id).unwrap();
    let trust = Trust::pinned(vec![world.deployment().control().vkey()]);
    certificate::verify(file.as_bytes(), &trust).unwrap().statement
}

fn root_holds(world: &World) -> u64 {
    let ctx = world.system();
    let latest = ctx.ws.read(log::latest).unwrap().unwrap();
    let vkey = log::vkey(&ctx, &latest.log).unwrap();
    let folder = log::folder(&latest.log.origin).to_owned();
    let read = |path: &str| world.deployment().log_file(&format!("{folder}/{path}"));
    ledger::verify_log(&read, &vkey).unwrap().size
}

#[test]
fn proofs_verify_before_and_after_an_erasure() {
    let world = World::new("2026-03-01T01:00:00Z");
    let first = world.subject(&["user"]);
    world.account(first, "sari@example.org");
    let answer = request::ask(&world.system(), Kind::Erasure, first, None, false).unwrap();
    let ctx = world.system();
    let one = ctx.ws.read(|link| certificates::of_job(link, answer.job.unwrap())).unwrap().unwrap();
    assert_eq!(verifies(&world, one)["grade"], "erased");
    let before = root_holds(&world);
    let second = world.subject(&["user"]);
    world.account(second, "bima@example.org");
    request::ask(&world.system(), Kind::Erasure, second, None, false).unwrap();
    assert!(root_holds(&world) > before);
    assert_eq!(verifies(&world, one)["cause"], "request");
    let history = ctx.ws.read(|link| entry::history(&ctx, link, first, u64::MAX >> 1, 10)).unwrap();
    assert_eq!(history, [], "the details died with the person");
}

#[test]
fn a_certificate_becomes_complete_when_its_epoch_is_dead() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    world.account(user, "sari@example.org");
    let answer = request::ask(&world.system(), Kind::Erasure, user, None, false).unwrap();
    let ctx = world.system();
    let job = answer.job.unwrap();
    let newest = || ctx.ws.read(|link| certificates::of_job(link, job)).unwrap().unwrap();
    let statement = verifies(&world, newest());
    let horizon = statement["horizon"].as_str().unwrap().to_owned();
    assert_eq!(horizon, "2026-03-08T01:00:00Z");
    for day in 2..8 {
        world.until(&format!("2026-03-0{day}T02:00:00Z"));
        assert_eq!(verifies(&world, newest())["grade"], "erased", "day {day}");
    }
    world.until("2026-03-08T02:00:00Z");
    assert_eq!(verifies(&world, newest())["grade"], "complete");
    let secrets = world.deployment().guard().secrets().unwrap();
    assert_eq!(secrets.first(), Some(&2), "the first epoch's secret is destroyed: {secrets:?}");
}
