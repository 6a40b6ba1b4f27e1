//! The account and this device: what waits, installing, the theme, signing out.

use super::api::PeopleSignOut;
use super::theme;
use crate::head::Head;
use crate::offline::offline;
use crate::session::here;
use crate::ui::{Avatar, Button, Glyph, Look, Menu, MenuButton, MenuLink, Section, Segmented, Sheet};
use crate::words::thousands;
use domain::people::Right;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

/// The page.
#[must_use]
pub fn more_page() -> AnyView {
    let here = here();
    let caller = here.caller.get_untracked();
    let company = here.company();
    let branch = caller.branch.and_then(|id| company.branch_name(id)).map(str::to_owned);
    let role = crate::clients::row::dotted([Some(caller.role.name()), branch.as_deref(), Some(company.name.as_str())]);
    view! {
        {Head::new("More").view()}
        <div class="page page--narrow">
            <div class="settings">
                <div class="settings__me card">
                    <Avatar name=caller.name.clone() />
                    <div>
                        <p class="strong">{caller.name.clone()}</p>
                        <p class="muted small">{caller.email.clone()}</p>
                        <p class="muted small">{role}</p>
                    </div>
                </div>
                {this_device()}
                <Section title="Figures">
                    <Menu>
                        {inbox()}
                        <MenuLink href=crate::reports::PATH glyph=Glyph::Star label="Reports" sub=Signal::stored("Views of the figures kept by name".to_owned()) />
                        <MenuLink href=crate::kpis::PATH glyph=Glyph::Chart label="KPIs" sub=Signal::stored("Sales, profit, products and customers in charts".to_owned()) />
                    </Menu>
                </Section>
                {office()}
                <Section title="Look">{look()}</Section>
                <Section title="Fieldlight">
                    <Menu>
                        <MenuLink href="/gallery" glyph=Glyph::Star label="Gallery" sub=Signal::stored("Every component in every state".to_owned()) />
                    </Menu>
                    <p class="muted small">{["Version ", env!("CARGO_PKG_VERSION")].concat()}</p>
                </Section>
                {sign_out()}
            </div>
        </div>
    }
    .into_any()
}

/// With the number of what is not read, once it is known.
fn inbox() -> AnyView {
    let unread = RwSignal::new(String::new());
    Effect::new(move |first: Option<()>| {
        if first.is_none() {
            spawn_local(async move {
                // without the server there is no number, and the page of the inbox says why
                let words = crate::reports::inbox_unread().await.ok().filter(|n| *n > 0).map(|n| [&n.to_string(), " new"].concat());
                let _ = unread.try_set(words.unwrap_or_default());
            });
        }
    });
    let sub = Signal::stored("Reports that were made for you".to_owned());
    view! { <MenuLink href=crate::reports::INBOX glyph=Glyph::Mail label="Inbox" sub end=unread /> }.into_any()
}

/// For those who look after a team.
fn office() -> Option<AnyView> {
    here().may(Right::SetTargets).then(|| {
        let sub = Signal::stored("Imports, budgets, calendar, settings".to_owned());
        view! { <Section title="Company"><Menu><MenuLink href=crate::office::PATH glyph=Glyph::Settings label="Office" sub /></Menu></Section> }.into_any()
    })
}

fn this_device() -> AnyView {
    let offline = offline();
    let (installable, update) = (offline.installable(), offline.update_ready());
    let stored = move || {
        offline.revision().track();
        let counts = offline.book().map(|book| book.borrow().counts());
        counts.map_or_else(
            || "Works while the server can be reached".to_owned(),
            |n| [&thousands(n.clients as u32), " clients, ", &thousands(n.visits as u32), " visits are on this phone"].concat(),
        )
    };
    view! {
        <Section title="This device">
            <Menu>
                <MenuLink href="/outbox" glyph=Glyph::Sync label="What is sent and what waits" sub=Signal::derive(move || offline.state().get().words()) />
                <MenuButton glyph=Glyph::Download label="Send and load now" sub=Signal::derive(stored) on_press=move || offline.sync_now() />
                <Show when=move || installable.get()>
                    <MenuButton glyph=Glyph::Phone label="Install on this device" sub=Signal::stored("Starts at once, with or without a network".to_owned()) on_press=move || offline.install_prompt() />
                </Show>
                <Show when=move || update.get()>
                    <MenuButton glyph=Glyph::Upload label="New version ready" sub=Signal::stored("Loads the page anew; what waits stays".to_owned()) on_press=move || offline.apply_update() />
                </Show>
            </Menu>
        </Section>
    }
    .into_any()
}

fn look() -> AnyView {
    let value = RwSignal::new("system".to_owned());
    Effect::new(move |first: Option<()>| {
        if first.is_none() {
            value.set(theme::chosen().unwrap_or("system").to_owned());
        }
    });
    Effect::watch(
        move || value.get(),
        |theme, before, _| {
            if before.is_some() {
                theme::choose(theme)
            }
        },
        false,
    );
    view! { <Segmented name="theme" legend="Theme" options=vec![("system", "System"), ("light", "Light"), ("dark", "Dark")] value hide_legend=true /> }.into_any()
}

/// A plain form; where the script runs it first warns about what is not sent, and forgets who worked here.
fn sign_out() -> AnyView {
    let offline = offline();
    let form = NodeRef::<leptos::html::Form>::new();
    let asking = RwSignal::new(false);
    let leave = move || {
        spawn_local(async move {
            offline.leave().await;
            crate::kpis::forget().await;
            if let Some(form) = form.try_get_untracked().flatten() {
                // the form is in the document and has no name that hides the method
                let _ = form.submit();
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if offline.unsent().get_untracked() > 0 { asking.set(true) } else { leave() }
    };
    let unsent = move || {
        let n = offline.unsent().get();
        let what = if n == 1 { " entry is" } else { " entries are" };
        [&n.to_string(), what, " only on this phone. They stay here and are sent when you sign in again on this device."].concat()
    };
    view! {
        <form method="post" action=PeopleSignOut::url() on:submit=submit node_ref=form>
            <Button look=Look::Quiet submit=true wide=true glyph=Glyph::SignOut>"Sign out"</Button>
        </form>
        <Sheet open=asking title="Not everything is sent">
            <div class="stack">
                <p>{unsent}</p>
                <Button wide=true on_press=move || asking.set(false)>"Stay signed in"</Button>
                <Button look=Look::Danger wide=true on_press=leave>"Sign out anyway"</Button>
            </div>
        </Sheet>
    }
    .into_any()
}
