//! Pages that could not be shown, and how the server learns that there is none.

use crate::ui::{ButtonLink, Fault, Look};
use leptos::prelude::*;
use leptos_meta::Title;
use std::sync::Arc;

/// Called when the page asked for does not exist; provided by the server, which answers accordingly.
#[derive(Clone)]
pub struct PageMissing(pub Arc<dyn Fn() + Send + Sync>);

/// Says that the page asked for does not exist.
pub fn missing() {
    if let Some(missing) = use_context::<PageMissing>() {
        (missing.0)();
    }
}

/// No page at this address.
#[component]
pub fn NotFound() -> impl IntoView {
    missing();
    view! {
        <Title text="Not found" />
        <Fault code="Error 404" title="There is no such page" words="The address may be mistyped, or the record was moved to somebody else.">
            <ButtonLink href="/">"Go to Today"</ButtonLink>
            <ButtonLink href="/clients" look=Look::Quiet>"Find a client"</ButtonLink>
        </Fault>
    }
    .into_any()
}

/// Started without the server on a device that holds nothing yet.
#[component]
pub fn NoServer() -> impl IntoView {
    view! {
        <Title text="Not connected" />
        <Fault
            code="No connection"
            title="The server cannot be reached"
            words="Nothing is stored on this device yet, so there is nothing to show without it. Check the network, then try again."
        >
            <a class="button" href="/" rel="external">"Try again"</a>
            <a class="button button--quiet" href="/sign-in" rel="external">"Sign in"</a>
        </Fault>
    }
    .into_any()
}
