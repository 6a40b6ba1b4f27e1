-- What an import did to each record, so that it can be taken back field by field: `print` is the fingerprint of a record it made, `changes` holds
-- {"field": [before, after]} of one it found. A budget is known by its rep and month; `month` is 0 for everything else.
create table import_changes (
    import_id uuid not null,
    kind text not null,
    record_id uuid not null,
    month integer not null,
    print bigint,
    changes jsonb,
    constraint import_changes_pk primary key (import_id, kind, record_id, month),
    constraint import_changes_kind check (kind in ('client', 'contact', 'visit', 'product', 'rep', 'branch', 'budget')),
    constraint import_changes_made_or_found check ((print is null) <> (changes is null)),
    constraint import_changes_import_fk foreign key (import_id) references imports (id)
);
create index import_changes_by_record on import_changes (record_id, month);
alter table contacts add column import_print bigint;
