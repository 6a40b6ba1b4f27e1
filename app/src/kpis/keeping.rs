//! The cube kept on this device for whoever works here, so that opening the area again costs only what has changed; it goes when they sign out.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The store's name, as the element has it.
const CUBES: &str = "cubes";

/// The kept cube and what it is of; none where nothing is kept, or nothing can be.
pub async fn kept() -> Option<(Vec<u8>, String)> {
    let found: Array = call(&element()?, "kept", &Array::new()).await.ok()?.dyn_into().ok()?;
    Some((Uint8Array::new(&found.get(0)).to_vec(), found.get(1).as_string()?))
}

/// Keeps a cube in the place of the one before. Where the device cannot, the next opening fetches all of it.
pub async fn keep(bytes: &[u8], of: &str) {
    if let Some(element) = element() {
        let _ = call(&element, "keep", &Array::of2(&Uint8Array::from(bytes), &of.into())).await;
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
