//! The list of clients or prospects: search as one types, light chips with counts, order and filters; whole from the Book, in pages from the server.

use super::filter::{FilterSheet, SortSheet};
use super::query::{self, href};
use super::row::{Seen, client_row, kind};
use super::{api, desk, list_name, list_path, one};
use crate::ask::{Asked, ask, boundary, failure};
use crate::chrome::Chip as SyncChip;
use crate::offline::offline;
use crate::session::here;
use crate::ui::{Button, ButtonLink, ChipLink, Chips, Empty, Glyph, LightKind, Look, PageHeader, Pager, Rows, SearchField, Skeleton, VirtualList};
use domain::clients::{ClientItem, ClientPage, ClientQuery, LightCounts, Sort, Stage};
use domain::geo::Position;
use domain::lights::Light;
use domain::people::Right;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use std::time::Duration;

/// Where the device was when the person last asked for distances; it stays in this page's memory.
#[derive(Clone, Copy)]
pub struct Near(pub RwSignal<Option<Position>>);

/// A list's moving parts.
#[derive(Clone, Copy)]
pub struct List {
    /// Clients or prospects.
    pub stage: Stage,
    /// What is typed.
    pub text: RwSignal<String>,
    /// The question asked now.
    pub query: Memo<ClientQuery>,
    /// The filters' sheet.
    pub filters_open: RwSignal<bool>,
    /// The order's sheet.
    pub sort_open: RwSignal<bool>,
    asked: Asked<ClientPage>,
}

/// The list's page.
#[must_use]
pub fn list_page(stage: Stage) -> AnyView {
    let list = List::new(stage);
    let add = here().may(Right::EditClients);
    let name = list_name(stage);
    let trailing = move || {
        let add = add.then(|| {
            let href = [list_path(stage), "/new"].concat();
            view! { <ButtonLink href look=Look::Quiet small=true glyph=Glyph::Plus>"New"</ButtonLink> }
        });
        view! { {add} <SyncChip /> }
    };
    let body = if here().has_book() { list.narrow() } else { desk::desk(list) };
    view! {
        <Title text=name />
        <PageHeader title=name trailing />
        {body}
        <FilterSheet list />
        <SortSheet list />
    }
    .into_any()
}

impl List {
    fn new(stage: Stage) -> Self {
        let url = use_query_map();
        let near = expect_context::<Near>().0;
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
        let asked = ask(query.into(), |book, query, day| Some(book.clients(query, day)), |query| Box::pin(api::clients_list(for_server(query))));
        let list = Self { stage, text, query, filters_open: RwSignal::new(false), sort_open: RwSignal::new(false), asked };
        follow_text(list, filters);
        list
    }

    /// The search field, in a form that also works before the script runs.
    pub fn search(self) -> AnyView {
        let label = Signal::derive(move || ["Search ", &list_name(self.stage).to_lowercase()].concat());
        let hidden = self.query.with_untracked(query::pairs).into_iter().filter(|(name, _)| *name != "q");
        let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
        view! {
            <form role="search" method="get" action=list_path(self.stage) on:submit=move |event| event.prevent_default()>
                <SearchField name="q" label value=self.text />
                {hidden}
            </form>
        }
        .into_any()
    }

    fn narrow(self) -> AnyView {
        let local = Memo::new(move |_| self.asked.is_local());
        let content = move || {
            if local.get() {
                return Some(self.from_book());
            }
            Some(match self.asked.get()? {
                Ok(page) => self.from_server(&page),
                Err(problem) => failure(problem, Callback::new(move |()| self.asked.retry())),
            })
        };
        view! {
            <div class="page">
                <div class="list-head">{self.search()}</div>
                {boundary(|| view! { <Skeleton rows=8 /> }.into_any(), Box::new(content))}
            </div>
        }
        .into_any()
    }

    fn from_book(self) -> AnyView {
        let page = Memo::new(move |_| self.asked.ok().map(|page| (page.counts, page.total)).unwrap_or_default());
        let row = move |(index,): (usize,)| {
            offline().revision().track();
            let query = ClientQuery { offset: index as u32, limit: 1, ..self.query.get() };
            let day = here().today.get();
            let item = offline().book().and_then(|book| book.borrow().clients(&query, day).items.pop());
            item.map_or_else(|| ().into_any(), |item| here().company.with(|company| client_row(&item, Seen { today: day, company, near: query.near })))
        };
        let rows = move || match page.get().1 {
            0 => self.nothing(),
            _ => view! { <VirtualList count=Signal::derive(move || page.get().1 as usize) label=list_name(self.stage) row=Callback::new(row) /> }.into_any(),
        };
        let empty = Memo::new(move |_| page.get().1 == 0);
        view! {
            {move || chips(&self.query.get(), page.get().0)}
            {move || self.tools(&self.query.get(), page.get().1)}
            <div class="list-body">{move || { empty.track(); untrack(rows) }}</div>
        }
        .into_any()
    }

    fn from_server(self, page: &ClientPage) -> AnyView {
        let query = self.query.get_untracked();
        let rows = if page.items.is_empty() {
            self.nothing()
        } else {
            view! { <Rows label=list_name(self.stage)>{rows(&page.items, query.near)}</Rows> }.into_any()
        };
        view! {
            {chips(&query, page.counts)}
            {self.tools(&query, page.total)}
            <div class="list-body">{rows}</div>
            {pager(&query, page)}
        }
        .into_any()
    }

    /// What is shown in which order, and the ways to change both.
    pub fn tools(self, query: &ClientQuery, total: u32) -> AnyView {
        let narrowed = query::narrowed(query);
        let filter = if narrowed == 0 { "Filter".to_owned() } else { ["Filter · ", &narrowed.to_string()].concat() };
        let order = match query.sort {
            Sort::Due => "by due date",
            Sort::Name => "by name",
            Sort::Distance => "by distance",
        };
        view! {
            <div class="list-tools">
                <span role="status">{[&counted(total, self.stage), " ", order].concat()}</span>
                <Button look=Look::Plain small=true glyph=Glyph::Sort on_press=move || self.sort_open.set(true)>"Sort"</Button>
                <Button look=Look::Plain small=true glyph=Glyph::Filter on_press=move || self.filters_open.set(true)>{filter}</Button>
            </div>
        }
        .into_any()
    }

    /// The question, its answer, and how to ask again.
    pub fn asked(self) -> Asked<ClientPage> {
        self.asked
    }

    /// Nothing to list, and what to do about it.
    pub fn nothing(self) -> AnyView {
        let query = self.query.get_untracked();
        let plain = ClientQuery { stage: Some(self.stage), limit: query.limit, ..ClientQuery::default() };
        let all = list_path(self.stage);
        if query == plain {
            let words = ["Add the first ", one(self.stage), ", or ask for yours to be brought in."].concat();
            let add = here().may(Right::EditClients).then(|| [all, "/new"].concat());
            let add = add.map(|href| view! { <ButtonLink href glyph=Glyph::Plus>"New"</ButtonLink> });
            return view! { <Empty glyph=Glyph::Clients title=["No ", one(self.stage), "s yet"].concat() words=words>{add}</Empty> }.into_any();
        }
        let text = self.text;
        view! {
            <Empty glyph=Glyph::Search title="Nothing matches" words="Try fewer words, another light, or no filter.">
                <ButtonLink href=all look=Look::Quiet on:click=move |_| text.set(String::new())>"Show all"</ButtonLink>
            </Empty>
        }
        .into_any()
    }
}

/// The rows of a page from the server.
fn rows(items: &[ClientItem], near: Option<Position>) -> AnyView {
    let here = here();
    let (today, company) = (here.day(), here.settings());
    let row = |item| view! { <li>{client_row(item, Seen { today, company: &company, near })}</li> };
    items.iter().map(row).collect::<Vec<_>>().into_any()
}

/// One chip per light with its count under all other filters.
pub fn chips(query: &ClientQuery, counts: LightCounts) -> AnyView {
    let link = |light: Option<Light>, mark: Option<LightKind>, count: u32| {
        let address = href(&ClientQuery { light, offset: 0, ..query.clone() });
        let count = count.to_string();
        let current = query.light == light;
        match mark {
            None => view! { <ChipLink href=address current label="All" count /> }.into_any(),
            Some(light) => view! { <ChipLink href=address current light count /> }.into_any(),
        }
    };
    let each = Light::ALL.map(|light| link(Some(light), Some(kind(light)), counts.of(light)));
    view! { <Chips label="Lights">{link(None, None, counts.all)} {each.into_iter().collect_view()}</Chips> }.into_any()
}

/// `214 clients`.
#[must_use]
pub fn counted(total: u32, stage: Stage) -> String {
    let plural = if total == 1 { "" } else { "s" };
    [&crate::words::thousands(total), " ", one(stage), plural].concat()
}

/// From page to page of the server's list; nothing when there is one page only.
pub fn pager(query: &ClientQuery, page: &ClientPage) -> Option<AnyView> {
    let (from, shown) = (query.offset, page.items.len() as u32);
    let more = from + shown < page.total;
    if from == 0 && !more {
        return None;
    }
    let at = |offset| href(&ClientQuery { offset, ..query.clone() });
    let words = [&crate::words::thousands(from + 1), "–", &crate::words::thousands(from + shown), " of ", &crate::words::thousands(page.total)].concat();
    let prev = (from > 0).then(|| at(from.saturating_sub(query.limit)));
    let next = more.then(|| at(from + query.limit));
    Some(view! { <Pager words prev next /> }.into_any())
}

/// The position stays on the phone: the server orders by due date instead.
fn for_server(mut query: ClientQuery) -> ClientQuery {
    query.near = None;
    if query.sort == Sort::Distance {
        query.sort = Sort::Due;
    }
    query
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
