//! Opportunities listed, drawn where they are read.

use super::{NONE, PATH};
use crate::ask::Drawn;
use crate::clients::query::Address;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::thousands;
use backend::opportunities::Place;
use domain::Day;
use domain::ids::OpportunityId;
use domain::opportunities::{OpportunityItem, Query};

/// Opportunities of one page.
pub const PAGE: u32 = 100;

/// Where a page begins; nowhere in particular when nothing is said.
///
/// # Errors
/// What in the address cannot be read, in words.
pub fn place(text: &str) -> Result<Option<Place>, Problem> {
    let read = |text: &str| {
        let (day, id) = text.split_once('.')?;
        let day = if day.is_empty() { None } else { Some(Day(day.parse().ok()?)) };
        Some((day, OpportunityId(id.parse().ok()?)))
    };
    match text {
        "" => Ok(None),
        text => read(text)
            .map(Some)
            .ok_or_else(|| Problem::Rejected(format!("The address cannot be read: correct after={text}, or leave it out."))),
    }
}

/// One page of them.
pub fn drawn(found: &[OpportunityItem], count: i64, query: &Query, seen: Seen<'_>) -> Drawn {
    let mut m = Markup::default();
    let (title, sub) = ("Opportunities".to_owned(), said(query, count, seen.today));
    if found.is_empty() {
        m.empty(Glyph::Chart, NONE, "None was brought in that fits, or none that is yours to see.");
        m.put("<a class=\"button button--quiet\" href=\"/kpis/pipeline\">Back to the pipeline</a></div>", &[]);
        return Drawn { title, sub, html: m.done() };
    }
    table(&mut m, found, seen);
    if let Some(last) = found.last().filter(|_| found.len() == PAGE as usize) {
        let mut next = Address::new(PATH);
        for (name, value) in query.pairs() {
            next.add(name, &value);
        }
        let day = last.opportunity.engaged_on.map(|day| day.0.to_string()).unwrap_or_default();
        next.add("after", &[&day, ".", &last.opportunity.id.to_string()].concat());
        m.put("<a class=\"button button--quiet\" href=\"{}\">Next opportunities</a>", &[&next.finish()]);
    }
    Drawn { title, sub, html: m.done() }
}

/// How many there are, and which: every word the address narrows by.
fn said(query: &Query, count: i64, today: Day) -> String {
    let days = match (query.from, query.to) {
        (Some(from), Some(to)) => Some(["began ", &from.long(today), " to ", &to.long(today)].concat()),
        (Some(from), None) => Some(["began since ", &from.long(today)].concat()),
        (None, Some(to)) => Some(["began up to ", &to.long(today)].concat()),
        (None, None) => None,
    };
    let spoken = |(name, value): (&str, String)| match name {
        "from" | "to" => None,
        "reached" => Some(["came to ", &value].concat()),
        "without" => Some(["without ", &value.replace(',', ", ")].concat()),
        "timed" => Some("ended, with both days known".to_owned()),
        "activitiesFrom" => Some([&value, " activities or more"].concat()),
        "activitiesTo" => Some([&value, " activities or fewer"].concat()),
        _ => Some(value),
    };
    let all =
        [thousands(u32::try_from(count).unwrap_or(u32::MAX))].into_iter().chain(days).chain(query.pairs().into_iter().filter_map(spoken));
    all.collect::<Vec<_>>().join(" · ")
}

fn table(m: &mut Markup, found: &[OpportunityItem], seen: Seen<'_>) {
    let (team, currency) = (!seen.caller.has_book(), seen.company.currency);
    m.put(
        "<div class=\"table-wrap card\" tabindex=\"0\" role=\"region\" aria-label=\"Opportunities\"><table class=\"table\"><thead><tr>",
        &[],
    );
    let heads = ["Began", "Opportunity", "Client", "Product", "Stage", "Ended"].into_iter().chain(team.then_some("Rep"));
    heads.for_each(|name| m.put("<th scope=\"col\">{}</th>", &[name]));
    m.put("<th scope=\"col\" class=\"table__num\">Value</th></tr></thead><tbody>", &[]);
    let day = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), |day| day.short(seen.today));
    for item in found {
        let it = &item.opportunity;
        m.put("<tr><td>{}</td><td>{}</td><td>", &[&day(it.engaged_on), it.name.as_deref().unwrap_or(&it.external_id)]);
        match (it.client, item.client_name.as_deref(), it.account.as_deref()) {
            (Some(client), Some(name), _) => m.put("<a href=\"/clients/{}\">{}</a>", &[&client.to_string(), name]),
            (_, _, Some(account)) => m.put("{}", &[account]),
            _ => m.put("<span class=\"table__dim\">no account</span>", &[]),
        }
        m.put("</td><td>{}</td><td>{}</td><td>{}</td>", &[it.product_name.as_deref().unwrap_or("–"), &it.stage, &day(it.closed_on)]);
        if team {
            m.put("<td class=\"table__dim\">{}</td>", &[item.rep_name.as_deref().unwrap_or("–")]);
        }
        let value = it.value.map_or_else(|| "unknown".to_owned(), |minor| currency.words(minor));
        m.put("<td class=\"table__num\">{}</td></tr>", &[&value]);
    }
    m.put("</tbody></table></div>", &[]);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_page_begins_behind_a_place_or_says_what_in_it_is_none() {
        let id = OpportunityId(uuid::Uuid::from_u128(9));
        assert_eq!(place(&format!("12.{id}")).unwrap(), Some((Some(Day(12)), id)));
        assert_eq!((place(&format!(".{id}")).unwrap(), place("").unwrap()), (Some((None, id)), None));
        assert!(matches!(place("soon"), Err(Problem::Rejected(words)) if words.contains("after=soon")));
    }

    #[test]
    fn a_list_says_which_it_holds() {
        let query = Query { from: Some(Day(0)), reached: Some("Offered".into()), rep: Some("Ann".into()), ..Query::default() };
        assert_eq!(said(&query, 1_200, Day(0)), "1,200 · began since 1 January · Ann · came to Offered");
    }
}
