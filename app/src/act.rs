//! Things done with one tap: into the outbox, then a notice that says so and, where it can be, the way back.

use crate::notice::{Notices, notices};
use crate::offline::{Offline, offline};
use domain::changes::Change;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Does it.
pub fn act(change: Change, said: &'static str) {
    run(change, said, None, offline(), notices(), Box::new(|| {}));
}

/// Does it, and offers to undo it.
pub fn act_with_undo(change: Change, said: &'static str, undo: Change) {
    run(change, said, Some(undo), offline(), notices(), Box::new(|| {}));
}

/// Does it, and goes on once it is safe on this device.
pub fn act_then(change: Change, said: &'static str, then: impl FnOnce() + 'static) {
    run(change, said, None, offline(), notices(), Box::new(then));
}

fn run(change: Change, said: &'static str, undo: Option<Change>, offline: Offline, notices: Notices, then: Box<dyn FnOnce()>) {
    spawn_local(async move {
        if let Err(error) = offline.submit(change).await {
            return notices.say(error.words());
        }
        then();
        let Some(undo) = undo else { return notices.say(said) };
        let again = move |()| run(undo.clone(), "Undone", None, offline, notices, Box::new(|| {}));
        notices.offer(said, "Undo", Callback::new(again));
    });
}
