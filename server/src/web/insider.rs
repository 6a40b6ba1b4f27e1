//! Who may look inside without signing in: this machine itself, or whoever knows the token. A proxy on this machine speaks for somebody else, and says so.

use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderName, header};
use sha2::{Digest, Sha256};

/// Headers that proxies add.
const FORWARDED: [HeaderName; 5] = [
    header::FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-real-ip"),
    header::VIA,
];

/// Whether a request comes from this machine itself, or brings the token.
#[must_use]
pub fn is_inside(peer: Option<SocketAddr>, headers: &HeaderMap, token: Option<&str>) -> bool {
    let here = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback()) && FORWARDED.iter().all(|name| !headers.contains_key(name));
    here || token.is_some_and(|token| brings(headers, token))
}

/// Compared by their hashes, so that the time it takes tells nothing.
fn brings(headers: &HeaderMap, token: &str) -> bool {
    let brought = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
    brought
        .is_some_and(|(scheme, brought)| scheme.eq_ignore_ascii_case("bearer") && Sha256::digest(brought.trim()) == Sha256::digest(token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_proxy_on_this_machine_is_not_this_machine() {
        let from = |ip: &str| Some(SocketAddr::new(ip.parse().expect("an address"), 4711));
        let with = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
        };
        let (none, token) = (HeaderMap::new(), Some("a token of some length"));
        for (peer, headers, token, inside) in [
            (from("127.0.0.1"), none.clone(), None, true),
            (from("::1"), none.clone(), None, true),
            (from("::ffff:127.0.0.1"), none.clone(), None, true),
            (from("192.168.1.5"), none.clone(), None, false),
            (None, none.clone(), token, false),
            (from("127.0.0.1"), with("x-forwarded-for", "127.0.0.1"), token, false),
            (from("127.0.0.1"), with("forwarded", "for=127.0.0.1"), token, false),
            (from("127.0.0.1"), with("x-real-ip", "10.0.0.1"), token, false),
            (from("192.168.1.5"), with("authorization", "Bearer a token of some length"), token, true),
            (from("192.168.1.5"), with("authorization", "Bearer another token"), token, false),
            (from("192.168.1.5"), with("authorization", "Bearer "), None, false),
        ] {
            assert_eq!(is_inside(peer, &headers, token), inside, "{peer:?} {headers:?}");
        }
    }
}
