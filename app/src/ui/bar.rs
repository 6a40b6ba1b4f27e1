//! A bar that shows how far, with a mark where one should be by now.

use leptos::prelude::*;

/// The bar. Both figures are shares: 0 is nothing, 1 is all of it; outside that they stop at the end.
#[component]
pub fn Bar(
    /// How far.
    value: f64,
    /// How far one should be by now.
    #[prop(optional)]
    pace: Option<f64>,
    /// The same in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let pace = pace.map(|pace| {
        view! { <rect class="bar__pace" x=percent(pace) y="0" width="3" height="14" rx="1.5"></rect> }
    });
    view! {
        <svg class="bar" role="img" aria-label=label>
            <rect class="bar__track" y="3" width="100%" height="8" rx="4"></rect>
            <rect class="bar__value" y="3" width=percent(value) height="8" rx="4"></rect>
            {pace}
        </svg>
    }
}

fn percent(share: f64) -> String {
    let tenths = (share.clamp(0.0, 1.0) * 1000.0) as u32;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_a_percentage_that_stays_on_the_bar() {
        let said = [0.0, 0.683, 1.0, 1.7, -0.2].map(percent);
        assert_eq!(said, ["0.0%", "68.3%", "100.0%", "100.0%", "0.0%"]);
    }
}
