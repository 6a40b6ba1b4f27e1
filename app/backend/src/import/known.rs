//! What is known before a file is read: its judge is given all a row may say something about, or name.

use super::aside::Room;
use super::judge::named::Clients;
use super::judge::{self, Judge, Scene};
use super::shelf::Shelf;
use super::{Kind, sql};
use crate::Error;
use crate::db::{Conn, Tx};
use crate::opportunities::sql as opportunities;
use domain::clients::Stage;
use domain::fold::fold;
use domain::sales::Product;
use intake::Opened;
use intake::mapping::Bound;
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
            Judge::Visits(Box::new(judge::visits::VisitJudge::new(scene, named(conn, &bound).await?, known)))
        }
        Kind::Contacts => {
            let known = sql::contacts_of(conn, &bound.source).await?.into_iter();
            let known =
                known.filter_map(|(contact, print)| Some((contact.external_id.clone()?, judge::contacts::Known { contact, print })));
            let known = known.collect();
            Judge::Contacts(Box::new(judge::contacts::ContactJudge::new(scene, named(conn, &bound).await?, known)))
        }
        Kind::Products => Judge::Products(Box::new(judge::products::ProductJudge::new(scene, known_products(conn, room).await?))),
        Kind::Reps => Judge::Reps(Box::new(judge::reps::RepJudge::new(scene))),
        Kind::Budgets => Judge::Budgets(Box::new(judge::budgets::BudgetJudge::new(scene, sql::budgets(conn).await?))),
        Kind::Opportunities => {
            let flow = judge::opportunities::flow(&scene, opportunities::pipelines(conn).await?)?;
            let known = opportunities::of_pipeline_unscoped(conn, flow.pipeline.id).await?;
            let named = judge::named::Known::new(&bound.client_source, sql::named(conn).await?, sql::products(conn).await?);
            Judge::Opportunities(Box::new(judge::opportunities::OpportunityJudge::new(scene, flow, named, known)))
        }
        Kind::Clients | Kind::Prospects | Kind::Sales => {
            let stage = if kind == Kind::Prospects { Stage::Prospect } else { Stage::Client };
            Judge::Clients(Box::new(judge::clients::ClientJudge::new(scene, stage, known_clients(conn, &bound.source, room).await?)))
        }
    })
}

/// The clients of a source, by their ids there.
async fn known_clients(conn: &mut Conn, source: &str, room: &Room) -> Result<Shelf<judge::clients::Known>, Error> {
    let (mut shelf, mut last) = (Shelf::new(room), Uuid::nil());
    loop {
        let some = sql::clients_of_after(conn, source, last, KNOWN_AT_A_TIME).await?;
        let Some((client, _)) = some.last() else { return Ok(shelf) };
        last = client.id.0;
        for (client, print) in some {
            if let Some(key) = client.external_id.clone() {
                shelf.put(&key, &judge::clients::Known { client, print })?;
            }
        }
    }
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
async fn named(conn: &mut Conn, bound: &Bound) -> Result<Clients, Error> {
    let by_id = bound.field("client").is_some();
    let clients = if by_id { sql::clients_of(conn, &bound.client_source).await? } else { sql::clients_at_work(conn).await? };
    Ok(Clients::new(clients, &bound.client_source))
}
