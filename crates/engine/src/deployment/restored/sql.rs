//! Every place where a slot is referred to.

pub(super) const SLOTS: [&str; 8] = [
    "select slot from record",
    "select ledger_slot from subject",
    "select slot from blob",
    "select slot from named_key",
    "select slot from lookup_key",
    "select slot from hold",
    "select slot from statutory",
    "select distinct slot from detail",
];
