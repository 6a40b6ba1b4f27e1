-- What may become a sale, and the stages it goes through: a pipeline is one origin, its stages are [{"name", "outcome"}] in their order. Only imports write
-- them; value and activities are null where nothing is known, which is not zero.
create table pipelines (
    id blob not null,
    name text not null,
    stages text not null,
    version bigint not null,
    constraint pipelines_pk primary key (id)
);
create unique index pipelines_by_name on pipelines (name);

create table opportunities (
    id blob not null,
    pipeline_id blob not null,
    external_id text not null,
    name text,
    account text,
    client_id blob,
    rep_id blob,
    branch_id blob,
    product_name text,
    product_id blob,
    source text,
    sector text,
    stage text not null,
    reached text,
    outcome text not null,
    engaged_on integer,
    closed_on integer,
    value bigint,
    activities bigint,
    attributes text not null,
    version bigint not null,
    import_id blob,
    import_line bigint,
    import_print bigint,
    constraint opportunities_pk primary key (id),
    constraint opportunities_outcome check (outcome in ('open', 'won', 'lost')),
    constraint opportunities_value check (value >= 0),
    constraint opportunities_pipeline_fk foreign key (pipeline_id) references pipelines (id),
    constraint opportunities_client_fk foreign key (client_id) references clients (id),
    constraint opportunities_rep_fk foreign key (rep_id) references reps (id),
    constraint opportunities_branch_fk foreign key (branch_id) references branches (id),
    constraint opportunities_product_fk foreign key (product_id) references products (id),
    constraint opportunities_import_fk foreign key (import_id) references imports (id)
);
create unique index opportunities_by_external on opportunities (pipeline_id, external_id);
create index opportunities_by_day on opportunities (engaged_on, id);
create index opportunities_by_client on opportunities (client_id) where client_id is not null;
create index opportunities_of_rep on opportunities (rep_id, engaged_on);
create index opportunities_of_branch on opportunities (branch_id, engaged_on);
create index opportunities_by_product on opportunities (product_id) where product_id is not null;
