//! The list of clients or prospects: search as one types, light chips with counts, order and filters; whole from the Book, in pages from the server.

use super::query::{self, href};
use super::{api, draw, list_name, list_path};
use crate::ask::{Content, Drawing, Drawn, ask_drawn, boundary, waiting};
use crate::head::Head;
use crate::later::{filter_sheet, sort_sheet};
use crate::markup::Markup;
use crate::offline::{Book, offline};
use crate::roll::Roll;
use crate::session::{Seen, here};
use crate::sheets::sheets;
use crate::ui::Glyph;
use domain::clients::{ClientQuery, Sort, Stage};
use domain::people::Right;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use std::time::Duration;
use web_sys::Element;

/// A list's moving parts.
#[derive(Clone, Copy)]
pub struct List {
    /// Clients or prospects.
    pub stage: Stage,
    /// What is typed.
    pub text: RwSignal<String>,
    /// The question asked now.
    pub query: Memo<ClientQuery>,
}

/// The list's page, for a rep.
#[must_use]
pub fn list_page(stage: Stage) -> AnyView {
    let list = List::new(stage);
    let drawing =
        ask_drawn(list.query.into(), from_book, |query| Box::pin(api::clients_list(query.stage.unwrap_or(Stage::Client), href(&query))));
    let content = move || -> Content {
        let local = Memo::new(move |_| drawing.is_local());
        Box::new(move || Some(if local.get() { list.rolling(drawing) } else { drawing.text("list", press) }))
    };
    let (search, body) = (list.search(), boundary(waiting, Box::new(content)));
    list.page(view! { <div class="page"><div class="list-head">{search}</div>{body}</div> }.into_any())
}

/// From the Book: the head now, rows as they scroll by; the count stands in `sub`.
fn from_book(book: &Book, query: &ClientQuery, seen: Seen<'_>) -> Option<Drawn> {
    let page = book.clients(&ClientQuery { offset: 0, limit: 0, ..query.clone() }, seen.today);
    let mut m = Markup::default();
    draw::head(&mut m, page.counts, page.total, query);
    if page.total == 0 {
        draw::nothing(&mut m, query, seen);
    }
    Some(Drawn { title: String::new(), sub: page.total.to_string(), html: m.done() })
}

/// A press on a list's head.
pub fn pressed(event: leptos::ev::MouseEvent) {
    crate::live::pressed(&event, press);
}

fn press(verb: &str, _: &Element) {
    let list = expect_context::<List>();
    match verb {
        "sort" => sheets().show("Sort", Box::pin(sort_sheet(list))),
        "filter" => sheets().show("Filter", Box::pin(filter_sheet(list))),
        _ => {}
    }
}

impl List {
    /// A list of a stage, with the question its address asks.
    #[must_use]
    pub fn new(stage: Stage) -> Self {
        let url = use_query_map();
        let near = here().near;
        let filters = Memo::new(move |_| url.with(|url| query::read(stage, |name| url.get(name))));
        let text = RwSignal::new(filters.with_untracked(|filters| filters.text.clone()));
        let query = Memo::new(move |_| {
            let mut query = filters.get();
            query.near = near.get().filter(|_| query.sort == Sort::Distance);
            // the Book answers every keystroke; the server is asked what has settled in the address
            if offline().revision().get() > 0 && offline().book().is_some() {
                query.text = text.get();
                query.offset = 0;
            }
            query
        });
        let list = Self { stage, text, query };
        provide_context(list);
        follow_text(list, filters);
        list
    }

    /// Around the list: its head.
    pub fn page(self, body: AnyView) -> AnyView {
        let add = here().may(Right::EditClients).then(|| [list_path(self.stage), "/new"].concat());
        let head = Head::new(list_name(self.stage)).add(add).view();
        view! { {head} {body} }.into_any()
    }

    /// The search field, in a form that also works before the script runs.
    pub fn search(self) -> AnyView {
        let label = ["Search ", &list_name(self.stage).to_lowercase()].concat();
        let (mut hidden, mut clear, mut glass) = (Markup::default(), Markup::default(), Markup::default());
        for (name, value) in self.query.with_untracked(query::pairs).iter().filter(|(name, _)| *name != "q") {
            hidden.put("<input type=\"hidden\" name=\"{}\" value=\"{}\">", &[name, value]);
        }
        clear.icon(Glyph::Close);
        glass.put("<use href=\"{}\"></use>", &[Glyph::Search.href()]);
        let text = self.text;
        view! {
            <form role="search" method="get" action=list_path(self.stage) on:submit=|event| event.prevent_default()>
                <div class="search">
                    <svg class="icon" aria-hidden="true" inner_html=glass.done()></svg>
                    <input
                        class="input"
                        type="search"
                        name="q"
                        id="f-q"
                        autocomplete="off"
                        placeholder=label.clone()
                        aria-label=label
                        value=text.get_untracked()
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                    />
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Clear the search"
                        hidden=move || text.with(String::is_empty)
                        inner_html=clear.done()
                        on:click=move |_| text.set(String::new())
                    ></button>
                </div>
                <div inner_html=hidden.done()></div>
            </form>
        }
        .into_any()
    }

    fn rolling(self, drawing: Drawing) -> AnyView {
        let count = Memo::new(move |_| drawing.sub().with(|count| count.parse().unwrap_or(0_usize)));
        let rows = move |(from, many): (usize, usize)| {
            offline().revision().track();
            let query = ClientQuery { offset: from as u32, limit: many as u32, ..self.query.get() };
            let (Some(book), of) = (offline().book(), count.get()) else {
                return String::new();
            };
            let book = book.borrow();
            let seen = Seen { near: query.near, ..Seen::by(book.caller(), book.company(), here().now.get_untracked()) };
            draw::rows(&book.clients(&query, seen.today).items, from, of, seen)
        };
        view! {
            {drawing.text("list", press)}
            <Roll count=count.into() label=list_name(self.stage) rows=Callback::new(rows) />
        }
        .into_any()
    }
}

/// Typed text settles in the address a moment later; an address reached by going back shows in the field.
fn follow_text(list: List, filters: Memo<ClientQuery>) {
    let navigate = use_navigate();
    let written = StoredValue::new(list.text.get_untracked());
    Effect::new(move |before: Option<Option<TimeoutHandle>>| {
        before.flatten().inspect(TimeoutHandle::clear);
        let text = list.text.get();
        if text == written.get_value() {
            return None;
        }
        let navigate = navigate.clone();
        let settle = move || {
            written.set_value(text.clone());
            let address = href(&ClientQuery { text, offset: 0, ..filters.get_untracked() });
            navigate(&address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        };
        set_timeout_with_handle(settle, Duration::from_millis(300)).ok()
    });
    Effect::new(move || {
        let text = filters.with(|filters| filters.text.clone());
        if text != written.get_value() {
            written.set_value(text.clone());
            list.text.set(text);
        }
    });
}
