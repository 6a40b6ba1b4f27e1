//! Pages that could not be shown, and how the server learns that there is none.

use crate::head::name_page;
use crate::markup::Markup;
use crate::offline::{Phase, offline};
use leptos::prelude::*;
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
#[must_use]
pub fn not_found() -> AnyView {
    missing();
    let ways = [("/", "Go to Today", true), ("/clients", "Find a client", true)];
    fault("Error 404", "There is no such page", "The address may be mistyped, or the record was moved to somebody else.", ways)
}

/// Started without the server on a device that holds nothing to show.
#[must_use]
pub fn no_server() -> AnyView {
    let ways = [("/", "Try again", false), ("/sign-in", "Sign in", false)];
    if offline().phase().get_untracked() == Phase::SignInNeeded {
        let words = "This phone was not in contact for 14 days. What you recorded is kept and is sent when you have signed in.";
        return fault("Signed out", "Sign in to go on", words, ways);
    }
    let words = "Nothing is stored on this device yet, so there is nothing to show without it. Check the network, then try again.";
    fault("No connection", "The server cannot be reached", words, ways)
}

/// `ways` are addresses, their words, and whether the application itself can go there.
fn fault(code: &str, title: &'static str, words: &str, ways: [(&str, &str, bool); 2]) -> AnyView {
    name_page(title.into());
    let mut m = Markup::default();
    m.put(
        "<div class=\"fault\"><p class=\"fault__code\">{}</p><h1>{}</h1><p class=\"fault__words\">{}</p><div class=\"cluster\">",
        &[code, title, words],
    );
    for (i, (href, words, inside)) in ways.into_iter().enumerate() {
        let class = if i == 0 { "button" } else { "button button--quiet" };
        m.put("<a class=\"{}\" href=\"{}\" rel=\"{}\">{}</a>", &[class, href, if inside { "" } else { "external" }, words]);
    }
    m.put("</div></div>", &[]);
    view! { <div inner_html=m.done()></div> }.into_any()
}
