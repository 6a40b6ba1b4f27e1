//! What stands below a chart: the table behind it, how far its data goes, and its files.

use super::area::Area;
use crate::live::{live, no_act};
use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;

/// The foot; `class` is one more of its own.
pub fn foot(area: Area, class: &'static str, table: AnyView, files: AnyView) -> AnyView {
    let fresh = move || area.fresh(area.today);
    view! {
        <div class=["panel__foot ", class].concat()>
            {table}
            <div class="panel__files">
                <span>{fresh}</span>
                {files}
            </div>
        </div>
    }
    .into_any()
}

/// The table behind a chart, as long as it is `open`; `toggled` hears that somebody opened or closed it, and `pressed` what is pressed in it.
pub fn table(
    open: Signal<bool>,
    toggled: impl Fn(bool) + 'static,
    rows: Signal<String>,
    pressed: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    let toggle = move |event: Event| toggled(event_target::<web_sys::Element>(&event).has_attribute("open"));
    view! {
        <details class="panel__table" prop:open=open on:toggle=toggle>
            <summary>"Table"</summary>
            <div on:click=pressed>{live(rows, "", None, no_act)}</div>
        </details>
    }
    .into_any()
}
