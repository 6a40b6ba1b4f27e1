//! What stands behind the forms of sign-in, sign-out and a new password: one use case each, the cookie, and where to go next.

use crate::clients::query::Address;
use crate::problem::Problem;
use crate::session_ssr::{SessionCookie, Signed};
use backend::{Backend, Error};
use leptos::prelude::*;
use leptos_axum::{ResponseOptions, redirect};

/// Days a session cookie lives.
const KEPT_S: i64 = 30 * 24 * 60 * 60;

/// Signs in.
///
/// # Errors
/// Only a defect: a refusal is a redirect back to the form with its reason.
pub async fn sign_in(email: String, password: String, next: String) -> Result<(), Problem> {
    let backend = expect_context::<Backend>();
    let next = inside(&next);
    let why = match backend::people::sign_in(&backend, &email, &password, None).await {
        Ok(session) => {
            cookie(|cookie| cookie.set(&session.token, KEPT_S));
            redirect(&next);
            return Ok(());
        }
        Err(Error::Rejected(_) | Error::NotFound | Error::Forbidden) => "credentials",
        Err(error) => {
            // logged where it becomes a problem
            let _ = Problem::from(error);
            "busy"
        }
    };
    let mut address = Address::new("/sign-in");
    address.add("refused", why);
    address.add("email", &email);
    address.add("next", &next);
    redirect(&address.finish());
    Ok(())
}

/// Signs out.
///
/// # Errors
/// When the session could not be ended.
pub async fn sign_out() -> Result<(), Problem> {
    let backend = expect_context::<Backend>();
    if let Some(signed) = use_context::<Signed>().and_then(|signed| signed.0) {
        backend::people::sign_out(&backend, signed.session).await?;
    }
    cookie(|cookie| cookie.clear());
    redirect("/sign-in");
    Ok(())
}

/// Sets a password with a one-time token.
///
/// # Errors
/// Only a defect: a refusal is a redirect back to the form with its reason.
pub async fn set_password(token: String, password: String, again: String) -> Result<(), Problem> {
    let backend = expect_context::<Backend>();
    let words = if password == again {
        match backend::people::set_password(&backend, &token, &password).await {
            Ok(()) => {
                redirect("/sign-in?set=1");
                return Ok(());
            }
            Err(Error::Rejected(rejections)) => rejections.to_string(),
            Err(error) => Problem::from(error).words(),
        }
    } else {
        "The two passwords differ: enter the same one twice.".to_owned()
    };
    let mut address = Address::new(&["/set-password/", &token].concat());
    address.add("refused", &words);
    redirect(&address.finish());
    Ok(())
}

fn cookie(line: impl FnOnce(&SessionCookie) -> String) {
    let (Some(cookie), Some(response)) = (use_context::<SessionCookie>(), use_context::<ResponseOptions>()) else { return };
    if let Ok(value) = line(&cookie).parse() {
        response.append_header(http::header::SET_COOKIE, value);
    }
}

/// A path of ours, never another site.
fn inside(next: &str) -> String {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\") && !next.starts_with("/sign-in");
    if ours { next.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_only_to_pages_of_ours() {
        for (next, want) in
            [("/clients?q=a", "/clients?q=a"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/"), ("", "/")]
        {
            assert_eq!(inside(next), want, "{next}");
        }
    }
}
