//! Records an import can make or change, as they stand: read as documents, written back, removed with word to the phones that hold them.

pub(super) mod sql;

use super::changes::{self, Doc, Key, Marks, Subject};
use super::judge::{MonthBudget, OwnedContact, OwnedVisit};
use crate::Error;
use crate::db::{Conn, Tx};
use crate::opportunities::sql as opportunities;
use crate::{clients, contacts, visits};
use domain::clients::Client;
use domain::contacts::Contact;
use domain::ids::{BranchId, RepId};
use domain::opportunities::{Opportunity, Pipeline};
use domain::people::{Branch, Rep};
use domain::sales::Product;
use domain::visits::Visit;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The ids of these keys, each once, in order.
pub(super) fn ids(keys: &[Key]) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The records of these keys; those that are gone are left out.
pub(super) async fn load(conn: &mut Conn, subject: Subject, keys: &[Key]) -> Result<HashMap<Key, Doc>, Error> {
    let ids = ids(keys);
    match subject {
        Subject::Client => {
            marked(super::sql::clients_by_id(conn, &ids).await?, |c: &Client| c.id.0, sql::marks(conn, subject, &ids).await?)
        }
        Subject::Contact => marked(sql::contacts_by_id(conn, &ids).await?, |c: &Contact| c.id.0, sql::marks(conn, subject, &ids).await?),
        Subject::Visit => {
            let visits = super::sql::visits_by_id(conn, &ids).await?.into_values().collect();
            marked(visits, |v: &Visit| v.id.0, sql::marks(conn, subject, &ids).await?)
        }
        Subject::Product => marked(sql::products_by_id(conn, &ids).await?, |p: &Product| p.id.0, sql::marks(conn, subject, &ids).await?),
        Subject::Rep => marked(sql::reps_by_id(conn, &ids).await?, |r: &Rep| r.id.0, HashMap::new()),
        Subject::Branch => marked(sql::branches_by_id(conn, &ids).await?, |b: &Branch| b.id.0, HashMap::new()),
        Subject::Opportunity => {
            let rows = opportunities::by_id_unscoped(conn, &ids).await?;
            marked(rows, |o: &Opportunity| o.id.0, sql::marks(conn, subject, &ids).await?)
        }
        Subject::Pipeline => marked(opportunities::pipelines_by_id(conn, &ids).await?, |p: &Pipeline| p.id.0, HashMap::new()),
        Subject::Budget => {
            let budgets = sql::budgets_of(conn, &ids).await?.into_iter();
            let wanted: std::collections::HashSet<&Key> = keys.iter().collect();
            let one = |b: MonthBudget| Ok(((b.rep.0, b.month.0), changes::doc(&b, Marks::default())?));
            budgets.map(one).filter(|one| one.as_ref().map_or(true, |(key, _)| wanted.contains(key))).collect()
        }
    }
}

fn marked<T: Serialize>(rows: Vec<T>, id: impl Fn(&T) -> Uuid, marks: HashMap<Uuid, Marks>) -> Result<HashMap<Key, Doc>, Error> {
    let one = |row: &T| {
        let id = id(row);
        Ok(((id, 0), changes::doc(row, marks.get(&id).copied().unwrap_or_default())?))
    };
    rows.iter().map(one).collect()
}

fn read<T: serde::de::DeserializeOwned>(docs: Vec<Doc>) -> Result<Vec<(T, Marks)>, Error> {
    docs.into_iter().map(changes::record).collect()
}

/// Where each client belongs.
async fn places(conn: &mut Conn, clients: &[Uuid]) -> Result<HashMap<Uuid, (Option<RepId>, Option<BranchId>)>, Error> {
    let clients = super::sql::clients_by_id(conn, clients).await?;
    Ok(clients.into_iter().map(|c| (c.id.0, (c.rep_id, c.branch_id))).collect())
}

/// Writes records as these documents say. What follows from others is worked out anew; lights are left to whoever knows the visits.
pub(super) async fn save(tx: &mut Tx, subject: Subject, docs: Vec<Doc>) -> Result<(), Error> {
    if docs.is_empty() {
        return Ok(());
    }
    let (company, version) = (tx.company()?, tx.version());
    match subject {
        Subject::Client => {
            let mut rows: Vec<(Client, Marks)> = read(docs)?;
            for (client, _) in &mut rows {
                client.version = version;
                client.stamp(&company);
            }
            let rows: Vec<_> = rows.iter().map(|(client, marks)| (client, *marks)).collect();
            let stale: Vec<Uuid> = rows.iter().map(|(client, _)| client.id.0).collect();
            write_clients(tx, &rows, &stale).await
        }
        Subject::Contact => {
            let rows: Vec<(Contact, Marks)> = read(docs)?;
            let of = places(tx.read(), &rows.iter().map(|(c, _)| c.client_id.0).collect::<Vec<_>>()).await?;
            let placed = |(contact, marks): (Contact, Marks)| {
                let (owner, branch) = of.get(&contact.client_id.0).copied().unwrap_or_default();
                (OwnedContact { contact: Contact { version, ..contact }, owner, branch }, marks)
            };
            write_contacts(tx, &rows.into_iter().map(placed).collect::<Vec<_>>()).await
        }
        Subject::Visit => {
            let rows: Vec<(Visit, Marks)> = read(docs)?;
            let of = places(tx.read(), &rows.iter().map(|(v, _)| v.client_id.0).collect::<Vec<_>>()).await?;
            let placed = |(visit, marks): (Visit, Marks)| {
                let (owner, branch) = of.get(&visit.client_id.0).copied().unwrap_or_default();
                (OwnedVisit { visit: Visit { version, ..visit }, owner, branch }, marks)
            };
            write_visits(tx, &rows.into_iter().map(placed).collect::<Vec<_>>()).await
        }
        Subject::Product => sql::write_products(tx.write(), &read(docs)?, version).await,
        Subject::Budget => sql::write_budgets(tx.write(), &read(docs)?.into_iter().map(|row| row.0).collect::<Vec<_>>(), version).await,
        Subject::Rep => {
            sql::write_reps(tx.write(), &read(docs)?.into_iter().map(|row| row.0).collect::<Vec<_>>(), version).await?;
            tx.settings_changed().await
        }
        Subject::Opportunity => write_opportunities(tx, read(docs)?).await,
        Subject::Pipeline => {
            opportunities::write_pipelines(tx.write(), &read(docs)?.into_iter().map(|row| row.0).collect::<Vec<_>>(), version).await
        }
        Subject::Branch => {
            sql::write_branches(tx.write(), &read(docs)?.into_iter().map(|row| row.0).collect::<Vec<_>>(), version).await?;
            tx.settings_changed().await
        }
    }
}

/// Writes clients; `stale` are those that were there. What hangs on one that has another owner now follows it.
pub(super) async fn write_clients(tx: &mut Tx, rows: &[(&Client, Marks)], stale: &[Uuid]) -> Result<(), Error> {
    let before: HashMap<Uuid, Uuid> = sql::owners(tx.read(), Subject::Client, stale).await?.into_iter().collect();
    sql::write_clients(tx.write(), rows, stale).await?;
    let were: HashSet<&Uuid> = stale.iter().collect();
    for (client, _) in rows.iter().filter(|(client, _)| were.contains(&client.id.0)) {
        let (was, id) = (before.get(&client.id.0).copied(), client.id);
        match (was, client.rep_id) {
            (was, Some(now)) if was != Some(now.0) => clients::sql::bury(tx.write(), id, was.map(RepId), now, client.version).await?,
            (Some(was), None) => sql::bury(tx.write(), Subject::Client, &[(id.0, was)], client.version).await?,
            _ => continue,
        }
        contacts::sql::move_to(tx.write(), client).await?;
        visits::sql::move_to(tx.write(), client).await?;
    }
    Ok(())
}

/// Writes contacts; one that moved to another rep's client leaves the former rep's phone.
pub(super) async fn write_contacts(tx: &mut Tx, rows: &[(OwnedContact, Marks)]) -> Result<(), Error> {
    let now = rows.iter().map(|(c, _)| (c.contact.id.0, c.owner));
    bury_moved(tx, Subject::Contact, now.collect()).await?;
    sql::write_contacts(tx.write(), rows).await
}

/// Writes visits, likewise.
pub(super) async fn write_visits(tx: &mut Tx, rows: &[(OwnedVisit, Marks)]) -> Result<(), Error> {
    let now = rows.iter().map(|(v, _)| (v.visit.id.0, v.owner));
    bury_moved(tx, Subject::Visit, now.collect()).await?;
    sql::write_visits(tx.write(), rows).await
}

/// Writes opportunities, which lie on no phone.
pub(super) async fn write_opportunities(tx: &mut Tx, mut rows: Vec<(Opportunity, Marks)>) -> Result<(), Error> {
    let version = tx.version();
    rows.iter_mut().for_each(|(opportunity, _)| opportunity.version = version);
    let rows: Vec<_> =
        rows.iter().map(|(o, marks)| opportunities::Written(o, marks.import.map(|id| id.0), marks.line, marks.print)).collect();
    opportunities::write(tx.write(), &rows).await
}

async fn bury_moved(tx: &mut Tx, subject: Subject, now: HashMap<Uuid, Option<RepId>>) -> Result<(), Error> {
    let ids: Vec<Uuid> = now.keys().copied().collect();
    let mut before = sql::owners(tx.read(), subject, &ids).await?;
    before.retain(|(id, owner)| now.get(id).is_some_and(|now| now.map(|rep| rep.0) != Some(*owner)));
    let version = tx.version();
    if before.is_empty() { Ok(()) } else { sql::bury(tx.write(), subject, &before, version).await }
}

/// Removes records, telling the phones of their owners.
pub(super) async fn remove(tx: &mut Tx, subject: Subject, keys: &[Key]) -> Result<(), Error> {
    if keys.is_empty() {
        return Ok(());
    }
    let version = tx.version();
    let held = sql::owners(tx.read(), subject, &ids(keys)).await?;
    sql::bury(tx.write(), subject, &held, version).await?;
    sql::delete(tx.write(), subject, keys).await?;
    if matches!(subject, Subject::Rep | Subject::Branch) { tx.settings_changed().await } else { Ok(()) }
}
