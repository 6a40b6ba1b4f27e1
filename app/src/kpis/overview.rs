//! The rooms of the area: which panels stand in which.

use super::area::Area;
use super::filters::By;
use super::panel::{Panel, show};
use super::panels::{BRANCH_TREND, BRANCHES, CUMULATIVE, CUSTOMERS, GROUPS, HEAT, LINES, LOYALTY, PARETO, PRODUCTS, REPS, TREND};
use super::tiles::tiles;
use super::why;
use super::worth;
use crate::session::here;
use crate::ui::Segmented;
use leptos::prelude::*;

/// A room: its address under the area's, its name, and its panels.
pub struct Room {
    /// The end of its address.
    pub path: &'static str,
    /// For people.
    pub name: &'static str,
    panels: &'static [&'static Panel],
    /// Whether a ranking is in it.
    ranks: bool,
}

/// The rooms, the first at the area's own address.
pub static ROOMS: [Room; 6] = [
    Room { path: "", name: "Overview", panels: &[&TREND, &CUMULATIVE, &BRANCHES, &LINES], ranks: true },
    Room { path: "people", name: "Salespeople", panels: &[&REPS, &TREND, &LINES, &CUSTOMERS], ranks: true },
    Room { path: "products", name: "Products", panels: &[&PARETO, &LINES, &GROUPS, &PRODUCTS], ranks: true },
    Room { path: "branches", name: "Branches", panels: &[&BRANCHES, &HEAT, &BRANCH_TREND], ranks: true },
    Room { path: "customers", name: "Customers", panels: &[&CUSTOMERS, &LOYALTY, &LINES, &TREND], ranks: true },
    Room { path: why::ROOM, name: "Why it moved", panels: &[], ranks: false },
];

/// A room's content.
pub fn room(area: Area, room: &'static Room) -> AnyView {
    if room.path == why::ROOM {
        return why::why(area);
    }
    let own = here().has_book();
    // to a rep, who sees own sales only, a ranking of one says nothing
    let shown: Vec<_> = room.panels.iter().filter(|panel| !own || !["branches", "reps"].contains(&panel.id)).collect();
    // budgets are those of reps
    let planned = shown.iter().any(|panel| By::Attainment.of(panel.dimension) == By::Attainment && panel.class == "chart--ranks");
    let panels = shown.into_iter().map(|panel| show(area, panel)).collect_view();
    let worth = (room.path == "customers").then(|| worth::worth(area));
    let figures = room.path.is_empty().then(|| tiles(area));
    let by = room.ranks.then(|| {
        let all = By::ALL.iter().filter(|by| planned || **by != By::Attainment);
        let options = all.map(|by| (by.code(), by.words())).collect();
        view! { <div class="kpis__by"><Segmented name="by" legend="Rank by" options value=area.by /></div> }
    });
    view! {
        {figures}
        {by}
        <div class="kpis__panels">{worth}{panels}</div>
    }
    .into_any()
}
