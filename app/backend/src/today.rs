//! Today's screen: its rows read, composed by the domain.

use crate::{Backend, Error, clients, targets, visits};
use domain::ids::ClientId;
use domain::people::Caller;
use domain::targets::figures;
use domain::today::{NEXT_SHOWN, Today, TodayCounts};
use std::collections::HashSet;

/// The first screen of this caller.
///
/// # Errors
/// When the database fails.
pub async fn overview(backend: &Backend, caller: &Caller) -> Result<Today, Error> {
    let company = backend.company().await?;
    let day = company.today(crate::machine_now());
    let mut conn = backend.read().await?;
    // whoever falls due later than these is not shown: they all come before, whatever is agreed with them
    let mut listed = clients::questions::due(&mut conn, caller, day, NEXT_SHOWN).await?;
    let mut known: HashSet<ClientId> = listed.iter().map(|c| c.id).collect();
    let mut items = Vec::new();
    for (visit, client) in visits::questions::agenda(&mut conn, caller, day, &company).await? {
        listed.extend(client.filter(|c| known.insert(c.id)));
        items.push(visit);
    }
    let facts = targets::facts_on(&mut conn, &company, caller).await?;
    let figures = facts.any().then(|| figures(&facts, day));
    let (overdue, due_soon) = clients::questions::due_counts(&mut conn, caller, day).await?;
    let composed = Today::compose(day, listed, items);
    Ok(Today { figures, counts: TodayCounts { overdue, due_soon, ..composed.counts }, ..composed })
}
