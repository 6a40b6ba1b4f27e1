-- A fingerprint of the row a record was brought in from: the same row again changes nothing, also when the record was edited here since.
alter table clients add column import_print bigint;
alter table visits add column import_print bigint;
