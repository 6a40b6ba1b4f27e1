//! Few names for many addresses: a route's template, the group people know it by, and no label an outsider can make up.

use axum::http::{Method, StatusCode};

/// What no route answers.
const UNKNOWN: &str = "unmatched";
/// What came when there were too many series.
pub(super) const OTHER: &str = "other";

/// The route's template; one name for whatever is no route, and no hash at the end of a screen's question.
pub(super) fn template(route: Option<&str>) -> String {
    match route {
        None => UNKNOWN.to_owned(),
        Some(route) if is_question(route) => route.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(),
        Some(route) => route.to_owned(),
    }
}

/// The group of a route on the page.
pub(super) fn group(route: Option<&str>) -> String {
    let Some(route) = route else { return "Unknown addresses".to_owned() };
    if let Some(rest) = route.strip_prefix("/api/v1/") {
        return format!("API: {}", rest.split('/').next().unwrap_or_default());
    }
    let words = match route {
        _ if is_question(route) => "Questions of screens",
        "/health" | "/ready" | "/metrics" => "Probes",
        _ if route.starts_with("/api/") => "Unknown addresses",
        _ if route.starts_with("/pkg/") || route.rsplit('/').next().is_some_and(|last| last.contains('.')) => "Files",
        _ => "Pages",
    };
    words.to_owned()
}

/// Server functions have a name and a number under `/api/`.
fn is_question(route: &str) -> bool {
    route.strip_prefix("/api/").is_some_and(|name| !name.contains(['/', '{']) && name.ends_with(|c: char| c.is_ascii_digit()))
}

/// The method, where it is one we know.
pub(super) fn method(method: &Method) -> &'static str {
    let known = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::HEAD, Method::OPTIONS];
    let names = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    known.iter().position(|one| one == method).map_or(OTHER, |at| names[at])
}

/// The hundreds of a status.
pub(super) fn class(status: StatusCode) -> &'static str {
    ["1xx", "2xx", "3xx", "4xx", "5xx"].get(usize::from(status.as_u16() / 100).wrapping_sub(1)).copied().unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_a_group() {
        for (route, name) in [
            (None, "Unknown addresses"),
            (Some("/api/{*rest}"), "Unknown addresses"),
            (Some("/api/v1/clients/{id}"), "API: clients"),
            (Some("/api/imports_list1234567"), "Questions of screens"),
            (Some("/pkg/{*rest}"), "Files"),
            (Some("/icons/icon-192.png"), "Files"),
            (Some("/health"), "Probes"),
            (Some("/"), "Pages"),
            (Some("/office/{*room}"), "Pages"),
        ] {
            assert_eq!(group(route), name, "{route:?}");
        }
        assert_eq!(template(Some("/api/imports_list1234567")), "/api/imports_list");
        assert_eq!(template(Some("/api/v1/clients/{id}")), "/api/v1/clients/{id}");
    }
}
