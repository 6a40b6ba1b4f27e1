-- The company itself: one row each of settings and of the clock whose lock orders all commits.
create table clock (
    id integer not null,
    version bigint not null,
    settings bigint not null,
    figures bigint not null,
    constraint clock_pk primary key (id),
    constraint clock_one_row check (id = 1)
);
insert into clock (id, version, settings, figures) values (1, 0, 0, 0);

create table company (
    id integer not null,
    name text not null,
    zone jsonb not null,
    currency text not null,
    fiscal_start_month integer not null,
    policy jsonb not null,
    workdays jsonb not null,
    refresh jsonb,
    demo boolean not null,
    constraint company_pk primary key (id),
    constraint company_one_row check (id = 1),
    constraint company_fiscal_month check (fiscal_start_month between 1 and 12)
);

create table branches (
    id uuid not null,
    name text not null,
    version bigint not null,
    constraint branches_pk primary key (id)
);

create table reps (
    id uuid not null,
    name text not null,
    branch_id uuid,
    version bigint not null,
    constraint reps_pk primary key (id),
    constraint reps_branch_fk foreign key (branch_id) references branches (id)
);

create table secrets (
    name text not null,
    value text not null,
    constraint secrets_pk primary key (name)
);
