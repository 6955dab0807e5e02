//! Statements of terms and classes.

pub(super) const FIND: &str = "
    select terms.id from terms join class on class.terms = terms.id
    where terms.policy = $1 and terms.category = $2 and terms.purposes = $3 and terms.basis = $4
    and terms.source = $5 and terms.ends = $6 and class.ends = $6
    and terms.late = $7";
pub(super) const ADD: &str = "
    insert into terms (id, policy, category, purposes, basis, source, ends, late)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
pub(super) const ALL: &str = "
    select t.id, c.category, c.purposes, c.ends, c.ended, c.floors, t.policy, t.category, t.purposes,
    t.basis, t.source, t.late
    from terms t join class c on c.terms = t.id order by t.id";
pub(super) const PUT_CLASS: &str = "
    insert into class (terms, category, purposes, ends, ended, floors)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (terms) do update
    set category = excluded.category, purposes = excluded.purposes, ends = excluded.ends,
    ended = excluded.ended, floors = excluded.floors";
pub(super) const CLASS: &str = "
    select c.category, c.purposes, c.ends, c.ended, c.floors, t.policy, t.category
    from class c join terms t on t.id = c.terms where c.terms = $1";
pub(super) const CLASSES: &str = "
    select c.terms, c.category, c.purposes, c.ends, c.ended, c.floors, t.policy, t.category
    from class c join terms t on t.id = c.terms order by c.terms";
