//! What is asked of the server and of this device: a cube with what it lacks, what stands beside it, and what is kept for when there is no network.

use super::Follow;
use crate::kpis::answers::{Given, Source, fetch, server};
use crate::kpis::api::{Beside, Written, kpis_beside};
use crate::kpis::keeping::{self, Kept};
use crate::kpis::opening::opened;
use crate::problem::Problem;
use crate::words::moment;
use domain::Instant;
use domain::cube::{Cube, Update};
use leptos::prelude::*;
use std::sync::Arc;

impl Follow {
    /// All there is by now, of this version or a later one.
    pub(super) async fn ask(self, at_least: i64) -> Result<(), Problem> {
        self.ask_beside().await?;
        // the page may be gone by then
        let Some(source) = self.area.source.try_get_untracked() else { return Ok(()) };
        match source {
            Source::Server(_) => self.put(server().await),
            Source::Cube(cube) => self.bring_up(cube, at_least).await,
            Source::Opening | Source::Failed(_) => match keeping::kept().await.filter(|kept| !kept.worn) {
                Some(Kept { cube, of, beside, .. }) => {
                    self.moving.try_update_value(|moving| moving.of = of);
                    if self.area.beside.try_with_untracked(|beside| beside.lacking) == Some(true) {
                        self.put_beside(beside);
                    }
                    self.bring_up(Arc::new(cube), at_least).await
                }
                None => self.fetch_whole(at_least).await,
            },
        }
    }

    /// Asks for what stands beside the cube. Where that fails the cube's charts stand all the same: it stays as it was, or is said to be missing.
    async fn ask_beside(self) -> Result<(), Problem> {
        let found = match kpis_beside().await {
            Err(problem @ (Problem::SignIn | Problem::Forbidden)) => return Err(problem),
            found => found.ok().and_then(|Written(text)| Some((serde_json::from_slice(text.as_bytes()).ok()?, text))),
        };
        let none = self.moving.try_with_value(|moving| moving.beside.is_empty()) == Some(true);
        let _ = self.area.lacking.try_set(found.is_none());
        match found {
            Some(found) => self.put_beside(found),
            None if none => drop(self.area.beside.try_set(Arc::new(Beside { lacking: true, ..Beside::default() }))),
            None => {}
        }
        Ok(())
    }

    fn put_beside(self, (beside, written): (Beside, String)) {
        // the page may be gone by then
        let _ = self.area.beside.try_set(Arc::new(beside));
        self.moving.try_update_value(|moving| moving.beside = written);
    }

    /// Asks for what a cube lacks, and takes it in.
    async fn bring_up(self, cube: Arc<Cube>, at_least: i64) -> Result<(), Problem> {
        let Some(of) = self.moving.try_with_value(|moving| moving.of.clone()) else { return Ok(()) };
        let query = ["?since=", &cube.version.to_string(), "&of=", &of, "&atLeast=", &at_least.to_string()].concat();
        let Some(given) = fetch(&query).await? else { return self.put(server().await) };
        if !Update::is(&given.bytes) {
            return self.take_whole(given).await;
        }
        let mut next = (*cube).clone();
        match Update::from_bytes(&given.bytes).ok().filter(|update| next.take_in(update).is_ok()) {
            Some(update) => {
                self.put(Source::Cube(Arc::new(next)))?;
                if update.version() > update.since {
                    keeping::add(&given.bytes).await;
                }
                Ok(())
            }
            None => self.fetch_whole(at_least).await,
        }
    }

    async fn fetch_whole(self, at_least: i64) -> Result<(), Problem> {
        match fetch(&["?atLeast=", &at_least.to_string()].concat()).await? {
            Some(given) => self.take_whole(given).await,
            None => self.put(server().await),
        }
    }

    async fn take_whole(self, given: Given) -> Result<(), Problem> {
        let cube = opened(&given.bytes).await.map_err(|_| Problem::Failed(String::new()))?;
        self.moving.try_update_value(|moving| moving.of.clone_from(&given.of));
        self.put(Source::Cube(Arc::new(cube)))?;
        keeping::keep(&given.bytes, &given.of).await;
        Ok(())
    }

    fn put(self, source: Source) -> Result<(), Problem> {
        if let Source::Failed(problem) = source {
            return Err(problem);
        }
        // the page may be gone by then
        let _ = self.area.source.try_set(source);
        Ok(())
    }

    /// Where nothing is shown yet: what is kept on this device, or what failed.
    pub(super) async fn fall_back(self, problem: Option<Problem>) {
        // the page may be gone by then
        let waits = || self.area.source.try_with_untracked(|source| matches!(source, Source::Opening | Source::Failed(_))) == Some(true);
        if !waits() {
            return;
        }
        match (keeping::kept().await.filter(|_| waits()), problem) {
            (Some(kept), _) => {
                self.moving.update_value(|moving| moving.of = kept.of);
                self.put_beside(kept.beside);
                self.area.as_of.set(Some(self.moment(kept.seen)));
                self.area.cut_off.set(true);
                self.area.source.set(Source::Cube(Arc::new(kept.cube)));
            }
            (None, Some(problem)) if waits() => self.area.source.set(Source::Failed(problem)),
            _ => {}
        }
    }

    /// `14:03`, of another day with it.
    pub(super) fn moment(self, at: Instant) -> String {
        self.here.with_company(|company| match company.zone.day_of(at) == self.area.today {
            true => company.zone.clock(at),
            false => moment(at, self.area.today, company),
        })
    }
}
