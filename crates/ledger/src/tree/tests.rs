use proptest::prelude::*;
use tlog_tiles::tlog;

use super::*;
use crate::testing::{leaf_hashes, naive_root};

/// Our hashes as the independent library asks for them.
struct Theirs<'a>(&'a Leaves);

impl tlog::HashReader for Theirs<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        let node = |index: &u64| {
            let (level, index) = tlog::split_stored_hash_index(*index);
            tlog::Hash(self.0.node(level, index).unwrap())
        };
        Ok(indexes.iter().map(node).collect())
    }
}

fn ours(hashes: &[tlog::Hash]) -> Vec<Hash> {
    hashes.iter().map(|hash| hash.0).collect()
}

fn theirs(hashes: &[Hash]) -> Vec<tlog::Hash> {
    hashes.iter().copied().map(tlog::Hash).collect()
}

#[test]
fn every_size_to_600_has_the_root_of_the_definition() {
    let leaves = leaf_hashes(600);
    let tree = Leaves::new(leaves.clone());
    let mut frontier = Frontier::new();

    for size in 0..=600_u64 {
        let expected = naive_root(&leaves[..usize::try_from(size).unwrap()]);
        assert_eq!(frontier.root(), expected, "{size}");
        assert_eq!(root(size, &tree), Ok(expected), "{size}");
        assert_eq!(Frontier::load(size, &tree).unwrap(), frontier, "{size}");
        assert_eq!(Frontier::from_bytes(&frontier.to_bytes()).unwrap(), frontier, "{size}");
        assert_eq!(tlog::tree_hash(size, &Theirs(&tree)).unwrap().0, expected, "{size}");
        if let Some(leaf) = leaves.get(usize::try_from(size).unwrap()) {
            frontier.append(*leaf);
        }
    }
}

#[test]
fn every_leaf_of_every_small_tree_is_proved() {
    let leaves = leaf_hashes(140);
    let tree = Leaves::new(leaves.clone());

    for size in 1..=140 {
        let root = root(size, &tree).unwrap();
        for (index, leaf) in (0..size).zip(&leaves) {
            let path = inclusion_proof(index, size, &tree).unwrap();
            assert!(verify_inclusion(leaf, index, size, &path, &root), "{index} of {size}");
            let expected = tlog::prove_record(size, index, &Theirs(&tree)).unwrap();
            assert_eq!(path, ours(&expected), "{index} of {size}");
        }
    }
}

#[test]
fn every_pair_of_small_trees_is_consistent() {
    let tree = Leaves::new(leaf_hashes(140));

    for new in 0..=140 {
        let new_root = root(new, &tree).unwrap();
        for old in 0..=new {
            let old_root = root(old, &tree).unwrap();
            let path = consistency_proof(old, new, &tree).unwrap();
            assert!(verify_consistency(old, &old_root, new, &new_root, &path), "{old} to {new}");
            if old > 0 {
                let expected = tlog::prove_tree(new, old, &Theirs(&tree)).unwrap();
                assert_eq!(path, ours(&expected), "{old} to {new}");
            }
        }
    }
}

#[test]
fn a_changed_inclusion_proof_fails() {
    let leaves = leaf_hashes(100);
    let tree = Leaves::new(leaves.clone());
    for size in [1, 2, 3, 7, 64, 99, 100] {
        let root = root(size, &tree).unwrap();
        for index in 0..size {
            let leaf = leaves[usize::try_from(index).unwrap()];
            let path = inclusion_proof(index, size, &tree).unwrap();
            let holds = |index, path: &[Hash]| verify_inclusion(&leaf, index, size, path, &root);
            assert!((0..200).filter(|other| *other != index).all(|other| !holds(other, &path)));
            assert!(!holds(index, &[&path[..], &[[0; 32]]].concat()));
            for at in 0..path.len() {
                assert!(!holds(index, &path[..at]));
                let mut changed = path.clone();
                changed[at][at % 32] ^= 1;
                assert!(!holds(index, &changed));
            }
        }
    }
}

#[test]
fn a_changed_consistency_proof_fails() {
    let tree = Leaves::new(leaf_hashes(70));
    for (old, new) in [(1, 2), (3, 7), (4, 8), (32, 70), (33, 64), (69, 70), (70, 70), (0, 9)] {
        let (old_root, new_root) = (root(old, &tree).unwrap(), root(new, &tree).unwrap());
        let path = consistency_proof(old, new, &tree).unwrap();
        let holds = |path: &[Hash]| verify_consistency(old, &old_root, new, &new_root, path);
        assert!(holds(&path));
        assert!(!holds(&[&path[..], &[[0; 32]]].concat()));
        for at in 0..path.len() {
            assert!(!holds(&path[..at]));
            let mut changed = path.clone();
            changed[at][31] ^= 0x80;
            assert!(!holds(&changed));
        }
        assert!(!verify_consistency(old, &[1; 32], new, &new_root, &path));
        assert!(old == 0 || !verify_consistency(old, &old_root, new, &[1; 32], &path));
        assert!(old == new || !verify_consistency(new, &new_root, old, &old_root, &path));
    }
}

#[test]
fn a_proof_for_another_size_fails() {
    let tree = Leaves::new(leaf_hashes(40));
    for (old, new) in [(1, 2), (3, 5), (4, 8), (8, 33)] {
        let (old_root, new_root) = (root(old, &tree).unwrap(), root(new, &tree).unwrap());
        let path = consistency_proof(old, new, &tree).unwrap();
        for longer in new * 2 + 1..200 {
            assert!(!verify_consistency(old, &old_root, longer, &new_root, &path), "{longer}");
        }
    }
}

#[test]
fn what_the_tree_does_not_have_is_an_error() {
    let tree = Leaves::new(leaf_hashes(5));

    assert_eq!(inclusion_proof(5, 5, &tree), Err(TreeError::OutOfRange));
    assert_eq!(inclusion_proof(0, 0, &tree), Err(TreeError::OutOfRange));
    assert_eq!(consistency_proof(5, 4, &tree), Err(TreeError::OutOfRange));
    assert_eq!(root(6, &tree), Err(TreeError::Missing { level: 1, index: 2 }));
    assert_eq!(Frontier::load(8, &tree), Err(TreeError::Missing { level: 3, index: 0 }));
}

#[test]
fn a_broken_frontier_is_refused() {
    let mut frontier = Frontier::new();
    for leaf in leaf_hashes(5) {
        frontier.append(leaf);
    }
    let bytes = frontier.to_bytes();

    assert_eq!(bytes.len(), 8 + 2 * 32);
    assert_eq!(Frontier::from_bytes(&bytes[..40]), None);
    assert_eq!(Frontier::from_bytes(&bytes[..71]), None);
    assert_eq!(Frontier::from_bytes(&[&bytes[..], &[0]].concat()), None);
    assert_eq!(Frontier::from_bytes(b"short"), None);
}

#[test]
fn random_trees_to_70_000_agree_with_the_definition_and_an_independent_library() {
    let leaves = leaf_hashes(70_000);
    let tree = Leaves::new(leaves.clone());
    let upto = |size: u64| &leaves[..usize::try_from(size).unwrap()];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 40,
        failure_persistence: None,
        ..Default::default()
    });
    let sizes = (1..=70_000_u64).prop_flat_map(|new| (0..new, 0..=new, Just(new)));

    let check = |(index, old, new): (u64, u64, u64)| {
        let (old_root, new_root) = (naive_root(upto(old)), naive_root(upto(new)));
        prop_assert_eq!(root(new, &tree), Ok(new_root));
        let leaf = leaves[usize::try_from(index).unwrap()];
        let path = inclusion_proof(index, new, &tree).unwrap();
        prop_assert!(verify_inclusion(&leaf, index, new, &path, &new_root));
        let (root, leaf) = (tlog::Hash(new_root), tlog::Hash(leaf));
        prop_assert!(tlog::check_record(&theirs(&path), new, root, index, leaf).is_ok());
        let path = consistency_proof(old, new, &tree).unwrap();
        prop_assert!(verify_consistency(old, &old_root, new, &new_root, &path));
        let old_root = tlog::Hash(old_root);
        prop_assert!(
            old == 0 || tlog::check_tree(&theirs(&path), new, root, old, old_root).is_ok()
        );
        Ok(())
    };
    runner.run(&sizes, check).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_numbers_make_verification_panic(
        numbers: (u64, u64),
        path in prop::collection::vec(any::<Hash>(), 0..70),
    ) {
        let (a, b) = numbers;
        prop_assert!(!verify_inclusion(&[0; 32], a, b, &path, &[0; 32]));
        prop_assert!(!verify_consistency(a, &[0; 32], b, &[1; 32], &path));
        prop_assert!(!verify_inclusion(&[0; 32], u64::MAX - 1, u64::MAX, &path, &[0; 32]));
        prop_assert!(!verify_consistency(a, &[0; 32], u64::MAX, &[1; 32], &path));
    }
}
