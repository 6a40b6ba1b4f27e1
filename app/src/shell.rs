//! The HTML document in its two variants: around a server-rendered page, and as the empty app shell the service worker keeps.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;
pub use crate::people::theme::in_cookies;
use crate::session::{Session, Standing};

/// Addresses of the built site that stand in the document's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The boot module: glue and splitter in one file.
    pub js: String,
    /// The main wasm, preloaded while the HTML is read.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The style sheet of the office, which other pages do not load.
    pub office: String,
    /// The style sheet of the area of figures, likewise.
    pub kpis: String,
    /// The text font, preloaded so that the first text does not jump.
    pub font: Option<String>,
}

/// The document around a server-rendered page; the boot module hydrates it.
#[must_use]
pub fn page(links: &Arc<Links>) -> impl IntoView + use<> {
    let head = head(links, !signed_out());
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme()>
            {head}
            <body>
                <App />
            </body>
        </html>
    }
}

/// The app shell: the same head, an empty body marked for the boot module to mount on. It holds no inline script.
#[must_use]
pub fn shell(links: &Arc<Links>) -> impl IntoView + use<> {
    let head = head(links, true);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            {head}
            <body data-shell=""></body>
        </html>
    }
}

/// The theme this device's person has chosen, if any.
fn theme() -> Option<&'static str> {
    let parts = use_context::<http::request::Parts>()?;
    in_cookies(parts.headers.get(http::header::COOKIE)?.to_str().ok()?)
}

/// Without a session there are plain forms only, which need no script.
fn signed_out() -> bool {
    use_context::<Session>().is_some_and(|session| matches!(session.standing, Standing::Out))
}

/// The style sheet of an area: linked on its own pages, elsewhere only its address is told; see [`crate::beside::styled`].
fn area(paths: &[&str], name: &'static str, address: String) -> AnyView {
    let inside = use_context::<http::request::Parts>().is_some_and(|parts| paths.iter().any(|path| parts.uri.path().starts_with(path)));
    if inside {
        view! { <link id=name rel="stylesheet" href=address /> }.into_any()
    } else {
        view! { <meta name=name content=address /> }.into_any()
    }
}

fn head(links: &Arc<Links>, live: bool) -> impl IntoView + use<> {
    let Links { js, wasm, css, office, kpis, font } = links.as_ref().clone();
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
            <meta name="description" content="Clients, visits and orders of a sales team, with or without a network." />
            <meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)" />
            <meta name="theme-color" content="#14171c" media="(prefers-color-scheme: dark)" />
            <link rel="stylesheet" href=css />
            {area(&[crate::office::PATH], "office-style", office)}
            {area(&[crate::kpis::PATH, crate::reports::PATH], "kpis-style", kpis)}
            {font.map(|font| view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous" /> })}
            <link rel="manifest" href="/manifest.webmanifest" />
            <link rel="icon" href="/icons/icon.svg" r#type="image/svg+xml" />
            <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
            {live.then(|| view! {
                <link rel="modulepreload" href=js.clone() />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                <script r#type="module" src=js></script>
            })}
            <MetaTags />
        </head>
    }
}
