//! Statements of terms and classes.

pub(super) const FIND: &str = "
    select id from terms
    where policy = $1 and category = $2 and purposes = $3 and basis = $4 and source = $5";
pub(super) const ADD: &str = "
    insert into terms (id, policy, category, purposes, basis, source, sharing, period)
    values ($1, $2, $3, $4, $5, $6, '', '')";
pub(super) const PUT_CLASS: &str = "
    insert into class (terms, category, purposes, ends) values ($1, $2, $3, $4)
    on conflict (terms) do update
    set category = excluded.category, purposes = excluded.purposes, ends = excluded.ends";
pub(super) const CLASS: &str = "select category, purposes, ends from class where terms = $1";
pub(super) const CLASSES: &str = "select terms from class order by terms";
