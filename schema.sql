-- The whole MySQL schema of ExpenseIQ with its seed data, written by `dotnet run --project src/ExpenseIQ -- schema`.
-- To load it into a database of another name, change the name in the two statements that follow.

create database if not exists smart_expense_tracker character set utf8mb4 collate utf8mb4_bin;

use smart_expense_tracker;

create table if not exists schema_migrations (
  number int not null,
  name varchar(100) not null,
  sha256 char(64) not null,
  statements_done int not null,
  is_running boolean not null,
  applied_at datetime(3) not null,
  primary key (number)
);

-- Migration 0001-initial

-- The people who keep expenses. Names and addresses are ASCII, compared without regard to case.
create table users (
  id bigint not null auto_increment,
  username varchar(50) character set ascii collate ascii_general_ci not null,
  email varchar(254) character set ascii collate ascii_general_ci not null,
  password varchar(100) character set ascii collate ascii_bin not null,
  security_stamp varchar(64) character set ascii collate ascii_bin not null,
  is_admin boolean not null default false,
  time_zone varchar(64) character set ascii collate ascii_bin not null,
  locale varchar(35) character set ascii collate ascii_bin not null,
  currency char(3) character set ascii collate ascii_bin not null,
  created_at datetime(3) not null,
  primary key (id),
  constraint users_username unique (username),
  constraint users_email unique (email)
) default character set utf8mb4 collate utf8mb4_bin;

-- One row that says who registered first: the administrator.
create table site (
  id tinyint not null,
  first_user_id bigint null,
  primary key (id)
) default character set utf8mb4 collate utf8mb4_bin;

-- user_id null: one of the defaults that everybody has. owner_id makes the names unique for nulls too.
create table categories (
  id bigint not null auto_increment,
  user_id bigint null,
  name varchar(50) not null,
  owner_id bigint generated always as (coalesce(user_id, 0)) virtual,
  primary key (id),
  constraint categories_name unique (owner_id, name),
  key categories_user (user_id),
  constraint categories_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- amount_minor is the amount in hundredths; amount shows it to an SQL client. search_text is the description, folded.
create table expenses (
  id bigint not null auto_increment,
  user_id bigint not null,
  category_id bigint not null,
  amount_minor bigint not null,
  amount decimal(15,2) generated always as (amount_minor / 100) virtual,
  description varchar(255) not null,
  search_text varchar(1024) not null,
  date date not null,
  created_at datetime(3) not null,
  updated_at datetime(3) not null,
  version int not null default 1,
  primary key (id),
  key expenses_by_date (user_id, date, id),
  key expenses_by_amount (user_id, amount_minor, id),
  key expenses_by_category (category_id, user_id, date, id),
  constraint expenses_user_fk foreign key (user_id) references users (id) on delete cascade,
  constraint expenses_category_fk foreign key (category_id) references categories (id) on delete restrict,
  constraint expenses_amount_range check (amount_minor between -999999999999 and 999999999999)
) default character set utf8mb4 collate utf8mb4_bin;

-- One row a user: locked first by every write of that user, so that writes of one user never deadlock. version grows with
-- each change; count and total are those of all the user's expenses.
create table ledgers (
  user_id bigint not null,
  version bigint not null default 0,
  expense_count bigint not null default 0,
  total_minor bigint not null default 0,
  primary key (user_id),
  constraint ledgers_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- Sums by user, month (yyyymm) and category, changed in the same transaction as the expense. No row without expenses.
create table monthly_totals (
  user_id bigint not null,
  month int not null,
  category_id bigint not null,
  expense_count bigint not null,
  total_minor bigint not null,
  primary key (user_id, month, category_id),
  key monthly_totals_category (category_id),
  constraint monthly_totals_user_fk foreign key (user_id) references users (id) on delete cascade,
  constraint monthly_totals_category_fk foreign key (category_id) references categories (id) on delete restrict
) default character set utf8mb4 collate utf8mb4_bin;

-- Forms that were carried out, by the key that the form came with: sent twice, they act once.
create table submissions (
  user_id bigint not null,
  submission_key char(36) character set ascii collate ascii_bin not null,
  expense_id bigint not null,
  created_at datetime(3) not null,
  primary key (user_id, submission_key),
  key submissions_created (created_at),
  constraint submissions_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- The keys that sign cookies and form tokens, encrypted with SECRET_KEY.
create table data_protection_keys (
  id bigint not null auto_increment,
  name varchar(100) not null,
  xml text not null,
  created_at datetime(3) not null,
  primary key (id)
) default character set utf8mb4 collate utf8mb4_bin;

insert into site (id) values (1);

insert into categories (name) values ('Food'), ('Travel'), ('Shopping'), ('Bills'), ('Health'), ('Others');

insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
values (1, '0001-initial', '314b806d413b38716b086ffec703213f9ce706e8d6c2bad2b49c517b8bad49e8', 10, false, utc_timestamp(3));
-- Migration 0002-totals

-- Sums of a user's expenses by what pages ask for (kind: see TotalKind), changed in the same transaction as the expense.
-- category_id 0: all categories. No row without expenses.
create table totals (
  user_id bigint not null,
  kind tinyint not null,
  bucket bigint not null,
  category_id bigint not null,
  expense_count bigint not null,
  total_minor bigint not null,
  primary key (user_id, kind, bucket, category_id),
  constraint totals_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

-- Each folded description that a user has, once, with the sums of its expenses. text_key: the first 16 bytes of its SHA-256.
create table search_texts (
  user_id bigint not null,
  text_key binary(16) not null,
  text varchar(1024) not null,
  expense_count bigint not null,
  total_minor bigint not null,
  primary key (user_id, text_key),
  constraint search_texts_user_fk foreign key (user_id) references users (id) on delete cascade
) default character set utf8mb4 collate utf8mb4_bin;

insert into totals (user_id, kind, bucket, category_id, expense_count, total_minor)
select user_id, 1, month, 0, sum(expense_count), sum(total_minor) from monthly_totals group by user_id, month;

insert into totals (user_id, kind, bucket, category_id, expense_count, total_minor)
select user_id, 2, month, category_id, expense_count, total_minor from monthly_totals;

insert into totals (user_id, kind, bucket, category_id, expense_count, total_minor)
select user_id, 3, 0, category_id, sum(expense_count), sum(total_minor) from monthly_totals group by user_id, category_id;

insert into totals (user_id, kind, bucket, category_id, expense_count, total_minor)
select user_id, 4, year(date) * 10000 + month(date) * 100 + dayofmonth(date) as bucket, category_id, count(*), sum(amount_minor)
from expenses group by user_id, bucket, category_id;

insert into totals (user_id, kind, bucket, category_id, expense_count, total_minor)
with recursive levels (level) as (select 0 union all select level + 1 from levels where level < 7)
select user_id, 16 + level as kind, amount_minor >> (5 * level) as bucket, 0, count(*), sum(amount_minor)
from expenses join levels on amount_minor >> (5 * level) > 0 group by user_id, kind, bucket;

insert into search_texts (user_id, text_key, text, expense_count, total_minor)
select user_id, unhex(left(sha2(search_text, 256), 32)) as text_key, min(search_text), count(*), sum(amount_minor)
from expenses group by user_id, text_key;

alter table expenses add column text_key binary(16) not null default '';

update expenses set text_key = unhex(left(sha2(search_text, 256), 32));

alter table expenses drop column search_text;

create index expenses_by_text on expenses (user_id, text_key, date, id);

drop table monthly_totals;

insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
values (2, '0002-totals', '4092f04fc4a75d3f7ca5a55a96d58eb8f3b3dfdb4d750cddb47fa059979420ea', 13, false, utc_timestamp(3));
-- Migration 0003-settings-and-undo

-- How a person likes pages: auto, light or dark; dates in a form of their own ('': as the region has them); the first day of
-- the week, 0 for Sunday (null: as the region has it).
alter table users
  add column theme varchar(10) not null default 'auto',
  add column date_format varchar(10) not null default '',
  add column first_weekday tinyint null;

-- When sample expenses were added, which is the created_at of each of them; null: there are none.
alter table ledgers add column samples_at datetime(3) null;

-- The month as yyyymm, for the largest expenses of a month.
alter table expenses
  add column month int generated always as (year(date) * 100 + month(date)) stored,
  add key expenses_by_month (user_id, month, amount_minor, id);

-- What the form did (kind: see ChangeKind), the version that the expense has since, and what it was before: enough to undo it.
alter table submissions
  add column kind tinyint not null default 0,
  add column version int not null default 0,
  add column before_date date null,
  add column before_category_id bigint null,
  add column before_amount_minor bigint null,
  add column before_description varchar(255) null,
  add column before_created_at datetime(3) null;

insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
values (3, '0003-settings-and-undo', 'e515fee34d1a16dd05476a35f80dc4698101aecfe121df3f3bf8a017b96e62be', 4, false, utc_timestamp(3));
-- Migration 0004-schedule

-- When work that is due now and then was last done: whichever instance moves the instant on does it, in the same transaction.
create table schedule (
  name varchar(50) not null,
  done_at datetime(3) not null,
  primary key (name)
) default character set utf8mb4 collate utf8mb4_bin;

insert into schedule (name, done_at) values ('forget-submissions', '2000-01-01 00:00:00.000');

insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
values (4, '0004-schedule', 'acd58f23156664b4a8a3e07b3fca224643946b248582fa3ff9d928ba899ed176', 2, false, utc_timestamp(3));
-- Migration 0005-accounts

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

insert into schema_migrations (number, name, sha256, statements_done, is_running, applied_at)
values (5, '0005-accounts', '9d791bc1d2ddf986468e46048cd85c962e3805c07c94ac992a3b4bbe2ec66ebc', 9, false, utc_timestamp(3));
