-- Imports make opportunities and pipelines too.
alter table import_changes drop constraint import_changes_kind;
alter table import_changes add constraint import_changes_kind
    check (kind in ('client', 'contact', 'visit', 'product', 'rep', 'branch', 'budget', 'opportunity', 'pipeline'));
