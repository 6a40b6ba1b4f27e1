//! What a file says: bytes become rows, columns become fields by a mapping that is data. Pure, so that browser and server read alike; what is done
//! with the rows is left to the backend.

mod amounts;
mod check;
pub mod clean;
mod content;
mod delimiter;
mod doubt;
mod encoding;
mod foreign;
mod guess;
mod header;
mod joined;
mod kept;
mod kind;
mod layout;
mod lines;
pub mod mapping;
mod opened;
mod preview;
mod quotes;
mod rather;
mod records;
mod reject;
mod row;
mod rows;
pub mod sales;
mod shape;
mod source;
mod spaced;
mod told;
mod workbook;

pub use amounts::Way;
pub use delimiter::Delimiter;
pub use doubt::{Doubt, Doubts};
pub use encoding::Recognised;
pub use joined::SPOILT;
pub use kind::Kind;
pub use mapping::Mapping;
pub use opened::{Found, Opened, Told};
pub use preview::{About, Look, Preview, PreviewRow, Question, beginning, look, preview};
pub use reject::{Reject, harmless, listed, reasons, with_nul};
pub use row::{Holds, Row};
pub use rows::Rows;
pub use source::{Beside, Input, UNPACKED_MAX, problem};
pub use told::Reading;
pub use workbook::{SheetRead, beginning as beginning_of_workbook};
