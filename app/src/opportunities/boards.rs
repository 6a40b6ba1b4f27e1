//! The boards of the room: which there are, and what the server answers for each of them.

use domain::Day;
use domain::opportunities::figures::{ACTIVITIES, AGES, CYCLE, FUNNEL, WIN_RATE};
use serde::{Deserialize, Serialize};

/// A board: a chart with its title and its definition.
pub struct Board {
    /// Its own in the document.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it means.
    pub says: &'static str,
    /// How large it is.
    pub class: &'static str,
    /// Whether it says something to somebody who sees own ones only.
    pub own: bool,
}

/// What stands in the place of a board where the pipeline is chosen: as a pressed mark, it is in no chart.
pub const CHOICE: &str = "opp-pipeline";

const RANKS: &str = "chart--ranks";
const WIDE: &str = "chart--wide";

/// Every board, in the room's order and in that of the answer.
pub static BOARDS: [Board; 9] = [
    Board { id: "opp-funnel", title: "Funnel", says: FUNNEL, class: RANKS, own: true },
    Board { id: "opp-rep", title: "Win rate by salesperson", says: WIN_RATE, class: RANKS, own: false },
    Board { id: "opp-branch", title: "Win rate by branch", says: WIN_RATE, class: RANKS, own: false },
    Board { id: "opp-product", title: "Win rate by product", says: WIN_RATE, class: RANKS, own: true },
    Board { id: "opp-source", title: "Win rate by source", says: WIN_RATE, class: RANKS, own: true },
    Board { id: "opp-sector", title: "Win rate by sector", says: WIN_RATE, class: RANKS, own: true },
    Board { id: "opp-cycle", title: "Days from beginning to end", says: CYCLE, class: RANKS, own: true },
    Board { id: "opp-ages", title: "Open, by age", says: AGES, class: WIDE, own: true },
    Board { id: "opp-activities", title: "Activities before the end", says: ACTIVITIES, class: WIDE, own: true },
];

/// What opportunities can be narrowed to, whatever is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Names of branches, reps, product lines and item groups, by the code of their filter.
    pub labels: Vec<(String, Vec<String>)>,
    /// The first and the last day one began on.
    pub days: Option<(Day, Day)>,
    /// The last day one began or ended on.
    pub until: Option<Day>,
    /// Pipelines.
    pub pipelines: Vec<String>,
}

/// What the room shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boards {
    /// Whether the person sees any opportunity at all.
    pub any: bool,
    /// Figures on top, and what days leave out.
    pub figures: String,
    /// The marks that are pressed, each with its way out, and the way to the opportunities behind them.
    pub narrowed: String,
    /// What there is to narrow by.
    pub held: Held,
    /// One for each of [`BOARDS`].
    pub boards: Vec<Shown>,
}

/// A drawn board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What stands in the place of the chart, the table staying where there is one; nothing while there is a chart.
    pub instead: String,
    /// The chart's option.
    pub option: String,
    /// The words of each mark, what it stands for as the room's address has it, and whether it is pressed.
    pub marks: Vec<(String, String, bool)>,
    /// The table behind it.
    pub table: String,
    /// The same as a file; empty for whoever may take none out.
    pub csv: String,
    /// What marks pressed in the other boards it is narrowed by.
    pub narrowed: Vec<String>,
}
