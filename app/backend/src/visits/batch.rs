//! Visits logged at the same time: their clients read together before, they and their clients' lights written together after.
//!
//! In between the batch is what the transaction knows of them: the second visit to a client sees the light the first one left.

use super::row::Written;
use super::sql;
use crate::Error;
use crate::clients;
use crate::db::{Conn, ScopeIds};
use domain::clients::Client;
use domain::ids::{BranchId, ClientId, RepId, VisitId};
use domain::people::Caller;
use domain::visits::{RecordVisit, Visit};
use std::collections::{HashMap, HashSet};

/// A visit about to be logged: at which client, seen by whom, under which id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Log {
    client: ClientId,
    scope: ScopeIds,
    visit: VisitId,
}

impl Log {
    pub(crate) fn of(caller: &Caller, ask: &RecordVisit) -> Self {
        Self { client: ask.client_id, scope: ScopeIds::of(caller), visit: ask.id }
    }
}

/// What one transaction logs.
#[derive(Default)]
pub(crate) struct Batch {
    clients: HashMap<ClientId, Client>,
    reachable: HashSet<(ClientId, ScopeIds)>,
    free: HashSet<VisitId>,
    visits: Vec<(Visit, Option<RepId>, Option<BranchId>)>,
    lit: HashSet<ClientId>,
}

impl Batch {
    /// Reads what these visits need.
    pub(crate) async fn load(&mut self, conn: &mut Conn, logs: &[Log]) -> Result<(), Error> {
        let asked: HashSet<(ClientId, ScopeIds)> = logs.iter().map(|log| (log.client, log.scope)).collect();
        let asked: Vec<(ClientId, ScopeIds)> = asked.into_iter().collect();
        for (place, client) in clients::sql::find_asked(conn, &asked).await? {
            self.reachable.extend(asked.get(place));
            self.clients.insert(client.id, client);
        }
        self.free = logs.iter().map(|log| log.visit).collect();
        let ids: Vec<VisitId> = self.free.iter().copied().collect();
        for taken in sql::taken_unscoped(conn, &ids).await? {
            self.free.remove(&taken);
        }
        Ok(())
    }

    /// The client of a visit that can be logged; none when it has to be looked at more closely.
    pub(crate) fn client(&self, log: Log) -> Option<&Client> {
        let fits = self.free.contains(&log.visit) && self.reachable.contains(&(log.client, log.scope));
        fits.then(|| self.clients.get(&log.client)).flatten()
    }

    /// Logs a visit; `lit` is its client with a light that changed.
    pub(crate) fn add(&mut self, visit: Visit, client: &Client, lit: Option<Client>) {
        self.free.remove(&visit.id);
        self.visits.push((visit, client.rep_id, client.branch_id));
        if let Some(lit) = lit {
            self.lit.insert(lit.id);
            self.clients.insert(lit.id, lit);
        }
    }

    /// Writes everything, and knows nothing any more.
    pub(crate) async fn write(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let Self { clients, visits, lit, .. } = std::mem::take(self);
        let rows: Vec<Written<'_>> =
            visits.iter().map(|(visit, owner, branch)| Written { visit, owner: *owner, branch: *branch, import: None }).collect();
        sql::insert_many(conn, &rows).await?;
        let lights: Vec<&Client> = clients.values().filter(|c| lit.contains(&c.id)).collect();
        clients::sql::save_lights(conn, &lights).await
    }
}
