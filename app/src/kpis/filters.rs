//! What is looked at: days and values in the address, and marks that were pressed on this page.

use super::PATH;
use super::period::Period;
use crate::clients::query::Address;
use domain::Day;
use domain::cube::{Dimension, Metric, SliceDraft};
use domain::measures;

/// What the address may narrow by, in the order of the bar.
pub const NARROWED: [(Dimension, &str, &str); 6] = [
    (Dimension::Branch, "Branch", "All branches"),
    (Dimension::Rep, "Salesperson", "All salespeople"),
    (Dimension::ProductLine, "Product line", "All lines"),
    (Dimension::ItemGroup, "Item group", "All groups"),
    (Dimension::Product, "Product", "All products"),
    (Dimension::Customer, "Customer", "All customers"),
];

/// A key of a mark: a dimension and its label, none for what has no such key.
pub type Key = (Dimension, Option<String>);

/// Filters of the whole area, as its address has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// A period with a name.
    pub period: Option<Period>,
    /// Days of one's own, where no period is named.
    pub days: Option<(Day, Day)>,
    /// Values kept, one of a dimension.
    pub only: Vec<(Dimension, String)>,
}

impl Filters {
    /// From the parameters of an address.
    pub fn read(param: impl Fn(&str) -> Option<String>) -> Self {
        let day = |name: &str| Day::parse(&param(name)?);
        let only = NARROWED.iter().filter_map(|(dimension, ..)| {
            let label = param(dimension.code()).filter(|label| !label.is_empty())?;
            Some((*dimension, label))
        });
        Self {
            period: param("period").and_then(|code| Period::parse(&code)),
            days: day("from").zip(day("to")).filter(|(from, to)| from <= to),
            only: only.collect(),
        }
    }

    /// The address of a page of the area with these filters.
    #[must_use]
    pub fn address(&self, room: &str) -> String {
        let mut address = if room.is_empty() { Address::new(PATH) } else { Address::new(&[PATH, "/", room].concat()) };
        match (self.period, self.days) {
            (Some(period), _) => address.add("period", period.code()),
            (None, Some((from, to))) => {
                address.add("from", &from.to_string());
                address.add("to", &to.to_string());
            }
            (None, None) => {}
        }
        for (dimension, label) in &self.only {
            address.add(dimension.code(), label);
        }
        address.finish()
    }

    /// The value kept of a dimension.
    #[must_use]
    pub fn label(&self, dimension: Dimension) -> Option<&str> {
        self.only.iter().find(|(one, _)| *one == dimension).map(|(_, label)| label.as_str())
    }

    /// With another value of a dimension; without any when it is empty.
    #[must_use]
    pub fn with(&self, dimension: Dimension, label: String) -> Self {
        let mut filters = self.clone();
        filters.only.retain(|(one, _)| *one != dimension);
        if !label.is_empty() {
            filters.only.push((dimension, label));
        }
        filters
    }

    /// The days chosen, of the fiscal year when none are; none for all there is.
    #[must_use]
    pub fn chosen(&self, today: Day, start: u8) -> Option<(Day, Day)> {
        self.days.filter(|_| self.period.is_none()).or_else(|| self.period.unwrap_or(Period::FiscalYear).days(today, start))
    }

    /// The days looked at: those chosen, of the fiscal year when none are, and never beyond those with data.
    #[must_use]
    pub fn within(&self, today: Day, start: u8, data: Option<(Day, Day)>) -> (Day, Day) {
        let (first, last) = data.unwrap_or((today, today));
        let (from, to) = self.chosen(today, start).unwrap_or((first, last));
        (from, if last >= from { to.min(last) } else { to })
    }
}

/// A mark that was pressed: it narrows every chart but its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The chart it was pressed in.
    pub panel: &'static str,
    /// For people.
    pub words: String,
    /// What it stands for.
    pub keys: Vec<Key>,
    /// Its days.
    pub days: Option<(Day, Day)>,
}

/// What one chart looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Days.
    pub days: (Day, Day),
    /// Values kept; all of them hold.
    pub keys: Vec<Key>,
    /// What rankings go by.
    pub by: By,
}

/// What rankings go by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Gross profit.
    #[default]
    Profit,
    /// Net sales.
    Sales,
    /// Margin.
    Margin,
    /// Returns rate.
    Returns,
}

impl By {
    /// Every one, in the order of the control.
    pub const ALL: [Self; 4] = [Self::Profit, Self::Sales, Self::Margin, Self::Returns];

    /// Its code and its word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Profit => "profit",
            Self::Sales => "sales",
            Self::Margin => "margin",
            Self::Returns => "returns",
        }
    }

    /// For people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Profit => "Gross profit",
            Self::Sales => "Net sales",
            Self::Margin => "Margin",
            Self::Returns => "Returns rate",
        }
    }

    /// What it is.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Profit => measures::GROSS_PROFIT,
            Self::Sales => measures::NET_SALES,
            Self::Margin => measures::MARGIN,
            Self::Returns => measures::RETURNS_RATE,
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|by| by.code() == code).unwrap_or_default()
    }
}

impl View {
    /// Of the panel: the filters of the area and the marks pressed elsewhere.
    #[must_use]
    pub fn of(panel: &str, days: (Day, Day), filters: &Filters, picks: &[Pick], by: By) -> Self {
        let mut view = Self { days, keys: filters.only.iter().map(|(dimension, label)| (*dimension, Some(label.clone()))).collect(), by };
        for pick in picks.iter().filter(|pick| pick.panel != panel) {
            view.keys.extend(pick.keys.iter().cloned());
            if let Some((from, to)) = pick.days {
                view.days = (view.days.0.max(from), view.days.1.min(to));
            }
        }
        view
    }

    /// The same over other days.
    #[must_use]
    pub fn over(&self, days: (Day, Day)) -> Self {
        Self { days, ..self.clone() }
    }

    /// A slice of it.
    #[must_use]
    pub fn slice(&self, by: &[Dimension], metrics: &[Metric]) -> SliceDraft {
        let mut draft = SliceDraft { from: self.days.0.to_string(), to: self.days.1.to_string(), ..SliceDraft::default() };
        for (dimension, label) in &self.keys {
            let labels = draft.filters.entry(dimension.code().to_owned()).or_default();
            // a mark within what the area keeps narrows it further, another one leaves nothing
            if labels.is_empty() {
                labels.push(label.clone());
            } else if labels.first() != Some(label) {
                *labels = nothing();
            }
        }
        // days of a mark that lie outside those chosen leave nothing too
        if self.days.0 > self.days.1 {
            draft.to.clone_from(&draft.from);
            draft.filters.insert(Dimension::Branch.code().to_owned(), nothing());
        }
        draft.group_by = by.iter().map(|dimension| dimension.code().to_owned()).collect();
        draft.metrics = metrics.iter().map(|metric| metric.code().to_owned()).collect();
        draft
    }
}

/// A label that nobody carries.
fn nothing() -> Vec<Option<String>> {
    vec![Some("\u{0}".to_owned())]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn filters_survive_the_way_through_the_address() {
        let filters = Filters { period: Some(Period::Quarter), days: None, only: vec![(Dimension::Rep, "Grace & Co".into())] };
        let address = filters.address("people");
        assert_eq!(address, "/kpis/people?period=quarter&rep=Grace%20%26%20Co");
        let read = Filters::read(|name| match name {
            "period" => Some("quarter".into()),
            "rep" => Some("Grace & Co".into()),
            "from" => Some("2026-02-30".into()),
            _ => None,
        });
        assert_eq!(read, filters);
        let own = Filters { days: Some((day("2026-01-01"), day("2026-01-31"))), ..Filters::default() };
        assert_eq!(own.address(""), "/kpis?from=2026-01-01&to=2026-01-31");
    }

    #[test]
    fn days_end_where_the_data_does() {
        let data = Some((day("2024-01-05"), day("2026-11-20")));
        let today = day("2026-11-25");
        let within = |filters: &Filters| filters.within(today, 1, data);
        assert_eq!(within(&Filters::default()), (day("2026-01-01"), day("2026-11-20")));
        assert_eq!(within(&Filters { period: Some(Period::All), ..Filters::default() }), (day("2024-01-05"), day("2026-11-20")));
        let later = Filters { days: Some((day("2026-11-22"), day("2026-11-23"))), ..Filters::default() };
        assert_eq!(within(&later), (day("2026-11-22"), day("2026-11-23")), "after the data: nothing, and not something else");
    }

    #[test]
    fn a_pick_narrows_every_chart_but_its_own() {
        let pick = Pick {
            panel: "branches",
            words: "Nairobi".into(),
            keys: vec![(Dimension::Branch, Some("Nairobi".into()))],
            days: Some((day("2026-03-01"), day("2026-03-31"))),
        };
        let (days, filters) = ((day("2026-01-01"), day("2026-12-31")), Filters::default());
        let own = View::of("branches", days, &filters, std::slice::from_ref(&pick), By::Profit);
        assert!(own.keys.is_empty() && own.days == days);
        let other = View::of("reps", days, &filters, &[pick], By::Profit);
        let draft = other.slice(&[Dimension::Rep], &[Metric::NetSales]);
        assert_eq!((draft.from.as_str(), draft.to.as_str()), ("2026-03-01", "2026-03-31"));
        assert_eq!(draft.filters["branch"], [Some("Nairobi".to_owned())]);
    }

    #[test]
    fn two_different_values_of_one_dimension_leave_nothing() {
        let keys = vec![(Dimension::Rep, Some("A".to_owned())), (Dimension::Rep, Some("B".to_owned()))];
        let view = View { days: (Day(0), Day(9)), keys, by: By::Sales };
        assert_eq!(view.slice(&[], &[Metric::Lines]).filters["rep"], nothing());
        let outside = View { days: (Day(9), Day(0)), keys: vec![], by: By::Sales }.slice(&[], &[Metric::Lines]);
        assert!(outside.from == outside.to && outside.filters["branch"] == nothing());
    }
}
