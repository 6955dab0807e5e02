use super::*;

#[test]
fn a_seed_repeats_and_another_differs() {
    let first: [u8; 100] = random(&mut Seeded::new(1));
    let again: [u8; 100] = random(&mut Seeded::new(1));
    let other: [u8; 100] = random(&mut Seeded::new(2));

    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[test]
fn how_a_seeded_sequence_is_cut_does_not_matter() {
    let whole: [u8; 70] = random(&mut Seeded::new(1));
    let mut rng = Seeded::new(1);
    let (start, end): ([u8; 33], [u8; 37]) = (random(&mut rng), random(&mut rng));

    assert_eq!(whole[..], [&start[..], &end[..]].concat());
}

#[test]
fn the_system_does_not_repeat() {
    assert_ne!(random::<32>(&mut SystemRandom), random::<32>(&mut SystemRandom));
}
