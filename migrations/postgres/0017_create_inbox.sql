-- What one person is told, and the documents that come with it. `scope` is what that person saw when they were made; `sha256` names the kept file.
create table messages (
    id uuid not null,
    user_id uuid not null,
    report_id uuid,
    at bigint not null,
    title text not null,
    body text not null,
    address text not null,
    scope text not null,
    read_at bigint,
    constraint messages_pk primary key (id),
    constraint messages_user_fk foreign key (user_id) references users (id)
);
create index messages_by_user on messages (user_id, at);
create index messages_by_report on messages (report_id, at);

create table documents (
    message_id uuid not null,
    format text not null,
    sha256 text not null,
    file_name text not null,
    bytes bigint not null,
    constraint documents_pk primary key (message_id, format),
    constraint documents_message_fk foreign key (message_id) references messages (id)
);
create index documents_by_sha256 on documents (sha256);
