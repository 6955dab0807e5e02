use std::{collections::BTreeSet, io, path::Path};

use store::disk::Disk as _;

use super::disk;
use crate::{Crash, Event, Fault, SimDisk};

const FILE: &str = "/data/file";

/// What a file holds after a crash in each step of `act`, over some seeds.
fn outcomes(
    how: Crash,
    before: Option<&[u8]>,
    act: impl Fn(&SimDisk) -> io::Result<()>,
) -> BTreeSet<Option<Vec<u8>>> {
    let mut found = BTreeSet::new();
    for step in 1..7 {
        for seed in 0..60 {
            let disk = disk(seed);
            if let Some(bytes) = before {
                disk.append(Path::new(FILE), bytes).unwrap();
            }
            disk.set_crash_at(step);
            let result = act(&disk);
            disk.crash(how);
            disk.reboot();
            let bytes =
                disk.len(Path::new(FILE)).unwrap().map(|_| disk.read(Path::new(FILE)).unwrap());
            if result.is_ok() {
                let after = super::disk(0);
                if let Some(bytes) = before {
                    after.append(Path::new(FILE), bytes).unwrap();
                }
                act(&after).unwrap();
                let wanted = after.read(Path::new(FILE)).ok();
                assert_eq!(bytes, wanted, "step {step}, seed {seed}: done, but not kept");
            }
            found.insert(bytes);
        }
    }
    found
}

#[test]
fn a_replaced_file_is_old_or_new() {
    let new = vec![7; 3000];
    for how in [Crash::PowerLoss, Crash::Kill] {
        let found = outcomes(how, Some(b"old"), |disk| disk.replace(Path::new(FILE), &new));
        assert_eq!(found, BTreeSet::from([Some(b"old".to_vec()), Some(new.clone())]));
        let found = outcomes(how, None, |disk| disk.replace(Path::new(FILE), &new));
        assert_eq!(found, BTreeSet::from([None, Some(new.clone())]));
    }
}

#[test]
fn an_append_leaves_a_prefix() {
    let more: Vec<u8> = (0..=255).cycle().take(2000).collect();
    for how in [Crash::PowerLoss, Crash::Kill] {
        let found = outcomes(how, Some(b"old"), |disk| disk.append(Path::new(FILE), &more));
        assert!(found.len() > 10, "only {} outcomes", found.len());
        for bytes in found {
            let bytes = bytes.unwrap();
            let added = bytes.strip_prefix(b"old").unwrap();
            assert!(more.starts_with(added));
        }
    }
}

#[test]
fn a_harsh_append_may_leave_zeros_but_never_touches_what_was_synced() {
    let more = vec![7; 2000];
    let found = outcomes(Crash::PowerLoss, Some(b"old"), |disk| {
        disk.harsh_appends(true);
        disk.append(Path::new(FILE), &more)
    });
    assert!(found.iter().flatten().all(|bytes| bytes.starts_with(b"old")));
    assert!(found.iter().flatten().any(|bytes| bytes.len() == 2003 && bytes[3..].contains(&0)));
}

#[test]
fn a_moved_file_has_one_of_its_names() {
    for seed in 0..200 {
        let disk = disk(seed);
        disk.create_folder(Path::new("/other/deep")).unwrap();
        disk.replace(Path::new(FILE), b"one").unwrap();
        disk.set_crash_at(seed % 4 + 1);
        let moved = disk.rename(Path::new(FILE), Path::new("/other/deep/file"));
        disk.crash(Crash::PowerLoss);
        disk.reboot();
        let names: Vec<String> = disk.snapshot().into_iter().map(|(name, _)| name).collect();
        assert!(names == ["/data/file"] || names == ["/other/deep/file"], "{names:?}");
        assert!(moved.is_err() || names == ["/other/deep/file"]);
        assert_eq!(disk.snapshot()[0].1, b"one");
    }
}

#[test]
fn a_cut_or_removed_file_is_old_or_new() {
    let found = outcomes(Crash::PowerLoss, Some(b"old"), |disk| disk.truncate(Path::new(FILE), 1));
    assert_eq!(found, BTreeSet::from([Some(b"o".to_vec()), Some(b"old".to_vec())]));
    let found = outcomes(Crash::PowerLoss, Some(b"old"), |disk| disk.remove(Path::new(FILE)));
    assert_eq!(found, BTreeSet::from([None, Some(b"old".to_vec())]));
}

#[test]
fn files_behave_as_on_a_real_disk() {
    let disk = disk(1);
    assert!(disk.append(Path::new("/nowhere/file"), b"x").is_err());
    assert_eq!(disk.list(Path::new("/nowhere")).unwrap(), Vec::<String>::new());
    disk.append(Path::new(FILE), b"hello").unwrap();
    disk.append(Path::new("data/./file"), b" world").unwrap();
    disk.create_folder(Path::new("/data/sub/deep")).unwrap();
    disk.replace(Path::new("/data/sub/x"), b"1").unwrap();
    assert_eq!(disk.list(Path::new("/data")).unwrap(), ["file", "sub"]);
    assert_eq!(disk.list(Path::new("/data/sub")).unwrap(), ["deep", "x"]);
    assert_eq!(disk.read_at(Path::new(FILE), 6, 100).unwrap(), b"world");
    assert_eq!(disk.read_at(Path::new(FILE), 60, 100).unwrap(), b"");
    assert_eq!(disk.len(Path::new("/data/none")).unwrap(), None);
    let missing = disk.read(Path::new("/data/none")).unwrap_err();
    assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    disk.remove(Path::new("/data/none")).unwrap();
    assert!(disk.unsynced("/").is_empty());
}

#[test]
fn a_dead_process_does_nothing_more() {
    let disk = disk(1);
    disk.replace(Path::new(FILE), b"old").unwrap();
    disk.set_crash_at(1);
    assert!(disk.append(Path::new(FILE), b"x").is_err());
    assert!(disk.is_dead());
    assert!(disk.append(Path::new(FILE), b"y").is_err());
    assert!(disk.read(Path::new(FILE)).is_err());
    assert!(disk.list(Path::new("/data")).is_err());
    disk.crash(Crash::PowerLoss);
    assert!(disk.read(Path::new(FILE)).is_err());
    disk.reboot();
    assert!(disk.read(Path::new(FILE)).unwrap().starts_with(b"old"));
}

#[test]
fn a_failed_sync_leaves_the_file_in_doubt_though_a_later_one_succeeds() {
    let mut lost = 0;
    for seed in 0..50 {
        let disk = disk(seed);
        disk.append(Path::new(FILE), b"a").unwrap();
        disk.fail_at(1, Fault::SyncError);
        assert!(disk.append(Path::new(FILE), b"b").is_err());
        disk.append(Path::new(FILE), b"c").unwrap();
        assert_eq!(disk.read(Path::new(FILE)).unwrap(), b"abc");
        let doubtful = !disk.unsynced("/data").is_empty();
        disk.crash(Crash::PowerLoss);
        disk.reboot();
        let left = disk.read(Path::new(FILE)).unwrap();
        assert_eq!(doubtful, left != b"abc");
        lost += u32::from(doubtful);
    }
    assert!(lost > 5);
}

#[test]
fn a_full_disk_says_so_and_leaves_a_part() {
    let disk = disk(5);
    disk.fail_at(1, Fault::Full);
    let error = disk.append(Path::new(FILE), b"hello").unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    assert!(b"hello".starts_with(&disk.read(Path::new(FILE)).unwrap()));
    disk.append(Path::new(FILE), b"x").unwrap();
}

#[test]
fn the_trace_tells_what_came_first() {
    let disk = disk(1);
    disk.trace_on(true);
    disk.append(Path::new(FILE), b"x").unwrap();
    disk.note("acknowledged 1");
    let file = || FILE.to_owned();
    let wanted = [
        Event::Made(file()),
        Event::Write { file: file(), offset: 0, len: 1 },
        Event::Sync(file()),
        Event::SyncFolder("/data".into()),
        Event::Note("acknowledged 1".into()),
    ];
    assert_eq!(disk.trace(), wanted);
}

#[test]
fn files_go_out_to_a_real_folder_and_back() {
    let real = std::env::temp_dir().join(format!("faults-copy-{}", std::process::id()));
    let from = disk(1);
    from.create_folder(Path::new("/data/sub")).unwrap();
    from.replace(Path::new("/data/sub/x"), b"1").unwrap();
    from.replace(Path::new(FILE), b"2").unwrap();
    from.copy_out(Path::new("/data"), &real).unwrap();
    let to = SimDisk::new(2);
    to.copy_in(&real, Path::new("/data")).unwrap();
    std::fs::remove_dir_all(&real).unwrap();
    to.crash(Crash::PowerLoss);
    to.reboot();
    assert_eq!(from.snapshot(), to.snapshot());
}
