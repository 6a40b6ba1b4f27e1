-- Clients and prospects are one table with a stage. `due_key`, `sort_key` and `search_key` are derived by the domain and stand here for order and search.
create table clients (
    id uuid not null,
    stage text not null,
    name text not null,
    status text not null,
    archived_at bigint,
    rep_id uuid,
    branch_id uuid,
    segment text,
    tier text,
    tags jsonb not null,
    phone text,
    email text,
    address text,
    town text,
    postal_code text,
    lat_e6 integer,
    lon_e6 integer,
    notes text,
    cadence_days integer,
    radius_m integer,
    source text,
    external_id text,
    last_visit_on integer,
    last_visit_by uuid,
    amber_from integer,
    due_on integer,
    planned_at bigint,
    created_at bigint not null,
    changed_at bigint not null,
    changed_by text,
    version bigint not null,
    due_key integer not null,
    sort_key text collate "C" not null,
    search_key text collate "C" not null,
    import_id uuid,
    import_line bigint,
    constraint clients_pk primary key (id),
    constraint clients_stage check (stage in ('client', 'prospect')),
    constraint clients_status check (status in ('active', 'inactive')),
    constraint clients_position check ((lat_e6 is null) = (lon_e6 is null)),
    constraint clients_window check ((amber_from is null) = (due_on is null)),
    constraint clients_rep_fk foreign key (rep_id) references reps (id),
    constraint clients_branch_fk foreign key (branch_id) references branches (id),
    constraint clients_last_visit_by_fk foreign key (last_visit_by) references reps (id),
    constraint clients_import_fk foreign key (import_id) references imports (id)
);
create unique index clients_by_external on clients (source, external_id) where external_id is not null;
create index clients_by_version on clients (version, id);
create index clients_of_rep_by_version on clients (rep_id, version, id);
create index clients_of_rep_by_due on clients (rep_id, stage, due_key, sort_key, id, amber_from) where archived_at is null;
create index clients_of_rep_by_name on clients (rep_id, stage, sort_key, id) where archived_at is null;
create index clients_by_due on clients (stage, due_key, sort_key, id, amber_from, branch_id) where archived_at is null;
create index clients_by_name on clients (stage, sort_key, id) where archived_at is null;

create table client_tags (
    client_id uuid not null,
    tag text not null,
    constraint client_tags_pk primary key (client_id, tag),
    constraint client_tags_client_fk foreign key (client_id) references clients (id)
);
