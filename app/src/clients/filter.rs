//! The sheets over a list: what narrows it, and its order.

use super::api;
use super::list::{List, Near};
use super::query::href;
use crate::ask::ask;
use crate::offline::{Book, PositionError, offline};
use crate::session::here;
use crate::ui::{Button, CheckField, Choice, Glyph, Look, Menu, MenuButton, Notice, Sheet, Skeleton};
use domain::clients::list::ClientFacets;
use domain::clients::{ClientQuery, Sort, Stage, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// The filters as they are being chosen.
#[derive(Clone, Copy)]
struct Chosen {
    segment: RwSignal<String>,
    tag: RwSignal<String>,
    town: RwSignal<String>,
    status: RwSignal<String>,
    archived: RwSignal<bool>,
}

impl Chosen {
    fn of(query: &ClientQuery) -> Self {
        let words = |value: &Option<String>| RwSignal::new(value.clone().unwrap_or_default());
        Self {
            segment: words(&query.segment),
            tag: words(&query.tag),
            town: words(&query.town),
            status: RwSignal::new(query.status.map(|status| status.code().to_owned()).unwrap_or_default()),
            archived: RwSignal::new(query.archived),
        }
    }

    fn apply(self, query: ClientQuery) -> ClientQuery {
        let word = |value: RwSignal<String>| Some(value.get_untracked()).filter(|word| !word.is_empty());
        ClientQuery {
            segment: word(self.segment),
            tag: word(self.tag),
            town: word(self.town),
            status: word(self.status).and_then(|code| Status::parse(&code)),
            archived: self.archived.get_untracked(),
            offset: 0,
            ..query
        }
    }
}

/// What narrows the list.
#[component]
pub fn FilterSheet(
    /// The list.
    list: List,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = StoredValue::new(move |query: &ClientQuery| navigate(&href(query), leptos_router::NavigateOptions::default()));
    let chosen = RwSignal::new(None::<Chosen>);
    let open = list.filters_open;
    let show = move || {
        open.set(false);
        let query = list.query.get_untracked();
        if let Some(chosen) = chosen.get_untracked() {
            go.with_value(|go| go(&chosen.apply(query)));
        }
    };
    let clear = move || {
        open.set(false);
        let query = list.query.get_untracked();
        let plain = ClientQuery { stage: query.stage, text: query.text, light: query.light, sort: query.sort, ..ClientQuery::default() };
        go.with_value(|go| go(&plain));
    };
    let fields = move || {
        let now = Chosen::of(&list.query.get_untracked());
        chosen.set(Some(now));
        fields(list.stage, now)
    };
    let foot = move || view! {
        <Button look=Look::Quiet on_press=clear>"Clear all"</Button>
        <Button on_press=show>"Show"</Button>
    };
    view! { <Sheet open title="Filter" foot>{fields()}</Sheet> }.into_any()
}

fn fields(stage: Stage, chosen: Chosen) -> AnyView {
    let from_book = |book: &Book, stage: &Stage, _| Some(book.facets(Some(*stage)));
    let facets = ask(Signal::stored(stage), from_book, |stage| Box::pin(api::clients_facets(stage)));
    let choices = move |facets: std::sync::Arc<ClientFacets>| {
        let list = |values: &[String]| Signal::stored(values.iter().map(|value| (value.clone(), value.clone())).collect::<Vec<_>>());
        view! {
            <Choice name="town" label="Town" value=chosen.town options=list(&facets.towns) empty="Any town" />
            <Choice name="segment" label="Segment" value=chosen.segment options=list(&facets.segments) empty="Any segment" />
            <Choice name="tag" label="Tag" value=chosen.tag options=list(&facets.tags) empty="Any tag" />
        }
        .into_any()
    };
    let status = [(Status::Active, "Active"), (Status::Inactive, "Inactive")].map(|(status, words)| (status.code().to_owned(), words.to_owned()));
    view! {
        <div class="form">
            {facets.view(|| view! { <Skeleton rows=3 /> }.into_any(), choices)}
            <Choice name="status" label="Status" value=chosen.status options=Signal::stored(status.to_vec()) empty="Any status" />
            <CheckField name="archived" label="Archived ones" checked=chosen.archived hint="Instead of those still worked with" />
        </div>
    }
    .into_any()
}

/// The list's order.
#[component]
pub fn SortSheet(
    /// The list.
    list: List,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = StoredValue::new(move |query: &ClientQuery| navigate(&href(query), leptos_router::NavigateOptions::default()));
    let near = expect_context::<Near>().0;
    let notice = expect_context::<RwSignal<Option<Notice>>>();
    let open = list.sort_open;
    let order = move |sort: Sort| {
        open.set(false);
        let query = ClientQuery { sort, offset: 0, ..list.query.get_untracked() };
        go.with_value(|go| go(&query));
    };
    let by_distance = move || {
        spawn_local(async move {
            match offline().position().await {
                Ok(fix) => {
                    near.set(Some(fix.position));
                    order(Sort::Distance);
                }
                Err(why) => notice.set(Some(Notice::new(no_position(why)))),
            }
        });
    };
    let has_book = here().has_book();
    view! {
        <Sheet open title="Sort">
            <Menu>
                <MenuButton glyph=Glyph::Clock label="Due date" on_press=move || order(Sort::Due) />
                <MenuButton glyph=Glyph::Sort label="Name" on_press=move || order(Sort::Name) />
                {has_book.then(|| view! {
                    <MenuButton
                        glyph=Glyph::Locate
                        label="Distance from here"
                        sub=Signal::stored("Your position stays on this phone".to_owned())
                        on_press=by_distance
                    />
                })}
            </Menu>
        </Sheet>
    }
    .into_any()
}

/// Why there is no position, and what to do.
#[must_use]
pub fn no_position(why: PositionError) -> &'static str {
    match why {
        PositionError::Denied => "Fieldlight may not read the position. Allow it in the browser’s settings for this site.",
        PositionError::Unavailable => "This device cannot tell where it is. Step outside or turn location on.",
        PositionError::Timeout => "No position within ten seconds. Try again under open sky.",
    }
}
