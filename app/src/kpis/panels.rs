//! The panels: what each asks and how it is drawn.

mod customers;
mod grid;
mod ranks;
mod so_far;
pub mod time;

pub use time as steps;

use super::panel::Panel;
use domain::cube::Dimension;
use domain::measures;

/// Bars that lie.
const RANKS: &str = "chart--ranks";
/// Wider than high.
const WIDE: &str = "chart--wide";

/// Net sales and gross profit by month, or by day in short periods.
pub static TREND: Panel = Panel {
    id: "trend",
    title: "Trend",
    says: measures::NET_SALES,
    dimension: Dimension::Month,
    class: WIDE,
    brush: true,
    ask: time::ask_trend,
    draw: time::draw_trend,
};

/// Margin over time.
pub static MARGIN_TREND: Panel =
    Panel { id: "margin", title: "Margin over time", says: measures::MARGIN, draw: time::draw_margin, ..TREND };

/// Net sales added up beside last year's.
pub static CUMULATIVE: Panel = Panel {
    id: "cumulative",
    title: "Cumulative net sales",
    says: "Net sales added up since the period’s first day, beside the same days a year earlier and the budget to the period’s end, with the pace \
           that would reach it; in long periods week by week. A press keeps the day, in long periods its month. Budgets are set per rep and month: under a filter of products or customers there is none.",
    dimension: Dimension::Day,
    class: WIDE,
    brush: true,
    ask: so_far::ask,
    draw: so_far::draw,
};

macro_rules! ranking {
    ($name:ident, $id:literal, $title:literal, $dimension:ident) => {
        #[doc = $title]
        pub static $name: Panel = Panel {
            id: $id,
            title: $title,
            says: "",
            dimension: Dimension::$dimension,
            class: RANKS,
            brush: true,
            ask: ranks::ask,
            draw: ranks::draw,
        };
    };
}

ranking!(BRANCHES, "branches", "Branches", Branch);
ranking!(REPS, "reps", "Salespeople", Rep);
ranking!(LINES, "lines", "Product lines", ProductLine);
ranking!(GROUPS, "groups", "Item groups", ItemGroup);
ranking!(PRODUCTS, "products", "Products", Product);
ranking!(CUSTOMERS, "customers", "Top customers", Customer);

/// Which few products bring most.
pub static PARETO: Panel = Panel {
    id: "pareto",
    title: "Products: ABC",
    says: "Products by gross profit, the largest first, with the share of all of it that they and those before them bring. \
           A: the first 80 %, B: up to 95 %, C: the rest; products without a profit are C.",
    dimension: Dimension::Product,
    class: WIDE,
    brush: true,
    ask: ranks::ask_pareto,
    draw: ranks::draw_pareto,
};

/// Branches by product line.
pub static HEAT: Panel = Panel {
    id: "heat",
    title: "Branches by product line",
    says: measures::NET_SALES,
    dimension: Dimension::Branch,
    class: WIDE,
    brush: false,
    ask: grid::ask_heat,
    draw: grid::draw_heat,
};

/// Branches side by side over time.
pub static BRANCH_TREND: Panel = Panel {
    id: "branch-trend",
    title: "Branches over time",
    says: measures::NET_SALES,
    dimension: Dimension::Month,
    class: WIDE,
    brush: true,
    ask: grid::ask_branches,
    draw: grid::draw_branches,
};

/// Who is new, who stayed, who left.
pub static LOYALTY: Panel = Panel {
    id: "loyalty",
    title: "New, kept and lost customers",
    says: "Customers who bought in the period beside those who bought in the same days a year earlier: new bought only now, kept in both, lost only then. \
           Lost ones that are pressed are looked at in the days a year earlier.",
    dimension: Dimension::Customer,
    class: RANKS,
    brush: false,
    ask: customers::ask,
    draw: customers::draw,
};

#[cfg(test)]
mod tests;
