//! Lines, drawn where they are read.

use super::PATH;
use crate::ask::Drawn;
use crate::clients::query::Address;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::session::Seen;
use crate::ui::Glyph;
use backend::sales::lines::{LineQuery, LineTotal, Place, SoldLine};
use domain::Day;
use domain::ids::ImportId;
use domain::sales::units;

/// Lines of one page.
pub const PAGE: u32 = 200;

/// The question of an address: `?from=2026-11-01&to=2026-11-25&rep=…`.
///
/// # Errors
/// What in it cannot be read, in words.
pub fn of_address(address: &str) -> Result<LineQuery, Problem> {
    let mut query = LineQuery::default();
    let pairs = address.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).filter(|(_, value)| !value.is_empty());
    for (name, value) in pairs {
        let read = match name {
            "from" => Day::parse(value).map(|day| query.from = Some(day)),
            "to" => Day::parse(value).map(|day| query.to = Some(day)),
            "rep" => value.parse().ok().map(|id| query.rep = Some(id)),
            "branch" => value.parse().ok().map(|id| query.branch = Some(id)),
            "client" => value.parse().ok().map(|id| query.client = Some(id)),
            "product" => value.parse().ok().map(|id| query.product = Some(id)),
            "after" => place(value).map(|place| query.after = Some(place)),
            "only" => decoded(value).map(|only| keep(&mut query, &only)),
            _ => Some(()),
        };
        read.ok_or_else(|| Problem::Rejected(format!("The address cannot be read: correct {name}={value}, or leave it out.")))?;
    }
    Ok(query)
}

/// A value kept: `branch:Nairobi`; `branch` alone keeps what has none.
fn keep(query: &mut LineQuery, only: &str) {
    let (key, label) = only.split_once(':').map_or((only, None), |(key, label)| (key, Some(label.to_owned())));
    query.keys.entry(key.to_owned()).or_default().push(label);
}

/// What a parameter stands for; none when it is not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut found = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        found.push(match byte {
            b'%' => u8::from_str_radix(std::str::from_utf8(&[bytes.next()?, bytes.next()?]).ok()?, 16).ok()?,
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(found).ok()
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.splitn(3, '.');
    Some(Place(Day(parts.next()?.parse().ok()?), ImportId(parts.next()?.parse().ok()?), parts.next()?.parse().ok()?))
}

/// The lines with what they come to.
pub fn lines(lines: &[SoldLine], total: LineTotal, query: &LineQuery, seen: Seen<'_>) -> Drawn {
    let currency = seen.company.currency;
    let days = match (query.from, query.to) {
        (Some(from), Some(to)) if from == to => from.full(seen.today),
        (Some(from), Some(to)) => [&from.long(seen.today), " to ", &to.long(seen.today)].concat(),
        (Some(from), None) => ["since ", &from.long(seen.today)].concat(),
        (None, Some(to)) => ["up to ", &to.long(seen.today)].concat(),
        (None, None) => "all days".to_owned(),
    };
    let sub = std::iter::once(days).chain(query.keys.iter().map(kept)).collect::<Vec<_>>().join(" · ");
    let mut m = Markup::default();
    if lines.is_empty() {
        m.empty(Glyph::Chart, "No sales in this selection", "No line was brought in for these days, or none that is yours to see.");
        m.put("<a class=\"button button--quiet\" href=\"/targets\">Back to the figures</a></div>", &[]);
        return Drawn { title: "Sales lines".into(), sub, html: m.done() };
    }
    m.put("<dl class=\"tally card\">", &[]);
    for (words, value) in [
        ("lines", crate::words::thousands(u32::try_from(total.lines).unwrap_or(u32::MAX))),
        ("gross revenue", currency.words(total.gross)),
        ("returns", currency.words(total.returns)),
        ("net sales", currency.words(total.gross + total.returns)),
        ("gross profit where the cost is known", total.profit.map_or_else(|| "unknown".to_owned(), |profit| currency.words(profit))),
    ] {
        m.put("<div class=\"tally__one\"><dt>{}</dt><dd>{}</dd></div>", &[words, &value]);
    }
    m.put("</dl>", &[]);
    table(&mut m, lines, seen);
    if let Some(last) = lines.last().filter(|_| lines.len() == PAGE as usize) {
        let Place(day, import, line) = last.place();
        let mut next = Address::new(PATH);
        for (name, value) in pairs(query) {
            next.add(name, &value);
        }
        next.add("after", &format!("{}.{import}.{line}", day.0));
        m.put("<a class=\"button button--quiet\" href=\"{}\">Next lines</a>", &[&next.finish()]);
    }
    Drawn { title: "Sales lines".into(), sub, html: m.done() }
}

/// What is kept of a key, in words.
fn kept((key, labels): (&String, &Vec<Option<String>>)) -> String {
    const NAMES: [(&str, &str); 7] = [
        ("branch", "Branch"),
        ("rep", "Salesperson"),
        ("productLine", "Product line"),
        ("itemGroup", "Item group"),
        ("product", "Product"),
        ("customer", "Customer"),
        ("segment", "Segment"),
    ];
    let name = NAMES.iter().find(|(code, _)| code == key).map_or(key.as_str(), |(_, name)| name);
    let first = labels.iter().take(3).map(|label| label.as_deref().unwrap_or("none")).collect::<Vec<_>>().join(", ");
    let more = if labels.len() > 3 { format!(" and {} more", labels.len() - 3) } else { String::new() };
    [name, ": ", &first, &more].concat()
}

fn pairs(query: &LineQuery) -> Vec<(&'static str, String)> {
    let days = [("from", query.from), ("to", query.to)].map(|(name, day)| (name, day.map(|day| day.to_string())));
    let ids = [
        ("rep", query.rep.map(|id| id.to_string())),
        ("branch", query.branch.map(|id| id.to_string())),
        ("client", query.client.map(|id| id.to_string())),
        ("product", query.product.map(|id| id.to_string())),
    ];
    let only = query.keys.iter().flat_map(|(key, labels)| labels.iter().map(move |label| super::only(key, label.as_deref())));
    let fixed = days.into_iter().chain(ids).filter_map(|(name, value)| Some((name, value?)));
    fixed.chain(only.map(|only| ("only", only))).collect()
}

fn table(m: &mut Markup, lines: &[SoldLine], seen: Seen<'_>) {
    let (team, currency) = (!seen.caller.has_book(), seen.company.currency);
    m.put("<div class=\"table-wrap card\" tabindex=\"0\" role=\"region\" aria-label=\"Lines\"><table class=\"table table--entries\"><thead><tr>", &[]);
    let heads = ["Day", "Document", "Customer", "Product"].into_iter().chain(team.then_some("Rep"));
    heads.for_each(|name| m.put("<th scope=\"col\">{}</th>", &[name]));
    ["Units", "Net sales", "Cost"].into_iter().for_each(|name| m.put("<th scope=\"col\" class=\"table__num\">{}</th>", &[name]));
    m.put("</tr></thead><tbody>", &[]);
    for line in lines {
        let sale = &line.sale;
        m.put(
            "<tr><td>{}</td><td>{}</td><td class=\"table__lead\">",
            &[&sale.day.short(seen.today), sale.document.as_deref().unwrap_or("–")],
        );
        match (sale.client, line.client_name.as_deref()) {
            (Some(client), Some(name)) => m.put("<a href=\"/clients/{}\">{}</a>", &[&client.to_string(), name]),
            _ => m.put("<span class=\"table__dim\">unknown customer</span>", &[]),
        }
        m.put("</td><td>{}</td>", &[line.product_name.as_deref().or(line.product_code.as_deref()).unwrap_or("–")]);
        if team {
            m.put("<td class=\"table__dim\">{}</td>", &[line.rep_name.as_deref().unwrap_or("–")]);
        }
        let cost = sale.cost.map_or_else(|| "unknown".to_owned(), |cost| currency.words(cost));
        m.put(
            "<td class=\"table__num\" data-name=\"Units\">{}</td><td class=\"table__num table__main\">{}</td><td class=\"table__num table__dim\" data-name=\"Cost\">{}</td></tr>",
            &[&units(sale.units_sold - sale.units_returned), &currency.words(sale.net()), &cost],
        );
    }
    m.put("</tbody></table></div>", &[]);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn an_address_is_a_question_and_says_what_in_it_is_none() {
        let query = of_address("?from=2026-11-01&to=2026-11-25&rep=&sort=x").unwrap();
        assert_eq!((query.from, query.to, query.rep), (Day::parse("2026-11-01"), Day::parse("2026-11-25"), None));
        assert_eq!(pairs(&query), [("from", "2026-11-01".to_owned()), ("to", "2026-11-25".to_owned())]);
        let only = of_address("?only=productLine:A%26B%3A1&only=rep&only=rep:Gr%C3%A1ce").unwrap();
        assert_eq!(only.keys["productLine"], [Some("A&B:1".to_owned())]);
        assert_eq!(only.keys["rep"], [None, Some("Gráce".to_owned())]);
        assert_eq!(pairs(&only)[0], ("only", "productLine:A&B:1".to_owned()));
        assert!(of_address("?only=rep:%f").is_err());
        assert!(matches!(of_address("from=2026-02-30"), Err(Problem::Rejected(words)) if words.contains("from=2026-02-30")));
    }
}
