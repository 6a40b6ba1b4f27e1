-- What happened, in order, and what the server answered. `events` is append-only; its ids are UUIDv7, so that months are ranges of the id alone.
create table events (
    id blob not null,
    version bigint not null,
    at bigint not null,
    kind text not null,
    subject_id blob not null,
    client_id blob,
    user_id blob not null,
    device_id blob,
    entry_id blob,
    made_at bigint not null,
    clock_offset_ms bigint not null,
    changes text not null,
    constraint events_pk primary key (id)
) without rowid;
create index events_by_subject on events (subject_id, version);

create table receipts (
    entry_id blob not null,
    user_id blob not null,
    device_id blob,
    seq bigint not null,
    verdict text not null,
    subject_kind text not null,
    subject_id blob not null,
    rejections text not null,
    version bigint not null,
    received_at bigint not null,
    clock_offset_ms bigint not null,
    print bigint,
    constraint receipts_pk primary key (entry_id),
    constraint receipts_verdict check (verdict in ('accepted', 'rejected'))
) without rowid;
create index receipts_by_device on receipts (device_id, received_at) where device_id is not null;

create table tombstones (
    rep_id blob not null,
    kind text not null,
    id blob not null,
    version bigint not null,
    constraint tombstones_pk primary key (rep_id, kind, id),
    constraint tombstones_kind check (kind in ('client', 'contact', 'visit'))
);
create index tombstones_by_version on tombstones (rep_id, version, id);

create table imports (
    id blob not null,
    kind text not null,
    source text not null,
    file_name text not null,
    sha256 text not null,
    report text not null,
    user_id blob,
    at bigint not null,
    version bigint not null,
    state text not null,
    alive_at bigint not null,
    constraint imports_pk primary key (id),
    constraint imports_state check (state in ('staged', 'published', 'withdrawn'))
);
create index imports_by_sha256 on imports (sha256);
