//! The warning that a client being entered may exist already, shown while its name is typed.

use super::api;
use crate::offline::offline;
use domain::clients::duplicates::Duplicate;
use domain::ids::ClientId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The warning; empty while nothing is alike.
pub fn duplicates(name: RwSignal<String>, town: RwSignal<String>, except: Option<ClientId>) -> AnyView {
    let found = RwSignal::new(Vec::<Duplicate>::new());
    let first = name.get_untracked();
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        timer.flatten().inspect(TimeoutHandle::clear);
        let (typed, town) = (name.get(), town.get_untracked());
        if typed.trim().chars().count() < 3 || typed == first {
            found.set(Vec::new());
            return None;
        }
        if let Some(book) = offline().book() {
            found.set(book.borrow().duplicates(&typed, except));
        }
        // the server also knows what other reps look after
        let look = move || {
            spawn_local(async move {
                if let Ok(mut all) = api::clients_duplicates(typed.clone(), town).await
                    && name.try_get_untracked().as_ref() == Some(&typed)
                {
                    all.retain(|one| Some(one.id) != except);
                    found.set(all);
                }
            });
        };
        set_timeout_with_handle(look, Duration::from_millis(400)).ok()
    });
    let shown = move || {
        let all = found.get();
        (!all.is_empty()).then(|| {
            let rows: Vec<_> = all.into_iter().map(one).collect();
            view! { <p>"This may be here already"</p> {rows} }
        })
    };
    view! { <div class="dupes" role="status" hidden=move || found.with(Vec::is_empty)>{shown}</div> }.into_any()
}

fn one(duplicate: Duplicate) -> AnyView {
    let Duplicate { id, name, town, rep_name, in_scope } = duplicate;
    let place = super::row::dotted([town.as_deref(), rep_name.as_deref()]);
    let words = view! { <span>{name}<span class="dupe__place">{place}</span></span> };
    if in_scope {
        let href = ["/clients/", &id.to_string()].concat();
        view! { <a class="dupe" href=href>{words}</a> }.into_any()
    } else {
        view! { <div class="dupe">{words}</div> }.into_any()
    }
}
