use proptest::prelude::*;
use tlog_tiles::tlog::{self, HashReader as _};
use tlog_tiles::{Tile, TileHashReader, TileReader};

use super::*;
use crate::testing::{Log, content, contents, leaf_hashes, naive_root};
use crate::tree::{
    Frontier, consistency_proof, inclusion_proof, leaf_hash, root, verify_consistency,
    verify_inclusion,
};

#[test]
fn paths_are_spelt_as_the_specification_says() {
    assert_eq!(hashes_path(0, 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(hashes_path(0, 0, 256), "tile/0/000");
    assert_eq!(hashes_path(3, 999, 5), "tile/3/999.p/5");
    assert_eq!(hashes_path(63, 1000, 255), "tile/63/x001/000.p/255");
    assert_eq!(entries_path(1_234_067, 256), "tile/entries/x001/x234/067");
    assert_eq!(entries_path(7, 112), "tile/entries/007.p/112");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn paths_agree_with_an_independent_library(level in 0..8_u8, index: u64, wide in 1..=256_u32) {
        let path = Tile::new(8, level, index, wide, false).path().replacen("tile/8/", "tile/", 1);

        prop_assert_eq!(hashes_path(level, index, wide.into()), path);
    }

    #[test]
    fn any_file_is_read_without_a_panic(bytes: Vec<u8>, size: u64, level: u8, index: u64) {
        let tiles = Tiles { read: &|_| Some(bytes.clone()), size };
        let _ = tiles.node(level, index);
        let _ = entries(tiles.read, index, width(size, level, index));
        let _ = grow(size, std::slice::from_ref(&bytes), tiles.read);
    }
}

#[test]
fn a_tree_of_70_000_has_the_tiles_of_the_specification() {
    let log = Log::of(&contents(0..70_000));
    let files = log.files.borrow();
    let hashes = |level: &str| files.keys().filter(|path| path.starts_with(level)).count();

    assert_eq!(hashes("tile/0/"), 273 + 1);
    assert_eq!(files["tile/0/273.p/112"].len(), 112 * 32);
    assert_eq!(hashes("tile/1/"), 1 + 1);
    assert_eq!(files["tile/1/000"].len(), 8192);
    assert_eq!(files["tile/1/001.p/17"].len(), 17 * 32);
    assert_eq!(hashes("tile/2/"), 1);
    assert_eq!(files["tile/2/000.p/1"].len(), 32);
    assert_eq!(hashes("tile/entries/"), 273 + 1);
    assert_eq!(files.len(), 274 + 2 + 1 + 274);
}

#[test]
fn a_tree_of_256_has_a_full_tile_and_one_hash_above() {
    let log = Log::of(&contents(0..256));
    let paths: Vec<_> = log.files.borrow().keys().cloned().collect();

    assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
}

#[test]
fn files_are_written_from_the_entries_upwards() {
    let paths: Vec<_> = grow(0, &contents(0..300), &|_| None).unwrap();
    let paths: Vec<_> = paths.iter().map(|(path, _)| path.as_str()).collect();

    let expected = [
        "tile/entries/000",
        "tile/entries/001.p/44",
        "tile/0/000",
        "tile/0/001.p/44",
        "tile/1/000.p/1",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn an_entry_bundle_has_two_length_bytes_before_each_entry() {
    let files = grow(0, &[b"abc".to_vec(), vec![], vec![7; 258]], &|_| None).unwrap();
    let expected = [&b"\0\x03abc\0\0\x01\x02"[..], &[7; 258]].concat();

    assert_eq!(files[0], ("tile/entries/000.p/3".to_owned(), expected));
}

#[test]
fn how_a_log_grew_does_not_change_its_files() {
    let whole = Log::of(&contents(0..70_000));
    let mut steps = Log::default();
    for next in [1, 2, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_537, 70_000] {
        steps.append(&contents(steps.size()..next));
        let (root, size) = (naive_root(&leaf_hashes(next)), next);
        assert_eq!(steps.frontier.root(), root);
        assert_eq!(steps.with_tiles(size, |tiles| crate::tree::root(size, tiles)), Ok(root));
        assert_eq!(
            steps.with_tiles(size, |tiles| Frontier::load(size, tiles)).unwrap(),
            steps.frontier
        );
    }
    let files = steps.files.borrow();

    for (path, content) in whole.files.borrow().iter() {
        assert_eq!(files.get(path), Some(content), "{path}");
    }
}

#[test]
fn growing_again_after_a_crash_gives_the_same_files() {
    let mut log = Log::of(&contents(0..300));
    let more = contents(300..900);
    let files = grow(300, &more, &|path| log.read(path)).unwrap();
    for written in 0..=files.len() {
        log.files.borrow_mut().extend(files[..written].iter().cloned());
        assert_eq!(grow(300, &more, &|path| log.read(path)).unwrap(), files, "{written}");
    }
    log.append(&more);
    log.tidy();
    assert_eq!(grow(300, &more, &|path| log.read(path)).unwrap(), files, "from full tiles");
}

#[test]
fn a_missing_or_damaged_edge_stops_growth() {
    let log = Log::of(&contents(0..300));
    for path in ["tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"] {
        let more = contents(300..600);
        let error = Err(TileError::Missing(path.to_owned()));
        assert_eq!(grow(300, &more, &|p| log.read(p).filter(|_| p != path)), error);
        let cut =
            |p: &str| log.read(p).map(|bytes| if p == path { bytes[1..].to_vec() } else { bytes });
        assert_eq!(grow(300, &more, &cut), error);
    }
    assert_eq!(grow(0, &[vec![0; 65_536]], &|_| None), Err(TileError::TooLong));
    assert_eq!(grow(300, &[], &|_| None), Ok(vec![]));
}

#[test]
fn old_checkpoints_are_proved_from_the_tiles_of_a_longer_log() {
    let mut log = Log::default();
    let sizes = [1, 5, 200, 256, 300, 1000, 66_000];
    for size in sizes {
        log.append(&contents(log.size()..size));
    }
    log.tidy();
    let newest = log.frontier.root();

    for size in sizes {
        let old = log.with_tiles(size, |tiles| root(size, tiles)).unwrap();
        let index = size / 2;
        let path = log.with_tiles(size, |tiles| inclusion_proof(index, size, tiles)).unwrap();
        assert!(verify_inclusion(&leaf_hash(&content(index)), index, size, &path, &old));
        let path = log.with_tiles(66_000, |tiles| consistency_proof(size, 66_000, tiles)).unwrap();
        assert!(verify_consistency(size, &old, 66_000, &newest, &path));
    }
}

#[test]
fn nodes_beyond_the_size_are_not_given() {
    let mut log = Log::of(&contents(0..258));
    log.append(&contents(258..300));

    log.with_tiles(258, |tiles| {
        assert!(tiles.node(0, 257).is_some());
        assert_eq!(tiles.node(0, 258), None);
        assert!(tiles.node(8, 0).is_some());
        assert_eq!(tiles.node(8, 1), None);
        assert_eq!(tiles.node(200, 0), None);
        assert!(tiles.node(7, 0).is_some());
        assert_eq!(tiles.node(7, 1 << 57), None);
    });
}

/// Our files as the independent library reads them.
struct Theirs<'a>(&'a Log);

impl TileReader for Theirs<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog::Error> {
        let read = |tile: &Tile| self.0.read(&tile.path().replacen("tile/8/", "tile/", 1)).unwrap();
        Ok(tiles.iter().map(read).collect())
    }

    fn save_tiles(&self, _tiles: &[Tile], _data: &[Vec<u8>]) {}
}

#[test]
fn an_independent_client_authenticates_our_tiles_and_checks_our_proofs() {
    let mut log = Log::default();
    for size in [1, 255, 256, 257, 600, 65_536, 66_000] {
        log.append(&contents(log.size()..size));
        let root = tlog::Hash(log.frontier.root());
        let files = Theirs(&log);
        let reader = TileHashReader::new(size, root, &files);
        for index in [0, size / 3, size - 1] {
            let leaf = tlog::Hash(leaf_hash(&content(index)));
            let stored = reader.read_hashes(&[tlog::stored_hash_index(0, index)]).unwrap();
            assert_eq!(stored[0].0, leaf.0);
            let theirs = tlog::prove_record(size, index, &reader).unwrap();
            tlog::check_record(&theirs, size, root, index, leaf).unwrap();
            let ours = log.with_tiles(size, |tiles| inclusion_proof(index, size, tiles)).unwrap();
            assert_eq!(ours, theirs.iter().map(|hash| hash.0).collect::<Vec<_>>());
        }
    }
}
