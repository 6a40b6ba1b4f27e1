//! What waits on this phone and what needs attention: edit and send again, or discard.

use super::mend::mend;
use crate::form::opened_by;
use crate::head::Head;
use crate::notice::notices;
use crate::offline::{QueuedState, QueuedView, offline};
use crate::session::here;
use crate::ui::{Button, Empty, Glyph, Icon, Look, Sheet};
use crate::words::moment;
use domain::ids::EntryId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
#[must_use]
pub fn outbox_page() -> AnyView {
    let offline = offline();
    let entries = offline.entries();
    let mending = RwSignal::new(None::<QueuedView>);
    let discarding = RwSignal::new(None::<EntryId>);
    let list = move || {
        let all = entries.get();
        if all.is_empty() {
            return view! { <Empty glyph=Glyph::Check title="All sent" words="Everything made on this phone is on the server." /> }
                .into_any();
        }
        let (attention, waiting): (Vec<_>, Vec<_>) = all.into_iter().partition(|entry| entry.state.needs_attention());
        let show = |entries: Vec<QueuedView>| entries.into_iter().map(|view| entry(view, mending, discarding)).collect::<Vec<_>>();
        view! { <ol class="outbox" role="list">{show(attention)} {show(waiting)}</ol> }.into_any()
    };
    view! {
        {Head::new("Outbox").sub(Signal::derive(move || offline.state().get().words())).back("/more", "More").view()}
        <div class="page page--narrow">
            {list}
            <div class="cluster"><Button look=Look::Quiet glyph=Glyph::Sync on_press=move || offline.sync_now()>"Send now"</Button></div>
        </div>
        {mend_sheet(mending)}
        {discard_sheet(discarding)}
    }
    .into_any()
}

fn entry(view: QueuedView, mending: RwSignal<Option<QueuedView>>, discarding: RwSignal<Option<EntryId>>) -> AnyView {
    let here = here();
    let when = here.with_company(|company| moment(view.made_at, here.day(), company));
    let (class, glyph, state) = match &view.state {
        QueuedState::Waiting => ("entry entry--waiting", Glyph::Phone, "on this phone"),
        QueuedState::Sending => ("entry entry--sending", Glyph::Sync, "on its way"),
        _ => ("entry entry--attention", Glyph::Warn, "needs attention"),
    };
    let reason = match &view.state {
        QueuedState::Refused(rejections) => Some(rejections.to_string()),
        QueuedState::Failing(reference) => {
            Some(["The server failed on it five times. Send it again later, or pass on the reference ", reference, "."].concat())
        }
        QueuedState::Dependent => Some("It belongs to an entry above that needs attention, and follows it.".to_owned()),
        _ => None,
    };
    let id = view.id;
    let title = crate::clients::row::dotted([Some(view.what.as_str()), Some(view.about.as_str())]);
    let own = matches!(view.state, QueuedState::Refused(_) | QueuedState::Failing(_));
    let acts = own.then(|| {
        let edit = view.change.is_some().then(|| {
            let again = view.clone();
            view! { <Button small=true glyph=Glyph::Edit on_press=move || mending.set(Some(again.clone()))>"Edit and send again"</Button> }
        });
        view! {
            <div class="entry__acts">
                {edit}
                <Button look=Look::Danger small=true glyph=Glyph::Trash on_press=move || discarding.set(Some(id))>"Discard"</Button>
            </div>
        }
    });
    view! {
        <li class=class>
            <Icon glyph />
            <span class="entry__what">{title}</span>
            <span class="entry__when">{when}</span>
            <span class="entry__state">{state}</span>
            {reason.map(|words| view! { <p class="entry__reason">{words}</p> })}
            {acts}
        </li>
    }
    .into_any()
}

fn mend_sheet(mending: RwSignal<Option<QueuedView>>) -> AnyView {
    let open = opened_by(mending);
    let title = Signal::derive(move || mending.with(|entry| entry.as_ref().map(|entry| entry.what.clone()).unwrap_or_default()));
    view! { <Sheet open title>{mending.get_untracked().map(|entry| mend(&entry, open))}</Sheet> }.into_any()
}

fn discard_sheet(discarding: RwSignal<Option<EntryId>>) -> AnyView {
    let open = opened_by(discarding);
    let (offline, notices) = (offline(), notices());
    let discard = move || {
        let Some(id) = discarding.get_untracked() else { return };
        open.set(false);
        spawn_local(async move {
            let words = match offline.discard(id).await {
                Ok(()) => "Discarded".to_owned(),
                Err(error) => error.words(),
            };
            notices.say(words);
        });
    };
    view! {
        <Sheet open title="Discard it?">
            <div class="stack">
                <p>"It was never taken in by the server and will be gone, with the entries that stand on it."</p>
                <Button look=Look::Danger wide=true on_press=discard>"Discard"</Button>
                <Button look=Look::Quiet wide=true on_press=move || open.set(false)>"Keep it"</Button>
            </div>
        </Sheet>
    }
    .into_any()
}
