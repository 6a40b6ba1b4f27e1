//! Keeping other sites' pages from writing in a signed-in person's name: Fetch-Metadata where the browser sends it, else `Origin`.

use axum::http::{HeaderMap, Method, header};

use crate::{config::Origin, cookie::SessionCookie};

/// Whether an unsafe request comes from our own page or from no page at all. A bearer token is proof enough: no browser adds it by itself.
#[must_use]
pub fn allowed(method: &Method, headers: &HeaderMap, public: Option<&Origin>, cookie: SessionCookie) -> bool {
    if method.is_safe() || headers.contains_key(header::AUTHORIZATION) {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => origin.to_str().is_ok_and(|origin| is_ours(origin, headers, public)),
        None => cookie.token(headers).is_none(),
    }
}

/// The configured origin; without one, whatever host the request itself was sent to.
fn is_ours(origin: &str, headers: &HeaderMap, public: Option<&Origin>) -> bool {
    if let Some(public) = public {
        return origin.eq_ignore_ascii_case(public.as_str());
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn asks(method: Method, headers: &[(&'static str, &'static str)], public: Option<&str>) -> bool {
        let headers = headers.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        allowed(&method, &headers, public.and_then(Origin::parse).as_ref(), SessionCookie::new(false))
    }

    #[test]
    fn a_foreign_page_may_read_nothing_into_an_unsafe_request() {
        let cookie = ("cookie", "fieldlight=t");
        for (headers, good) in [
            (&[cookie, ("sec-fetch-site", "same-origin")][..], true),
            (&[cookie, ("sec-fetch-site", "none")], true),
            (&[cookie, ("sec-fetch-site", "cross-site")], false),
            (&[cookie, ("sec-fetch-site", "same-site")], false),
            (&[cookie, ("host", "h:1"), ("origin", "http://h:1")], true),
            (&[cookie, ("host", "h:1"), ("origin", "http://evil.example")], false),
            (&[cookie, ("host", "h:1"), ("origin", "null")], false),
            (&[cookie], false),
            (&[], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("authorization", "Bearer x"), ("sec-fetch-site", "cross-site")], true),
        ] {
            assert_eq!(asks(Method::POST, headers, None), good, "{headers:?}");
        }
        assert!(asks(Method::GET, &[cookie, ("sec-fetch-site", "cross-site")], None));
    }

    #[test]
    fn a_configured_origin_is_the_only_one() {
        let headers = [("cookie", "fieldlight=t"), ("host", "crm.example.com"), ("origin", "http://crm.example.com")];
        assert!(!asks(Method::POST, &headers, Some("https://crm.example.com")));
        let headers = [("cookie", "fieldlight=t"), ("host", "inner:3000"), ("origin", "https://crm.example.com")];
        assert!(asks(Method::POST, &headers, Some("https://crm.example.com")));
    }
}
