//! Parts of the application a first screen does not need: they lie in files of their own and are loaded when they are first shown.

use crate::ask::waiting;
use crate::markup::Markup;
use crate::people::more;
use crate::visits::check_in::CheckingIn;
use crate::{clients, contacts, sync, targets, visits};
use domain::clients::Stage;
use domain::ids::{ClientId, ContactId};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use std::pin::Pin;

/// A part that can be made, now that its file is there, or why it could not be loaded.
pub type Part = Result<Box<dyn FnOnce() -> AnyView>, SplitLoaderError>;
/// A part on its way.
pub type Loading = Pin<Box<dyn Future<Output = Part>>>;

macro_rules! parts {
    ($($chunk:ident: $name:ident($($arg:ident: $kind:ty),*) = $make:expr;)*) => {$(
        #[leptos::wasm_split::wasm_split($chunk, wasm_split_path = leptos::wasm_split, fallible)]
        pub fn $name($($arg: $kind),*) -> Part {
            if cfg!(not(target_arch = "wasm32")) {
                leptos::prefetch_lazy_fn_on_server(stringify!($chunk));
            }
            Ok(Box::new(move || $make))
        }
    )*};
}

// one file for what a rep does after the first screens, one for a team's desk, one for the office, one for the figures, one for the
// pipeline among them, one for reports and the inbox, one for the gallery
parts! {
    work: client_card() = clients::card::card_page(Stage::Client);
    work: prospect_card() = clients::card::card_page(Stage::Prospect);
    work: new_client() = clients::form::new_page(Stage::Client);
    work: new_prospect() = clients::form::new_page(Stage::Prospect);
    work: edit_client() = clients::form::edit_page(Stage::Client);
    work: edit_prospect() = clients::form::edit_page(Stage::Prospect);
    work: filter_sheet(list: clients::list::List) = clients::filter::filter(list);
    work: sort_sheet(list: clients::list::List) = clients::filter::sort(list);
    work: contact_sheet(client: ClientId, contact: Option<ContactId>) = contacts::form::sheet(client, contact);
    work: visits_page() = visits::list::visits_page();
    work: visit_page() = visits::page::visit_page();
    work: log_page() = visits::log::log_page();
    work: plan_sheet(client: ClientId) = visits::plan::plan(client);
    work: check_in_sheet(checking: CheckingIn) = visits::check_in_sheet::body(checking);
    work: targets_page() = targets::page::targets_page();
    work: more_page() = more::more_page();
    work: outbox_page() = sync::page::outbox_page();
    desk: desk_clients() = clients::desk::desk_page(Stage::Client);
    desk: desk_prospects() = clients::desk::desk_page(Stage::Prospect);
    office: office_page() = crate::office::office_page();
    kpis: kpis_page() = crate::kpis::kpis_page();
    why: why_room(area: crate::kpis::Area) = crate::kpis::why(area);
    why: worth_panel(area: crate::kpis::Area) = crate::kpis::worth(area);
    why: doubts_line(area: crate::kpis::Area, query: Memo<String>) = crate::kpis::doubts(area, query);
    pipeline: pipeline_room(area: crate::kpis::Area) = crate::opportunities::room::room(area);
    reports: reports_page() = crate::reports::reports_page();
    reports: report_sheet(of: crate::reports::Of) = crate::reports::sheet(of);
    gallery: gallery_page() = crate::gallery::Gallery().into_any();
}

/// A part in its place: a skeleton until its file is there.
pub fn later(loading: Loading) -> AnyView {
    placed(loading, waiting)
}

/// A part in its place as long as `shown` says so; `waiting` stands there before, and until its file is there.
pub fn there(shown: RwSignal<bool>, waiting: fn() -> AnyView, part: Box<dyn Fn() -> Loading + Send>) -> AnyView {
    view! { {move || if shown.get() { placed(part(), waiting) } else { waiting() }} }.into_any()
}

fn placed(loading: Loading, waiting: fn() -> AnyView) -> AnyView {
    let (part, ready) = (StoredValue::new_local(None::<AnyView>), RwSignal::new(false));
    spawn_local(ScopedFuture::new(async move {
        let made = loading.await;
        // the page may be gone by then, and what the part would be made of with it
        if ready.try_get_untracked().is_some() {
            part.set_value(Some(loaded(made)));
            ready.set(true);
        }
    }));
    view! {
        {move || if ready.get() {
            part.try_update_value(Option::take).flatten().unwrap_or_else(|| ().into_any())
        } else {
            waiting()
        }}
    }
    .into_any()
}

/// A part as a view: words where its file could not be loaded, never a blank.
pub fn loaded(part: Part) -> AnyView {
    part.map(|make| make()).unwrap_or_else(|_| {
        let mut m = Markup::default();
        let words = "This part of the application is not on this device yet. Check the network, then load the page again.";
        m.failure(words, "Go to Today", Some("/"));
        view! { <div class="page" inner_html=m.done()></div> }.into_any()
    })
}
