//! What is known before a file is read: its judge is given all a row may say something about, or name.

use super::aside::Room;
use super::changes::Subject;
use super::judge::clients::Known;
use super::judge::elsewhere::Elsewhere;
use super::judge::named::Clients;
use super::judge::{self, Judge, Scene};
use super::shelf::Shelf;
use super::whom::{self, Named, Whom};
use super::{Kind, sql};
use crate::Error;
use crate::db::{Conn, Tx};
use crate::opportunities::sql as opportunities;
use domain::clients::Stage;
use domain::fold::fold;
use domain::sales::Product;
use intake::Opened;
use intake::mapping::Bound;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Clients and products that are known, read together.
const KNOWN_AT_A_TIME: i64 = 2_000;

/// A judge that knows what was brought in from the same source before.
pub(super) async fn judge_of(tx: &mut Tx, kind: Kind, opened: &Opened, room: &Room) -> Result<Judge, Error> {
    let bound = Arc::clone(&opened.bound);
    let caller = judge::importer(&bound.source);
    let scene = Scene { caller, company: tx.company()?, at: tx.now(), bound: Arc::clone(&bound), room: room.clone() };
    let conn = tx.read();
    Ok(match kind {
        Kind::Visits => {
            let known = sql::visits_of(conn, &bound.source).await?.into_iter();
            let known = known.map(|(key, id, print)| (key, judge::visits::Known { id: id.into(), print })).collect();
            Judge::Visits(Box::new(judge::visits::VisitJudge::new(scene, named(conn, &bound, room).await?, known)))
        }
        Kind::Contacts => {
            let known = sql::contacts_of(conn, &bound.source).await?.into_iter();
            let known =
                known.filter_map(|(contact, print)| Some((contact.external_id.clone()?, judge::contacts::Known { contact, print })));
            let known = known.collect();
            Judge::Contacts(Box::new(judge::contacts::ContactJudge::new(scene, named(conn, &bound, room).await?, known)))
        }
        Kind::Products => Judge::Products(Box::new(judge::products::ProductJudge::new(scene, known_products(conn, room).await?))),
        Kind::Reps => Judge::Reps(Box::new(judge::reps::RepJudge::new(scene))),
        Kind::Budgets => Judge::Budgets(Box::new(judge::budgets::BudgetJudge::new(scene, sql::budgets(conn).await?))),
        Kind::Opportunities => {
            let flow = judge::opportunities::flow(&scene, opportunities::pipelines(conn).await?)?;
            let known = opportunities::of_pipeline_unscoped(conn, flow.pipeline.id).await?;
            let mut clients = Whom::new(&bound.client_source, room);
            whom::sql::named(conn).await?.iter().for_each(|client| clients.know(client));
            let named = judge::named::Known::new(clients, sql::products(conn).await?);
            Judge::Opportunities(Box::new(judge::opportunities::OpportunityJudge::new(scene, flow, named, known)))
        }
        Kind::Clients | Kind::Prospects | Kind::Sales => {
            let stage = if kind == Kind::Prospects { Stage::Prospect } else { Stage::Client };
            let known = known_clients(conn, &bound.source, room).await?;
            let elsewhere = known_elsewhere(conn, &scene).await?;
            Judge::Clients(Box::new(judge::clients::ClientJudge::new(scene, stage, known, elsewhere)))
        }
    })
}

/// The clients of a source, by their ids there.
async fn known_clients(conn: &mut Conn, source: &str, room: &Room) -> Result<Shelf<Known>, Error> {
    let (mut shelf, mut last) = (Shelf::new(room), Uuid::nil());
    loop {
        let some = sql::clients_of_after(conn, source, last, KNOWN_AT_A_TIME).await?;
        let Some((client, _)) = some.last() else { break };
        last = client.id.0;
        for (client, print) in some {
            if let Some(key) = client.external_id.clone() {
                shelf.put(&key, &Known { client, print })?;
            }
        }
    }
    let mut last = String::new();
    loop {
        let some = whom::sql::keys_after(conn, source, &last, KNOWN_AT_A_TIME).await?;
        let Some((key, _)) = some.last() else { return Ok(shelf) };
        last = key.clone();
        let records = standing(conn, some.iter().map(|(_, client)| *client).collect()).await?;
        for (key, client) in some {
            if let Some(known) = records.get(&client) {
                shelf.put(&key, known)?;
            }
        }
    }
}

/// The clients at work that have no id in the file's source.
async fn known_elsewhere(conn: &mut Conn, scene: &Scene) -> Result<Elsewhere, Error> {
    let (mut elsewhere, mut last) = (Elsewhere::new(scene), Uuid::nil());
    loop {
        let mut some = whom::sql::named_after(conn, last, KNOWN_AT_A_TIME).await?;
        let Some(client) = some.last() else { return Ok(elsewhere) };
        last = client.id.0;
        some.retain(|client| client.keys.iter().all(|(source, _)| *source != scene.bound.source));
        let records = standing(conn, some.iter().map(|client| client.id.0).collect()).await?;
        for client in &some {
            if let Some(known) = records.get(&client.id.0) {
                elsewhere.know(client, known)?;
            }
        }
    }
}

/// Clients as they stand, with what their rows said the last time.
async fn standing(conn: &mut Conn, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Known>, Error> {
    let marks = super::records::sql::marks(conn, Subject::Client, &ids).await?;
    let clients = sql::clients_by_id(conn, &ids).await?.into_iter();
    Ok(clients.map(|client| (client.id.0, Known { print: marks.get(&client.id.0).and_then(|marks| marks.print), client })).collect())
}

/// All products, by their folded codes.
async fn known_products(conn: &mut Conn, room: &Room) -> Result<Shelf<Product>, Error> {
    let (mut shelf, mut last) = (Shelf::new(room), Uuid::nil());
    loop {
        let some = sql::products_after(conn, last, KNOWN_AT_A_TIME).await?;
        let Some(product) = some.last() else { return Ok(shelf) };
        last = product.id.0;
        for product in some {
            shelf.put(&fold(&product.code), &product)?;
        }
    }
}

/// Clients as the rows of a file name them.
async fn named(conn: &mut Conn, bound: &Bound, room: &Room) -> Result<Clients, Error> {
    let mut all = sql::clients_at_work(conn).await?;
    if bound.field("client").is_some() {
        all.extend(sql::clients_of(conn, &bound.client_source).await?.into_iter().filter(|client| client.archived_at.is_some()));
    }
    let mut keys = whom::sql::keys_of(conn, &all.iter().map(|client| client.id.0).collect::<Vec<_>>()).await?;
    let mut known = Whom::new(&bound.client_source, room);
    for client in &all {
        let own = client.source.clone().zip(client.external_id.clone());
        known.know(&Named {
            id: client.id,
            name: client.name.clone(),
            town: client.town.clone(),
            keys: own.into_iter().chain(keys.remove(&client.id.0).unwrap_or_default()).collect(),
            bare: false,
            live: client.archived_at.is_none(),
        });
    }
    Ok(Clients::new(all, known))
}
