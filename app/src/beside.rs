//! Files that lie beside the package and are fetched when a page first needs them: style sheets of areas, scripts of elements.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Whether an area's style sheet is there. It is a link of this id in the document's head; a document that began with another page has its address in
/// a `meta` of this name, and it is fetched now.
pub fn styled(name: &'static str) -> RwSignal<bool> {
    let styled = RwSignal::new(true);
    if cfg!(target_arch = "wasm32")
        && found(&["#", name].concat()).is_none()
        && let Some(address) = found(&["meta[name=", name, "]"].concat()).and_then(|meta| meta.get_attribute("content"))
    {
        styled.set(false);
        fetch_style(name, &address, styled);
    }
    styled
}

fn fetch_style(name: &str, address: &str, styled: RwSignal<bool>) {
    let Some(link) = append("link", &[("id", name), ("rel", "stylesheet"), ("href", address)]) else { return styled.set(true) };
    for event in ["load", "error"] {
        let ready = wasm_bindgen::closure::Closure::once_into_js(move || {
            let _ = styled.try_set(true);
        });
        let _ = link.add_event_listener_with_callback(event, ready.unchecked_ref());
    }
}

/// Loads an element's script, once: where the package lies, the document's own script says.
pub fn scripted(name: &'static str) {
    Effect::new(move |_| {
        if found(&["script[src$=\"/", name, "\"]"].concat()).is_some() {
            return;
        }
        let Some(boot) = found("script[type=module][src^=\"/pkg/\"]").and_then(|script| script.get_attribute("src")) else { return };
        let Some((folder, _)) = boot.rsplit_once('/') else { return };
        append("script", &[("type", "module"), ("src", &[folder, "/", name].concat())]);
    });
}

/// The element that tells when the figures have a new version, with one stream for all tabs of this device; `told` hears each of its words.
pub fn figures(user: String, told: Box<dyn Fn(&str)>) -> AnyView {
    scripted("live.js");
    let hear = move |event: leptos::ev::Event| {
        if let Some(words) = event_target::<Element>(&event).get_attribute("said") {
            told(&words);
        }
    };
    view! { <live-figures user=user on:input=hear></live-figures> }.into_any()
}

fn found(what: &str) -> Option<Element> {
    document().query_selector(what).ok().flatten()
}

fn append(tag: &str, attributes: &[(&str, &str)]) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    for (name, value) in attributes {
        // the names are fixed and valid
        let _ = element.set_attribute(name, value);
    }
    found("head")?.append_child(&element).ok()?;
    Some(element)
}
