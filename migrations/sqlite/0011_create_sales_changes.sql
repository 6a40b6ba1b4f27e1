-- The last version that changed what counts of a day's sales: what follows the sales reads those days anew, whoever wrote them.
create table sales_changes (
    day integer not null,
    version bigint not null,
    constraint sales_changes_pk primary key (day)
);
create index sales_changes_by_version on sales_changes (version, day);
