-- Ids of clients in further sources: an import that tells more of a client somebody else named makes it known by its own id as well. `import_id` is
-- that import; the id goes when it is taken back.
create table client_keys (
    source text not null,
    external_id text not null,
    client_id blob not null,
    import_id blob not null,
    constraint client_keys_pk primary key (source, external_id),
    constraint client_keys_client_fk foreign key (client_id) references clients (id),
    constraint client_keys_import_fk foreign key (import_id) references imports (id)
);
create index client_keys_by_client on client_keys (client_id);
create index client_keys_by_import on client_keys (import_id);
