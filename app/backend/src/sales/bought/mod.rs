//! What clients bought, as cards and Books show it: of the lines the caller sees.

mod sql;

use crate::Error;
use crate::db::Conn;
use domain::Day;
use domain::bought::{Bought, BoughtBy, BoughtProduct};
use domain::company::Company;
use domain::ids::ClientId;
use domain::people::Caller;
use domain::targets::fiscal_start;
use std::collections::HashMap;
use uuid::Uuid;

/// Clients asked about in one statement.
const AT_A_TIME: usize = 500;

/// The purchases of each of these clients since the first day of the last fiscal year, in their order; nothing for those who bought nothing.
pub(crate) async fn of_clients(conn: &mut Conn, caller: &Caller, company: &Company, ids: &[ClientId]) -> Result<Vec<BoughtBy>, Error> {
    let this_year = fiscal_start(company.today(crate::machine_now()), company.fiscal_start_month);
    let years = (this_year.year_before(), this_year);
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_A_TIME) {
        let mut days: HashMap<Uuid, Vec<(Day, i64)>> = HashMap::new();
        for (client, day, net) in sql::days(conn, caller, some, years.0).await? {
            days.entry(client).or_default().push((Day(day), net));
        }
        let mut products: HashMap<Uuid, Vec<BoughtProduct>> = HashMap::new();
        for (client, name, now, net) in sql::products(conn, caller, some, years).await? {
            let year = if now == 1 { years.1 } else { years.0 };
            products.entry(client).or_default().push(BoughtProduct { name, year, net });
        }
        let mut of = |id: &ClientId| {
            let (days, products) = (days.remove(&id.0).unwrap_or_default(), products.remove(&id.0).unwrap_or_default());
            (*id, Bought::of(days, products))
        };
        found.extend(some.iter().map(&mut of));
    }
    Ok(found)
}
