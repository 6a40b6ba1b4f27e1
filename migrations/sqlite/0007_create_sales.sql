-- What was sold. A line belongs to its import and counts while that is published and no published import has replaced it: publishing and taking back are
-- one small write each, however many lines there are. `sales_days` is kept beside by signed sums. Nobody's sales carry the nil id there.
create table products (
    id blob not null,
    code text not null,
    code_key text not null,
    name text not null,
    item_group text,
    product_line text,
    list_price bigint,
    sort_key text not null,
    version bigint not null,
    import_id blob,
    constraint products_pk primary key (id),
    constraint products_import_fk foreign key (import_id) references imports (id)
);
create unique index products_by_code on products (code_key);
create index products_by_name on products (sort_key, id);

create table sales_lines (
    day integer not null,
    import_id blob not null,
    line bigint not null,
    branch_id blob,
    rep_id blob,
    client_id blob,
    product_id blob,
    units_sold bigint not null,
    gross bigint not null,
    units_returned bigint not null,
    returns bigint not null,
    cost bigint,
    document text,
    print bigint not null,
    replaced_by blob,
    constraint sales_lines_pk primary key (day, import_id, line),
    constraint sales_lines_gross check (gross >= 0),
    constraint sales_lines_returns check (returns <= 0)
) without rowid;
create index sales_lines_by_import on sales_lines (import_id, line);
create index sales_lines_by_document on sales_lines (document, import_id) where document is not null;
create index sales_lines_by_client on sales_lines (client_id, day) where client_id is not null;
create index sales_lines_by_replacement on sales_lines (replaced_by) where replaced_by is not null;

create table sales_days (
    rep_id blob not null,
    day integer not null,
    branch_id blob not null,
    gross bigint not null,
    returns bigint not null,
    lines bigint not null,
    constraint sales_days_pk primary key (rep_id, day, branch_id)
) without rowid;
create index sales_days_by_day on sales_days (day);
