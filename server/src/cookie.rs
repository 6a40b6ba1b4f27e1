//! The session cookie: `__Host-fieldlight` over TLS, `fieldlight` on plain HTTP, never readable by scripts.

use app::session_ssr as app;
use axum::http::{HeaderMap, HeaderValue, header};

/// Its name and attributes, decided by how browsers reach us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCookie {
    secure: bool,
}

impl SessionCookie {
    /// For browsers that come over TLS, or over plain HTTP.
    #[must_use]
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    /// Browsers send a `__Host-` cookie back only over TLS, to this host, on every path.
    #[must_use]
    pub fn name(self) -> &'static str {
        if self.secure { "__Host-fieldlight" } else { "fieldlight" }
    }

    /// The token a request carries.
    #[must_use]
    pub fn token(self, headers: &HeaderMap) -> Option<&str> {
        let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == self.name()).map(|(_, token)| token).filter(|token| !token.is_empty())
    }

    /// `Set-Cookie` that keeps a token for `seconds`; `None` for a token no header can hold.
    #[must_use]
    pub fn keep(self, token: &str, seconds: i64) -> Option<HeaderValue> {
        HeaderValue::try_from(self.for_pages().set(token, seconds)).ok()
    }

    /// `Set-Cookie` that makes the browser forget it.
    #[must_use]
    pub fn forget(self) -> Option<HeaderValue> {
        self.keep("", 0)
    }

    /// As pages are told of it, who write it when somebody signs in.
    #[must_use]
    pub fn for_pages(self) -> app::SessionCookie {
        app::SessionCookie { name: self.name(), secure: self.secure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_the_cookie_is_bound_to_host_and_path_and_secure() {
        let cookie = SessionCookie::new(true).keep("t0k", 60);
        assert_eq!(cookie, Some(HeaderValue::from_static("__Host-fieldlight=t0k; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure")));
        assert_eq!(
            SessionCookie::new(false).forget(),
            Some(HeaderValue::from_static("fieldlight=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"))
        );
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("a=1; fieldlight=t0k; b=2"))]);
        assert_eq!(SessionCookie::new(false).token(&headers), Some("t0k"));
        assert_eq!(SessionCookie::new(true).token(&headers), None);
    }
}
