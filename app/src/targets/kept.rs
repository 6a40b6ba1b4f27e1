//! What is typed into the grid of budgets and not saved yet: kept on this device by year, through reloads and other pages, until it is saved or discarded.

use super::grid::{Grid, Typed};
use crate::notice::notices;
use crate::offline::{Phase, offline};
use crate::ui::{Banner, BannerKind};
use leptos::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cells that are kept.
#[derive(Clone, Copy)]
pub struct Kept {
    /// Whether any were brought back.
    brought: RwSignal<bool>,
    /// How many there are.
    count: StoredValue<Arc<AtomicUsize>>,
}

impl Kept {
    /// Brings back what was typed before, and keeps what is typed from now on; whoever leaves is told so.
    #[must_use]
    pub fn of(grid: Grid, year: i32) -> Self {
        let (offline, notices) = (offline(), notices());
        let (key, ready) = (["budgets ", &year.to_string()].concat(), StoredValue::new(false));
        let count = Arc::new(AtomicUsize::new(0));
        let kept = Self { brought: RwSignal::new(false), count: StoredValue::new(Arc::clone(&count)) };
        let counted = Arc::clone(&count);
        Effect::new(move |_| {
            let typed = grid.typed();
            counted.store(typed.len(), Ordering::Relaxed);
            if matches!(offline.phase().get(), Phase::Closed | Phase::Opening) {
                return;
            }
            let before: Vec<Typed> = if ready.get_value() { Vec::new() } else { read(&offline.draft(&key).unwrap_or_default()) };
            ready.set_value(true);
            if grid.type_in(before) > 0 {
                // what was said on leaving is over; this runs once more, now that they are typed in
                notices.say(String::new());
                return kept.brought.set(true);
            }
            match serde_json::to_string(&typed) {
                Ok(json) if !typed.is_empty() => offline.save_draft(&key, &json),
                _ => offline.drop_draft(&key),
            }
        });
        let guarded = Arc::clone(&count);
        Effect::new(move |_| {
            let guarded = Arc::clone(&guarded);
            // a browser that keeps nothing asks before it throws the page away
            let leaving = window_event_listener_untyped("beforeunload", move |event| {
                if guarded.load(Ordering::Relaxed) > 0 && ready.try_get_value() == Some(false) {
                    event.prevent_default();
                }
            });
            on_cleanup(move || leaving.remove());
        });
        on_cleanup(move || match count.load(Ordering::Relaxed) {
            0 => {}
            1 => notices.say("1 budget is not saved. It is kept here until you come back"),
            n => notices.say([&n.to_string(), " budgets are not saved. They are kept here until you come back"].concat()),
        });
        kept
    }

    /// All of it was saved: nobody who leaves now need be told.
    pub fn saved(self) {
        self.count.with_value(|count| count.store(0, Ordering::Relaxed));
    }

    /// Says that cells were brought back, while any of them is not saved.
    pub fn view(self, changed: Memo<usize>) -> AnyView {
        let shown = move || {
            let there = self.brought.get() && changed.get() > 0;
            there.then(|| view! { <Banner kind=BannerKind::Info>"Budgets you typed here before are not saved yet. Save or discard them."</Banner> })
        };
        view! { {shown} }.into_any()
    }
}

fn read(json: &str) -> Vec<Typed> {
    serde_json::from_str(json).unwrap_or_default()
}
