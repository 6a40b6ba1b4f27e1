-- What is to be sold, and by whom when.
create table budgets (
    rep_id uuid not null,
    month integer not null,
    minor bigint not null,
    version bigint not null,
    constraint budgets_pk primary key (rep_id, month),
    constraint budgets_rep_fk foreign key (rep_id) references reps (id),
    constraint budgets_minor check (minor >= 0)
);

create table leave (
    id uuid not null,
    rep_id uuid not null,
    from_day integer not null,
    to_day integer not null,
    version bigint not null,
    constraint leave_pk primary key (id),
    constraint leave_rep_fk foreign key (rep_id) references reps (id),
    constraint leave_days check (from_day <= to_day)
);
create index leave_by_rep on leave (rep_id, to_day);

create table import_mappings (
    header text collate "C" not null,
    kind text not null,
    mapping text not null,
    version bigint not null,
    constraint import_mappings_pk primary key (header, kind)
);
