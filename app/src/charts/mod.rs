//! Charts: options made with typed builders, the element that draws them with a library loaded when the first one appears, and small lines that need
//! no script. They know no slice: names and numbers come in, what was pressed goes out.

mod option;
mod pairs;
mod spark;
mod view;
mod waterfall;

pub use option::{Column, Heat, Ranking, Scale, Series, columns, heat, pareto, ranking};
pub use pairs::pairs;
pub use spark::spark;
pub use view::{Chart, Said, chart};
pub use waterfall::{Fall, waterfall};
