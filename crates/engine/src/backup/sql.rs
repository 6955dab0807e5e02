//! What a copy of a workspace's database loses before it counts as a backup.

pub(super) const DROP_LOOKUPS: &str = "delete from lookup";
