//! Where a sealed value belongs.

/// The one row that a sealed value may be opened in; bound into the seal, so that a value copied to
/// another person, category or row does not open there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The workspace's number.
    pub workspace: u64,
    /// The subject's number, 0 when the value is about no one.
    pub subject: u64,
    /// The declared category, or the name of the store's own table.
    pub category: &'a str,
    /// The record's number.
    pub record: u64,
    /// The version of the category's fields, needed to read old values.
    pub schema: u16,
    /// The slot whose key seals it.
    pub slot: u32,
}

impl Place<'_> {
    /// The additional data of a seal: fixed integers, then the category with its length, so that no
    /// two places share an encoding.
    pub(crate) fn bind(&self, prefix: [u8; 4]) -> Vec<u8> {
        let mut aad = Vec::with_capacity(42_usize.saturating_add(self.category.len()));
        aad.extend_from_slice(&prefix);
        aad.extend_from_slice(&self.workspace.to_be_bytes());
        aad.extend_from_slice(&self.subject.to_be_bytes());
        aad.extend_from_slice(&self.record.to_be_bytes());
        aad.extend_from_slice(&self.schema.to_be_bytes());
        aad.extend_from_slice(&self.slot.to_be_bytes());
        aad.extend_from_slice(&(self.category.len() as u64).to_be_bytes());
        aad.extend_from_slice(self.category.as_bytes());
        aad
    }
}
