//! A page of a list as the server draws it: from the Book, only the head is drawn at once, and rows as they scroll by.

use super::draw::{head, nothing, pager};
use super::{list_name, query, row};
use crate::ask::Drawn;
use crate::markup::Markup;
use crate::session::Seen;
use domain::clients::{ClientPage, ClientQuery, Sort, Stage};
use leptos_router::location::Url;

/// The query of a whole address, as a list writes it. Of the order by distance it keeps nothing, since the position stays on the phone.
#[must_use]
pub fn of_address(stage: Stage, address: &str) -> ClientQuery {
    let parameters = address.split_once('?').map_or("", |(_, parameters)| parameters);
    let param = |name: &str| {
        let value = parameters.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.map(Url::unescape)
    };
    let query = query::read(stage, param);
    ClientQuery { sort: if query.sort == Sort::Distance { Sort::Due } else { query.sort }, ..query }
}

/// The page.
#[must_use]
pub fn list(page: &ClientPage, query: &ClientQuery, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    head(&mut m, page.counts, page.total, query);
    if page.items.is_empty() {
        nothing(&mut m, query, seen);
    } else {
        m.put("<div class=\"list-body\"><ul class=\"rows card\" role=\"list\">", &[]);
        for item in &page.items {
            row::put(&mut m, item, None, seen);
        }
        m.put("</ul></div>", &[]);
    }
    pager(&mut m, page, query);
    let name = list_name(query.stage.unwrap_or(Stage::Client));
    Drawn { title: name.into(), sub: String::new(), html: m.done() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_reads_the_address_a_list_writes() {
        let query = ClientQuery {
            stage: Some(Stage::Prospect),
            text: "café & co".into(),
            town: Some("Athi River".into()),
            offset: 50,
            ..ClientQuery::default()
        };
        assert_eq!(of_address(Stage::Prospect, &query::href(&query)), query);
        assert_eq!(of_address(Stage::Client, "/clients?sort=distance").sort, Sort::Due);
    }
}
