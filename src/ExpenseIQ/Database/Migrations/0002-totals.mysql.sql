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
