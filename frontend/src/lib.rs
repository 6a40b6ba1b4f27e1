//! The browser shell: two entries into one wasm, for HTML the server rendered and for the empty app shell.

use app::App;
use leptos::prelude::provide_context;
use leptos::tachys::dom::body;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the HTML the server rendered.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(App);
}

/// Draws the application on the empty app shell, once what the device has stored is open: the first screen is drawn from it.
#[wasm_bindgen]
pub async fn mount() {
    console_error_panic_hook::set_once();
    let opened = app::offline::open_last().await;
    let app = move || {
        provide_context(opened);
        App()
    };
    // Not `mount_to_body`: in a debug build it warns of a missing `csr` feature, which is for applications with this entry alone.
    leptos::mount::mount_to_renderer(&body(), app).forget();
}
