-- disabled_at: an administrator shut the account. leaving_at: its owner deleted it, and its rows go bit by bit. seen_at: to the hour.
-- totp_key: what the authenticator app knows too, encrypted; null: no codes are asked. totp_step: the last step that a code was taken of.
alter table users
  add column disabled_at datetime(3) null,
  add column leaving_at datetime(3) null,
  add column seen_at datetime(3) null,
  add column totp_key varchar(500) character set ascii collate ascii_bin null,
  add column totp_step bigint not null default 0;

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
  address varchar(45) character set ascii collate ascii_bin not null,
  user_agent varchar(255) not null,
  primary key (user_id, token_hash),
  key sessions_expires (expires_at),
  constraint sessions_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- Browsers that an account was signed in from: strangers' wrong guesses do not hold them up. code_until: until when no code is asked.
create table devices (
  user_id bigint not null,
  token_hash binary(32) not null,
  created_at datetime(3) not null,
  used_at datetime(3) not null,
  code_until datetime(3) null,
  user_agent varchar(255) not null,
  primary key (user_id, token_hash),
  key devices_used (used_at),
  constraint devices_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- Codes for whoever lost the authenticator app, as SHA-256; each works once.
create table recovery_codes (
  user_id bigint not null,
  code_hash binary(32) not null,
  used_at datetime(3) null,
  primary key (user_id, code_hash),
  constraint recovery_codes_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- Public keys that sign in without a password (WebAuthn). credential_id, public_key: Base64; credential_hash: SHA-256 of the id.
create table passkeys (
  user_id bigint not null,
  credential_hash binary(32) not null,
  credential_id varchar(1400) character set ascii collate ascii_bin not null,
  public_key text character set ascii collate ascii_bin not null,
  name varchar(100) not null,
  created_at datetime(3) not null,
  used_at datetime(3) null,
  sign_count bigint not null,
  transports varchar(200) character set ascii collate ascii_bin not null,
  is_user_verified boolean not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  primary key (user_id, credential_hash),
  constraint passkeys_credential unique (credential_hash),
  constraint passkeys_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- Secrets that work once, by their HMAC: a link to a new password, the step between password and code. purpose: see OneTimePurpose.
create table one_time_tokens (
  token_hash binary(32) not null,
  user_id bigint null,
  purpose tinyint not null,
  data varchar(1000) not null,
  expires_at datetime(3) not null,
  primary key (token_hash),
  key one_time_tokens_user (user_id, purpose),
  key one_time_tokens_expires (expires_at),
  constraint one_time_tokens_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- What happened to an account (kind: see SecurityEvent). user_id null: somebody tried a name that nobody has. actor_id: an administrator.
-- mail: what is left to be told by mail (see MailState); mail_at: when that may next be tried.
create table security_events (
  id bigint not null auto_increment,
  user_id bigint null,
  at datetime(3) not null,
  kind int not null,
  address varchar(45) character set ascii collate ascii_bin not null,
  user_agent varchar(255) not null,
  detail varchar(255) not null,
  actor_id bigint null,
  mail tinyint not null default 0,
  mail_at datetime(3) null,
  primary key (id),
  key security_events_user (user_id, id),
  key security_events_actor (actor_id, id),
  key security_events_at (at),
  key security_events_mail (mail, id),
  constraint security_events_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- Wrong guesses by account, by address and overall (bucket: SHA-256 of which), and when the next one is taken.
create table guesses (
  bucket binary(32) not null,
  failures bigint not null,
  at datetime(3) not null,
  free_at datetime(3) not null,
  primary key (bucket),
  key guesses_at (at)
) default character set utf8mb4 collate utf8mb4_bin;

update schedule set name = 'sweep' where name = 'forget-submissions';
