//! Signing in and out: bearer tokens for programs, the session cookie for browsers.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{Error, people};
use domain::{Instant, people::Caller};
use serde::{Deserialize, Serialize};

use super::{answer::Answer, asked::Asked, body::Body, failure::Failure, forms};
use crate::{clock, office::Office};

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/auth/token", post(issue_token))
        .route("/auth/refresh", post(refresh_token))
        .route("/auth/session", get(show_session).post(begin_session).delete(end_session))
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refresh {
    refresh_token: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tokens {
    access_token: String,
    refresh_token: String,
    /// When the access token ends.
    expires_at: Instant,
}

#[derive(Serialize)]
struct Signed {
    caller: Caller,
}

async fn issue_token(State(office): State<Arc<Office>>, body: Body) -> Result<Answer<Tokens>, Failure> {
    let Credentials { email, password } = body.read(&forms::CREDENTIALS)?;
    written(&office, people::issue_tokens(office.backend(), &email, &password).await?)
}

async fn refresh_token(State(office): State<Arc<Office>>, body: Body) -> Result<Answer<Tokens>, Failure> {
    let Refresh { refresh_token } = body.read(&forms::REFRESH)?;
    match people::refresh(office.backend(), &refresh_token).await {
        Ok(tokens) => written(&office, tokens),
        Err(Error::Rejected(_)) => Err(Failure::session_expired()),
        Err(error) => Err(error.into()),
    }
}

fn written(office: &Office, tokens: people::Tokens) -> Result<Answer<Tokens>, Failure> {
    let issued = office.keys().issue(tokens.signed_in.session, clock::now());
    let (access_token, expires_at) = issued.map_err(|error| Failure::internal(error.to_string()))?;
    Ok(Answer::ok(Tokens { access_token, refresh_token: tokens.refresh_token, expires_at }))
}

async fn show_session(asked: Asked) -> Answer<Signed> {
    Answer::ok(Signed { caller: asked.caller })
}

async fn begin_session(State(office): State<Arc<Office>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let Credentials { email, password } = body.read(&forms::CREDENTIALS)?;
    let browser = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let session = people::sign_in(office.backend(), &email, &password, browser).await?;
    let seconds = (session.expires_at.0 - clock::now().0) / 1000;
    let cookie = office.cookie().keep(&session.token, seconds).ok_or_else(|| Failure::internal("a token that no header can hold"))?;
    let answer = Answer::ok(Signed { caller: session.caller });
    Ok(([(header::SET_COOKIE, cookie)], answer).into_response())
}

async fn end_session(State(office): State<Arc<Office>>, asked: Asked) -> Result<Response, Failure> {
    people::sign_out(asked.backend(), asked.session).await?;
    let mut response = Answer::ok(()).into_response();
    if let Some(cookie) = office.cookie().forget() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
