//! One page: 256 keys sealed as one value under the page's own key.

use crypto::{Key, Random};
use zeroize::Zeroizing;

use super::FANOUT;
use crate::{StoreError, WorkspaceNo};

/// The opened keys of a page; a destroyed or unused key is 32 zero bytes.
pub(crate) struct Page(Zeroizing<Vec<u8>>);

const KEY: usize = 32;

impl std::fmt::Debug for Page {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("[page]")
    }
}

/// Binds a sealed page to its place: a page moved elsewhere does not open.
fn context(workspace: WorkspaceNo, level: u8, number: u32) -> Vec<u8> {
    let mut context = b"janji page v1\0".to_vec();
    context.extend_from_slice(&workspace.to_be_bytes());
    context.push(level);
    context.extend_from_slice(&number.to_be_bytes());
    context
}

impl Page {
    /// A page without keys.
    pub(crate) fn blank() -> Page {
        Page(Zeroizing::new(vec![0; FANOUT as usize * KEY]))
    }

    /// A page full of fresh keys.
    pub(crate) fn fresh(rng: &mut dyn Random) -> Page {
        let mut page = Page::blank();
        rng.fill(&mut page.0);
        page
    }

    /// The key at a place, `None` when it is destroyed or was never made.
    pub(crate) fn key(&self, place: u8) -> Option<Key> {
        let start = usize::from(place) * KEY;
        let bytes: [u8; KEY] = self.0.get(start..start + KEY)?.try_into().ok()?;
        let key = Key::from_bytes(bytes);
        (!key.is_blank()).then_some(key)
    }

    /// Puts a key, or blank for `None`, at a place.
    pub(crate) fn set(&mut self, place: u8, key: Option<&Key>) {
        let start = usize::from(place) * KEY;
        if let Some(bytes) = self.0.get_mut(start..start + KEY) {
            match key {
                Some(key) => bytes.copy_from_slice(key.bytes()),
                None => bytes.fill(0),
            }
        }
    }

    /// Whether no key is left.
    pub(crate) fn is_blank(&self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }

    /// The places that hold a key.
    pub(crate) fn live(&self) -> impl Iterator<Item = u8> + '_ {
        (0..=u8::MAX).filter(|place| self.key(*place).is_some())
    }

    pub(crate) fn seal(
        &self,
        key: &Key,
        place: (WorkspaceNo, u8, u32),
        rng: &mut dyn Random,
    ) -> Vec<u8> {
        crypto::wrap(key, &context(place.0, place.1, place.2), &self.0, rng)
    }

    pub(crate) fn open(
        key: &Key,
        place: (WorkspaceNo, u8, u32),
        sealed: &[u8],
    ) -> Result<Page, StoreError> {
        let plain = crypto::unwrap(key, &context(place.0, place.1, place.2), sealed)
            .map_err(|_| StoreError::Damaged { what: "a key page" })?;
        if plain.len() != FANOUT as usize * KEY {
            return Err(StoreError::Damaged { what: "a key page" });
        }
        Ok(Page(plain))
    }
}
