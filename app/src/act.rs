//! Things done with one tap: into the outbox, then a notice that says so and, where it can be, the way back.

use crate::form::Notices;
use crate::offline::{Offline, offline};
use crate::ui::Notice;
use domain::changes::Change;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Does it.
pub fn act(change: Change, said: &'static str) {
    run(change, said, None, offline(), expect_context(), Box::new(|| {}));
}

/// Does it, and offers to undo it.
pub fn act_with_undo(change: Change, said: &'static str, undo: Change) {
    run(change, said, Some(undo), offline(), expect_context(), Box::new(|| {}));
}

/// Does it, and goes on once it is safe on this device.
pub fn act_then(change: Change, said: &'static str, then: impl FnOnce() + 'static) {
    run(change, said, None, offline(), expect_context(), Box::new(then));
}

fn run(change: Change, said: &'static str, undo: Option<Change>, offline: Offline, notices: Notices, then: Box<dyn FnOnce()>) {
    spawn_local(async move {
        let notice = match offline.submit(change).await {
            Ok(_) => {
                then();
                done(said, undo, offline, notices)
            }
            Err(error) => Notice::new(error.words()),
        };
        notices.set(Some(notice));
    });
}

fn done(said: &'static str, undo: Option<Change>, offline: Offline, notices: Notices) -> Notice {
    let notice = Notice::new(said);
    let Some(undo) = undo else { return notice };
    notice.with_action("Undo", move || run(undo.clone(), "Undone", None, offline, notices, Box::new(|| {})))
}
