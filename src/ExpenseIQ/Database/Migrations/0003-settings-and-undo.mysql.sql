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
