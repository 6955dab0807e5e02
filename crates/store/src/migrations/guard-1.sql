create table root (workspace bigint primary key, epoch bigint not null, wrapped bytea not null);
create table page (
  workspace bigint not null, level bigint not null, number bigint not null, sealed bytea not null,
  primary key (workspace, level, number)
);
create table mark (
  workspace bigint primary key, slots bigint not null, subjects bigint not null, records bigint not null
);
create table journal (
  number bigint primary key, workspace bigint not null, record bytea not null
);
create index journal_workspace on journal (workspace, number);
create table epoch (number bigint primary key, started bigint not null, ended bigint, destroyed bigint);
