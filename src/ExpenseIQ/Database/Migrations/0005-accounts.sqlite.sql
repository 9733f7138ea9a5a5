-- disabled_at: an administrator shut the account. leaving_at: its owner deleted it, and its rows go bit by bit. seen_at: to the hour.
-- totp_key: what the authenticator app knows too, encrypted; null: no codes are asked. totp_step: the last step that a code was taken of.
alter table users add column disabled_at datetime(3) null;

alter table users add column leaving_at datetime(3) null;

alter table users add column seen_at datetime(3) null;

alter table users add column totp_key varchar(500) null;

alter table users add column totp_step bigint not null default 0;

-- Who is signed in: the cookie holds a random token, the row its HMAC. confirmed_at: when the person last proved who they are.
-- method: see SignInMethod.
create table sessions (
  user_id bigint not null,
  token_hash binary(32) not null,
  created_at datetime(3) not null,
  used_at datetime(3) not null,
  expires_at datetime(3) not null,
  confirmed_at datetime(3) not null,
  is_remembered boolean not null,
  method tinyint not null,
  address varchar(45) not null,
  user_agent varchar(255) not null,
  primary key (user_id, token_hash),
  constraint sessions_user_fk foreign key (user_id) references users (id) on delete cascade
) without rowid;

create index sessions_expires on sessions (expires_at);

-- Browsers that an account was signed in from: strangers' wrong guesses do not hold them up. code_until: until when no code is asked.
create table devices (
  user_id bigint not null,
  token_hash binary(32) not null,
  created_at datetime(3) not null,
  used_at datetime(3) not null,
  code_until datetime(3) null,
  user_agent varchar(255) not null,
  primary key (user_id, token_hash),
  constraint devices_user_fk foreign key (user_id) references users (id) on delete cascade
) without rowid;

create index devices_used on devices (used_at);

-- Codes for whoever lost the authenticator app, as SHA-256; each works once.
create table recovery_codes (
  user_id bigint not null,
  code_hash binary(32) not null,
  used_at datetime(3) null,
  primary key (user_id, code_hash),
  constraint recovery_codes_user_fk foreign key (user_id) references users (id) on delete cascade
) without rowid;

-- Public keys that sign in without a password (WebAuthn). credential_id, public_key: Base64; credential_hash: SHA-256 of the id.
create table passkeys (
  user_id bigint not null,
  credential_hash binary(32) not null,
  credential_id varchar(1400) not null,
  public_key text not null,
  name varchar(100) not null,
  created_at datetime(3) not null,
  used_at datetime(3) null,
  sign_count bigint not null,
  transports varchar(200) not null,
  is_user_verified boolean not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  primary key (user_id, credential_hash),
  constraint passkeys_credential unique (credential_hash),
  constraint passkeys_user_fk foreign key (user_id) references users (id) on delete cascade
) without rowid;

-- Secrets that work once, by their HMAC: a link to a new password, the step between password and code. purpose: see OneTimePurpose.
create table one_time_tokens (
  token_hash binary(32) not null,
  user_id bigint null,
  purpose tinyint not null,
  data varchar(1000) not null,
  expires_at datetime(3) not null,
  primary key (token_hash),
  constraint one_time_tokens_user_fk foreign key (user_id) references users (id) on delete cascade
) without rowid;

create index one_time_tokens_user on one_time_tokens (user_id, purpose);

create index one_time_tokens_expires on one_time_tokens (expires_at);

-- What happened to an account (kind: see SecurityEvent). user_id null: somebody tried a name that nobody has. actor_id: an administrator.
-- mail: what is left to be told by mail (see MailState); mail_at: when that may next be tried.
create table security_events (
  id integer primary key autoincrement,
  user_id bigint null,
  at datetime(3) not null,
  kind int not null,
  address varchar(45) not null,
  user_agent varchar(255) not null,
  detail varchar(255) not null,
  actor_id bigint null,
  mail tinyint not null default 0,
  mail_at datetime(3) null,
  constraint security_events_user_fk foreign key (user_id) references users (id) on delete cascade
);

create index security_events_user on security_events (user_id, id);

create index security_events_actor on security_events (actor_id, id);

create index security_events_at on security_events (at);

create index security_events_mail on security_events (mail, id);

-- Wrong guesses by account, by address and overall (bucket: SHA-256 of which), and when the next one is taken.
create table guesses (
  bucket binary(32) not null,
  failures bigint not null,
  at datetime(3) not null,
  free_at datetime(3) not null,
  primary key (bucket)
) without rowid;

create index guesses_at on guesses (at);

update schedule set name = 'sweep' where name = 'forget-submissions';
