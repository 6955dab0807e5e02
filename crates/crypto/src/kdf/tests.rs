use super::*;
use crate::gcm;
use crate::testing::{NONCE, hex, slot_key};

/// XAES-256-GCM as published, built from the derivation that records use.
fn xaes(key: &SlotKey, nonce: &[u8; 24], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let derived = key.derive::<4>(Use::Record, nonce);
    let mut out = Vec::new();
    let key = gcm::key(derived[..2].as_flattened());
    gcm::seal_into(&mut out, &key, second_half(nonce), aad, plain);
    out
}

#[test]
fn the_first_32_bytes_are_the_key_of_xaes_256_gcm() {
    let low = slot_key(1).derive::<4>(Use::Record, &NONCE);
    let high = slot_key(3).derive::<4>(Use::Record, &NONCE);

    assert_eq!(
        low[..2].as_flattened(),
        hex("c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b")
    );
    assert_eq!(
        high[..2].as_flattened(),
        hex("e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8")
    );
}

#[test]
fn the_construction_agrees_with_the_published_xaes_256_gcm_vectors() {
    assert_eq!(
        xaes(&slot_key(1), &NONCE, b"", b"XAES-256-GCM"),
        hex("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271")
    );
    assert_eq!(
        xaes(&slot_key(3), &NONCE, b"c2sp.org/XAES-256-GCM", b"XAES-256-GCM"),
        hex("986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d")
    );
}

/// The specification's accumulated test: keys, nonces and texts from one SHAKE-128, all ciphertexts
/// into another.
#[test]
fn ten_thousand_random_messages_accumulate_to_the_published_hash() {
    let (mut chance, mut all) = (Shake128::default(), Shake128::default());
    for _ in 0..10_000 {
        let key = Key::from_bytes(chance.read(32).try_into().unwrap());
        let nonce: [u8; 24] = chance.read(24).try_into().unwrap();
        let length = chance.read(1)[0];
        let plain = chance.read(length.into());
        let length = chance.read(1)[0];
        let aad = chance.read(length.into());
        all.write(&xaes(&SlotKey::new(&key), &nonce, &aad, &plain));
    }

    assert_eq!(
        all.read(32),
        hex("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939")
    );
}

#[test]
fn uses_and_nonces_give_unrelated_bytes() {
    let key = slot_key(1);
    let other = *b"ZBCDEFGHIJKLMNOPQRSTUVWX";
    let blocks = [
        *key.derive::<2>(Use::Record, &NONCE),
        *key.derive::<2>(Use::Salt, &NONCE),
        *key.derive::<2>(Use::Blob, &NONCE),
        *key.derive::<2>(Use::Salt, &other),
        *slot_key(2).derive::<2>(Use::Salt, &NONCE),
    ];

    for (at, a) in blocks.iter().enumerate() {
        assert!(blocks.iter().skip(at + 1).all(|b| a != b));
    }
    assert_eq!(key.salt(&NONCE)[..], *blocks[1].as_flattened());
}

#[test]
fn a_slot_key_does_not_print() {
    assert_eq!(format!("{:?}", slot_key(1)), "[slot key]");
}

/// SHAKE-128, for the accumulated test alone: absorbs until the first read.
#[derive(Default)]
struct Shake128 {
    state: [u64; 25],
    at: usize,
    reading: bool,
}

impl Shake128 {
    const RATE: usize = 168;

    fn mix(&mut self, at: usize, byte: u8) {
        self.state[at / 8] ^= u64::from(byte) << (8 * (at % 8));
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.mix(self.at, *byte);
            self.at += 1;
            if self.at == Self::RATE {
                self.permute();
            }
        }
    }

    fn read(&mut self, count: usize) -> Vec<u8> {
        if !self.reading {
            self.mix(self.at, 0x1f);
            self.mix(Self::RATE - 1, 0x80);
            self.permute();
            self.reading = true;
        }
        let mut out = Vec::new();
        while out.len() < count {
            if self.at == Self::RATE {
                self.permute();
            }
            out.push(self.state[self.at / 8].to_le_bytes()[self.at % 8]);
            self.at += 1;
        }
        out
    }

    fn permute(&mut self) {
        let mut round_bits = 1_u8;
        for _ in 0..24 {
            self.theta_rho_pi_chi();
            for power in 0..7 {
                if round_bits & 1 == 1 {
                    self.state[0] ^= 1 << ((1_u32 << power) - 1);
                }
                round_bits = (round_bits << 1) ^ (if round_bits >> 7 == 1 { 0x71 } else { 0 });
            }
        }
        self.at = 0;
    }

    fn theta_rho_pi_chi(&mut self) {
        let s = &mut self.state;
        let sums: [u64; 5] =
            std::array::from_fn(|x| s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20]);
        for at in 0..25 {
            s[at] ^= sums[(at + 4) % 5] ^ sums[(at + 1) % 5].rotate_left(1);
        }
        let (mut x, mut y, mut lane) = (1, 0, s[1]);
        for step in 0..24 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            let turned = lane.rotate_left((step + 1) * (step + 2) / 2 % 64);
            lane = s[x + 5 * y];
            s[x + 5 * y] = turned;
        }
        for row in 0..5 {
            let old: [u64; 5] = std::array::from_fn(|x| s[5 * row + x]);
            for x in 0..5 {
                s[5 * row + x] = old[x] ^ (!old[(x + 1) % 5] & old[(x + 2) % 5]);
            }
        }
    }
}

#[test]
fn the_test_shake_starts_as_published() {
    assert_eq!(Shake128::default().read(16), hex("7f9c2ba4e88f827d616045507605853e"));
}
