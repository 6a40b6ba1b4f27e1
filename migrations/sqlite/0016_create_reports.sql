-- Views of the figures that are kept by name. `due_at` is when one is made by itself: who moves it on from what it was has the making of it.
create table reports (
    id blob not null,
    owner_id blob not null,
    name text not null,
    room text not null,
    filters text not null,
    rank text not null,
    shared boolean not null,
    schedule text,
    due_at bigint,
    tries integer not null,
    last text,
    version bigint not null,
    changed_at bigint not null,
    constraint reports_pk primary key (id),
    constraint reports_owner_fk foreign key (owner_id) references users (id)
) without rowid;
create index reports_by_owner on reports (owner_id);
create index reports_by_due on reports (due_at) where due_at is not null;
