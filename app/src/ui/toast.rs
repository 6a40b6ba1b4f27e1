//! A short notice after something was done, with one thing to do about it.

use std::time::Duration;

use leptos::prelude::*;

use super::{Button, Glyph, IconButton, Look};

/// What was done.
#[derive(Clone, Debug)]
pub struct Notice {
    words: String,
    action: Option<(String, Callback<()>)>,
}

impl Notice {
    /// Words only: gone after six seconds.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), action: None }
    }

    /// With a button, which gives it twelve seconds.
    #[must_use]
    pub fn with_action(mut self, label: impl Into<String>, act: impl Fn() + Send + Sync + 'static) -> Self {
        self.action = Some((label.into(), Callback::from(act)));
        self
    }

    const fn shown_for(&self) -> Duration {
        Duration::from_secs(if self.action.is_some() { 12 } else { 6 })
    }
}

/// Where notices appear: once, in the frame. Writing the signal shows one.
#[component]
pub fn Toast(
    /// The notice shown now.
    notice: RwSignal<Option<Notice>>,
) -> impl IntoView {
    Effect::new(move |before: Option<Option<TimeoutHandle>>| {
        before.flatten().inspect(TimeoutHandle::clear);
        let shown_for = notice.with(|notice| notice.as_ref().map(Notice::shown_for))?;
        set_timeout_with_handle(move || notice.set(None), shown_for).ok()
    });
    view! {
        <div class="toasts" role="status">
            {move || notice.get().map(|shown| content(shown, notice))}
        </div>
    }
}

fn content(shown: Notice, notice: RwSignal<Option<Notice>>) -> AnyView {
    let act = move |run: Callback<()>| {
        notice.set(None);
        run.run(());
    };
    let end = match shown.action {
        Some((label, run)) => view! { <Button look=Look::Plain small=true on_press=move || act(run)>{label}</Button> }.into_any(),
        None => view! { <IconButton glyph=Glyph::Close label="Dismiss" on_press=move || notice.set(None) /> }.into_any(),
    };
    view! { <div class="toast"><span>{shown.words}</span>{end}</div> }.into_any()
}
