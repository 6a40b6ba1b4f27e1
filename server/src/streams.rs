//! Streams that stay open: how many there may be, of whom, and how they are all told that the server stops.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::ids::UserId;
use tokio::sync::watch;

/// Streams in all.
const ALL_MAX: usize = 1_000;
/// Streams of one person: a device has one, whatever its tabs.
const EACH_MAX: usize = 12;

/// The open streams.
#[derive(Debug)]
pub struct Streams {
    open: Mutex<HashMap<UserId, usize>>,
    stopping: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { open: Mutex::default(), stopping: watch::Sender::new(false) }
    }
}

/// A place among them; dropped with the stream.
#[derive(Debug)]
pub struct Place(Arc<Streams>, UserId);

impl Streams {
    /// A place for one more of somebody's; none where there are too many.
    #[must_use]
    pub fn enter(self: &Arc<Self>, user: UserId) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.values().sum::<usize>() >= ALL_MAX || open.get(&user).is_some_and(|own| *own >= EACH_MAX) {
            return None;
        }
        *open.entry(user).or_default() += 1;
        Some(Place(Arc::clone(self), user))
    }

    /// How many are open.
    #[must_use]
    pub fn count(&self) -> usize {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    /// Ends them all, now and from now on.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Turns true when they are to end.
    #[must_use]
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.1) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn one_person_cannot_take_all_places_and_a_place_comes_free_again() {
        let streams = Arc::new(Streams::default());
        let (ada, ben) = (UserId(uuid::Uuid::from_u128(1)), UserId(uuid::Uuid::from_u128(2)));
        let mut places: Vec<Place> = (0..EACH_MAX).map(|_| streams.enter(ada).unwrap()).collect();
        assert!(streams.enter(ada).is_none());
        drop(streams.enter(ben).unwrap());
        assert_eq!(streams.count(), EACH_MAX);
        places.pop();
        assert!(streams.enter(ada).is_some());
        drop(places);
        let all: Vec<Place> = (10..).map_while(|n| streams.enter(UserId(uuid::Uuid::from_u128(n)))).collect();
        assert_eq!(all.len(), ALL_MAX);
    }
}
