//! A list's filters in its address, so that a filtered list can be linked, gone back to, and used before the script runs.

use super::list_path;
use domain::clients::list::PAGE;
use domain::clients::{ClientQuery, Sort, Stage, Status};
use domain::lights::Light;

/// The query an address asks for.
pub fn read(stage: Stage, param: impl Fn(&str) -> Option<String>) -> ClientQuery {
    let word = |name: &str| param(name).filter(|value| !value.is_empty());
    let page: u32 = word("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    ClientQuery {
        stage: Some(stage),
        text: word("q").unwrap_or_default(),
        light: word("light").and_then(|code| Light::parse(&code)),
        segment: word("segment"),
        tag: word("tag"),
        status: word("status").and_then(|code| Status::parse(&code)),
        town: word("town"),
        rep: word("rep").and_then(|id| id.parse().ok()),
        branch: word("branch").and_then(|id| id.parse().ok()),
        archived: word("archived").is_some(),
        sort: word("sort").map_or(Sort::Due, |code| parse_sort(&code)),
        near: None,
        offset: page.saturating_sub(1).saturating_mul(PAGE),
        limit: PAGE,
    }
}

/// The address of a query.
#[must_use]
pub fn href(query: &ClientQuery) -> String {
    let mut address = Address::new(list_path(query.stage.unwrap_or(Stage::Client)));
    for (name, value) in pairs(query) {
        address.add(name, &value);
    }
    if query.offset > 0 {
        address.add("page", &(query.offset / PAGE + 1).to_string());
    }
    address.finish()
}

/// Every filter in use but the page: for the address, and for hidden fields of a form.
#[must_use]
pub fn pairs(query: &ClientQuery) -> Vec<(&'static str, String)> {
    let all = [
        ("q", Some(query.text.clone()).filter(|text| !text.is_empty())),
        ("light", query.light.map(|light| light.code().to_owned())),
        ("segment", query.segment.clone()),
        ("tag", query.tag.clone()),
        ("status", query.status.map(|status| status.code().to_owned())),
        ("town", query.town.clone()),
        ("rep", query.rep.map(|rep| rep.to_string())),
        ("branch", query.branch.map(|branch| branch.to_string())),
        ("archived", query.archived.then(|| "1".to_owned())),
        ("sort", sort_code(query.sort).map(str::to_owned)),
    ];
    all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
}

/// How many filters narrow the list beside text, light and stage.
#[must_use]
pub fn narrowed(query: &ClientQuery) -> usize {
    pairs(query).iter().filter(|(name, _)| !["q", "light", "sort"].contains(name)).count()
}

/// As written in an address; none for the usual order.
#[must_use]
pub fn sort_code(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::Due => None,
        Sort::Name => Some("name"),
        Sort::Distance => Some("distance"),
    }
}

fn parse_sort(code: &str) -> Sort {
    match code {
        "name" => Sort::Name,
        "distance" => Sort::Distance,
        _ => Sort::Due,
    }
}

/// An address being put together.
pub struct Address {
    text: String,
    next: char,
}

impl Address {
    /// Begins with a path.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self { text: path.to_owned(), next: '?' }
    }

    /// Adds a parameter, escaped the same way on server and browser.
    pub fn add(&mut self, name: &str, value: &str) {
        self.text.push(self.next);
        self.next = '&';
        self.text.push_str(name);
        self.text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                self.text.push(byte as char);
            } else {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                self.text.push('%');
                self.text.push(HEX[usize::from(byte >> 4)] as char);
                self.text.push(HEX[usize::from(byte & 15)] as char);
            }
        }
    }

    /// The whole.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_the_way_through_its_address() {
        let query = ClientQuery {
            stage: Some(Stage::Prospect),
            text: "café & co".into(),
            light: Some(Light::Red),
            town: Some("Athi River".into()),
            archived: true,
            sort: Sort::Name,
            offset: 100,
            ..ClientQuery::default()
        };
        assert_eq!(href(&query), "/prospects?q=caf%C3%A9%20%26%20co&light=red&town=Athi%20River&archived=1&sort=name&page=3");
        let pairs = pairs(&query);
        let param = |name: &str| match name {
            "page" => Some("3".to_owned()),
            _ => pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()),
        };
        assert_eq!(read(Stage::Prospect, param), query);
        assert_eq!(narrowed(&query), 2);
        assert_eq!(read(Stage::Client, |_| None), ClientQuery { stage: Some(Stage::Client), ..ClientQuery::default() });
    }
}
