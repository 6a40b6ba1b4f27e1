-- Documents, and days without documents, that an import holds just as they are known: it writes no lines of them, and they must stay while it stands.
-- `owner_id` is the import with whose lines they are; `lines` says where they stand in the file of `import_id`, in the order of their fingerprints.
-- `document` is empty for a day, `day` 0 for a document; one with many lines is kept in pieces.
create table sales_said_again (
    import_id uuid not null,
    owner_id uuid not null,
    document text collate "C" not null,
    day integer not null,
    piece integer not null,
    lines jsonb not null,
    constraint sales_said_again_pk primary key (import_id, document, day, piece),
    constraint sales_said_again_import_fk foreign key (import_id) references imports (id)
);
create index sales_said_again_by_owner on sales_said_again (owner_id, import_id, document, day, piece);
