//! The two AEADs, with the sizes fixed.

use aws_lc_rs::aead::{
    AES_256_GCM, AES_256_GCM_SIV, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey,
};
use zeroize::Zeroizing;

use crate::OpenError;
use crate::error::sure;

pub(crate) const TAG: usize = 16;

pub(crate) fn key(bytes: &[u8]) -> LessSafeKey {
    bound(&AES_256_GCM, bytes)
}

pub(crate) fn siv_key(bytes: &[u8]) -> LessSafeKey {
    bound(&AES_256_GCM_SIV, bytes)
}

fn bound(algorithm: &'static Algorithm, bytes: &[u8]) -> LessSafeKey {
    LessSafeKey::new(sure(UnboundKey::new(algorithm, bytes)))
}

/// Appends the ciphertext of `plain` and its tag to `out`; the plaintext is never in `out` under
/// another allocation, so nothing of it stays behind.
pub(crate) fn seal_into(
    out: &mut Vec<u8>,
    key: &LessSafeKey,
    nonce: [u8; 12],
    aad: &[u8],
    plain: &[u8],
) {
    let start = out.len();
    out.reserve_exact(plain.len().saturating_add(TAG));
    out.extend_from_slice(plain);
    let body = sure(out.get_mut(start..).ok_or(()));
    let nonce = Nonce::assume_unique_for_key(nonce);
    let tag = sure(key.seal_in_place_separate_tag(nonce, Aad::from(aad), body));
    out.extend_from_slice(tag.as_ref());
}

/// Opens ciphertext and tag into memory that is wiped when dropped.
pub(crate) fn open(
    key: &LessSafeKey,
    nonce: [u8; 12],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (body, tag) = sealed.split_last_chunk::<TAG>().ok_or(OpenError::Short)?;
    let mut plain = Zeroizing::new(vec![0; body.len()]);
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.open_separate_gather(nonce, Aad::from(aad), body, tag, &mut plain)
        .map_err(|_| OpenError::Altered)?;
    Ok(plain)
}
