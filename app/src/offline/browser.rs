//! The browser's functions that `browser.js` and `store.js` offer, typed. They exist in the browser only: reach them from handlers and effects.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/offline/browser.js")]
extern "C" {
    pub fn watch(listener: &Closure<dyn FnMut(String)>);
    pub fn update();
    pub fn install();
    pub fn post(word: &str);
    pub fn reload();
    pub fn alarm(ms: u32);
    pub fn random(bytes: &mut [u8]);
    pub fn online() -> bool;
    pub fn persist();
    #[wasm_bindgen(catch, js_name = flushLater)]
    pub async fn flush_later() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub fn recall(key: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch)]
    pub fn keep(key: &str, value: Option<&str>) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn mark(user: String) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn marked() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn unmark() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn hold(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn ask(url: &str, body: Option<String>, accept: &str, timeout: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn position(timeout: u32) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/offline/store.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub async fn open(name: &str) -> Result<JsValue, JsValue>;
    pub fn opened();
    pub fn close(store: &JsValue);
    #[wasm_bindgen(catch)]
    pub async fn read(store: &JsValue, name: &str, after: Option<f64>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn write(store: &JsValue, durability: &str, changes: &Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn append(store: &JsValue, make: &Closure<dyn FnMut(f64) -> Array>) -> Result<JsValue, JsValue>;
}

/// A Web Lock, given back when dropped (or by the browser, when the tab dies).
pub struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        // It only settles a promise: there is nothing to fail.
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// The lock of that name; none when another tab or the service worker has it.
pub async fn lock(name: &str) -> Option<Lock> {
    hold(name).await.ok()?.dyn_into().ok().map(Lock)
}

/// What the server answered.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// Its `X-Request-Id`, to be quoted to whoever looks into a failure.
    pub reference: String,
}

const JSON: &str = "application/json";
const TIMEOUT_MS: u32 = 30_000;

/// Asks with GET; none when no answer came.
pub async fn get(url: &str, accept: &str) -> Option<Answer> {
    answer(ask(url, None, accept, TIMEOUT_MS).await)
}

/// Sends JSON with POST; none when no answer came.
pub async fn send(url: &str, body: String) -> Option<Answer> {
    answer(ask(url, Some(body), JSON, TIMEOUT_MS).await)
}

fn answer(parts: Result<JsValue, JsValue>) -> Option<Answer> {
    let parts = Array::from(&parts.ok()?);
    let status = parts.get(0).as_f64()? as u16;
    let body = js_sys::Uint8Array::from(parts.get(1)).to_vec();
    Some(Answer { status, body, reference: parts.get(2).as_string().unwrap_or_default() })
}
