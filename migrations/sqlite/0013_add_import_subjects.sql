-- Imports make opportunities and pipelines too. A check is part of its table here: the table is made anew around its rows.
create temporary table import_changes_kept as
    select import_id, kind, record_id, month, print, changes from import_changes;
drop table import_changes;
create table import_changes (
    import_id blob not null,
    kind text not null,
    record_id blob not null,
    month integer not null,
    print bigint,
    changes text,
    constraint import_changes_pk primary key (import_id, kind, record_id, month),
    constraint import_changes_kind check (kind in ('client', 'contact', 'visit', 'product', 'rep', 'branch', 'budget', 'opportunity', 'pipeline')),
    constraint import_changes_made_or_found check ((print is null) <> (changes is null)),
    constraint import_changes_import_fk foreign key (import_id) references imports (id)
) without rowid;
create index import_changes_by_record on import_changes (record_id, month);
insert into import_changes (import_id, kind, record_id, month, print, changes)
    select import_id, kind, record_id, month, print, changes from import_changes_kept;
drop table import_changes_kept;
