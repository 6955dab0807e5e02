//! What many routes take.

use crate::shape::{Field, Shape, may, need};

pub(super) const SUBJECT: Shape = Shape::Id("sub_");
pub(super) const RECORD: Shape = Shape::Id("rec_");

pub(super) const WHOSE: Field = need("subject", SUBJECT, "whose data");
pub(super) const MAYBE_WHOSE: Field =
    may("subject", SUBJECT, "whose data; everyone's when it is not said");
pub(super) const PURPOSE: Field = need("purpose", Shape::Text, "a purpose of the policy");
pub(super) const LIMIT: Field =
    may("limit", Shape::Count, "how many, 1 to 200; 50 when it is not said");
pub(super) const CURSOR: Field = may("cursor", Shape::Text, "`next` of the page before");
pub(super) const APPROVER: Field =
    need("by", Shape::Text, "who agrees, a word of children.approval");
pub(super) const BORN: Field = may(
    "born",
    Shape::Text,
    "the day of birth; who leaves it out declares that the person has reached every age of the policy",
);
