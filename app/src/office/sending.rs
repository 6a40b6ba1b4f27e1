//! A form of the office on its way: sent by the script, or as a plain form before it runs; what is refused stands beside its field.

use crate::notice::notices;
use crate::problem::Problem;
use crate::session::{Settings, here};
use crate::ui::focus_first_error;
use domain::Rejections;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// What became of a form: done, or what is wrong with it, by field.
pub type Outcome<T> = Result<T, Rejections>;

/// A form being sent.
#[derive(Clone, Copy)]
pub struct Sending {
    wrong: RwSignal<Rejections>,
    failed: RwSignal<Option<String>>,
    shown: StoredValue<Vec<String>>,
    /// Whether it is under way.
    pub busy: RwSignal<bool>,
}

impl Sending {
    /// Nothing sent yet; `name` tells the forms of one page apart where the browser comes back from a plain one.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        let query = use_query_map();
        let asked = |param: &str| query.with_untracked(|query| query.get(param));
        let refused = asked("refused").filter(|_| asked("form").is_none_or(|form| form == name));
        Self {
            wrong: RwSignal::new(Rejections::default()),
            failed: RwSignal::new(refused),
            shown: StoredValue::default(),
            busy: RwSignal::new(false),
        }
    }

    /// All that is wrong with a field, a line each.
    #[must_use]
    pub fn error(self, field: impl Into<String>) -> Signal<Option<String>> {
        let field = field.into();
        self.shown.update_value(|shown| shown.push(field.clone()));
        Signal::derive(move || {
            let all = self.wrong.with(|wrong| {
                let of_it: Vec<&str> = wrong.0.iter().filter(|r| r.field == field).map(|r| r.message.as_str()).collect();
                of_it.join("\n")
            });
            (!all.is_empty()).then_some(all)
        })
    }

    /// What is wrong beside the fields shown.
    #[must_use]
    pub fn message(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let rest = self.wrong.with(|wrong| {
                let shown = |field: &String| self.shown.with_value(|shown| shown.contains(field));
                let rest: Vec<&str> = wrong.0.iter().filter(|r| !shown(&r.field)).map(|r| r.message.as_str()).collect();
                rest.join(" ")
            });
            self.failed.get().or(Some(rest).filter(|rest| !rest.is_empty()))
        })
    }

    /// Sends; `then` follows with the answer once it is done.
    pub fn send<T: 'static>(self, asking: impl Future<Output = Result<Outcome<T>, Problem>> + 'static, then: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        self.wrong.set(Rejections::default());
        // what follows finds the page's contexts as the press did
        let owner = Owner::current().unwrap_or_default();
        spawn_local(async move {
            let answer = asking.await;
            // whoever has left the page meanwhile is told nothing
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Ok(done)) => owner.with(|| then(done)),
                Ok(Err(wrong)) => {
                    self.wrong.set(wrong);
                    focus_first_error();
                }
                Err(problem) => self.failed.set(Some(problem.words())),
            }
        });
    }

    /// As [`Sending::send`], with words that say it is done.
    pub fn save<T: 'static>(
        self,
        asking: impl Future<Output = Result<Outcome<T>, Problem>> + 'static,
        said: &'static str,
        then: impl FnOnce(T) + 'static,
    ) {
        let notices = notices();
        self.send(asking, move |done| {
            notices.say(said);
            then(done);
        });
    }
}

/// The settings every screen stands on are read again: they have changed.
pub fn settings_changed() {
    let here = here();
    spawn_local(async move {
        if let Ok(company) = crate::company::api::company_now().await {
            let _ = here.settings.try_set(Settings::known(Arc::new(company)));
        }
    });
}

/// Says that a plain form was saved, where the browser comes back from one.
#[must_use]
pub fn saved() -> Option<AnyView> {
    let query = use_query_map();
    query
        .with_untracked(|query| query.get("saved"))
        .map(|_| view! { <crate::ui::Banner kind=crate::ui::BannerKind::Good>"Saved"</crate::ui::Banner> }.into_any())
}
