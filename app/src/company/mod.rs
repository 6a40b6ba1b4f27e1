//! The company on screen: its settings and its policy, as an administrator sets them.

pub mod api;
#[cfg(feature = "ssr")]
mod entered_ssr;
mod policy;
mod policy_form;
mod policy_preview;
mod settings;

pub use policy::policy_page;
pub use settings::settings_page;
