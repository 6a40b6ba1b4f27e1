//! Signing in and out, posted by plain forms so that it works before the script runs; the answers are redirects.

use crate::problem::Problem;
use leptos::prelude::*;

/// Signs in and goes on to `next`; back to the form with the reason when it did not work.
#[server]
pub async fn people_sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), Problem> {
    crate::people_ssr::sign_in(email, password, next).await
}

/// Signs out and goes to the sign-in form.
#[server]
pub async fn people_sign_out() -> Result<(), Problem> {
    crate::people_ssr::sign_out().await
}

/// Sets a password with a one-time token, and goes to the sign-in form.
#[server]
pub async fn people_set_password(token: String, password: String, again: String) -> Result<(), Problem> {
    crate::people_ssr::set_password(token, password, again).await
}
