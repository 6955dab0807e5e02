//! Noise in whole numbers: the difference of two geometric draws (Ghosh, Roughgarden, Sundararajan 2009), with no
//! floating point whose gaps could tell a count.

use crypto::Random;

/// `exp(-1/3)` as a share of 2^64: one unit of privacy loss over the three groups that a person counts in.
const GO_ON: u64 = 13_217_669_706_954_385_408;
/// No draw goes on for ever; beyond this the chance is less than one in 2^64.
const LONGEST: u64 = 200;

/// A count with noise, never below nothing.
pub(super) fn added(rng: &mut dyn Random, count: u64) -> u64 {
    let more = geometric(rng);
    let less = geometric(rng);
    count.saturating_add(more).saturating_sub(less)
}

fn geometric(rng: &mut dyn Random) -> u64 {
    let mut steps = 0;
    while steps < LONGEST && u64::from_be_bytes(crypto::random(rng)) < GO_ON {
        steps += 1;
    }
    steps
}
