//! Chance that repeats: every draw is a hash of the seed and of what is drawn, so that no rule of a policy shifts another draw.

/// One stream of draws.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub(super) fn seeded(seed: u64) -> Self {
        Self(mixed(seed))
    }

    /// The stream for something within this one; drawing from one does not move the other.
    pub(super) fn of(self, what: u64) -> Self {
        Self(mixed(self.0 ^ mixed(what)))
    }

    /// The next number of the stream (splitmix64).
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number below the bound; the slight unevenness of the remainder is nothing here.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let bound = u64::from(bound.max(1));
        u32::try_from((self.next() >> 32) % bound).unwrap_or_default()
    }

    /// Days until the next of something that happens about so often.
    pub(super) fn gap(&mut self, mean: u32) -> u32 {
        1 + self.below((2 * mean).saturating_sub(1))
    }
}

/// The hash of a name, the same on every machine (FNV-1a).
pub(super) fn tag(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
