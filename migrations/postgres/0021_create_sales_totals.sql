-- The sums per day of `sales_days` over all reps: what a team's figures of a year and the one before are read from, however many reps there are.
create table sales_totals (
    day integer not null,
    branch_id uuid not null,
    gross bigint not null,
    returns bigint not null,
    lines bigint not null,
    constraint sales_totals_pk primary key (day, branch_id)
);

insert into sales_totals (day, branch_id, gross, returns, lines)
    select day, branch_id, sum(gross), sum(returns), sum(lines) from sales_days group by day, branch_id;
