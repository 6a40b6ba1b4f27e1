//! What stands in for content that is on its way: the same shape, no spinner.

use leptos::prelude::*;

/// Rows of a list to come.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 6)]
    rows: usize,
) -> impl IntoView {
    let row = || view! { <div><i></i><i></i><i></i><i></i><i></i></div> };
    view! {
        <div class="skeleton card" role="status" aria-label="Loading">
            {(0..rows).map(|_| row()).collect_view()}
        </div>
    }
}

/// A card to come.
#[component]
pub fn SkeletonCard() -> impl IntoView {
    view! { <Skeleton rows=2 /> }
}
