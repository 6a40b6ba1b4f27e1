//! Areas of several rooms under one route: which of them an address is of.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The rest of the address behind that of an area.
#[must_use]
pub fn room_of(area: &'static str) -> Memo<String> {
    let path = use_location().pathname;
    held(move || path.with(|path| rest(path, area).map(str::to_owned)))
}

/// The query of an area's address.
#[must_use]
pub fn query_of(area: &'static str) -> Memo<String> {
    let location = use_location();
    held(move || location.pathname.with(|path| rest(path, area).is_some()).then(|| location.search.get()))
}

/// On the way out the address is already that of another page, and nothing here is to follow where somebody goes: what was last stays.
fn held(now: impl Fn() -> Option<String> + Send + Sync + 'static) -> Memo<String> {
    Memo::new(move |before: Option<&String>| now().or_else(|| before.cloned()).unwrap_or_default())
}

/// Whether an address is within an area, and what stands behind it.
fn rest<'p>(path: &'p str, area: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(area)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_a_room_of_its_own_area_alone() {
        assert_eq!(rest("/kpis", "/kpis"), Some(""));
        assert_eq!(rest("/kpis/why/", "/kpis"), Some("why"));
        assert_eq!(rest("/office/imports/7", "/office"), Some("imports/7"));
        assert_eq!(rest("/clients", "/kpis"), None);
        assert_eq!(rest("/kpistle", "/kpis"), None);
    }
}
