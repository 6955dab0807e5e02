create table publisher (
  id bigint primary key, name text not null, origin text not null, ended bigint
);
create table policy (
  publisher bigint not null, number bigint not null, version text not null, source text not null,
  hash bytea not null, in_force bigint not null, told bigint, primary key (publisher, number)
);
create table announcement (
  publisher bigint not null, id bigint not null, number bigint not null, version text not null,
  source text not null, hash bytea not null, made bigint not null, effective bigint not null,
  lead bigint not null, cancelled bigint, primary key (publisher, id)
);
create table workspace (
  number bigint primary key, name text not null unique, publisher bigint not null, made bigint not null,
  ready bigint not null
);
create table token (
  hash bytea primary key, id bigint not null, workspace bigint not null, role text not null, staff text,
  subject bigint, made bigint not null, expires bigint, revoked bigint
);
create table anchor (
  number bigint primary key, workspace bigint not null, generation bigint not null, size bigint not null,
  body text not null, leaf bytea not null
);
create table anchor_log (
  generation bigint primary key, origin text not null, folder text not null, base bigint not null,
  started bigint not null
);
create table anchor_checkpoint (
  generation bigint not null, size bigint not null, at bigint not null, note text not null,
  primary key (generation, size)
);
create table setting (name text primary key, value text not null);
