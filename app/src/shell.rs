//! The HTML document in its two variants: around a server-rendered page, and as the empty app shell the service worker keeps.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;

/// Addresses of the built site that stand in the document's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The boot module: glue and splitter in one file.
    pub js: String,
    /// The main wasm, preloaded while the HTML is read.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The text font, preloaded so that the first text does not jump.
    pub font: Option<String>,
}

/// The document around a server-rendered page; the boot module hydrates it.
#[must_use]
pub fn page(links: &Arc<Links>) -> impl IntoView + use<> {
    let head = head(links);
    view! {
        <!DOCTYPE html>
        <html lang="en">
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
    let head = head(links);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            {head}
            <body data-shell=""></body>
        </html>
    }
}

fn head(links: &Arc<Links>) -> impl IntoView + use<> {
    let Links { js, wasm, css, font } = links.as_ref().clone();
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
            <meta name="description" content="Clients, visits and orders of a sales team, with or without a network." />
            <link rel="stylesheet" href=css />
            {font.map(|font| view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous" /> })}
            <link rel="modulepreload" href=js.clone() />
            <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
            <link rel="manifest" href="/manifest.webmanifest" />
            <link rel="icon" href="/icons/icon.svg" r#type="image/svg+xml" />
            <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
            <script r#type="module" src=js></script>
            <MetaTags />
        </head>
    }
}
