-- When work that is due now and then was last done: whichever instance moves the instant on does it, in the same transaction.
create table schedule (
  name varchar(50) not null,
  done_at datetime(3) not null,
  primary key (name)
) default character set utf8mb4 collate utf8mb4_bin;

insert into schedule (name, done_at) values ('forget-submissions', '2000-01-01 00:00:00.000');
