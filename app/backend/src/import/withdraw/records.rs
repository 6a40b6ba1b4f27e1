//! Taking back what an import did to records once it counts no more: kind by kind, those first that hang on others, in portions.

use super::super::changes::{self, Doc, Entry, Key, Subject, Undone, undo};
use super::super::{lights, records};
use super::{KEPT_SHOWN, Kept, PAUSE, Withdrawn, result, sql};
use crate::db::Tx;
use crate::{Backend, Error, company};
use domain::ids::{ImportId, RepId};
use domain::{Day, clients::Client};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// Records looked at together.
const AT_A_TIME: i64 = 512;

/// Records of one kind that are to be written, removed, or stay.
#[derive(Default)]
struct Plan {
    save: Vec<Doc>,
    remove: Vec<(Key, Doc)>,
    kept: Vec<(Key, Doc, String)>,
    rebased: Vec<Entry>,
    /// Clients whose visits change.
    visited: BTreeSet<Uuid>,
}

/// What was looked up of a kind of record outside of the transactions that use it.
#[derive(Default)]
struct Seen {
    /// The version of the sales it holds at.
    settled: i64,
    sold: sql::Sold,
}

/// Takes back everything the import did to records, in portions, each forgotten with the transaction that takes it back.
pub(super) async fn take_back(backend: &Backend, id: ImportId) -> Result<(), Error> {
    for subject in Subject::ALL {
        while let Some(seen) = look(backend, id, subject).await? {
            let seen = Arc::new(seen);
            loop {
                let asked = (id, subject, Arc::clone(&seen));
                let more = backend.write(Vec::new(), asked, |tx, (id, subject, seen)| Box::pin(portion(tx, *id, *subject, seen))).await?;
                tokio::time::sleep(PAUSE).await;
                if !more {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Kinds whose sales have no index by them: who sells or is sold is read in one pass over the lines.
fn in_one_pass(subject: Subject) -> bool {
    matches!(subject, Subject::Product | Subject::Rep | Subject::Branch)
}

/// What has to be known of a kind; `None` where no record of it is left.
async fn look(backend: &Backend, id: ImportId, subject: Subject) -> Result<Option<Seen>, Error> {
    let mut conn = backend.read().await?;
    if changes::sql::of_import(&mut conn, id, subject, 1).await?.is_empty() {
        return Ok(None);
    }
    if !in_one_pass(subject) {
        return Ok(Some(Seen::default()));
    }
    let settled = super::super::sql::settled(&mut conn).await?;
    Ok(Some(Seen { settled, sold: sql::sold(&mut conn, subject, id).await? }))
}

/// Whether more may be done by what was looked up.
async fn portion(tx: &mut Tx, id: ImportId, subject: Subject, seen: &Seen) -> Result<bool, Error> {
    let entries = changes::sql::of_import(tx.read(), id, subject, AT_A_TIME).await?;
    let Some(last) = entries.last().map(|entry| entry.key) else { return Ok(false) };
    if in_one_pass(subject) && super::super::sql::settled(tx.read()).await? != seen.settled {
        return Ok(false);
    }
    let (_, state, version) = sql::of(tx.read(), id).await?.ok_or(Error::NotFound)?;
    let mut report = sql::report(tx.read(), id).await?;
    let (order, mut done) = (result::order(&report).unwrap_or(version), result::of(&report));
    let mut plan = plan(tx, subject, (id, order), &entries).await?;
    hold_what_is_used(tx, subject, id, &mut plan, &seen.sold).await?;
    let visited = std::mem::take(&mut plan.visited);
    carry_out(tx, subject, plan, &mut done).await?;
    if !visited.is_empty() {
        lights::restamp(tx, &visited).await?;
    }
    if subject == Subject::Budget {
        company::sql::mark_figures(tx.write()).await?;
    }
    changes::sql::forget(tx.write(), id, subject, last).await?;
    if state == "withdrawn" {
        let left = changes::sql::any(tx.read(), id).await?;
        result::keep(&mut report, &done, left.then_some(order))?;
        sql::keep_report(tx.write(), id, report).await?;
        if !left {
            // whoever read the names of what is gone now has to read them anew
            let version = tx.version();
            sql::withdrawn(tx.write(), id, version).await?;
        }
    }
    Ok(entries.len() == AT_A_TIME.unsigned_abs() as usize)
}

async fn plan(tx: &mut Tx, subject: Subject, import: (ImportId, i64), entries: &[Entry]) -> Result<Plan, Error> {
    let keys: Vec<Key> = entries.iter().map(|entry| entry.key).collect();
    let current = records::load(tx.read(), subject, &keys).await?;
    let mut later = changes::sql::later(tx.read(), subject, &records::ids(&keys), import).await?;
    let mut plan = Plan::default();
    for entry in entries {
        let Some(doc) = current.get(&entry.key) else { continue };
        let later = later.entry(entry.key).or_default();
        let mut undone = undo(subject, entry, doc, later);
        if let Some(why) = why(&undone) {
            plan.kept.push((entry.key, doc.clone(), why));
        }
        if subject == Subject::Visit && (undone.remove || undone.save.is_some()) {
            plan.visited.extend([Some(doc), undone.save.as_ref()].into_iter().flatten().filter_map(client_of));
        }
        plan.save.extend(undone.save.take());
        if undone.remove {
            plan.remove.push((entry.key, doc.clone()));
        }
        plan.rebased.extend(undone.rebased.iter().filter_map(|place| later.get(*place)).cloned());
    }
    Ok(plan)
}

/// Whom a visit was made to.
fn client_of(doc: &Doc) -> Option<Uuid> {
    doc.get("clientId")?.as_str()?.parse().ok()
}

fn why(undone: &Undone) -> Option<String> {
    let were = |fields: &[String]| format!("{} {}", fields.join(", "), if fields.len() == 1 { "was" } else { "were" });
    match undone {
        Undone { touched: true, .. } => Some("it was edited since".into()),
        Undone { taken_over: true, .. } => Some("a later import says it too: it goes with that one".into()),
        Undone { edited, later, .. } if !edited.is_empty() && !later.is_empty() => {
            Some(format!("{} edited since, {} changed by a later import", were(edited), were(later)))
        }
        Undone { edited, .. } if !edited.is_empty() => Some(format!("{} edited since", were(edited))),
        Undone { later, .. } if !later.is_empty() => Some(format!("{} changed by a later import", were(later))),
        _ => None,
    }
}

/// What was to go stays where something hangs on it. What lines of another import name, or records it made belong to, is that one's from now on, and
/// goes with it.
async fn hold_what_is_used(tx: &mut Tx, subject: Subject, import: ImportId, plan: &mut Plan, sold: &sql::Sold) -> Result<(), Error> {
    let ids: Vec<Uuid> = plan.remove.iter().map(|(key, _)| key.0).collect();
    if ids.is_empty() || subject == Subject::Budget {
        return Ok(());
    }
    let sold_to = if subject == Subject::Client { sql::sold_to(tx.read(), &ids, import).await? } else { sql::Sold::new() };
    let came_with = sql::came_with(tx.read(), subject, &ids, import).await?;
    let hanging = sql::hanging(tx.read(), subject, &ids).await?;
    for (key, doc) in std::mem::take(&mut plan.remove) {
        let of_sales = sold_to.get(&key.0).or_else(|| sold.get(&key.0)).copied();
        let heir = of_sales.or_else(|| came_with.get(&key.0).copied());
        plan.rebased.extend(heir.map(|import| changes::made(import, subject, key, &doc)));
        let words = if subject == Subject::Client { "it was sold to" } else { "there are sales of it" };
        match hanging.get(&key.0).copied().or(of_sales.map(|_| words)) {
            Some(why) => plan.kept.push((key, doc, why.to_owned())),
            None => plan.remove.push((key, doc)),
        }
    }
    Ok(())
}

async fn carry_out(tx: &mut Tx, subject: Subject, plan: Plan, done: &mut Withdrawn) -> Result<(), Error> {
    let Plan { save, remove, kept, rebased, .. } = plan;
    let coded = |doc: &Doc| doc.get("code").and_then(serde_json::Value::as_str) != Some("");
    let products = remove.iter().filter(|(_, doc)| coded(doc)).count();
    let keys: Vec<Key> = remove.into_iter().map(|(key, _)| key).collect();
    done.removed += keys.len() as u64;
    done.reverted += save.len() as u64;
    done.kept_count += kept.len() as u64;
    match subject {
        Subject::Client => {
            done.clients_removed += keys.len() as u64;
            done.clients_kept += kept.len() as u64;
        }
        Subject::Product => done.products_removed += products as u64,
        _ => {}
    }
    list(tx, subject, kept, done).await?;
    records::save(tx, subject, save).await?;
    records::remove(tx, subject, &keys).await?;
    changes::sql::keep(tx.write(), subject, &rebased).await
}

/// Names the first of those that stay.
async fn list(tx: &mut Tx, subject: Subject, kept: Vec<(Key, Doc, String)>, done: &mut Withdrawn) -> Result<(), Error> {
    let room = KEPT_SHOWN.saturating_sub(done.kept.len());
    let shown: Vec<_> = kept.into_iter().take(room).collect();
    let clients = match subject {
        Subject::Visit => {
            let ids: Vec<Uuid> = shown.iter().filter_map(|(_, doc, _)| client_of(doc)).collect();
            super::super::sql::clients_by_id(tx.read(), &ids).await?.into_iter().map(|c: Client| (c.id.0, c.name)).collect()
        }
        _ => HashMap::new(),
    };
    let company = tx.company()?;
    for ((id, month), doc, why) in shown {
        let text = |field: &str| doc.get(field).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let name = match subject {
            Subject::Visit => {
                let client = client_of(&doc).and_then(|client| clients.get(&client)).cloned().unwrap_or_default();
                format!("{client}, {}", text("day"))
            }
            Subject::Opportunity => Some(text("name")).filter(|name| !name.is_empty()).unwrap_or_else(|| text("externalId")),
            Subject::Budget => format!("{}, {}", company.rep_name(RepId(id)).unwrap_or_default(), Day(month)),
            // a shelf has no name
            Subject::Product if text("name").is_empty() => {
                [text("productLine"), text("itemGroup")].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
            }
            _ => text("name"),
        };
        done.kept.push(Kept { kind: subject, id, name, why });
    }
    Ok(())
}
