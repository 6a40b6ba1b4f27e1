//! Cycle, age and activities, drawn.

use super::NONE;
use super::rates::HEADS;
use super::table::Row;
use super::{Draw, Drawn, Mark, Picture, instead};
use crate::charts::Scale;
use crate::kpis::table::Cell;
use domain::opportunities::{Band, Outcome, Quartiles, Query, SMALL, activities, ages, cycle};

impl Draw<'_> {
    pub(super) fn cycle(&self) -> Drawn {
        let took = cycle(&self.found.facts);
        if took.ended.is_none() {
            return instead(if self.found.facts.is_empty() { NONE } else { "None of these opportunities has ended with both days known." });
        }
        let ended = [("All that ended", took.ended, None), ("Won", took.won, Some(Outcome::Won)), ("Lost", took.lost, Some(Outcome::Lost))];
        let found: Vec<_> = ended.into_iter().filter_map(|(name, of, outcome)| Some((name, of?, outcome))).collect();
        let stands = |outcome: Option<Outcome>| Query { outcome, timed: true, ..Query::default() };
        let mark = |(name, of, outcome): &(&str, Quartiles, Option<Outcome>)| {
            let few = if of.count < SMALL { ", few" } else { "" };
            let words = ["half within ", &days(of.median), " days · ", &of.count.to_string(), few].concat();
            Mark { name: (*name).to_owned(), value: Some(of.median as f64 / 10.0), words, of: stands(*outcome) }
        };
        let rows: Vec<Row> = found
            .iter()
            .map(|(name, of, outcome)| {
                let days = [of.lower, of.median, of.upper].map(|tenths| Cell { words: days(tenths), plain: days(tenths), number: true });
                (stands(*outcome), [Cell::name(name), Cell::count(of.count)].into_iter().chain(days).collect())
            })
            .collect();
        let heads = vec!["Ended", "Opportunities", "A quarter within", "Half within", "Three quarters within"];
        let drawn = self.ranking("Median of days from beginning to end", found.iter().map(mark).collect(), Scale::Count);
        Ok(Picture { heads, rows, ..drawn })
    }

    pub(super) fn ages(&self) -> Drawn {
        let bands = ages(&self.found.pipelines, &self.found.facts, self.found.today);
        if bands.is_empty() {
            return instead(if self.found.facts.is_empty() { NONE } else { "None of these opportunities is open." });
        }
        let stands = |band: &Band| {
            let mut of = Query { outcome: Some(Outcome::Open), ..Query::default() };
            let day = |days: i64| Some(self.found.today.plus(-i32::try_from(days).unwrap_or(i32::MAX)));
            match band.span {
                None => of.without = Some("day".to_owned()),
                Some((least, most)) => {
                    // the youngest band holds those that begin later, too
                    of.to = if least == 0 { None } else { day(least) };
                    of.from = most.and_then(day);
                }
            }
            of
        };
        let name = |band: &Band| span(band.span, "days", "No day of beginning");
        let mark = |band: &Band| {
            let value = band.tally.open_worth().map(|minor| [" · ", &self.currency.whole(minor)].concat()).unwrap_or_default();
            let words = [&Cell::count(band.tally.all).words, " open", &value].concat();
            Mark { name: name(band), value: Some(band.tally.all as f64), words, of: stands(band) }
        };
        let cells =
            |band: &Band| vec![Cell::name(&name(band)), Cell::count(band.tally.all), Cell::money(band.tally.open_worth(), self.currency)];
        let rows: Vec<Row> = bands.iter().map(|band| (stands(band), cells(band))).collect();
        let drawn = self.standing("Open opportunities by age", bands.iter().map(mark).collect(), Scale::Count);
        Ok(Picture { heads: vec!["Age", "Open", "Value"], rows, ..drawn })
    }

    pub(super) fn activities(&self) -> Drawn {
        let bands = activities(&self.found.pipelines, &self.found.facts);
        if bands.is_empty() {
            return instead(if self.found.facts.is_empty() {
                NONE
            } else {
                "Nothing is known of activities: the source counts none, and no visits were made to these clients meanwhile."
            });
        }
        let stands = |band: &Band| match band.span {
            None => Query { without: Some("activities".to_owned()), ..Query::default() },
            Some((least, most)) => Query { activities_from: Some(least), activities_to: most, ..Query::default() },
        };
        let name = |band: &Band| span(band.span, "", "Unknown");
        let (rate, says) = self.rate();
        let mark = |band: &Band| {
            let of = rate(&band.tally);
            let few = if of.1 < SMALL { ", few: " } else { " of " };
            let words = [&Cell::share(of.0).words, few, &of.1.to_string()].concat();
            Mark { name: name(band), value: of.0.map(|tenths| tenths as f64 / 10.0), words, of: stands(band) }
        };
        let rows: Vec<Row> = bands.iter().map(|band| (stands(band), self.cells(&name(band), &band.tally))).collect();
        let drawn = self.standing(says, bands.iter().map(mark).collect(), Scale::Percent);
        Ok(Picture { heads: HEADS.to_vec(), rows, ..drawn })
    }
}

/// Tenths of a day: `12.5`, `12`.
fn days(tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// `31 to 60 days`, `10 or more`.
fn span(span: Option<(i64, Option<i64>)>, unit: &str, none: &str) -> String {
    let words = match span {
        None => return none.to_owned(),
        Some((least, Some(most))) if least == most => least.to_string(),
        Some((least, Some(most))) => format!("{least} to {most}"),
        Some((least, None)) => format!("{least} or more"),
    };
    if unit.is_empty() { words } else { [&words, " ", unit].concat() }
}
