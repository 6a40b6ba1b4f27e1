//! A short notice after something was done, with one thing to do about it: once for the whole application.

use crate::live::live;
use crate::markup::Markup;
use crate::ui::Glyph;
use leptos::prelude::*;
use std::time::Duration;

/// A button in a notice: its word, and what it does.
type Way = Option<(&'static str, Callback<()>)>;

/// Where notices are said.
#[derive(Clone, Copy)]
pub struct Notices {
    words: RwSignal<String>,
    way: RwSignal<Way>,
}

/// The notices from the context.
#[must_use]
pub fn notices() -> Notices {
    expect_context()
}

impl Notices {
    /// Puts them into the context.
    pub fn provide() -> Self {
        let notices = Self { words: RwSignal::new(String::new()), way: RwSignal::new(None) };
        provide_context(notices);
        notices
    }

    /// Says something, for six seconds.
    pub fn say(self, words: impl Into<String>) {
        self.way.set(None);
        self.words.set(words.into());
    }

    /// Says something with a way to act on it, for twelve seconds.
    pub fn offer(self, words: impl Into<String>, label: &'static str, act: Callback<()>) {
        self.way.set(Some((label, act)));
        self.words.set(words.into());
    }

    /// Where they are shown.
    pub fn view(self) -> AnyView {
        Effect::new(move |before: Option<Option<TimeoutHandle>>| {
            before.flatten().inspect(TimeoutHandle::clear);
            let seconds = if self.way.get().is_some() { 12 } else { 6 };
            let shown = self.words.with(|words| !words.is_empty());
            let over = move || self.words.set(String::new());
            shown.then(|| set_timeout_with_handle(over, Duration::from_secs(seconds)).ok()).flatten()
        });
        let html = Signal::derive(move || self.words.with(|words| draw(words, self.way.get().map(|way| way.0))));
        live(html, "toasts", Some(("status", "Notice")), |verb, _| {
            let notices = notices();
            notices.words.set(String::new());
            if let (Some((_, act)), "act") = (notices.way.get_untracked(), verb) {
                act.run(());
            }
        })
    }
}

fn draw(words: &str, way: Option<&str>) -> String {
    let mut m = Markup::default();
    if words.is_empty() {
        return String::new();
    }
    m.put("<div class=\"toast\"><span>{}</span>", &[words]);
    match way {
        Some(label) => m.put("<button type=\"button\" class=\"button button--plain button--small\" data-do=\"act\">{}</button>", &[label]),
        None => {
            m.put("<button type=\"button\" class=\"icon-button\" data-do=\"dismiss\" aria-label=\"Dismiss\">", &[]);
            m.icon(Glyph::Close);
            m.put("</button>", &[]);
        }
    }
    m.put("</div>", &[]);
    m.done()
}
