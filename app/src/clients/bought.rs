//! What a client bought, on its card: this fiscal year beside the last at the same day, by month and by product. Drawn as text, so it works without network.

use crate::charts::pairs;
use crate::markup::Markup;
use crate::session::Seen;
use domain::bought::{Analysis, Pair, ProductName};
use domain::clients::{ClientCard, Stage};
use domain::measures::percent;
use domain::money::Currency;

/// The section; a prospect has none.
pub fn section(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    let found = card.bought.analysis(seen.today, seen.company.fiscal_start_month);
    let Some(found) = found else {
        if card.client.stage == Stage::Client {
            m.section("Sales", "");
            m.put("<p class=\"muted small\">Nothing was sold to this client in this fiscal year or the last.</p></section>", &[]);
        }
        return;
    };
    let currency = seen.company.currency;
    m.section("Sales", &["to ", &seen.today.short(seen.today)].concat());
    m.put("<div class=\"card card--pad bought\">", &[]);
    so_far(m, &found, seen);
    months(m, &found, currency);
    products(m, &found, currency);
    m.put("</div></section>", &[]);
}

fn amount(minor: Option<i64>, currency: Currency) -> String {
    minor.map_or_else(|| "–".to_owned(), |minor| currency.words(minor))
}

fn so_far(m: &mut Markup, found: &Analysis, seen: Seen<'_>) {
    let (currency, Pair { now, before }) = (seen.company.currency, found.so_far);
    let since = found.from.short(seen.today);
    m.put("<dl class=\"bought__figures\"><div><dt>net sales since {}</dt><dd>{}</dd></div>", &[&since, &amount(now, currency)]);
    m.put("<div><dt>the same days last year</dt><dd>{}</dd></div>", &[&amount(before, currency)]);
    if let Some(change) = found.so_far.change() {
        let sign = if change > 0 { "+" } else { "" };
        m.put("<div><dt>change</dt><dd>{}{}</dd></div>", &[sign, &percent(change)]);
    }
    m.put("</dl>", &[]);
}

fn months(m: &mut Markup, found: &Analysis, currency: Currency) {
    let values: Vec<_> = found.months.iter().map(|(_, pair)| (pair.now, pair.before)).collect();
    pairs(m, "Net sales by month, this fiscal year beside the last; the table below has the figures", &values);
    m.put("<div class=\"bought__months\" aria-hidden=\"true\">", &[]);
    let name = |month: domain::Day| month.short(month).trim_start_matches("1 ").chars().take(3).collect::<String>();
    found.months.iter().for_each(|(month, _)| m.put("<span>{}</span>", &[&name(*month)]));
    m.put("</div><p class=\"bought__key small muted\"><i class=\"bought__now\"></i> this fiscal year <i class=\"bought__before\"></i> last</p>", &[]);
    m.put("<details class=\"bought__table\"><summary>Table</summary>", &[]);
    head(m, "Month");
    for (month, pair) in &found.months {
        row(m, &name(*month), *pair, currency);
    }
    m.put("</tbody></table></details>", &[]);
}

fn products(m: &mut Markup, found: &Analysis, currency: Currency) {
    head(m, "Product");
    for (name, pair) in &found.products {
        let name = match name {
            ProductName::Named(name) => name,
            ProductName::Unknown => "Unknown product",
            ProductName::Others => "All others",
        };
        row(m, name, *pair, currency);
    }
    m.put("</tbody></table>", &[]);
}

fn head(m: &mut Markup, first: &str) {
    m.put("<table class=\"table\"><thead><tr><th scope=\"col\">{}</th>", &[first]);
    m.put(
        "<th scope=\"col\" class=\"table__num\">This year</th><th scope=\"col\" class=\"table__num\">Last year</th></tr></thead><tbody>",
        &[],
    );
}

fn row(m: &mut Markup, name: &str, pair: Pair, currency: Currency) {
    m.put(
        "<tr><td>{}</td><td class=\"table__num\">{}</td><td class=\"table__num table__dim\">{}</td></tr>",
        &[name, &amount(pair.now, currency), &amount(pair.before, currency)],
    );
}
