//! Things done with one tap: into the outbox, then a notice that says so and, where it can be, the way back.

use crate::notice::{Notices, notices};
use crate::offline::{Offline, offline};
use domain::changes::Change;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Does it.
pub fn act(change: Change, said: &'static str) {
    run(change, said, None, offline(), notices(), Box::new(|_| {}));
}

/// Does it, and offers to undo it.
pub fn act_with_undo(change: Change, said: &'static str, undo: Change) {
    run(change, said, Some(undo), offline(), notices(), Box::new(|_| {}));
}

/// Does it; `then` hears whether it is safe on this device.
pub fn act_then(change: Change, said: &'static str, then: impl FnOnce(bool) + 'static) {
    run(change, said, None, offline(), notices(), Box::new(then));
}

fn run(change: Change, said: &'static str, undo: Option<Change>, offline: Offline, notices: Notices, then: Box<dyn FnOnce(bool)>) {
    spawn_local(async move {
        if let Err(error) = offline.submit(change).await {
            then(false);
            return notices.say(error.words());
        }
        then(true);
        let Some(undo) = undo else { return notices.say(said) };
        let again = move |()| run(undo.clone(), "Undone", None, offline, notices, Box::new(|_| {}));
        notices.offer(said, "Undo", Callback::new(again));
    });
}
