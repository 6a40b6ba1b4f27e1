//! Clients and prospects on screen: lists, the card, the form. Both stages share every screen.

pub mod api;
mod bought;
pub mod card;
mod card_act;
pub mod card_draw;
pub mod desk;
pub mod draw;
#[cfg(feature = "ssr")]
mod draw_ssr;
mod duplicates;
mod entered;
mod facts;
pub mod filter;
pub mod form;
mod history;
pub mod list;
pub mod query;
pub mod row;

use domain::clients::Stage;

/// The list of a stage.
#[must_use]
pub fn list_path(stage: Stage) -> &'static str {
    match stage {
        Stage::Client => "/clients",
        Stage::Prospect => "/prospects",
    }
}

/// Its name, as navigation and titles have it.
#[must_use]
pub fn list_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Client => "Clients",
        Stage::Prospect => "Prospects",
    }
}

/// `client` or `prospect`, in a sentence.
#[must_use]
pub fn one(stage: Stage) -> &'static str {
    stage.code()
}
