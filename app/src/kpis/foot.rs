//! What stands below a chart: the table behind it, how far its data goes, and its files.

use super::area::Area;
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
