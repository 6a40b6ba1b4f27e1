//! Following the figures: whoever looks at them is told of a new version a fraction of a second after its commit, whoever wrote it.
//!
//! A process looks at the database's clock only while somebody follows, with one task for all of them.

mod sql;

use crate::{Backend, Error, kpis};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How often the clock is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// How long followers wait for the cube to be brought up before they are told all the same.
const CUBE_WAIT: Duration = Duration::from_millis(500);

/// The version of the figures as far as it is known here, and whether somebody looks at the clock.
pub(crate) struct Live {
    told: watch::Sender<i64>,
    looking: Mutex<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Self { told: watch::Sender::new(0), looking: Mutex::new(false) }
    }
}

/// The version of the figures as it is now, and every later one as it comes. Drop it to stop.
///
/// # Errors
/// When the database fails.
pub async fn follow(backend: &Backend) -> Result<watch::Receiver<i64>, Error> {
    let live = backend.live();
    let followed = live.told.subscribe();
    let now = sql::figures(&mut backend.read().await?).await?;
    live.tell(now);
    let mut looking = live.looking.lock().unwrap_or_else(PoisonError::into_inner);
    if !*looking {
        *looking = true;
        tokio::spawn(look(backend.clone()));
    }
    Ok(followed)
}

/// Looks at the clock until nobody follows any more.
async fn look(backend: Backend) {
    let live = backend.live();
    loop {
        tokio::time::sleep(LOOK_AGAIN).await;
        {
            let mut looking = live.looking.lock().unwrap_or_else(PoisonError::into_inner);
            if live.told.receiver_count() == 0 {
                *looking = false;
                return;
            }
        }
        if let Err(error) = look_once(&backend).await {
            tracing::debug!(%error, "the clock could not be looked at");
        }
    }
}

async fn look_once(backend: &Backend) -> Result<(), Error> {
    let now = sql::figures(&mut backend.read().await?).await?;
    let live = backend.live();
    if *live.told.borrow() == now {
        return Ok(());
    }
    // so that most of those who are told find the cube ready; who asks for this version waits for it anyway
    let ready = tokio::time::timeout(CUBE_WAIT, kpis::bring_up_to(backend, now)).await;
    if let Ok(Err(error)) = ready {
        tracing::warn!(%error, "the cube could not be brought up to date");
    }
    live.tell(now);
    Ok(())
}

impl Live {
    fn tell(&self, now: i64) {
        self.told.send_if_modified(|told| {
            let new = *told != now;
            *told = now;
            new
        });
    }
}
