//! What every request of a signed-in caller brings: who asks, in which session, under which idempotency key, for which version.

use std::{str::FromStr, sync::Arc};

use axum::{
    extract::{FromRequestParts, Path},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use backend::{
    Backend, Meta,
    people::{SessionCheck, SignedIn},
};
use domain::{Rejections, ids::EntryId, people::Caller};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{failure::Failure, print::Print};
use crate::{clock, office::Office, session};

/// Longest `Idempotency-Key`, in bytes.
const KEY_MAX: usize = 200;

/// A signed-in caller's request, its body aside.
pub struct Asked {
    office: Arc<Office>,
    /// Who asks.
    pub caller: Caller,
    /// In which session.
    pub session: Uuid,
    key: Option<EntryId>,
    print: Option<i64>,
    if_match: Option<i64>,
}

impl Asked {
    /// The use cases.
    #[must_use]
    pub fn backend(&self) -> &Backend {
        self.office.backend()
    }

    /// What a writing use case wants to know beside the request.
    #[must_use]
    pub fn meta(&self) -> Meta {
        Meta { print: self.print, ..Meta::live(self.backend().now()).with_entry(self.key).if_match(self.if_match) }
    }

    /// An id for something new that came without one.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let mut random = [0; 10];
        getrandom::fill(&mut random).expect("the operating system gives random bytes");
        domain::ids::v7(clock::now(), random)
    }
}

impl FromRequestParts<Arc<Office>> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, office: &Arc<Office>) -> Result<Self, Failure> {
        let SignedIn { caller, session } = match session::of(office, &parts.headers).await? {
            SessionCheck::Valid(signed) => signed,
            SessionCheck::Revoked => return Err(Failure::device_revoked()),
            SessionCheck::Expired | SessionCheck::Unknown => return Err(Failure::session_expired()),
        };
        let key = idempotency_key(&parts.headers, &caller)?;
        let if_match = if_match(&parts.headers)?;
        let print = parts.extensions.get::<Print>().map(|print| print.0);
        Ok(Self { office: Arc::clone(office), caller, session, key, print, if_match })
    }
}

/// Keys of two users never meet: the user's id is part of what is hashed.
fn idempotency_key(headers: &HeaderMap, caller: &Caller) -> Result<Option<EntryId>, Failure> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    if key.is_empty() || key.len() > KEY_MAX {
        let words = format!("Idempotency-Key: write 1 to {KEY_MAX} characters, another for every new request.");
        return Err(Failure::new(StatusCode::BAD_REQUEST, "invalid_idempotency_key", words));
    }
    let digest = Sha256::new().chain_update(caller.user.0).chain_update(key.as_bytes()).finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    Ok(Some(EntryId(uuid::Builder::from_custom_bytes(bytes).into_uuid())))
}

/// The version of `If-Match: "7"`; `*` and no header ask for none.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Failure> {
    let Some(tag) = headers.get(header::IF_MATCH).filter(|tag| *tag != "*") else { return Ok(None) };
    let version = tag.to_str().ok().and_then(|tag| tag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    version.map(Some).ok_or_else(|| {
        let words = "If-Match: send back the ETag as it came, for example If-Match: \"7\".";
        Failure::new(StatusCode::BAD_REQUEST, "invalid_if_match", words)
    })
}

/// The id in the address; what is no id is not found.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Failure::not_found())?;
        text.parse().map(Self).map_err(|_| Failure::not_found())
    }
}

/// The other system and the record's id there, from the address.
#[derive(Clone, Debug)]
pub struct External(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for External {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((source, id)) = path.map_err(|_| Failure::not_found())?;
        for (field, text) in [("source", &source), ("externalId", &id)] {
            if text.trim().is_empty() || text.trim() != text.as_str() || text.contains(char::is_control) {
                let words = "Write the system and the id in the address without blanks around them and without control characters.";
                return Err(Rejections::one(field, "invalid", words).into());
            }
        }
        Ok(Self(source, id))
    }
}
