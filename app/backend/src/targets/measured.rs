//! What a team sold without a budget, by month: it is counted in its sales, and measured by nobody's budget.

use super::sql;
use crate::Error;
use crate::db::Conn;
use domain::Day;
use domain::company::Company;
use domain::ids::RepId;
use domain::people::Scope;
use domain::targets::RepFacts;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Net sales of the months from that of `days.0` to `days.1` by whoever of the scope has no budget in them, nobody included; months without such sales are
/// missing, and all are when nobody has a budget. `reps` are all who have any, `sold` everybody's sales by day.
pub(super) async fn without_budget(
    conn: &mut Conn,
    (company, scope): (&Company, Scope),
    reps: &BTreeMap<RepId, RepFacts>,
    sold: &[(Day, i64)],
    days: (Day, Day),
) -> Result<Vec<(Day, i64)>, Error> {
    if reps.values().all(|facts| facts.budgets.is_empty()) {
        return Ok(Vec::new());
    }
    let months: Vec<Day> =
        std::iter::successors(Some(days.0), |month| Some(month.month_end().plus(1))).take_while(|m| *m <= days.1).collect();
    let has = |rep: RepId, month: Day| reps.get(&rep).is_some_and(|facts| facts.budgets.iter().any(|(of, _)| *of == month));
    let nobody = std::iter::once(RepId(Uuid::nil()));
    let others = company.reps.iter().map(|rep| rep.id).chain(nobody).filter(|rep| months.iter().any(|month| !has(*rep, *month)));
    let others: Vec<RepId> = others.collect();
    let mut sums: BTreeMap<Day, i64> = BTreeMap::new();
    // the fewer rows are read: theirs, or all there are less those of the others
    if others.len() <= reps.len() {
        for (rep, day, net) in sql::days_of(conn, scope, &others, days).await? {
            let month = day.month_start();
            *sums.entry(month).or_default() += if has(rep, month) { 0 } else { net };
        }
    } else {
        let with: Vec<RepId> = reps.keys().copied().collect();
        for (day, net) in sold.iter().filter(|(day, _)| days.0 <= *day && *day <= days.1) {
            *sums.entry(day.month_start()).or_default() += net;
        }
        for (rep, day, net) in sql::days_of(conn, scope, &with, days).await? {
            let month = day.month_start();
            *sums.entry(month).or_default() -= if has(rep, month) { net } else { 0 };
        }
    }
    Ok(sums.into_iter().filter(|(_, net)| *net != 0).collect())
}
