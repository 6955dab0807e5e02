//! Statements of the workspace's log.

pub(super) const BEGIN_LOG: &str = "
    insert into log (generation, origin, base, started) values ($1, $2, $3, $4)";
pub(super) const NEWEST: &str = "
    select generation, origin, base from log order by generation desc limit 1";
pub(super) const ALL: &str = "select generation, origin, base from log order by generation";
pub(super) const CHECKPOINT: &str = "
    select size, note, anchor from checkpoint where generation = $1 order by size desc limit 1";
pub(super) const COVERING: &str = "
    select size, note, anchor from checkpoint
    where generation = $1 and size > $2 and anchor < $3 order by size desc limit 1";
pub(super) const CHECKPOINT_ADD: &str = "
    insert into checkpoint (generation, size, at, body, note, anchor)
    values ($1, $2, $3, $4, $5, null) on conflict (generation, size) do nothing";
pub(super) const ANCHORED: &str = "
    update checkpoint set anchor = $3 where generation = $1 and size = $2";
