//! Signing in with a password for a session: an opaque token in a cookie, checked with one statement per request.

use super::password::{hash_of, new_token, verify};
use super::sql::{self, Checked};
use super::users::key;
use crate::db::{Beside, Tx};
use crate::{Backend, Error};
use domain::Instant;
use domain::calendar::DAY_MS;
use domain::ids::UserId;
use domain::people::Caller;
use uuid::Uuid;

/// How long a session lasts without being used, in days.
pub const SESSION_DAYS: i64 = 14;

/// A session just begun.
#[derive(Clone, Debug)]
pub struct Session {
    /// What the browser keeps; the server does not.
    pub token: String,
    /// Its identity.
    pub id: Uuid,
    /// When it ends unless it is used.
    pub expires_at: Instant,
    /// Who signed in.
    pub caller: Caller,
}

/// Who is signed in, in which session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub caller: Caller,
    /// In which.
    pub session: Uuid,
}

/// What a token is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionCheck {
    /// Signed in.
    Valid(SignedIn),
    /// Signed out, or too long unused: sign in again.
    Expired,
    /// The user was deactivated.
    Revoked,
    /// No such session.
    Unknown,
}

/// Signs in. `label` says where: the browser's name.
///
/// # Errors
/// `Rejected` when address and password do not belong together; which of them is wrong is not told.
pub async fn sign_in(backend: &Backend, email: &str, password: &str, label: Option<&str>) -> Result<Session, Error> {
    let caller = authenticate(backend, email, password).await?;
    let (token, hash) = new_token();
    let id = crate::new_id();
    let asked = (hash, label.map(str::to_owned), caller.user);
    let expires_at = backend
        .write(Vec::new(), asked, move |tx, (hash, label, user)| {
            Box::pin(begin(tx, (id, *user), Some(hash), label.as_deref(), SESSION_DAYS))
        })
        .await?;
    Ok(Session { token, id, expires_at, caller })
}

/// The user with this address and password.
pub(super) async fn authenticate(backend: &Backend, email: &str, password: &str) -> Result<Caller, Error> {
    let user = sql::user_by_email(&mut backend.read().await?, &key(email)).await?;
    let stored = user.as_ref().and_then(|u| u.password_hash.as_deref());
    let right = verify(backend, password, stored).await?;
    match user {
        Some(user) if right && user.disabled_at.is_none() => user.caller(),
        _ => Err(Error::rejected(
            "password",
            "wrong",
            "Email and password do not belong together: check both, or ask for a link to set a new password.",
        )),
    }
}

/// Writes a session that lasts `days`.
pub(super) async fn begin(
    tx: &mut Tx,
    whose: (Uuid, UserId),
    hash: Option<&str>,
    label: Option<&str>,
    days: i64,
) -> Result<Instant, Error> {
    let now = tx.machine();
    let expires = Instant(now.0 + days * DAY_MS);
    sql::insert_session(tx.write(), whose, hash, label, (now, expires)).await?;
    Ok(expires)
}

/// Who holds this token. A session in use is prolonged, at most once a day.
///
/// # Errors
/// When the database fails.
pub async fn session(backend: &Backend, token: &str) -> Result<SessionCheck, Error> {
    let found = sql::session_by_token(&mut backend.read().await?, &hash_of(token)).await?;
    check(backend, found, true)
}

/// Who is in the session a bearer token names.
///
/// # Errors
/// When the database fails.
pub async fn session_by_id(backend: &Backend, id: Uuid) -> Result<SessionCheck, Error> {
    let found = sql::session_by_id(&mut backend.read().await?, id).await?;
    check(backend, found, false)
}

fn check(backend: &Backend, found: Option<Checked>, prolong: bool) -> Result<SessionCheck, Error> {
    let Some(Beside(Beside(session, user), clock)) = found else { return Ok(SessionCheck::Unknown) };
    backend.cache().seen(clock.settings);
    let now = crate::machine_now();
    if user.disabled_at.is_some() {
        return Ok(SessionCheck::Revoked);
    }
    if session.ended_at.is_some() || session.expires_at <= now.0 {
        return Ok(SessionCheck::Expired);
    }
    if prolong && session.expires_at - now.0 < (SESSION_DAYS - 1) * DAY_MS {
        prolong_soon(backend.clone(), session.id, Instant(now.0 + SESSION_DAYS * DAY_MS));
    }
    Ok(SessionCheck::Valid(SignedIn { caller: user.caller()?, session: session.id }))
}

/// Nobody waits for it; when it fails, the next request tries again.
fn prolong_soon(backend: Backend, id: Uuid, until: Instant) {
    tokio::spawn(async move {
        let prolonged = backend.write(Vec::new(), (), move |tx, ()| Box::pin(sql::prolong_session(tx.write(), id, until))).await;
        if let Err(error) = prolonged {
            tracing::warn!(%error, "a session was not prolonged");
        }
    });
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(backend: &Backend, session: Uuid) -> Result<(), Error> {
    backend.write(Vec::new(), session, |tx, session| Box::pin(end_in(tx, *session))).await
}

async fn end_in(tx: &mut Tx, session: Uuid) -> Result<(), Error> {
    let now = tx.machine();
    sql::end_session(tx.write(), session, now).await
}
