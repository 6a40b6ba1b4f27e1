//! The sheets over a list: what narrows it, and its order.

use super::api;
use super::list::List;
use super::query::href;
use crate::ask::ask;
use crate::notice::notices;
use crate::offline::{Book, PositionError, offline};
use crate::session::here;
use crate::sheets::sheets;
use crate::ui::{Button, CheckField, Choice, Glyph, Look, Menu, MenuButton, Skeleton};
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
#[must_use]
pub fn filter(list: List) -> AnyView {
    let navigate = use_navigate();
    let go = StoredValue::new(move |query: &ClientQuery| navigate(&href(query), leptos_router::NavigateOptions::default()));
    let now = Chosen::of(&list.query.get_untracked());
    let open = sheets().open;
    let show = move || {
        open.set(false);
        let query = list.query.get_untracked();
        go.with_value(|go| go(&now.apply(query)));
    };
    let clear = move || {
        open.set(false);
        let query = list.query.get_untracked();
        let plain = ClientQuery { stage: query.stage, text: query.text, light: query.light, sort: query.sort, ..ClientQuery::default() };
        go.with_value(|go| go(&plain));
    };
    view! {
        {fields(list.stage, now)}
        <div class="form__foot">
            <Button look=Look::Quiet on_press=clear>"Clear all"</Button>
            <Button on_press=show>"Show"</Button>
        </div>
    }
    .into_any()
}

fn fields(stage: Stage, chosen: Chosen) -> AnyView {
    let from_book = |book: &Book, stage: &Stage| Some(book.facets(Some(*stage)));
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
    let status =
        [(Status::Active, "Active"), (Status::Inactive, "Inactive")].map(|(status, words)| (status.code().to_owned(), words.to_owned()));
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
#[must_use]
pub fn sort(list: List) -> AnyView {
    let navigate = use_navigate();
    let go = StoredValue::new(move |query: &ClientQuery| navigate(&href(query), leptos_router::NavigateOptions::default()));
    let near = here().near;
    let notices = notices();
    let open = sheets().open;
    let order = move |sort: Sort| {
        open.set(false);
        let query = ClientQuery { sort, offset: 0, ..list.query.get_untracked() };
        go.with_value(|go| go(&query));
    };
    let offline = offline();
    let by_distance = move || {
        spawn_local(async move {
            match offline.position().await {
                Ok(fix) => {
                    near.set(Some(fix.position));
                    order(Sort::Distance);
                }
                Err(why) => notices.say(no_position(why)),
            }
        });
    };
    let has_book = here().has_book();
    view! {
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
