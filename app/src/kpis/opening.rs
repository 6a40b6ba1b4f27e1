//! A packed cube opened a third of a month at a time, so that the page hears what is pressed meanwhile.

use domain::cube::{Cube, Stored, within};
use domain::pack::Unreadable;
use js_sys::{Date, Promise};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds of work between two looks at what the page wants.
const TURN: f64 = 10.0;

/// The cube of all its bytes.
///
/// # Errors
/// As [`Cube::from_bytes`].
pub async fn opened(bytes: &[u8]) -> Result<Cube, Unreadable> {
    next_turn().await;
    let stored = Stored::of(bytes)?;
    next_turn().await;
    let mut loaded = vec![];
    for part in stored.parts(1) {
        let (mut loading, mut began) = (part.loading(), Date::now());
        while loading.step(&mut within(bytes))? {
            if Date::now() - began > TURN {
                next_turn().await;
                began = Date::now();
            }
        }
        loaded.push(loading.done());
    }
    next_turn().await;
    let cube = stored.join(loaded);
    next_turn().await;
    cube
}

/// Lets everything else that waits for this thread have its turn.
pub async fn next_turn() {
    let turn = Promise::new(&mut |resolve, _| {
        // without a timer nothing is waited for
        if window().set_timeout_with_callback(&resolve).is_err() {
            let _ = resolve.call0(&resolve);
        }
    });
    // it is never rejected
    let _ = JsFuture::from(turn).await;
}
