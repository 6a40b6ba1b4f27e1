//! Demonstration data: a Kenyan machinery dealer, the same one for the same day, marked as demo on every screen; and one very large book for measuring.

mod bench;
mod clients;
mod dice;
mod lines;
mod notes;
mod pipeline;
mod places;
mod sales;
mod visits;
mod words;
mod world;

use crate::company::{add_branch_in, add_rep_in, configure_in};
use crate::db::Tx;
use crate::journal::EventRow;
use crate::opportunities::sql as opportunities;
use crate::people::{NewUser, PASSWORD_MIN, add_user, has_users};
use crate::{Backend, Error};
use domain::Day;
use domain::clients::Client;
use domain::ids::ClientId;
use domain::opportunities::Opportunity;
use domain::people::Role;
use domain::visits::Visit;
use sqlx::types::Json;
use std::collections::HashMap;
use world::World;

/// Lines of sales made together.
const LINES_AT_A_TIME: usize = 4_000;
/// Rows written with one call.
const CHUNK: usize = 2_000;

/// What was made, and how to sign in.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The same for every account.
    pub password: String,
    /// Addresses and what they may do.
    pub accounts: Vec<(String, Role)>,
    /// Clients and prospects.
    pub clients: usize,
    /// People at them.
    pub contacts: usize,
    /// Visits, made and planned.
    pub visits: usize,
}

/// Fills an empty database with the dealer as of `today`. Without a password one is made.
///
/// # Errors
/// `Rejected` when there is data already or the password is too short.
pub async fn create(backend: &Backend, password: Option<String>, today: Day) -> Result<Demo, Error> {
    let password = ready(backend, password).await?;
    let world = tokio::task::spawn_blocking(move || World::dealer(today)).await.map_err(Error::internal)??;
    let made = bring_in(backend, world).await?;
    let accounts = [
        ("admin@demo.example", "Njoki Ndegwa", Role::Admin, None),
        ("manager@demo.example", "Hassan Juma", Role::Manager, None),
        ("rep@demo.example", words::REPS[0], Role::SalesRep, Some(words::REPS[0])),
        ("viewer@demo.example", "Alice Muli", Role::Viewer, None),
    ];
    sign_up(backend, made, password, &accounts).await
}

/// Fills an empty database with one rep who has 5,000 clients and 60,000 visits; signs in as rep@demo.example.
///
/// # Errors
/// As [`create`].
pub async fn bench_book(backend: &Backend, password: Option<String>, today: Day) -> Result<Demo, Error> {
    let password = ready(backend, password).await?;
    let world = tokio::task::spawn_blocking(move || bench::book(today)).await.map_err(Error::internal)??;
    let made = bring_in(backend, world).await?;
    let accounts = [
        ("admin@demo.example", "Njoki Ndegwa", Role::Admin, None),
        ("rep@demo.example", words::REPS[0], Role::SalesRep, Some(words::REPS[0])),
    ];
    sign_up(backend, made, password, &accounts).await
}

/// Fills an empty database with a large distributor that has sold so many lines in three years: for measuring.
///
/// # Errors
/// As [`create`].
pub async fn many_lines(backend: &Backend, password: Option<String>, today: Day, lines: u64) -> Result<Demo, Error> {
    let password = ready(backend, password).await?;
    let (mut world, mut large) = tokio::task::spawn_blocking(move || lines::company_of(today, lines)).await.map_err(Error::internal)??;
    let products = std::mem::take(&mut world.sold.products);
    let rep = world.reps.first().map(|rep| rep.name.clone());
    let made = bring_in(backend, world).await?;
    let (send, coming) = tokio::sync::mpsc::channel(2);
    let making = tokio::task::spawn_blocking(move || {
        loop {
            let next = large.next(LINES_AT_A_TIME);
            // whoever writes has given up when nobody takes them; that failure is the one to report
            if next.is_empty() || send.blocking_send(next).is_err() {
                break;
            }
        }
    });
    crate::import::sales::stream(backend, "demo", products, coming).await?;
    making.await.map_err(Error::internal)?;
    let accounts = [
        ("admin@demo.example", "Njoki Ndegwa", Role::Admin, None),
        ("manager@demo.example", "Hassan Juma", Role::Manager, None),
        ("rep@demo.example", "First rep", Role::SalesRep, rep.as_deref()),
        ("viewer@demo.example", "Alice Muli", Role::Viewer, None),
    ];
    sign_up(backend, made, password, &accounts).await
}

/// The password to use, once it is sure that nothing is there.
async fn ready(backend: &Backend, password: Option<String>) -> Result<String, Error> {
    if has_users(backend).await? || !backend.company().await?.reps.is_empty() {
        let message = "There is data already: demonstration data goes into an empty database only.";
        return Err(Error::rejected("", "not_empty", message));
    }
    let password = password.unwrap_or_else(made_up);
    if password.chars().count() < PASSWORD_MIN {
        return Err(Error::rejected("password", "too_short", format!("Choose a password of at least {PASSWORD_MIN} characters.")));
    }
    Ok(password)
}

/// Four groups of four letters and digits that are not mistaken for each other: 80 bits.
fn made_up() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut password = String::with_capacity(19);
    for (i, byte) in crate::random::<16>().into_iter().enumerate() {
        if i > 0 && i % 4 == 0 {
            password.push('-');
        }
        password.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    password
}

async fn bring_in(backend: &Backend, world: World) -> Result<Demo, Error> {
    let made = Demo {
        password: String::new(),
        accounts: Vec::new(),
        clients: world.clients.len(),
        contacts: world.contacts.len(),
        visits: world.visits.len(),
    };
    backend.write(Vec::new(), world, |tx, world| Box::pin(write(tx, world))).await?;
    Ok(made)
}

async fn write(tx: &mut Tx, world: &World) -> Result<(), Error> {
    configure_in(tx, &world.settings).await?;
    for branch in &world.branches {
        add_branch_in(tx, branch).await?;
    }
    for rep in &world.reps {
        add_rep_in(tx, rep).await?;
    }
    let version = tx.version();
    let mut owners: HashMap<ClientId, &Client> = HashMap::with_capacity(world.clients.len());
    for chunk in world.clients.chunks(CHUNK) {
        let stamped: Vec<Client> = chunk.iter().map(|c| Client { version, ..c.clone() }).collect();
        let rows: Vec<_> = stamped.iter().map(|client| crate::clients::row::Written { client, import: None }).collect();
        crate::clients::sql::insert_many(tx.write(), &rows).await?;
        owners.extend(chunk.iter().map(|c| (c.id, c)));
    }
    write_children(tx, world, &owners).await?;
    crate::import::sales::made(tx, "demo", &world.sold.products, &world.sold.lines).await?;
    if let Some(sought) = &world.sought {
        let stamped: Vec<_> = sought.opportunities.iter().map(|o| Opportunity { version, ..o.clone() }).collect();
        let rows: Vec<_> = stamped.iter().map(|o| opportunities::Written(o, None, None, None)).collect();
        opportunities::write_pipelines(tx.write(), std::slice::from_ref(&sought.pipeline), version).await?;
        opportunities::write(tx.write(), &rows).await?;
    }
    for budget in &world.sold.budgets {
        crate::targets::sql::set_budget(tx.write(), budget, version).await?;
    }
    tx.journal(event(tx, world));
    Ok(())
}

async fn write_children(tx: &mut Tx, world: &World, owners: &HashMap<ClientId, &Client>) -> Result<(), Error> {
    let version = tx.version();
    for chunk in world.contacts.chunks(CHUNK) {
        let stamped: Vec<_> = chunk.iter().map(|c| domain::contacts::Contact { version, ..c.clone() }).collect();
        let row = |contact| Some(crate::contacts::sql::Written { contact, client: *owners.get(&contact.client_id)?, import: None });
        let rows: Vec<_> = stamped.iter().filter_map(row).collect();
        crate::contacts::sql::insert_many(tx.write(), &rows).await?;
    }
    for chunk in world.visits.chunks(CHUNK) {
        let stamped: Vec<Visit> = chunk.iter().map(|v| Visit { version, ..v.clone() }).collect();
        let rows: Vec<_> =
            stamped.iter().filter_map(|visit| Some(crate::visits::row::Written::of(visit, owners.get(&visit.client_id)?))).collect();
        crate::visits::sql::insert_many(tx.write(), &rows).await?;
    }
    Ok(())
}

/// Demonstration data is one line of the journal.
fn event(tx: &Tx, world: &World) -> EventRow {
    let id = crate::new_id();
    EventRow {
        id,
        version: tx.version(),
        at: tx.now().0,
        kind: "demo.create".to_owned(),
        subject_id: id,
        client_id: None,
        user_id: uuid::Uuid::nil(),
        device_id: None,
        entry_id: None,
        made_at: tx.now().0,
        clock_offset_ms: 0,
        changes: Json(
            serde_json::json!({ "clients": world.clients.len(), "contacts": world.contacts.len(), "visits": world.visits.len() }),
        ),
    }
}

async fn sign_up(backend: &Backend, made: Demo, password: String, accounts: &[(&str, &str, Role, Option<&str>)]) -> Result<Demo, Error> {
    for (email, name, role, rep) in accounts {
        let (email, name, rep) = ((*email).to_owned(), (*name).to_owned(), rep.map(str::to_owned));
        add_user(backend, NewUser { email, name, role: *role, rep, branch: None, password: Some(password.clone()) }).await?;
    }
    let accounts = accounts.iter().map(|(email, _, role, _)| ((*email).to_owned(), *role)).collect();
    Ok(Demo { password, accounts, ..made })
}
