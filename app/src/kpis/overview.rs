//! The rooms of the area: which panels stand in which.

use super::area::Area;
use super::filters::By;
use super::panel::{Panel, show};
use super::panels::{
    BRANCH_TREND, BRANCHES, CUMULATIVE, CUSTOMERS, GROUPS, HEAT, LINES, LOYALTY, MARGIN_TREND, PARETO, PRODUCTS, REPS, TREND,
};
use super::tiles::tiles;
use super::why;
use crate::ask::waiting;
use crate::later::{Loading, pipeline_room, there, why_room, worth_panel};
use crate::session::here;
use crate::ui::Segmented;
use leptos::prelude::*;

/// A room: its address under the area's, its name, and what stands in it. A view of any room can be kept and written.
pub struct Room {
    /// The end of its address.
    pub path: &'static str,
    /// For people.
    pub name: &'static str,
    /// What stands in it.
    pub content: Content,
    /// Whether a ranking is in it.
    ranks: bool,
}

/// What stands in a room.
#[derive(Clone, Copy)]
pub enum Content {
    /// Charts of slices.
    Panels(&'static [&'static Panel]),
    /// A change split into its causes.
    Split,
    /// The boards of opportunities.
    Pipeline,
}

use Content::{Panels, Pipeline, Split};

/// The rooms, the first at the area's own address.
pub static ROOMS: [Room; 7] = [
    Room { path: "", name: "Overview", content: Panels(&[&TREND, &CUMULATIVE, &BRANCHES, &LINES]), ranks: true },
    Room { path: "people", name: "Salespeople", content: Panels(&[&REPS, &TREND, &LINES, &CUSTOMERS]), ranks: true },
    Room { path: "products", name: "Products", content: Panels(&[&PARETO, &MARGIN_TREND, &LINES, &GROUPS, &PRODUCTS]), ranks: true },
    Room { path: "branches", name: "Branches", content: Panels(&[&BRANCHES, &HEAT, &BRANCH_TREND]), ranks: true },
    Room { path: "customers", name: "Customers", content: Panels(&[&CUSTOMERS, &LOYALTY, &LINES, &TREND]), ranks: true },
    Room { path: why::ROOM, name: "Why it moved", content: Split, ranks: false },
    Room { path: crate::opportunities::ROOM, name: "Pipeline", content: Pipeline, ranks: false },
];

impl Room {
    /// Its panels; to a rep, who sees own sales only, a ranking of one says nothing.
    pub fn panels(&self, own: bool) -> impl Iterator<Item = &'static Panel> + use<> {
        let all = if let Panels(panels) = self.content { panels } else { &[] };
        all.iter().copied().filter(move |panel| !own || !["branches", "reps"].contains(&panel.id))
    }

    /// Whether it says what customers are worth.
    #[must_use]
    pub fn has_worth(&self) -> bool {
        self.path == "customers"
    }

    /// Whether figures stand on top of it.
    #[must_use]
    pub const fn has_tiles(&self) -> bool {
        self.path.is_empty()
    }
}

/// A room's content.
pub fn room(area: Area, room: &'static Room) -> AnyView {
    match room.content {
        Panels(_) => panels(area, room),
        Split => soon(Box::new(move || Box::pin(why_room(area)))),
        Pipeline => soon(Box::new(move || Box::pin(pipeline_room(area)))),
    }
}

fn panels(area: Area, room: &'static Room) -> AnyView {
    // budgets are those of reps
    let planned =
        room.panels(here().has_book()).any(|panel| By::Attainment.of(panel.dimension) == By::Attainment && panel.class == "chart--ranks");
    let panels = room.panels(here().has_book()).map(|panel| show(area, panel)).collect_view();
    let worth = room.has_worth().then(|| soon(Box::new(move || Box::pin(worth_panel(area)))));
    let figures = room.has_tiles().then(|| tiles(area));
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

/// Code that lies in a file of its own, fetched once the page is there.
fn soon(part: Box<dyn Fn() -> Loading + Send>) -> AnyView {
    let shown = RwSignal::new(false);
    Effect::new(move |_| shown.set(true));
    there(shown, waiting, part)
}
