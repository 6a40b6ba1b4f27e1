//! The cube kept on this device for whoever works here, so that opening the area again costs only what has changed, and works without a network; it goes
//! when they sign out.

use super::api::Beside;
use super::opening::opened;
use domain::Instant;
use domain::cube::{Cube, Update};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The store's name, as the element has it.
const CUBES: &str = "cubes";
/// Updates of so much of what they are kept beside make the next opening fetch all of it: a half.
const WORTH_FETCHING: usize = 2;
/// So many updates do too.
const MANY: u32 = 100;
/// Where updates begin in what the element gives.
const UPDATES: u32 = 4;

/// The kept cube with all that came since.
pub struct Kept {
    /// Itself.
    pub cube: Cube,
    /// What it is of.
    pub of: String,
    /// What stood beside it, and as it is kept.
    pub beside: (Beside, String),
    /// When it was last known to be all there is.
    pub seen: Instant,
    /// So much came since that fetching it whole costs less.
    pub worn: bool,
}

/// The kept cube; none where nothing is kept, or nothing can be.
pub async fn kept() -> Option<Kept> {
    let found: Array = call(&element()?, "kept", &Array::new()).await.ok()?.dyn_into().ok()?;
    let (bytes, text) = (|at| Uint8Array::new(&found.get(at)).to_vec(), |at| found.get(at).as_string());
    let whole = bytes(0);
    let (mut cube, mut added) = (opened(&whole).await.ok()?, 0);
    for at in UPDATES..found.length() {
        let update = bytes(at);
        added += update.len();
        // two tabs may have kept the same one: what is for another version changes nothing
        let _ = Update::from_bytes(&update).ok().map(|update| cube.take_in(&update));
    }
    let seen = text(3)?;
    let (seen, version) = seen.split_once(' ')?;
    // what did not fit onto the device is missing
    if cube.version < version.parse().ok()? {
        return None;
    }
    let written = text(2)?;
    let beside = (serde_json::from_slice(written.as_bytes()).ok()?, written);
    Some(Kept {
        cube,
        of: text(1)?,
        beside,
        seen: Instant(seen.parse().ok()?),
        worn: added * WORTH_FETCHING > whole.len() || found.length() > MANY,
    })
}

/// Keeps a cube in the place of all there is. Where the device cannot, the next opening fetches all of it.
pub async fn keep(bytes: &[u8], of: &str) {
    tell("keep", &Array::of2(&Uint8Array::from(bytes), &of.into())).await;
}

/// Keeps an update of what is kept.
pub async fn add(bytes: &[u8]) {
    tell("add", &Array::of1(&Uint8Array::from(bytes))).await;
}

/// Keeps what stands beside the cube, and when a version of it was known to be all there is.
pub async fn note(beside: String, seen: Instant, version: i64) {
    let seen = [seen.0.to_string(), version.to_string()].join(" ");
    tell("note", &Array::of2(&beside.into(), &seen.into())).await;
}

async fn tell(verb: &str, arguments: &Array) {
    if let Some(element) = element() {
        // what cannot be kept is fetched again
        let _ = call(&element, verb, arguments).await;
    }
}

/// Forgets whatever cube is kept on this device.
pub async fn forget() {
    let stores = Reflect::get(&window(), &"caches".into()).unwrap_or_default();
    if !stores.is_undefined() {
        let _ = call(&stores, "delete", &Array::of1(&CUBES.into())).await;
    }
}

fn element() -> Option<JsValue> {
    Some(document().query_selector("live-figures").ok()??.into())
}

async fn call(object: &JsValue, verb: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &verb.into())?.dyn_into()?;
    let promise: Promise = function.apply(object, arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}
