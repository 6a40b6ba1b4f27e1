//! Phones and partners following the data: entries pushed, pages pulled, receipts kept, lists of what changed since.

mod cursor;
mod pull;
mod push;
pub(crate) mod receipts;
mod since;
pub(crate) mod sql;

pub use pull::pull;
pub use push::push;
pub use receipts::receipts_of_day;
pub use since::Since;
