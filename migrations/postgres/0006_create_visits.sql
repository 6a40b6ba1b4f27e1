-- Visits, planned and made. `owner_id` and `branch_id` repeat the client's, as in contacts; `starts_at` is the check-in or else the plan.
create table visits (
    id uuid not null,
    client_id uuid not null,
    rep_id uuid,
    status text not null,
    kind text not null,
    day integer not null,
    planned_at bigint,
    checked_in_at bigint,
    in_lat_e6 integer,
    in_lon_e6 integer,
    in_accuracy_m integer,
    address text,
    distance_m integer,
    within_radius boolean,
    outside_reason text,
    checked_out_at bigint,
    out_lat_e6 integer,
    out_lon_e6 integer,
    out_accuracy_m integer,
    outcome text,
    notes text,
    next_step text,
    next_step_on integer,
    promise text,
    cancel_reason text,
    clock_offset_ms bigint,
    source text,
    external_id text,
    changed_at bigint not null,
    version bigint not null,
    owner_id uuid,
    branch_id uuid,
    starts_at bigint not null,
    import_id uuid,
    import_line bigint,
    constraint visits_pk primary key (id),
    constraint visits_status check (status in ('planned', 'inProgress', 'completed', 'cancelled')),
    constraint visits_promise check (promise in ('open', 'kept', 'dropped')),
    constraint visits_client_fk foreign key (client_id) references clients (id),
    constraint visits_rep_fk foreign key (rep_id) references reps (id),
    constraint visits_owner_fk foreign key (owner_id) references reps (id),
    constraint visits_branch_fk foreign key (branch_id) references branches (id),
    constraint visits_import_fk foreign key (import_id) references imports (id)
);
create unique index visits_by_external on visits (source, external_id) where external_id is not null;
create index visits_by_client on visits (client_id, day, starts_at, id);
create index visits_by_day on visits (day, starts_at, id);
create index visits_by_version on visits (version, id);
create index visits_of_owner_by_day on visits (owner_id, day, starts_at, id);
create index visits_of_owner_by_version on visits (owner_id, version, id);
create index visits_open on visits (day, owner_id) where status in ('planned', 'inProgress');
create index visits_promised on visits (next_step_on, owner_id) where promise = 'open';
