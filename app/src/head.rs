//! The head of a page: its title here and in the browser's bar, the way back, what can be added, and how much is sent.

use crate::live::{live, no_act};
use crate::markup::Markup;
use crate::offline::offline;
use crate::ui::{Glyph, SyncState};
use leptos::prelude::*;
use leptos_meta::{Title, TitleProps};

/// A page's head.
#[derive(Clone)]
pub struct Head {
    title: Signal<String>,
    sub: Signal<String>,
    back: Option<(String, &'static str)>,
    add: Option<String>,
}

impl Head {
    /// With the page's title, its only `<h1>`.
    #[must_use]
    pub fn new(title: impl Into<Signal<String>>) -> Self {
        Self { title: title.into(), sub: Signal::stored(String::new()), back: None, add: None }
    }

    /// With a line under it.
    #[must_use]
    pub fn sub(self, sub: impl Into<Signal<String>>) -> Self {
        Self { sub: sub.into(), ..self }
    }

    /// With the way back.
    #[must_use]
    pub fn back(self, href: impl Into<String>, label: &'static str) -> Self {
        Self { back: Some((href.into(), label)), ..self }
    }

    /// With a way to add one of what the page lists.
    #[must_use]
    pub fn add(self, href: Option<String>) -> Self {
        Self { add: href, ..self }
    }

    /// Shows it.
    pub fn view(self) -> AnyView {
        let Self { title, sub, back, add } = self;
        name_page(title);
        let state = offline().state();
        let html = Signal::derive(move || {
            let mut m = Markup::default();
            m.put("<header class=\"{}\">", &[if back.is_some() { "header header--back" } else { "header" }]);
            if let Some((href, label)) = &back {
                m.put("<a class=\"header__back\" href=\"{}\">", &[href]);
                m.icon(Glyph::Back);
                m.put("{}</a>", &[label]);
            }
            title.with(|title| m.put("<div class=\"header__titles\"><h1>{}</h1>", &[title]));
            sub.with(|sub| m.maybe("<p class=\"header__sub\">{}</p>", Some(sub)));
            m.put("</div><div class=\"header__trailing\">", &[]);
            if let Some(href) = &add {
                m.put("<a class=\"button button--quiet button--small\" href=\"{}\">", &[href]);
                m.icon(Glyph::Plus);
                m.put("New</a>", &[]);
            }
            chip(&mut m, state.get());
            m.put("</div></header>", &[]);
            m.done()
        });
        live(html, "page-head", None, no_act)
    }
}

/// How much of what was made here the server has.
fn chip(m: &mut Markup, state: SyncState) {
    m.put("<a class=\"{}\" href=\"/outbox\">", &[state.class()]);
    m.icon(state.glyph());
    m.put("<span role=\"status\">{}</span></a>", &[&state.words()]);
}

/// The name in the browser's bar.
pub fn name_page(title: Signal<String>) {
    // the server writes the document's head last, when a page that needed no answer is gone already
    let first = title.get_untracked();
    let words = move || {
        let title = title.try_get().unwrap_or_else(|| first.clone());
        if title.is_empty() { "Fieldlight".to_owned() } else { [&title, " · Fieldlight"].concat() }
    };
    if cfg!(target_arch = "wasm32") {
        Effect::new(move || document().set_title(&words()));
    } else {
        // told to the document's head when it is made; there is nothing to see in the page itself
        let _ = Title(TitleProps::builder().text(words).build());
    }
}
