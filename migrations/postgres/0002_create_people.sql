-- Who signs in, with what, from where. Of tokens only the SHA-256 is stored.
create table users (
    id uuid not null,
    email text not null,
    email_key text not null,
    name text not null,
    role text not null,
    rep_id uuid,
    branch_id uuid,
    password_hash text,
    scope_epoch bigint not null,
    disabled_at bigint,
    created_at bigint not null,
    changed_at bigint not null,
    constraint users_pk primary key (id),
    constraint users_role check (role in ('admin', 'manager', 'salesRep', 'viewer')),
    constraint users_rep_fk foreign key (rep_id) references reps (id),
    constraint users_branch_fk foreign key (branch_id) references branches (id)
);
create unique index users_by_email on users (email_key);

create table sessions (
    id uuid not null,
    user_id uuid not null,
    token_hash text,
    label text,
    created_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    constraint sessions_pk primary key (id),
    constraint sessions_user_fk foreign key (user_id) references users (id)
);
create unique index sessions_by_token on sessions (token_hash);
create index sessions_by_user on sessions (user_id);

create table refresh_tokens (
    token_hash text not null,
    session_id uuid not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    constraint refresh_tokens_pk primary key (token_hash),
    constraint refresh_tokens_session_fk foreign key (session_id) references sessions (id)
);

create table password_links (
    token_hash text not null,
    user_id uuid not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    constraint password_links_pk primary key (token_hash),
    constraint password_links_user_fk foreign key (user_id) references users (id)
);

create table devices (
    id uuid not null,
    user_id uuid not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    last_seq bigint not null,
    clock_offset_ms bigint not null,
    constraint devices_pk primary key (id, user_id),
    constraint devices_user_fk foreign key (user_id) references users (id)
);
