//! Bearer tokens: a JWT (HS256) that names a session, good for fifteen minutes; whether the session still stands is asked per request.

use std::fmt;

use domain::Instant;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long an access token is good for, in milliseconds.
pub const LIFETIME_MS: i64 = 15 * domain::calendar::MINUTE_MS;

/// The key of this company's tokens, ready to use.
pub struct Keys {
    sign: EncodingKey,
    verify: DecodingKey,
    rules: Validation,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    /// The session.
    sid: Uuid,
    /// Seconds since 1970.
    exp: i64,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// From a secret of at least 32 bytes.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.leeway = 0;
        // Expiry is checked against the caller's instant below, so that it can be tested without waiting.
        rules.validate_exp = false;
        Self { sign: EncodingKey::from_secret(secret), verify: DecodingKey::from_secret(secret), rules }
    }

    /// A token for a session, and when it ends. `now` is the machine's instant, not the company's.
    ///
    /// # Errors
    /// When it cannot be signed, which takes a broken key.
    pub fn issue(&self, session: Uuid, now: Instant) -> Result<(String, Instant), jsonwebtoken::errors::Error> {
        let ends = Instant(now.0 + LIFETIME_MS);
        let claims = Claims { sid: session, exp: ends.0 / 1000 };
        Ok((encode(&Header::new(Algorithm::HS256), &claims, &self.sign)?, Instant(ends.0 / 1000 * 1000)))
    }

    /// The session a token names; `None` when it is not ours or over.
    #[must_use]
    pub fn session(&self, token: &str, now: Instant) -> Option<Uuid> {
        let claims = decode::<Claims>(token, &self.verify, &self.rules).ok()?.claims;
        (now.0 < claims.exp * 1000).then_some(claims.sid)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    const NOW: Instant = Instant(1_800_000_000_000);

    #[test]
    fn a_token_names_its_session_until_it_is_over() {
        let keys = Keys::new(&[7; 32]);
        let session = Uuid::from_u128(1);
        let (token, ends) = keys.issue(session, NOW).unwrap();
        assert_eq!(ends.0, NOW.0 + LIFETIME_MS);
        assert_eq!(keys.session(&token, NOW), Some(session));
        assert_eq!(keys.session(&token, Instant(ends.0 - 1)), Some(session));
        assert_eq!(keys.session(&token, ends), None);
    }

    #[test]
    fn a_token_of_another_key_or_without_a_signature_names_nothing() {
        let (token, _) = Keys::new(&[7; 32]).issue(Uuid::from_u128(1), NOW).unwrap();
        assert_eq!(Keys::new(&[8; 32]).session(&token, NOW), None);
        let (body, _) = token.rsplit_once('.').unwrap();
        assert_eq!(Keys::new(&[7; 32]).session(&format!("{body}."), NOW), None);
        assert_eq!(Keys::new(&[7; 32]).session("e30.e30.e30", NOW), None);
    }
}
