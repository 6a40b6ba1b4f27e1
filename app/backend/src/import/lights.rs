//! Lights after visits were brought in: found for many clients at once, worked out by the same rule that a single visit passes.

use super::sql::{self, Lit};
use crate::Error;
use crate::db::{Conn, Tx};
use domain::clients::Client;
use domain::ids::{ClientId, RepId};
use domain::lights::Policy;
use domain::{Day, clients};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Writes the lights of every client anew: the policy has changed.
pub(crate) async fn restamp_all(tx: &mut Tx) -> Result<(), Error> {
    let all = sql::client_ids_unscoped(tx.read()).await?;
    restamp(tx, &all.into_iter().collect()).await
}

/// The day of the last visit that clears the light of each of these clients under a policy.
pub(crate) async fn last_clearing_unscoped(
    conn: &mut Conn,
    clients: &[ClientId],
    policy: &Policy,
) -> Result<HashMap<ClientId, Day>, Error> {
    let ids: Vec<Uuid> = clients.iter().map(|id| id.0).collect();
    let last = sql::last_visits(conn, &ids, &silent(policy)).await?;
    Ok(last.into_iter().map(|(client, day, _)| (ClientId(client), Day(day))).collect())
}

/// The kinds of visits that clear no light.
fn silent(policy: &Policy) -> Vec<&str> {
    policy.visit_types.iter().filter(|t| !t.clears).map(|t| t.code.as_str()).collect()
}

/// Writes the lights of these clients from the visits as they now stand.
pub(super) async fn restamp(tx: &mut Tx, touched: &BTreeSet<Uuid>) -> Result<(), Error> {
    let company = tx.company()?;
    let version = tx.version();
    let ids: Vec<Uuid> = touched.iter().copied().collect();
    let last = sql::last_visits(tx.read(), &ids, &silent(&company.policy)).await?;
    let last: HashMap<Uuid, (i32, Option<Uuid>)> = last.into_iter().map(|(client, day, by)| (client, (day, by))).collect();
    let mut lights = Vec::new();
    for before in sql::clients_by_id(tx.read(), &ids).await? {
        let after = lit(&before, last.get(&before.id.0), &company);
        if after != before {
            lights.push(Lit {
                client: after.id.0,
                last_visit_on: after.last_visit_on,
                last_visit_by: after.last_visit_by,
                window: after.window(),
                version,
            });
        }
    }
    sql::write_lights(tx.write(), &lights).await.map(drop)
}

fn lit(before: &Client, last: Option<&(i32, Option<Uuid>)>, company: &domain::company::Company) -> clients::Client {
    let mut after = before.clone();
    after.last_visit_on = last.map(|(day, _)| Day(*day));
    after.last_visit_by = last.and_then(|(_, by)| by.map(RepId));
    after.stamp(company);
    after
}
