//! Which screen stands at which address, and for whom.

use crate::clients::list;
use crate::fault::{no_server, not_found};
use crate::later::{self, Loading, loaded};
use crate::people::{password, sign_in};
use crate::session::{Session, Standing};
use crate::ui::Bare;
use crate::{chrome, today};
use domain::clients::Stage;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Redirect, Route};
use leptos_router::hooks::use_location;
use leptos_router::{ChooseView, SsrMode, path};

/// Whether this is the server: what stands behind it is not in the browser's file.
const SERVER: bool = cfg!(not(target_arch = "wasm32"));

/// The screens of whoever is there.
pub fn screens(session: &Session) -> AnyView {
    match &session.standing {
        Standing::In(account) => {
            let rep = account.caller.has_book();
            chrome::frame(session, account, Box::new(move || pages(rep)))
        }
        // plain forms, which need no script: a browser carries no code for them
        Standing::Out if SERVER => {
            let demo = session.demo;
            view! { <Bare>{signed_out(demo)}</Bare> }.into_any()
        }
        // the server lists the routes before there is any request
        Standing::Away if SERVER => pages(true),
        Standing::Out | Standing::Away => view! { <main id="main">{no_server()}</main> }.into_any(),
    }
}

/// Without a session there are two screens: the sign-in form at any address, and the one-time link.
fn signed_out(demo: bool) -> AnyView {
    let path = use_location().pathname.get_untracked();
    match path.strip_prefix("/set-password/") {
        Some(token) => password::password_page(token.to_owned()),
        None => sign_in::sign_in_page(demo),
    }
}

/// A screen, here at once or in a file of its own: one type for all of them.
#[derive(Clone, Copy)]
struct Screen(fn() -> Loading);

impl ChooseView for Screen {
    async fn choose(self) -> AnyView {
        loaded((self.0)().await)
    }

    async fn preload(&self) {}
}

/// A screen of the main file.
fn here(screen: AnyView) -> Loading {
    Box::pin(std::future::ready(Ok(Box::new(move || screen) as Box<dyn FnOnce() -> AnyView>)))
}

/// A rep's lists come from the Book; a team's are tables on a desk, in a file of their own.
fn pages(rep: bool) -> AnyView {
    const ASYNC: SsrMode = SsrMode::Async;
    let lists: [Screen; 2] = if rep {
        [Screen(|| here(list::list_page(Stage::Client))), Screen(|| here(list::list_page(Stage::Prospect)))]
    } else {
        [Screen(|| Box::pin(later::desk_clients())), Screen(|| Box::pin(later::desk_prospects()))]
    };
    view! {
        <FlatRoutes fallback=not_found>
            <Route path=path!("/") view=Screen(|| here(today::page::today_page())) ssr=ASYNC />
            <Route path=path!("/clients") view={lists[0]} ssr=ASYNC />
            <Route path=path!("/prospects") view={lists[1]} ssr=ASYNC />
            <Route path=path!("/clients/new") view=Screen(|| Box::pin(later::new_client())) ssr=ASYNC />
            <Route path=path!("/prospects/new") view=Screen(|| Box::pin(later::new_prospect())) ssr=ASYNC />
            <Route path=path!("/clients/:id") view=Screen(|| Box::pin(later::client_card())) ssr=ASYNC />
            <Route path=path!("/prospects/:id") view=Screen(|| Box::pin(later::prospect_card())) ssr=ASYNC />
            <Route path=path!("/clients/:id/edit") view=Screen(|| Box::pin(later::edit_client())) ssr=ASYNC />
            <Route path=path!("/prospects/:id/edit") view=Screen(|| Box::pin(later::edit_prospect())) ssr=ASYNC />
            <Route path=path!("/visits") view=Screen(|| Box::pin(later::visits_page())) ssr=ASYNC />
            <Route path=path!("/visits/new") view=Screen(|| Box::pin(later::log_page())) ssr=ASYNC />
            <Route path=path!("/visits/:id") view=Screen(|| Box::pin(later::visit_page())) ssr=ASYNC />
            <Route path=path!("/targets") view=Screen(|| Box::pin(later::targets_page())) ssr=ASYNC />
            <Route path=path!("/more") view=Screen(|| Box::pin(later::more_page())) ssr=ASYNC />
            <Route path=path!("/outbox") view=Screen(|| Box::pin(later::outbox_page())) ssr=ASYNC />
            <Route path=path!("/gallery") view=Screen(|| Box::pin(later::gallery_page())) ssr=ASYNC />
            <Route path=path!("/office/*room") view=Screen(|| Box::pin(later::office_page())) ssr=ASYNC />
            <Route path=path!("/kpis/*view") view=Screen(|| Box::pin(later::kpis_page())) ssr=ASYNC />
            <Route path=path!("/reports/*room") view=Screen(|| Box::pin(later::reports_page())) ssr=ASYNC />
            <Route path=path!("/sign-in") view=Screen(|| here(home())) ssr=ASYNC />
            <Route path=path!("/set-password/:token") view=Screen(|| here(home())) ssr=ASYNC />
        </FlatRoutes>
    }
    .into_any()
}

/// Who is signed in has no use for the sign-in form.
fn home() -> AnyView {
    view! { <Redirect path="/" /> }.into_any()
}
