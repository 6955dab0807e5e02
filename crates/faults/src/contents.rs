//! The bytes of one file: what a running process sees, what is durable, and the changes between.

use std::mem;

use crate::chance::Chance;

/// The unit that a power loss keeps or loses whole.
pub(crate) const SECTOR: usize = 512;

/// How the bytes of a write reach the medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tearing {
    /// Any subset of its sectors, or its length alone with zeros.
    Sectors,
    /// A prefix of any length.
    Prefix,
}

#[derive(Debug)]
enum Change {
    Write { offset: usize, bytes: Vec<u8>, tearing: Tearing },
    Cut(usize),
}

#[derive(Debug, Clone, Copy)]
enum Fate {
    Kept,
    Lost,
    Torn,
    Zeroed,
}

/// INVARIANT: unless `doubtful`, `durable` with `pending` applied in order equals `live`.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    live: Vec<u8>,
    durable: Vec<u8>,
    pending: Vec<Change>,
    doubtful: bool,
}

impl Contents {
    pub(crate) fn durable(bytes: Vec<u8>) -> Contents {
        Contents { durable: bytes.clone(), live: bytes, ..Contents::default() }
    }

    pub(crate) fn live(&self) -> &[u8] {
        &self.live
    }

    pub(crate) fn write(&mut self, offset: usize, bytes: &[u8], tearing: Tearing) {
        if bytes.is_empty() {
            return;
        }
        put(&mut self.live, offset, bytes);
        self.pending.push(Change::Write { offset, bytes: bytes.to_vec(), tearing });
    }

    pub(crate) fn cut(&mut self, len: usize) {
        self.live.resize(len, 0);
        self.pending.push(Change::Cut(len));
    }

    pub(crate) fn sync(&mut self) {
        for change in mem::take(&mut self.pending) {
            change.settle(&mut self.durable, Fate::Kept, &mut Chance::new(0));
        }
    }

    /// Some of the pending changes reached the medium and no later sync will bring the rest.
    pub(crate) fn fail_sync(&mut self, chance: &mut Chance) {
        self.settle(chance);
        self.doubtful = true;
    }

    pub(crate) fn lose_power(&mut self, chance: &mut Chance) {
        if self.pending.is_empty() && !self.doubtful {
            return;
        }
        self.settle(chance);
        self.doubtful = false;
        self.live.clone_from(&self.durable);
    }

    pub(crate) fn is_unsynced(&self) -> bool {
        !self.pending.is_empty() || (self.doubtful && self.live != self.durable)
    }

    fn settle(&mut self, chance: &mut Chance) {
        let pending = mem::take(&mut self.pending);
        let mood = chance.below(8);
        let until = chance.below(pending.len() + 1);
        for (place, change) in pending.into_iter().enumerate() {
            let fate = match mood {
                0 => Fate::Lost,
                1 => Fate::Kept,
                2 | 3 if place < until => Fate::Kept,
                2 | 3 if place > until => Fate::Lost,
                2 | 3 => Fate::Torn,
                _ => Fate::draw(chance),
            };
            change.settle(&mut self.durable, fate, chance);
        }
    }
}

impl Fate {
    fn draw(chance: &mut Chance) -> Fate {
        match chance.below(8) {
            0..4 => Fate::Kept,
            4 | 5 => Fate::Lost,
            6 => Fate::Torn,
            _ => Fate::Zeroed,
        }
    }
}

impl Change {
    fn settle(self, durable: &mut Vec<u8>, fate: Fate, chance: &mut Chance) {
        match (self, fate) {
            (_, Fate::Lost) => {}
            (Change::Cut(len), Fate::Kept) => durable.resize(len, 0),
            (Change::Cut(len), Fate::Torn | Fate::Zeroed) => {
                if chance.coin() {
                    durable.resize(len, 0);
                }
            }
            (Change::Write { offset, bytes, .. }, Fate::Kept) => put(durable, offset, &bytes),
            (Change::Write { offset, bytes, tearing: Tearing::Prefix }, _) => {
                let part = chance.below(bytes.len() + 1);
                put(durable, offset, bytes.get(..part).unwrap_or(&bytes));
            }
            (Change::Write { offset, bytes, .. }, Fate::Torn) => {
                put_sectors(durable, offset, &bytes, chance);
            }
            (Change::Write { offset, bytes, .. }, Fate::Zeroed) => {
                let end = offset + bytes.len();
                if durable.len() < end {
                    durable.resize(end, 0);
                }
            }
        }
    }
}

/// How much of a write is done when it is interrupted.
pub(crate) fn part_done(offset: usize, len: usize, tearing: Tearing, chance: &mut Chance) -> usize {
    match (chance.below(4), tearing) {
        (0, _) => 0,
        (1, _) => len,
        (_, Tearing::Prefix) => chance.below(len + 1),
        (_, Tearing::Sectors) => {
            let stop = offset + chance.below(len + 1);
            (stop - stop % SECTOR).saturating_sub(offset)
        }
    }
}

fn put(target: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    if target.len() < offset {
        target.resize(offset, 0);
    }
    // Copies whole slices, as filling byte by byte takes most of a run when built without optimisation.
    let room = target.get_mut(offset..).unwrap_or_default();
    let (over, beyond) = bytes.split_at_checked(room.len()).unwrap_or((bytes, &[]));
    if let Some(room) = room.get_mut(..over.len()) {
        room.copy_from_slice(over);
    }
    target.extend_from_slice(beyond);
}

/// Puts a subset of the sectors: the first few, the last few, or any.
fn put_sectors(target: &mut Vec<u8>, offset: usize, bytes: &[u8], chance: &mut Chance) {
    let style = chance.below(3);
    let first = offset / SECTOR;
    let border = first + chance.below(bytes.len() / SECTOR + 2);
    let mut at = offset;
    let mut rest = bytes;
    while !rest.is_empty() {
        let room = SECTOR - at % SECTOR;
        let (piece, after) = rest.split_at_checked(room).unwrap_or((rest, &[]));
        let keep = match style {
            0 => at / SECTOR < border,
            1 => at / SECTOR >= border,
            _ => chance.coin(),
        };
        if keep {
            put(target, at, piece);
        }
        at += piece.len();
        rest = after;
    }
}
