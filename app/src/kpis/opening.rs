//! A packed cube opened some months at a time, so that the page hears what is pressed meanwhile.

use domain::cube::{Cube, Stored, within};
use domain::pack::Unreadable;
use js_sys::{Date, Promise};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds of work between two looks at what the page wants.
const TURN: f64 = 20.0;
/// Packed bytes that are opened at once: a few milliseconds of work.
const AT_ONCE: usize = 1 << 16;

/// The cube of all its bytes.
///
/// # Errors
/// As [`Cube::from_bytes`].
pub async fn opened(bytes: &[u8]) -> Result<Cube, Unreadable> {
    let stored = Stored::of(bytes)?;
    let parts = stored.parts(bytes.len() / AT_ONCE + 1);
    let mut loaded = Vec::with_capacity(parts.len());
    let mut began = Date::now();
    for part in parts {
        if Date::now() - began > TURN {
            next_turn().await;
            began = Date::now();
        }
        loaded.push(part.load(&mut within(bytes))?);
    }
    stored.join(loaded)
}

/// Lets everything else that waits for this thread have its turn.
async fn next_turn() {
    let turn = Promise::new(&mut |resolve, _| {
        // without a timer nothing is waited for
        if window().set_timeout_with_callback(&resolve).is_err() {
            let _ = resolve.call0(&resolve);
        }
    });
    // it is never rejected
    let _ = JsFuture::from(turn).await;
}
