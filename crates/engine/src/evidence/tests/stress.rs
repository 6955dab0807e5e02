//! Hard circumstances in which nothing is broken, so nothing may say so.

use std::{path::Path, sync::Arc};

use super::{State, history, live, prove};
use crate::{
    Deployment, Role, backup,
    erasure::Target,
    request,
    restore::restore_on,
    testing::{World, setup},
};

fn wrong(world: &World) -> Vec<String> {
    let proved = prove(&world.ctx(Role::Officer, None)).unwrap();
    let broken = proved.iter().filter(|one| one.state == State::Broken);
    broken.map(|one| format!("{} {:?} {}", one.promise, one.rules, one.evidence)).collect()
}

#[test]
fn a_restore_breaks_nothing_and_what_was_erased_since_is_proved_gone() {
    let (mut world, life) = history();
    let set = backup::take(world.deployment(), Path::new("/backups"), 30).unwrap().folder;
    world.until("2026-03-01T05:00:00Z");
    request::withdraw(&world.system(), life.intern, "conversation").unwrap();
    request::ask(&world.system(), request::Kind::Erasure, life.intern, None, false).unwrap();
    live(&world, "lost@example.org");
    let disk: Arc<dyn store::disk::Disk> = Arc::new(world.disk.clone());
    restore_on(&disk, &set, Path::new("/escrow"), Path::new("/new")).unwrap();
    world.deployment = None;
    let mut setup = setup(&world.disk, &world.clock, world.seed + 1);
    setup.folder = "/new".into();
    world.deployment = Some(Deployment::open(setup).unwrap());
    assert_eq!(wrong(&world), Vec::<String>::new());
    live(&world, "new@example.org");
    world.until("2026-06-02T05:00:00Z");
    assert_eq!(wrong(&world), Vec::<String>::new());
}

#[test]
fn looking_while_others_write_and_erase_finds_nothing_broken() {
    let (world, _) = history();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..12 {
                let life = live(&world, &format!("round{round}@example.org"));
                request::withdraw(&world.system(), life.intern, "conversation").unwrap();
                let one = Target::Records(vec![life.selfie.0]);
                request::delete(&world.admin(), &one).unwrap();
                let erasure = request::Kind::Erasure;
                request::ask(&world.system(), erasure, life.intern, None, false).unwrap();
            }
        });
        let mut looks = 0;
        while !writer.is_finished() || looks == 0 {
            assert_eq!(wrong(&world), Vec::<String>::new());
            looks += 1;
        }
    });
}
