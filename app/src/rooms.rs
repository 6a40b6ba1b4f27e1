//! Areas of several rooms under one route: which of them an address is of.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The rest of the address behind that of an area. On the way out the address is already that of another page: then the room is the one that was last, for
/// nothing here is to follow where somebody goes.
#[must_use]
pub fn room_of(area: &'static str) -> Memo<String> {
    let path = use_location().pathname;
    Memo::new(move |before: Option<&String>| {
        let room = path.with(|path| rest(path, area).map(str::to_owned));
        room.or_else(|| before.cloned()).unwrap_or_default()
    })
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
