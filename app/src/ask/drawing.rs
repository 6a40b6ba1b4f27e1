//! A screen drawn as text from its answer, on the phone or on the server: its title, its line, its body. First screens are; screens one works in are not.

use super::waits::{boundary, failure_html, waiting};
use super::{Content, Drawing, Drawn, Reply};
use crate::live::{live, pressed};
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::Element;

impl Drawing {
    /// The page's title.
    #[must_use]
    pub fn title(self) -> Signal<String> {
        Memo::new(move |_| self.head().map(|drawn| drawn.title.clone()).unwrap_or_default()).into()
    }

    /// The line under it.
    #[must_use]
    pub fn sub(self) -> Signal<String> {
        Memo::new(move |_| self.head().map(|drawn| drawn.sub.clone()).unwrap_or_default()).into()
    }

    fn head(self) -> Option<Arc<Drawn>> {
        match self.core.reply()? {
            Reply::Drawn(drawn) => Some(drawn),
            Reply::Failed(problem) => Some(Arc::new(Drawn { title: problem.title().into(), ..Drawn::default() })),
            _ => None,
        }
    }

    /// Whether the Book answers.
    #[must_use]
    pub fn is_local(self) -> bool {
        self.core.local.with(Option::is_some)
    }

    /// Asks the server once more; what is there stays until the answer comes.
    pub fn again(self) {
        self.core.remote.refetch();
    }

    fn html(self) -> Option<String> {
        match self.core.reply()? {
            Reply::Drawn(drawn) => Some(drawn.html.clone()),
            Reply::Failed(problem) => Some(failure_html(&problem)),
            _ => None,
        }
    }

    /// The text alone in an element of `class`, once it is there.
    pub fn text(self, class: &'static str, act: fn(&str, &Element)) -> AnyView {
        let there = Memo::new(move |_| self.html().is_some());
        let text = move || there.get().then(|| self.live(class, act));
        view! { {text} }.into_any()
    }

    fn live(self, class: &'static str, act: fn(&str, &Element)) -> AnyView {
        let html = Signal::derive(move || self.html().unwrap_or_default());
        let retry = move |event: leptos::ev::MouseEvent| {
            pressed(&event, |verb, _| {
                if verb == "retry" {
                    self.core.remote.refetch()
                }
            });
        };
        view! { <div class="drawing" on:click=retry>{live(html, class, None, act)}</div> }.into_any()
    }

    /// The drawing in an element of `class`, with `head` above it. A press on something with `data-do` runs `act` with that word and the element.
    pub fn view(self, class: &'static str, head: fn(Self) -> AnyView, act: fn(&str, &Element)) -> AnyView {
        let content = move || -> Content {
            let there = Memo::new(move |_| self.html().is_some());
            Box::new(move || {
                there.get().then(|| {
                    let (head, body) = (head(self), self.live(class, act));
                    view! { {head} {body} }.into_any()
                })
            })
        };
        boundary(waiting, Box::new(content))
    }
}
