//! Statements of terms and classes.

pub(super) const FIND: &str = "
    select terms.id from terms join class on class.terms = terms.id
    where terms.policy = $1 and terms.category = $2 and terms.purposes = $3 and terms.basis = $4
    and terms.source = $5 and terms.ends = $6 and class.ends = $6";
pub(super) const ADD: &str = "
    insert into terms (id, policy, category, purposes, basis, source, ends)
    values ($1, $2, $3, $4, $5, $6, $7)";
pub(super) const ALL: &str = "
    select terms.id, terms.category, terms.purposes, terms.ends, class.ends
    from terms join class on class.terms = terms.id order by terms.id";
pub(super) const PUT_CLASS: &str = "
    insert into class (terms, category, purposes, ends) values ($1, $2, $3, $4)
    on conflict (terms) do update
    set category = excluded.category, purposes = excluded.purposes, ends = excluded.ends";
pub(super) const CLASS: &str = "select category, purposes, ends from class where terms = $1";
pub(super) const CLASSES: &str = "
    select terms, category, purposes, ends from class order by terms";
