//! Customers who came, stayed and left, against the same days a year earlier.

use crate::charts::{Ranking, Scale, ranking};
use crate::kpis::marks::lines;
use crate::kpis::panel::{Mark, NONE, Outcome, Picture, Seen};
use crate::kpis::period::year_before;
use crate::kpis::table::{Cell, Row, Table};
use crate::kpis::why::{Against, Compared, address as why};
use domain::cube::{Answer, Dimension, Group, LIMIT_MAX, Metric, SliceDraft};

/// A customer: which of [`NAMES`], the name, net sales now and a year earlier.
type Standing<'a> = (usize, &'a str, Option<i64>, Option<i64>);

const NAMES: [&str; 3] = ["New", "Kept", "Lost"];
/// The last of them.
const LOST: usize = 2;
/// Rows that can be pressed and lead to their lines.
const LINKED: usize = 200;

/// Customers now and a year earlier.
pub fn ask(seen: &Seen<'_>) -> Vec<SliceDraft> {
    let (from, to) = year_before(seen.view.days);
    let mut slice = seen.view.slice(&[Dimension::Customer], &[Metric::NetSales]);
    (slice.order_by, slice.limit) = (slice.metrics.first().cloned(), Some(LIMIT_MAX as i64));
    slice.beside = Some([from.to_string(), to.to_string()]);
    vec![slice]
}

fn standing(group: &Group) -> Option<Standing<'_>> {
    let [now, before] = *group.figures.as_slice() else { return None };
    let status = if now.is_none() { LOST } else { usize::from(before.is_some()) };
    Some((status, group.keys.first()?.as_deref()?, now, before))
}

/// How many of each, and who they are in the table.
pub fn draw(seen: &Seen<'_>, answers: &[Answer]) -> Outcome {
    let answer = answers.first().ok_or(NONE)?;
    if seen.data.is_none_or(|(first, _)| first > year_before(seen.view.days).0) {
        return Err("There are no sales of the same days a year earlier to compare with");
    }
    let customers: Vec<Standing<'_>> = answer.groups.iter().filter_map(standing).collect();
    if customers.is_empty() {
        return Err(NONE);
    }
    let currency = seen.company.currency;
    let count = |status: usize| answer.all.get(status).copied().unwrap_or(0);
    let names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let values: Vec<Option<f64>> = (0..NAMES.len()).map(|status| Some(count(status) as f64)).collect();
    let key = |name: &str| (Dimension::Customer, Some(name.to_owned()));
    // what lost customers are known by lies a year back
    let days = |status: usize| (status == LOST).then(|| year_before(seen.view.days));
    let mark = |status: usize, name: &str| {
        let keys: Vec<_> = customers.iter().filter(|(one, ..)| *one == status).map(|(_, name, ..)| key(name)).collect();
        // where not all of them are told of, what others are narrowed to would not be what the bar says
        let all = keys.len() as i64 == count(status) && !keys.is_empty();
        Mark {
            name: name.to_owned(),
            words: [Cell::count(count(status)).words.as_str(), if count(status) == 1 { " customer" } else { " customers" }].concat(),
            keys: if all { keys } else { vec![] },
            days: days(status).filter(|_| all),
        }
    };
    let marks: Vec<Mark> = NAMES.iter().enumerate().map(|(status, name)| mark(status, name)).collect();
    let faded: Vec<bool> = marks.iter().map(|mark| seen.picked.is_some() && !seen.is_picked(&mark.keys, mark.days)).collect();
    let option = ranking(&Ranking { says: seen.panel.title, names: &names, values: &values, faded: &faded, scale: Scale::Count });
    let linked = if seen.tabled { customers.get(..LINKED).unwrap_or(&customers) } else { &[] };
    let more = linked.iter().map(|(status, name, ..)| Mark {
        name: (*name).to_owned(),
        words: String::new(),
        keys: vec![key(name)],
        days: days(*status),
    });
    let more = more.collect();
    let row = |(at, (status, name, now, before)): (usize, Standing<'_>)| Row {
        mark: (at < LINKED).then(|| (NAMES.len() + at, seen.is_picked(&[key(name)], days(status)))),
        lines: (at < LINKED).then(|| lines(&seen.view.over(days(status).unwrap_or(seen.view.days)), &[key(name)], None)),
        why: (at < LINKED).then(|| {
            let view = seen.view.within(&[key(name)], None);
            why(seen.filters, &view, Compared { against: Against::YearBefore, ..Compared::default() })
        }),
        cells: vec![
            Cell::name(name),
            Cell::name(NAMES.get(status).copied().unwrap_or_default()),
            Cell::money(now, currency),
            Cell::money(before, currency),
        ],
    };
    let rows = if seen.tabled { customers.iter().copied().enumerate().map(row).collect() } else { vec![] };
    let (told, all) = (customers.len() as i64, answer.all.iter().sum());
    let note = if told < all {
        ["The table has ", &Cell::count(told).words, " of ", &Cell::count(all).words, " customers, the largest of each kind."].concat()
    } else {
        String::new()
    };
    Ok(Picture { option, note, marks, more, table: Table { heads: vec!["Customer", "Status", "Net sales", "A year earlier"], rows } })
}
