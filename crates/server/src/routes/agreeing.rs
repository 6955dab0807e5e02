//! The routes of those who agree: a person to a purpose, and others in the place of a minor.

use super::{
    Route,
    Verb::{Get, Post},
    fields::{APPROVER, PURPOSE, WHOSE},
    route,
};
use crate::{
    api::{approvals, consents},
    roles::{ADMIN, OFFICER, PERSON, SYSTEM},
    shape::{Shape, need},
    shapes,
};

pub(super) const GIVE: Route = route(
    Post,
    "/v1/approvals",
    SYSTEM.and(OFFICER),
    |call| Box::pin(approvals::give(call)),
    "Record that somebody who answers for a minor agrees",
)
.takes(&[WHOSE, APPROVER])
.gives(201, shapes::MISSING)
.refuses(&[404, 409, 410]);

pub(super) const WITHDRAW: Route = route(
    Post,
    "/v1/approvals/withdraw",
    SYSTEM.and(OFFICER),
    |call| Box::pin(approvals::withdraw(call)),
    "Withdraw an approval: nothing of the minor is written or used from now on",
)
.takes(&[WHOSE, APPROVER])
.gives(200, shapes::MISSING)
.refuses(&[404, 410]);

pub(super) const LIST: Route = route(
    Get,
    "/v1/approvals",
    SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
    |call| Box::pin(approvals::list(call)),
    "List the approvals for a minor, and whose are missing",
)
.asks(&[WHOSE])
.gives(200, shapes::APPROVALS)
.refuses(&[404]);

pub(super) const CONSENT: Route = route(
    Post,
    "/v1/consents",
    SYSTEM.and(PERSON),
    |call| Box::pin(consents::give(call)),
    "Record that a person consents to a purpose",
)
.takes(&[WHOSE, PURPOSE, need("language", Shape::Text, "the language it was shown in")])
.gives(201, shapes::CONSENT_MADE)
.refuses(&[404, 410, 423]);

pub(super) const CONSENT_END: Route = route(
    Post,
    "/v1/consents/withdraw",
    SYSTEM.and(PERSON),
    |call| Box::pin(consents::withdraw(call)),
    "Withdraw consent; what rested on nothing else is erased",
)
.takes(&[WHOSE, PURPOSE])
.gives(200, shapes::SWEPT)
.refuses(&[404, 410]);

pub(super) const CONSENTS: Route = route(
    Get,
    "/v1/consents",
    SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
    |call| Box::pin(consents::list(call)),
    "List the consents of a subject",
)
.asks(&[WHOSE])
.gives(200, shapes::CONSENTS)
.refuses(&[404]);
