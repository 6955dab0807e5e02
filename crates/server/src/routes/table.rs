//! Every route of the interface, once.

use std::future::ready;

use super::{
    Route,
    Verb::{Delete, Get, Patch, Post, Put},
    agreeing,
    fields::{BORN, CURSOR, LIMIT, MAYBE_WHOSE, PURPOSE, RECORD, SUBJECT, WHOSE},
    route,
};
use crate::{
    api::{
        aggregates, blobs, certificates, choices, clock, closing, decisions, events, features,
        grants, holds, ledger, notices, policy, promises, records, requests, statutory, subjects,
        sweeps, tokens,
    },
    roles::{ADMIN, ALL, OFFICER, PERSON, STAFF, SYSTEM},
    shape::{Shape, may, need},
    shapes,
};

/// The table.
pub(crate) static ROUTES: &[Route] = &[
    // Subjects.
    route(
        Post,
        "/v1/subjects",
        SYSTEM.and(ADMIN),
        |call| Box::pin(subjects::create(call)),
        "Make a data subject",
    )
    .takes(&[
        need("people", Shape::List(&Shape::Text), "kinds of person, of scope.people"),
        may("country", Shape::Text, "two capital letters (ISO 3166-1)"),
        BORN,
    ])
    .gives(201, shapes::SUBJECT_MADE)
    .refuses(&[423]),
    route(
        Get,
        "/v1/subjects/{id}",
        ALL,
        |call| Box::pin(subjects::read(call)),
        "Read what is known of a subject itself",
    )
    .gives(200, shapes::SUBJECT)
    .refuses(&[410]),
    route(
        Delete,
        "/v1/subjects/{id}",
        SYSTEM.and(ADMIN),
        |call| Box::pin(subjects::delete(call)),
        "Erase everything of a subject",
    )
    .gives(200, shapes::DELETED)
    .refuses(&[410, 423]),
    // Records.
    route(
        Post,
        "/v1/records",
        SYSTEM.and(STAFF).and(PERSON),
        |call| Box::pin(records::create(call)),
        "Write a record",
    )
    .takes(&[
        WHOSE,
        need("category", Shape::Text, "a category of the policy"),
        may("part_of", RECORD, "the record it is part of, where the policy says so"),
        need("fields", Shape::Fields, ""),
        may("at", Shape::Time, "when it was collected; now, unless said"),
    ])
    .gives(201, shapes::RECORD_MADE)
    .refuses(&[404, 410, 423]),
    route(
        Get,
        "/v1/records",
        SYSTEM.and(OFFICER).and(STAFF).and(PERSON),
        |call| Box::pin(records::list(call)),
        "List the records of a subject for a purpose",
    )
    .asks(&[WHOSE, may("category", Shape::Text, "this category only"), PURPOSE, CURSOR, LIMIT])
    .gives(200, shapes::RECORDS)
    .refuses(&[404, 410]),
    route(
        Post,
        "/v1/records/find",
        SYSTEM.and(OFFICER).and(STAFF),
        |call| Box::pin(records::find(call)),
        "Find records by a look-up field, for a purpose",
    )
    .takes(&[
        need("field", Shape::Text, "category and field, such as account.email"),
        need("value", Shape::Text, "in the body, so that no log of addresses holds it"),
        PURPOSE,
    ])
    .gives(200, shapes::FOUND),
    route(
        Get,
        "/v1/records/{id}",
        SYSTEM.and(OFFICER).and(STAFF).and(PERSON),
        |call| Box::pin(records::read(call)),
        "Read a record for a purpose",
    )
    .asks(&[PURPOSE])
    .gives(200, shapes::RECORD)
    .refuses(&[410]),
    route(
        Patch,
        "/v1/records/{id}",
        SYSTEM.and(STAFF).and(PERSON),
        |call| Box::pin(records::change(call)),
        "Change fields of a record; null removes an optional one",
    )
    .takes(&[need("fields", Shape::Fields, "")])
    .refuses(&[409, 410, 423]),
    route(
        Delete,
        "/v1/records/{id}",
        SYSTEM.and(ADMIN),
        |call| Box::pin(records::delete(call)),
        "Erase a record with its parts",
    )
    .gives(200, shapes::DELETED)
    .refuses(&[410, 423]),
    route(
        Delete,
        "/v1/records/{id}/key",
        SYSTEM.and(ADMIN),
        |call| Box::pin(records::delete(call)),
        "Destroy the key of a record, and with it the record",
    )
    .gives(200, shapes::DELETED)
    .refuses(&[410, 423]),
    // Blobs.
    route(
        Post,
        "/v1/blobs",
        SYSTEM.and(STAFF).and(PERSON),
        |call| Box::pin(blobs::create(call)),
        "Upload a photograph or file for a record to come",
    )
    .asks(&[
        WHOSE,
        need("category", Shape::Text, "the category of the record to come"),
        need("field", Shape::Text, "its field"),
    ])
    .takes_file()
    .gives(201, shapes::BLOB_MADE)
    .refuses(&[404, 410, 423]),
    route(
        Get,
        "/v1/blobs/{id}",
        SYSTEM.and(OFFICER).and(STAFF).and(PERSON),
        |call| Box::pin(blobs::read(call)),
        "Read a photograph or file for a purpose",
    )
    .asks(&[PURPOSE])
    .gives_file()
    .refuses(&[409, 410]),
    // Events and decisions.
    route(
        Post,
        "/v1/events",
        SYSTEM.and(ADMIN).and(PERSON),
        |call| Box::pin(events::raise(call)),
        "Raise an event that starts or stops a period",
    )
    .takes(&[
        need("record", RECORD, ""),
        need("event", Shape::Text, "an event of the record's category"),
        may("at", Shape::Time, "when it happened; now, unless said"),
    ])
    .refuses(&[404, 410, 423]),
    route(
        Post,
        "/v1/decide",
        ALL,
        |call| Box::pin(decisions::decide(call)),
        "Ask whether a use is allowed; the question is entered in the ledger",
    )
    .takes(&[
        WHOSE,
        need("category", Shape::Text, "a category of the policy"),
        PURPOSE,
        may("actor", Shape::Text, "a role of staff to ask for, by system, admin and officer only"),
    ])
    .gives(200, shapes::DECISION)
    .refuses(&[404, 410]),
    // Counts.
    route(
        Post,
        "/v1/aggregates",
        SYSTEM.and(OFFICER).and(STAFF),
        |call| Box::pin(aggregates::count(call)),
        "Count the people in the groups of one field, for a month that is over",
    )
    .takes(&[
        need("category", Shape::Text, "a category of counts"),
        need("field", Shape::Text, "category and field that feed it, such as usage.page"),
        need("month", Shape::Text, "such as 2026-03"),
        PURPOSE,
    ])
    .gives(201, shapes::AGGREGATE)
    .refuses(&[409]),
    route(
        Get,
        "/v1/aggregates",
        SYSTEM.and(OFFICER).and(STAFF),
        |call| Box::pin(aggregates::list(call)),
        "Read what was counted, for a purpose",
    )
    .asks(&[need("category", Shape::Text, "a category of counts"), PURPOSE])
    .gives(200, shapes::AGGREGATES),
    // Consents.
    agreeing::CONSENT,
    agreeing::CONSENT_END,
    agreeing::CONSENTS,
    agreeing::GIVE,
    agreeing::WITHDRAW,
    agreeing::LIST,
    // Holds.
    route(
        Post,
        "/v1/holds",
        ADMIN.and(OFFICER),
        |call| Box::pin(holds::place(call)),
        "Place a legal hold",
    )
    .takes(&[
        WHOSE,
        may("category", Shape::Text, "one category with its parts"),
        may("record", RECORD, "one record with its parts"),
        need("case", Shape::Text, "which proceeding asks for it; kept sealed"),
    ])
    .gives(201, shapes::HOLD_MADE)
    .refuses(&[404, 410]),
    route(Get, "/v1/holds", ADMIN.and(OFFICER), |call| Box::pin(holds::list(call)), "List holds")
        .asks(&[MAYBE_WHOSE])
        .gives(200, shapes::HOLDS)
        .refuses(&[404]),
    route(
        Post,
        "/v1/holds/{id}/release",
        ADMIN.and(OFFICER),
        |call| Box::pin(holds::release(call)),
        "Release a hold; the erasures that waited run",
    )
    .gives(200, shapes::RELEASED),
    // Access that staff ask for.
    route(
        Post,
        "/v1/grants",
        STAFF.and(OFFICER),
        |call| Box::pin(grants::ask(call)),
        "Ask for access, for a purpose that needs a reason",
    )
    .takes(&[
        WHOSE,
        PURPOSE,
        may("record", RECORD, "one record with its parts; all for the purpose, unless said"),
        may("ticket", RECORD, "the person's open ticket"),
        may("case", Shape::Text, "the legal case; kept sealed"),
    ])
    .gives(201, shapes::GRANT)
    .refuses(&[404, 410, 423]),
    route(
        Get,
        "/v1/grants",
        ADMIN.and(OFFICER).and(STAFF).and(PERSON),
        |call| Box::pin(grants::list(call)),
        "List access that was asked for; staff see their own",
    )
    .asks(&[MAYBE_WHOSE])
    .gives(200, shapes::GRANTS)
    .refuses(&[404]),
    route(
        Post,
        "/v1/grants/{id}/approve",
        ADMIN.and(OFFICER).and(STAFF).and(PERSON),
        |call| Box::pin(grants::approve(call)),
        "Approve access as its owner, its workspace, or a second member of staff",
    )
    .gives(200, shapes::GRANT)
    .refuses(&[409, 410]),
    route(
        Post,
        "/v1/grants/{id}/withdraw",
        ADMIN.and(OFFICER).and(STAFF).and(PERSON),
        |call| Box::pin(grants::withdraw(call)),
        "End access at once",
    )
    .refuses(&[409, 410]),
    // Notices.
    route(
        Get,
        "/v1/notices",
        SYSTEM.and(OFFICER).and(PERSON),
        |call| Box::pin(notices::list(call)),
        "List what a subject was told",
    )
    .asks(&[
        may("subject", SUBJECT, "whose; a person's own when it is not said"),
        may("lang", Shape::Text, "a language of the policy; the binding one unless said"),
    ])
    .gives(200, shapes::NOTICES)
    .refuses(&[404, 410]),
    route(
        Post,
        "/v1/notices/{id}/seen",
        SYSTEM.and(PERSON),
        |call| Box::pin(notices::seen(call)),
        "Say that the person has seen a notice",
    )
    .refuses(&[410]),
    route(
        Post,
        "/v1/notices/{id}/acknowledge",
        SYSTEM.and(PERSON),
        |call| Box::pin(notices::acknowledge(call)),
        "Say that the person has acknowledged a notice; that is no consent",
    )
    .refuses(&[410]),
    // Requests.
    route(
        Post,
        "/v1/requests",
        SYSTEM.and(OFFICER).and(PERSON),
        |call| Box::pin(requests::ask(call)),
        "Exercise a right; answered at once",
    )
    .takes(&[
        WHOSE,
        need("kind", shapes::REQUEST_KIND, ""),
        may("purpose", Shape::Text, "the purpose that an objection is about"),
        may("record", RECORD, "the record that a correction is about"),
        may("fields", Shape::Fields, "its values as they should be, for a correction"),
        may(
            "claim",
            Shape::Bool,
            "a restriction: the data are needed for a legal claim, so they stay",
        ),
    ])
    .gives(201, shapes::REQUEST_MADE)
    .refuses(&[404, 410]),
    route(
        Get,
        "/v1/requests",
        SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
        |call| Box::pin(requests::list(call)),
        "List the requests of a subject",
    )
    .asks(&[WHOSE])
    .gives(200, shapes::REQUESTS)
    .refuses(&[404]),
    route(
        Get,
        "/v1/requests/{id}",
        SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
        |call| Box::pin(requests::read(call)),
        "Read a request",
    )
    .gives(200, shapes::REQUEST),
    route(
        Get,
        "/v1/requests/{id}/export",
        SYSTEM.and(OFFICER).and(PERSON),
        |call| Box::pin(requests::export(call)),
        "Fetch what a request for access or portability asked for",
    )
    .gives(200, Shape::Document)
    .refuses(&[409, 410]),
    route(
        Post,
        "/v1/requests/{id}/lift",
        SYSTEM.and(OFFICER).and(PERSON),
        |call| Box::pin(requests::lift(call)),
        "Lift a restriction or an objection",
    )
    .refuses(&[410]),
    // What the law keeps.
    route(
        Get,
        "/v1/statutory",
        SYSTEM.and(OFFICER).and(STAFF),
        |call| Box::pin(statutory::list(call)),
        "Read what a legal duty keeps of people who are erased",
    )
    .asks(&[need("category", Shape::Text, "a category of the policy"), PURPOSE, CURSOR, LIMIT])
    .gives(200, shapes::COPIES)
    .refuses(&[404]),
    // Running the workspace.
    route(
        Post,
        "/v1/sweeps",
        ADMIN,
        |call| Box::pin(sweeps::sweep(call)),
        "Erase what is due: one record, or everything",
    )
    .takes(&[may("record", RECORD, "this record only")])
    .gives(200, shapes::SWEPT)
    .refuses(&[404, 410, 423]),
    route(
        Get,
        "/v1/features",
        ALL,
        |call| Box::pin(ready(Ok(features::list(&call)))),
        "List features and whether they are on",
    )
    .gives(200, shapes::FEATURES),
    route(
        Put,
        "/v1/features/{feature}",
        ADMIN,
        |call| Box::pin(features::switch(call)),
        "Switch a feature",
    )
    .takes(&[need("on", Shape::Bool, "")])
    .refuses(&[409, 423]),
    route(
        Put,
        "/v1/features/{feature}/needs/{need}",
        OFFICER,
        |call| Box::pin(choices::meet(call)),
        "Record that a need of a feature is met",
    )
    .takes(&[need("reference", Shape::Text, "what shows it; kept sealed")]),
    route(
        Get,
        "/v1/settings",
        ALL,
        |call| Box::pin(ready(Ok(choices::settings(&call)))),
        "List the settings with their values and bounds",
    )
    .gives(200, shapes::SETTINGS),
    route(
        Put,
        "/v1/settings/{setting}",
        ADMIN,
        |call| Box::pin(choices::choose(call)),
        "Choose a setting; a shorter life acts on what is there, a longer one on what comes",
    )
    .takes(&[need("value", Shape::Choice, "as the policy would write it")])
    .refuses(&[423]),
    route(
        Get,
        "/v1/plan",
        ALL,
        |call| Box::pin(ready(Ok(choices::plan(&call)))),
        "Read the plan that the workspace holds",
    )
    .gives(200, shapes::PLAN),
    route(
        Put,
        "/v1/plan",
        SYSTEM,
        |call| Box::pin(choices::change_plan(call)),
        "Give the workspace a plan; what it lacks is switched off",
    )
    .takes(&[need("plan", Shape::Text, "one of scope.plans")]),
    route(
        Get,
        "/v1/documents",
        ALL,
        |call| Box::pin(ready(Ok(choices::documents(&call)))),
        "List the documents of the policy and which were accepted",
    )
    .gives(200, shapes::DOCUMENTS),
    route(
        Post,
        "/v1/documents/{document}/accept",
        ADMIN,
        |call| Box::pin(choices::accept(call)),
        "Accept a document for the workspace",
    ),
    route(
        Post,
        "/v1/tokens",
        ADMIN,
        |call| Box::pin(tokens::create(call)),
        "Make a token; it is shown once",
    )
    .takes(&[
        need("role", shapes::ROLE, ""),
        may("staff", Shape::Text, "a role of scope.staff, for the role staff"),
        may("subject", SUBJECT, "the person, for the role person"),
        may("days", Shape::Count, "when it ends; never, unless said"),
    ])
    .gives(201, shapes::TOKEN_MADE)
    .refuses(&[404, 410]),
    route(
        Delete,
        "/v1/tokens/{id}",
        ADMIN,
        |call| Box::pin(tokens::revoke(call)),
        "Revoke a token, effective now",
    ),
    route(
        Post,
        "/v1/workspace/close",
        ADMIN,
        |call| Box::pin(closing::close(call)),
        "Close the workspace: no use, and its people are erased when the period is over",
    )
    .gives(200, shapes::CLOSED)
    .refuses(&[409]),
    route(
        Post,
        "/v1/workspace/reopen",
        ADMIN,
        |call| Box::pin(closing::reopen(call)),
        "Open a closed workspace again, before its period is over",
    )
    .refuses(&[409, 410]),
    route(
        Get,
        "/v1/promises",
        SYSTEM.and(ADMIN).and(OFFICER),
        |call| Box::pin(promises::list(call)),
        "Look at the data and say of each promise whether it is kept",
    )
    .gives(200, shapes::PROMISES),
    route(
        Get,
        "/v1/ledger",
        SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
        |call| Box::pin(ledger::read(call)),
        "Name the public log of this workspace and its checkpoint",
    )
    .gives(200, shapes::LEDGER)
    .refuses(&[409]),
    route(
        Get,
        "/v1/ledger/entries",
        SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
        |call| Box::pin(ledger::entries(call)),
        "Who did what with a person's data, newest first",
    )
    .asks(&[WHOSE, CURSOR, LIMIT])
    .gives(200, shapes::ENTRIES)
    .refuses(&[404, 410]),
    route(
        Get,
        "/v1/certificates",
        SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
        |call| Box::pin(certificates::list(call)),
        "List certificates, newest first",
    )
    .asks(&[MAYBE_WHOSE])
    .gives(200, shapes::CERTIFICATES)
    .refuses(&[404]),
    route(
        Get,
        "/v1/certificates/{id}",
        SYSTEM.and(ADMIN).and(OFFICER).and(PERSON),
        |call| Box::pin(certificates::file(call)),
        "Fetch a certificate as the file that verifies offline",
    )
    .gives_file()
    .refuses(&[409, 410]),
    route(
        Get,
        "/v1/policy",
        ALL,
        |call| Box::pin(ready(policy::read(&call))),
        "Read the policy in force",
    )
    .asks(&[may("lang", Shape::Text, "a language of the policy; the binding one unless said")])
    .gives(200, Shape::Document),
    // Only under a test clock.
    route(
        Post,
        "/v1/test/clock",
        ALL,
        |call| Box::pin(ready(clock::turn(&call))),
        "Move the test clock",
    )
    .takes(&[
        may("run", Shape::Count, "let so many seconds pass"),
        may("set", Shape::Time, "set the wall clock alone"),
    ])
    .gives(200, shapes::CLOCK)
    .only_in_tests(),
];
