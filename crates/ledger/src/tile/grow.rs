//! The files that appended leaves bring.

use super::{Read, TileError, WIDTH, entries, entries_path, hashes, hashes_path};
use crate::Hash;
use crate::tree::{full_root, leaf_hash};

/// A file to write: its path and its content.
pub type File = (String, Vec<u8>);

/// The files to write for leaves appended to a tree of `old_size`: entry bundles, then hashes from
/// the leaves upwards, with the partial tiles at the right edge.
///
/// Written in this order nothing ever points to what is not there yet; the checkpoint comes after
/// all of them. Doing it again after a crash gives the same files.
pub fn grow(
    old_size: u64,
    new_leaf_contents: &[Vec<u8>],
    read: Read<'_>,
) -> Result<Vec<File>, TileError> {
    if new_leaf_contents.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = bundles(old_size, new_leaf_contents, read)?;
    let mut added: Vec<Hash> = new_leaf_contents.iter().map(|leaf| leaf_hash(leaf)).collect();
    let (mut level, mut nodes) = (0, old_size);
    while !added.is_empty() {
        let (index, width) = (nodes / WIDTH, nodes % WIDTH);
        let mut row = hashes(read, level, index, width)
            .ok_or_else(|| TileError::Missing(hashes_path(level, index, width)))?;
        row.append(&mut added);
        for (index, tile) in (index..).zip(row.chunks(256)) {
            let width = tile.len() as u64;
            files.push((hashes_path(level, index, width), tile.as_flattened().to_vec()));
            added.extend((width == WIDTH).then(|| full_root(tile)));
        }
        (level, nodes) = (level + 1, index);
    }
    Ok(files)
}

fn bundles(
    old_size: u64,
    new_leaf_contents: &[Vec<u8>],
    read: Read<'_>,
) -> Result<Vec<File>, TileError> {
    let (index, width) = (old_size / WIDTH, old_size % WIDTH);
    let mut row = entries(read, index, width)
        .ok_or_else(|| TileError::Missing(entries_path(index, width)))?;
    row.extend_from_slice(new_leaf_contents);
    let mut files = Vec::new();
    for (index, bundle) in (index..).zip(row.chunks(256)) {
        let mut content = Vec::new();
        for entry in bundle {
            let length = u16::try_from(entry.len()).map_err(|_| TileError::TooLong)?;
            content.extend_from_slice(&length.to_be_bytes());
            content.extend_from_slice(entry);
        }
        files.push((entries_path(index, bundle.len() as u64), content));
    }
    Ok(files)
}
