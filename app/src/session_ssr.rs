//! What the server provides for every request, and how a server function gets at it.

use crate::ask::Drawn;
use crate::problem::Problem;
use crate::session::{Seen, Session, Standing};
use backend::{Backend, Meta};
use domain::people::Caller;
use leptos::prelude::*;
use uuid::Uuid;

/// Whose request this is, if anybody's.
#[derive(Clone, Debug)]
pub struct Signed(pub Option<SignedIn>);

/// The person and the session behind a request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub caller: Caller,
    /// The session's id, to end it.
    pub session: Uuid,
}

/// How the session cookie is named and whether it may travel over plain HTTP.
#[derive(Clone, Copy, Debug)]
pub struct SessionCookie {
    /// `__Host-fieldlight`, or `fieldlight` over plain HTTP.
    pub name: &'static str,
    /// Only over HTTPS.
    pub secure: bool,
}

impl SessionCookie {
    /// The `Set-Cookie` value that keeps a session.
    #[must_use]
    pub fn set(&self, token: &str, max_age_s: i64) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{}={token}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}", self.name)
    }

    /// The `Set-Cookie` value that ends it.
    #[must_use]
    pub fn clear(&self) -> String {
        self.set("", 0)
    }
}

/// Draws an answer as the caller of this request sees it.
///
/// # Errors
/// When nobody is signed in.
pub fn drawn(draw: impl FnOnce(Seen<'_>) -> Drawn) -> Result<Drawn, Problem> {
    let session = use_context::<Session>().ok_or(Problem::SignIn)?;
    let Standing::In(account) = &session.standing else { return Err(Problem::SignIn) };
    Ok(draw(Seen::by(&account.caller, &account.settings.company(), session.at)))
}

/// A change asked for now, by a form.
#[must_use]
pub fn live(backend: &Backend) -> Meta {
    Meta::live(backend.now())
}

/// The signed-in caller and the use cases.
///
/// # Errors
/// When nobody is signed in.
pub fn asked() -> Result<(Backend, Caller), Problem> {
    let signed = use_context::<Signed>().and_then(|signed| signed.0).ok_or(Problem::SignIn)?;
    Ok((expect_context::<Backend>(), signed.caller))
}
