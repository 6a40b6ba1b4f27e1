//! People on screen: signing in, the account and this device, signing out.

pub mod api;
pub mod more;
pub mod password;
pub mod sign_in;
pub mod theme;
