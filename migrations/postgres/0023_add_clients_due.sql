-- Whom the company has to see, in the order in which they fall due: read without the clients themselves.
create index clients_due on clients (due_key, sort_key, id, amber_from, stage, rep_id, branch_id)
where archived_at is null and status = 'active' and due_on is not null;
