//! Whole stories that a naive build gets wrong, told from outside: over HTTP, with the test clock.

mod certificate;
mod downgrade_with_vectors;
mod erasure_during_hold;
mod grader_leaves;
mod leap_day;
mod ledger_against_erasure;
mod one_item_one_hour;
mod restore;
mod restricted_but_stored;
mod rule_change_under_old_data;
mod selfie_and_attendance;
pub(crate) mod stage;
