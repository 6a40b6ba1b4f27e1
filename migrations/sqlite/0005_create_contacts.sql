-- People at clients. `owner_id` and `branch_id` repeat the client's, so that a scope is read without a join; reassigning a client rewrites them.
create table contacts (
    id blob not null,
    client_id blob not null,
    name text not null,
    position text,
    phone text,
    email text,
    notes text,
    archived_at bigint,
    source text,
    external_id text,
    changed_at bigint not null,
    version bigint not null,
    owner_id blob,
    branch_id blob,
    import_id blob,
    import_line bigint,
    constraint contacts_pk primary key (id),
    constraint contacts_client_fk foreign key (client_id) references clients (id),
    constraint contacts_owner_fk foreign key (owner_id) references reps (id),
    constraint contacts_branch_fk foreign key (branch_id) references branches (id),
    constraint contacts_import_fk foreign key (import_id) references imports (id)
);
create unique index contacts_by_external on contacts (source, external_id) where external_id is not null;
create index contacts_by_client on contacts (client_id);
create index contacts_by_version on contacts (version, id);
create index contacts_of_owner_by_version on contacts (owner_id, version, id);
