//! What people see: pages, components and server functions, one module per slice; rendered on the server and run in the browser.

mod act;
mod ask;
mod beside;
mod charts;
mod chrome;
mod clients;
mod company;
mod contacts;
mod diagnostics;
#[cfg(feature = "ssr")]
pub mod diagnostics_ssr;
pub mod fault;
mod form;
mod gallery;
mod head;
mod imports;
mod kpis;
mod later;
mod live;
mod markup;
mod notice;
mod office;
#[cfg(feature = "ssr")]
mod office_ssr;
pub mod offline;
mod opportunities;
mod people;
#[cfg(feature = "ssr")]
mod people_ssr;
pub mod problem;
#[cfg(feature = "ssr")]
pub mod problem_ssr;
mod refresh;
pub mod reports;
mod roll;
mod rooms;
mod routes;
mod sales;
pub mod session;
#[cfg(feature = "ssr")]
pub mod session_ssr;
mod sheets;
#[cfg(feature = "ssr")]
pub mod shell;
mod sync;
mod targets;
mod today;
pub mod ui;
mod visits;
mod words;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;
use session::Session;

/// The whole application: the same tree is hydrated over server-rendered HTML and mounted on the app shell.
#[component]
pub fn App() -> impl IntoView {
    if cfg!(not(target_arch = "wasm32")) {
        provide_meta_context();
    }
    let offline = offline::provide();
    let session =
        SharedValue::new_str(|| use_context::<Session>().unwrap_or_else(|| Session::known(offline.now(), offline.known().get_untracked())));
    let session = session.into_inner();
    // the shell's document carries no theme
    Effect::new(|| people::theme::wear(people::theme::chosen()));
    view! { <Router>{move || routes::screens(&session)}</Router> }
}
