//! What every form has: fields with their errors, a draft that survives a reload, and the way into the outbox.

use crate::notice::notices;
use crate::offline::{Phase, SubmitError, offline};
use crate::ui::focus_first_error;
use domain::Rejections;
use domain::changes::Change;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// A form being filled in.
#[derive(Clone, Copy)]
pub struct Form {
    key: StoredValue<String>,
    fields: StoredValue<Vec<(&'static str, RwSignal<String>)>>,
    wrong: RwSignal<Rejections>,
    failed: RwSignal<Option<String>>,
    /// Whether it is being saved.
    pub busy: RwSignal<bool>,
}

impl Form {
    /// An empty form; its draft is kept under `key`.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: StoredValue::new(key.into()),
            fields: StoredValue::default(),
            wrong: RwSignal::new(Rejections::default()),
            failed: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// A field named as in the domain's rejections.
    pub fn field(self, name: &'static str, value: impl Into<String>) -> RwSignal<String> {
        let signal = RwSignal::new(value.into());
        self.fields.update_value(|fields| fields.push((name, signal)));
        signal
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(self, name: &'static str) -> Signal<Option<String>> {
        let wrong = self.wrong;
        Signal::derive(move || wrong.with(|wrong| wrong.for_field(name).map(str::to_owned)))
    }

    /// What is wrong beside the fields shown.
    #[must_use]
    pub fn message(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let rest = self.wrong.with(|wrong| {
                let shown = |field: &str| self.fields.with_value(|fields| fields.iter().any(|(name, _)| *name == field));
                let rest: Vec<&str> = wrong.0.iter().filter(|r| !shown(&r.field)).map(|r| r.message.as_str()).collect();
                rest.join(" ")
            });
            self.failed.get().or(Some(rest).filter(|rest| !rest.is_empty()))
        })
    }

    /// Shows what the rule refused, and puts the cursor there.
    pub fn refuse(self, wrong: Rejections) {
        self.failed.set(None);
        self.wrong.set(wrong);
        focus_first_error();
    }

    /// Brings back what was typed before a reload, and keeps what is typed from now on.
    pub fn keep_draft(self) {
        let offline = offline();
        let restored = StoredValue::new(false);
        // read without following: the form must not be built anew with every letter
        let before = untrack(|| self.text());
        Effect::new(move || {
            // whoever leaves at once leaves nothing behind
            let leaving = window_event_listener_untyped("pagehide", move |_| {
                if restored.try_get_value() == Some(true) {
                    let text = untrack(|| self.text());
                    self.key.try_with_value(|key| offline.save_draft(key, &text)).unwrap_or_default();
                }
            });
            on_cleanup(move || leaving.remove());
        });
        Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
            timer.flatten().inspect(TimeoutHandle::clear);
            let text = self.text();
            if matches!(offline.phase().get(), Phase::Closed | Phase::Opening) {
                return None;
            }
            if !restored.get_value() {
                restored.set_value(true);
                if text == before
                    && let Some(draft) = self.key.with_value(|key| offline.draft(key))
                {
                    self.fill(&draft);
                }
                return None;
            }
            // the form may be gone by then
            let save = move || self.key.try_with_value(|key| offline.save_draft(key, &text)).unwrap_or_default();
            set_timeout_with_handle(save, Duration::from_millis(250)).ok()
        });
    }

    /// Sends a change; `then` follows once it is safe on this device.
    pub fn send(self, change: Change, said: &'static str, then: impl FnOnce() + 'static) {
        let offline = offline();
        self.sent(Box::pin(async move { offline.submit(change).await.map(drop) }), said, Box::new(then));
    }

    /// As [`Form::send`], for anything that ends like a submission.
    pub fn sent(
        self,
        saving: std::pin::Pin<Box<dyn Future<Output = Result<(), SubmitError>>>>,
        said: &'static str,
        then: Box<dyn FnOnce()>,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        self.wrong.set(Rejections::default());
        // what is saved may redraw the page at once: nothing of the form can be read after it
        let (notices, offline, key) = (notices(), offline(), self.key.get_value());
        spawn_local(async move {
            let saved = saving.await;
            self.busy.set(false);
            match saved {
                Ok(()) => {
                    offline.drop_draft(&key);
                    notices.say(said);
                    then();
                }
                Err(SubmitError::Rejected(wrong)) => self.refuse(wrong),
                Err(other) => self.failed.set(Some(other.words())),
            }
        });
    }

    fn text(self) -> String {
        let values: Vec<(&str, String)> =
            self.fields.with_value(|fields| fields.iter().map(|(name, value)| (*name, value.get())).collect());
        serde_json::to_string(&values).unwrap_or_default()
    }

    fn fill(self, draft: &str) {
        let Ok(values) = serde_json::from_str::<Vec<(String, String)>>(draft) else { return };
        self.fields.with_value(|fields| {
            for (name, value) in values {
                if let Some((_, signal)) = fields.iter().find(|(field, _)| *field == name) {
                    signal.set(value);
                }
            }
        });
    }
}

/// A sheet's switch that follows what it is open for, and empties that when it closes.
#[must_use]
pub fn opened_by<T: Send + Sync + 'static>(what: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(what.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            what.set(None);
        }
        now
    });
    open
}
