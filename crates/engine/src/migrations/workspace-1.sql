create table named_key (name text primary key, slot bigint not null);
create table setting (
  number bigint primary key, name text not null, value text not null, at bigint not null
);
create table plan (number bigint primary key, name text not null, at bigint not null);
create table need (feature text not null, name text not null, at bigint not null, primary key (feature, name));
create table paper (name text primary key, at bigint not null);
create table policy_state (
  id bigint primary key, number bigint not null, entry bigint not null, upto bigint, held bigint not null
);
create table announced (
  id bigint primary key, number bigint not null, made bigint not null, upto bigint not null, told bigint
);
create table feature (name text primary key, switched_on bigint not null, at bigint not null);

create table subject (
  number bigint primary key, people text not null, country text, state text not null,
  ledger_slot bigint not null, next_record bigint not null, created bigint not null
);

create table minor (subject bigint primary key, slot bigint not null, sealed bytea not null);
create table approval (
  id bigint primary key, subject bigint not null, approver text not null, given bigint not null,
  withdrawn bigint
);
create index approval_subject on approval (subject);

create table terms (
  id bigint primary key, policy bigint not null, category text not null, purposes text not null,
  basis text not null, source text not null, ends text not null, late bigint not null
);
create table class (
  terms bigint primary key, category text not null, purposes text not null, ends text not null, ended text,
  floors text not null
);

create table record (
  rid bigint primary key, terms bigint not null, at bigint not null, whole bigint,
  slot bigint not null, own_slot bigint not null, waiting bigint not null, job bigint,
  schema bigint not null, sealed bytea not null
);
create index record_due on record (terms, at) where waiting = 0;
create index record_waiting on record (terms) where waiting = 1;
create table part (
  whole bigint not null, rid bigint not null, category text not null, primary key (whole, rid)
);
create table event (rid bigint not null, name text not null, at bigint not null, primary key (rid, name));
create index event_due on event (name, at);

create table lookup_key (
  id bigint primary key, field text not null, generation bigint not null, slot bigint not null,
  form bigint not null, state bigint not null
);
create table lookup (
  lookup_key bigint not null, tag bytea not null, rid bigint not null,
  primary key (lookup_key, tag, rid)
);
create index lookup_rid on lookup (rid);

create table mention (
  rid bigint not null, field text not null, subject bigint not null, slot bigint not null,
  sealed bytea not null, primary key (rid, field)
);
create index mention_subject on mention (subject);

create table blob (
  number bigint primary key, rid bigint, category text not null, field text not null,
  slot bigint not null, size bigint not null, media text not null, at bigint not null, job bigint,
  schema bigint not null
);
create index blob_rid on blob (rid);

create table consent (
  id bigint primary key, subject bigint not null, purpose text not null, given bigint not null,
  withdrawn bigint, policy bigint not null, language text not null, for_child bigint not null
);
create index consent_subject on consent (subject, purpose);

create table bar (
  id bigint primary key, kind text not null, subject bigint not null, rid bigint, category text,
  purpose text, forbids_use bigint not null, forbids_delete bigint not null, since bigint not null,
  lifted bigint
);
create index bar_subject on bar (subject) where lifted is null;
create table hold (
  id bigint primary key, subject bigint not null, category text, rid bigint, placed bigint not null,
  released bigint, slot bigint not null, sealed bytea not null
);

create table request (
  id bigint primary key, subject bigint not null, kind text not null, purpose text, state text not null,
  received bigint not null, answered bigint, closed bigint, job bigint, bar bigint
);
create index request_subject on request (subject);

create table access (
  id bigint primary key, subject bigint not null, purpose text not null, rid bigint, ticket bigint,
  token bigint not null, staff text not null, asked bigint not null, owner bigint, workspace bigint,
  second bigint, officer bigint, given bigint, until bigint, ended bigint, sealed bytea
);
create index access_subject on access (subject, purpose);
create index access_ticket on access (ticket) where ended is null;

create table notice (
  id bigint primary key, subject bigint not null, kind text not null, rule text not null,
  about bigint not null, made bigint not null, effective bigint, mail bigint not null, seen bigint,
  acknowledged bigint, void bigint
);
create unique index notice_once on notice (subject, kind, about);

create table job (
  id bigint primary key, kind text not null, rule text not null, subject bigint, whole_subject bigint not null,
  fact_order bigint not null, state bigint not null, made bigint not null, keys_gone bigint, rows_gone bigint, blobs_gone bigint,
  guard bigint, epoch bigint, records bigint not null, shared bigint not null, blobs bigint not null,
  root bytea, entry bigint, certificate bigint, complete bigint, policies text not null
);
create index job_state on job (state) where state < 6;
create table job_record (
  job bigint not null, rid bigint not null, slot bigint, primary key (job, rid)
);
create table job_kept (
  job bigint not null, category text not null, purpose text not null, until bigint not null,
  copies bigint not null, lost bigint not null, primary key (job, category)
);
create table statutory (
  id bigint primary key, category text not null, purpose text not null, until bigint not null,
  slot bigint not null, sealed bytea not null
);
create index statutory_until on statutory (until);
create table job_blob (job bigint not null, number bigint not null, primary key (job, number));
create table certificate (
  id bigint primary key, job bigint not null, kind text not null, issued bigint not null,
  entry bigint not null, note text
);
create index certificate_job on certificate (job);

create table entry (number bigint primary key, leaf bytea not null);
create table detail (
  number bigint primary key, subject bigint, stream bigint not null, at bigint not null,
  slot bigint not null, sealed bytea not null
);
create table history (subject bigint not null, number bigint not null, primary key (subject, number));
create table history_upto (id bigint primary key, number bigint not null);
insert into history_upto (id, number) values (1, 0);
create table entry_list (
  number bigint not null, part bigint not null, slot bigint not null, sealed bytea not null,
  primary key (number, part)
);
create table log (
  generation bigint primary key, origin text not null, base bigint not null, started bigint not null
);
create table checkpoint (
  generation bigint not null, size bigint not null, at bigint not null, body text not null,
  note text not null, anchor bigint, primary key (generation, size)
);

create table closing (id bigint primary key, since bigint not null, ended bigint);
create table idempotency (
  tag bytea primary key, request bytea not null, status bigint not null, answer text not null, at bigint not null
);
create index idempotency_at on idempotency (at);

create table aggregate (
  category text not null, field text not null, month text not null, made bigint not null,
  groups_of bigint not null, groups text not null, primary key (category, field, month)
);
