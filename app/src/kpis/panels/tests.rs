#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use crate::kpis::filters::{By, Filters, View};
use crate::kpis::panel::{Picture, Seen};
use crate::kpis::pick::Pick;
use domain::Day;
use domain::calendar::Zone;
use domain::company::Company;
use domain::cube::{Answer, Group, Metric};
use domain::lights::Policy;
use domain::money::Currency;
use domain::targets::Workdays;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn company() -> Company {
    Company {
        name: "Savanna".into(),
        zone: Zone::fixed("Africa/Nairobi", 10_800),
        currency: Currency::parse("KES").unwrap(),
        fiscal_start_month: 1,
        policy: Policy::default(),
        workdays: Workdays::default(),
        reps: Vec::new(),
        branches: Vec::new(),
        demo: true,
        as_of: None,
    }
}

fn answer(dimensions: &[Dimension], groups: &[(&[&str], i64)]) -> Answer {
    let group =
        |(keys, net): &(&[&str], i64)| Group { keys: keys.iter().map(|key| Some((*key).to_owned())).collect(), figures: vec![Some(*net)] };
    Answer {
        group_by: dimensions.to_vec(),
        metrics: vec![Metric::NetSales],
        groups: groups.iter().map(group).collect(),
        ..Answer::default()
    }
}

/// A panel drawn with its table over some days, of which the last with data may lie before their end.
fn drawn(panel: &'static Panel, days: (Day, Day), end: Day, picked: Option<&Pick>, answers: &[Answer]) -> Picture {
    let (company, filters) = (company(), Filters::default());
    let view = View { days, end, keys: vec![], segment: None, by: By::Sales };
    let data = Some((day("2020-01-01"), days.1));
    let (filters, workdays) = ((&filters, days), &company.workdays);
    let seen = Seen { panel, view: &view, picked, company: &company, today: days.1, data, tabled: true, plans: &[], workdays, filters };
    (panel.draw)(&seen, answers).unwrap()
}

fn pick(panel: &'static Panel, mark: &crate::kpis::panel::Mark) -> Pick {
    Pick::of(panel.id, &mark.name, mark.keys.clone(), mark.days)
}

#[test]
fn a_point_of_the_cumulative_line_keeps_its_month_or_in_short_periods_its_day_and_what_is_ahead_nothing() {
    let (from, to, end) = (day("2026-01-01"), day("2026-04-10"), day("2026-12-31"));
    let sold = answer(&[Dimension::Day], &[(&["2026-01-05"], 100), (&["2026-04-10"], 7)]);
    let before = answer(&[Dimension::Day], &[(&["2025-01-05"], 50)]);
    let all = drawn(&CUMULATIVE, (from, to), end, None, &[sold.clone(), before.clone()]);
    let at = |name: &str| all.marks.iter().position(|mark| mark.words.starts_with(name)).unwrap();
    let (january, april) = (at("To 9 Jan\n"), at("To 10 Apr\n"));
    assert_eq!((all.marks.len(), all.marks.len() - april - 1), (53, 38), "each week from the last day with data, and the last day of all");
    assert_eq!((all.marks[january].name.as_str(), all.marks[january].days), ("Jan 2026", Some((from, day("2026-01-31")))));
    assert!(all.marks[january].words.starts_with("To 9 Jan\nSo far: KES 1"), "what was sold between two points is in the second");
    assert!(all.marks[january].words.contains("A year earlier: KES 1"), "as is what was sold a year earlier: {}", all.marks[january].words);
    assert_eq!(
        (all.marks[april].days, all.marks[april + 1].days),
        (Some((day("2026-04-01"), to)), None),
        "a month goes to the last day with data"
    );
    assert_eq!((all.table.rows[january].mark, all.table.rows[april + 1].mark), (Some((january, false)), None));
    let picked = pick(&CUMULATIVE, &all.marks[january]);
    let narrowed = drawn(&CUMULATIVE, (from, to), end, Some(&picked), &[sold.clone(), before.clone()]);
    assert_eq!(narrowed.table.rows.iter().filter(|row| row.mark.is_some_and(|(_, picked)| picked)).count(), 5);
    assert!(narrowed.option.contains("\"faded\":[[5,52]]"), "{}", narrowed.option);
    let first = (day("2020-06-01"), day("2020-12-31"));
    let unknown = drawn(&CUMULATIVE, first, first.1, None, &[sold.clone(), before.clone()]);
    assert!(!unknown.option.contains("A year earlier"), "the data begins within those days");
    let short = drawn(&CUMULATIVE, (from, day("2026-01-31")), day("2026-01-31"), None, &[sold, before]);
    assert_eq!((short.marks[4].name.as_str(), short.marks[4].days), ("5 Jan", Some((day("2026-01-05"), day("2026-01-05")))));
}

/// Customers with net sales now and before, and how many there are of each kind.
fn standing(told: &[(&str, Option<i64>, Option<i64>)], all: [i64; 3]) -> Answer {
    let group = |(name, now, before): &(&str, Option<i64>, Option<i64>)| Group {
        keys: vec![Some((*name).to_owned())],
        figures: vec![*now, *before],
    };
    Answer { groups: told.iter().map(group).collect(), all, ..Answer::default() }
}

#[test]
fn customers_who_came_stayed_and_left_are_kept_by_name_and_those_who_left_in_their_own_days() {
    let days = (day("2026-01-01"), day("2026-01-31"));
    let told = [("Ann", Some(10), None), ("Ben", Some(20), Some(5)), ("Cid", None, Some(6)), ("Dan", None, Some(4))];
    let sold = standing(&told, [1, 1, 2]);
    let all = drawn(&LOYALTY, days, days.1, None, std::slice::from_ref(&sold));
    let key = |name: &str| (Dimension::Customer, Some(name.to_owned()));
    let marks: Vec<_> = all.marks.iter().map(|mark| (mark.words.as_str(), mark.keys.clone(), mark.days)).collect();
    let year = Some((day("2025-01-01"), day("2025-01-31")));
    assert_eq!(marks[0], ("1 customer", vec![key("Ann")], None));
    assert_eq!(marks[2], ("2 customers", vec![key("Cid"), key("Dan")], year));
    assert_eq!(all.table.rows.iter().map(|row| row.mark).collect::<Vec<_>>(), [3, 4, 5, 6].map(|at| Some((at, false))));
    assert_eq!((all.more[2].keys.clone(), all.more[2].days), (vec![key("Cid")], year));
    let lost = drawn(&LOYALTY, days, days.1, Some(&pick(&LOYALTY, &all.marks[2])), &[sold]);
    assert_eq!(lost.table.rows.iter().map(|row| row.mark.unwrap().1).collect::<Vec<_>>(), [false, false, true, true]);
    let view = View::of("lines", days, &Filters::default(), &[pick(&LOYALTY, &all.marks[2])], By::Sales);
    assert_eq!((Some(view.days), view.keys[0].1.len()), (year, 2));
    let none = drawn(&LOYALTY, days, days.1, None, &[standing(&told[..2], [1, 1, 0])]);
    assert!(none.marks[2].keys.is_empty() && none.marks[2].days.is_none(), "nobody left: there is nothing to press");
    let many = drawn(&LOYALTY, days, days.1, None, &[standing(&told, [1, 11_000, 2])]);
    assert_eq!(many.marks[1].words, "11,000 customers");
    assert!(many.marks[1].keys.is_empty() && many.marks[2].keys.len() == 2, "whoever is not told of cannot be looked at");
    assert_eq!(many.note, "The table has 4 of 11,003 customers, the largest of each kind.");
}

#[test]
fn cells_say_what_their_colours_mean_and_that_some_have_no_sales() {
    let days = (day("2026-01-01"), day("2026-01-31"));
    let by = [Dimension::Branch, Dimension::ProductLine];
    let sold = answer(&by, &[(&["North", "Water"], 400_000), (&["South", "Power"], 100)]);
    let option = drawn(&HEAT, days, days.1, None, &[sold]).option;
    assert!(option.contains("\"name\":\"KES 2,000\",\"color\":\"--chart-1 55%\"") && option.contains("\"name\":\"No sales\""), "{option}");
    let full = drawn(&HEAT, days, days.1, None, &[answer(&by, &[(&["North", "Water"], 1)])]).option;
    assert!(!full.contains("No sales"));
    let names: Vec<String> = (0..20).map(|n| format!("Branch {n}")).collect();
    let keys: Vec<[&str; 2]> = names.iter().map(|name| [name.as_str(), "Water"]).collect();
    let many: Vec<(&[&str], i64)> = keys.iter().zip(1..).map(|(keys, net)| (keys.as_slice(), net)).collect();
    let many = drawn(&HEAT, days, days.1, None, &[answer(&by, &many)]);
    assert_eq!((many.note.as_str(), many.marks.len()), ("16 of 20 branches are drawn, the largest by net sales.", 16));
}

#[test]
fn rows_beyond_the_bars_can_be_pressed_in_the_table() {
    let days = (day("2026-01-01"), day("2026-01-31"));
    let names: Vec<String> = (0..30).map(|n| format!("P{n:02}")).collect();
    let groups: Vec<Group> =
        names.iter().enumerate().map(|(n, name)| Group { keys: vec![Some(name.clone())], figures: vec![Some(100 - n as i64)] }).collect();
    let sold = Answer { group_by: vec![Dimension::Product], metrics: vec![Metric::NetSales], groups, ..Answer::default() };
    let all = drawn(&PRODUCTS, days, days.1, None, std::slice::from_ref(&sold));
    assert_eq!((all.marks.len(), all.more.len(), all.table.rows[20].mark), (12, 18, Some((20, false))));
    assert_eq!(all.more[8].keys, [(Dimension::Product, Some("P20".to_owned()))]);
    assert_eq!(all.note, "12 of 30 are drawn; all are in the table.");
    let many = drawn(&PRODUCTS, days, days.1, None, &[Answer { all: [11_000, 0, 0], ..sold.clone() }]);
    assert_eq!(many.note, "12 of 11,000 are drawn; the first 30 by net sales are in the table.");
    let few = drawn(&PRODUCTS, days, days.1, None, &[Answer { groups: sold.groups[..12].to_vec(), ..sold }]);
    assert_eq!(few.note, "");
}

/// Net sales with the gross profit of each name, where its cost is known.
fn earned(names: &[(&str, i64, Option<i64>)]) -> Answer {
    let group = |(name, net, profit): &(&str, i64, Option<i64>)| Group {
        keys: vec![Some((*name).to_owned())],
        figures: vec![Some(*net), *profit, profit.map(|_| *net)],
    };
    let metrics = vec![Metric::NetSales, Metric::GrossProfit, Metric::KnownNet];
    Answer { group_by: vec![Dimension::Product], metrics, groups: names.iter().map(group).collect(), ..Answer::default() }
}

#[test]
fn a_ranking_that_needs_a_cost_goes_by_net_sales_where_none_is_known_and_tells_of_those_without() {
    let days = (day("2026-01-01"), day("2026-01-31"));
    let ranked = |panel: &'static Panel, by: By, sold: Answer| {
        let (company, filters) = (company(), Filters::default());
        let view = View { days, end: days.1, keys: vec![], segment: None, by };
        let (filters, workdays) = ((&filters, days), &company.workdays);
        let seen = Seen {
            panel,
            view: &view,
            picked: None,
            company: &company,
            today: days.1,
            data: Some(days),
            tabled: true,
            plans: &[],
            workdays,
            filters,
        };
        (panel.draw)(&seen, &[sold])
    };
    let unknown = [("A", 100, None), ("B", 300, None)];
    for (panel, by) in [(&PRODUCTS, By::Profit), (&PRODUCTS, By::Margin), (&PARETO, By::Profit)] {
        let all = ranked(panel, by, earned(&unknown)).unwrap();
        assert_eq!(all.note, "No cost is known in this selection: ranked by net sales.");
        assert!(all.marks[0].words.starts_with("Net sales: KES 3"), "{}", all.marks[0].words);
    }
    let pareto = ranked(&PARETO, By::Profit, Answer { all: [9, 0, 800], ..earned(&unknown) }).unwrap();
    assert!(pareto.marks[1].words.ends_with("50.0 % with all before"), "of all there are: {}", pareto.marks[1].words);
    let some = ranked(&PRODUCTS, By::Profit, earned(&[("A", 100, Some(40)), ("B", 300, None)])).unwrap();
    assert_eq!((some.note.as_str(), some.marks[0].name.as_str()), ("1 without known cost is in the table.", "A"));
    assert_eq!(ranked(&PRODUCTS, By::Sales, earned(&unknown)).unwrap().note, "", "net sales need no cost");
}

#[test]
fn of_many_branches_the_largest_have_a_line_the_others_are_told_together_and_the_table_has_each() {
    let days = (day("2026-01-01"), day("2026-04-10"));
    let names: Vec<String> = (0..9).map(|n| format!("B{n}")).collect();
    let by = [Dimension::Month, Dimension::Branch];
    let groups: Vec<(Vec<&str>, i64)> =
        names.iter().enumerate().map(|(n, name)| (vec!["2026-01", name.as_str()], 100_000 - 100 * n as i64)).collect();
    let groups: Vec<(&[&str], i64)> = groups.iter().map(|(keys, net)| (keys.as_slice(), *net)).collect();
    let all = drawn(&BRANCH_TREND, days, days.1, None, &[answer(&by, &groups)]);
    assert_eq!(all.table.rows.len(), 9);
    assert!(all.note.starts_with("6 of 9 branches are drawn, the largest by net sales"), "{}", all.note);
    assert!(all.option.contains("\"B5\"") && !all.option.contains("\"B6\"") && !all.option.contains("All others"), "{}", all.option);
    assert!(all.marks[0].words.ends_with("All others: KES 2,979"), "{}", all.marks[0].words);
    let few = drawn(&BRANCH_TREND, (days.0, day("2026-04-30")), days.1, None, &[answer(&by, &groups[..6])]);
    assert!(few.note.is_empty() && !few.option.contains("All others"), "{}", few.note);
}

#[test]
fn a_month_that_is_not_over_says_so_in_its_name_and_its_days() {
    let sold = answer(&[Dimension::Month], &[(&["2026-01"], 100), (&["2026-04"], 7)]);
    let days = (day("2026-01-01"), day("2026-04-10"));
    let all = drawn(&TREND, days, days.1, None, std::slice::from_ref(&sold));
    let names: Vec<&str> = all.marks.iter().map(|mark| mark.name.as_str()).collect();
    assert_eq!(names, ["Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026 (part)"]);
    assert_eq!(all.note, "The last month goes to 10 Apr.");
    let whole = drawn(&TREND, (days.0, day("2026-04-30")), day("2026-04-30"), None, &[sold]);
    assert_eq!((whole.marks[3].name.as_str(), whole.note.as_str()), ("Apr 2026", ""));
}

#[test]
fn a_margin_over_time_is_unknown_where_no_cost_is() {
    let days = (day("2026-01-01"), day("2026-03-31"));
    let figures = |values: [i64; 3]| values.map(Some).to_vec();
    let group = |month: &str, figures| Group { keys: vec![Some(month.to_owned())], figures };
    let groups = vec![group("2026-01", figures([1_000, 250, 1_000])), group("2026-02", vec![Some(500), None, None])];
    let metrics = vec![Metric::NetSales, Metric::GrossProfit, Metric::KnownNet];
    let all =
        drawn(&MARGIN_TREND, days, days.1, None, &[Answer { group_by: vec![Dimension::Month], metrics, groups, ..Answer::default() }]);
    assert!(all.option.contains("\"data\":[25.0,null,null]"), "{}", all.option);
    assert!(all.marks[0].words.starts_with("Margin: 25.0 %\n") && all.marks[1].words.starts_with("Margin: unknown\n"));
    let known: Vec<&str> = all.table.rows.iter().map(|row| row.cells[4].words.as_str()).collect();
    assert_eq!((all.table.heads[4], known), ("Cost known for", vec!["100.0 %", "0.0 %", "–"]));
}

#[test]
fn a_branch_grows_on_the_same_days_a_year_earlier_and_where_these_are_not_known_nothing_is_said() {
    let days = (day("2026-01-01"), day("2026-01-31"));
    let by = [Dimension::Branch];
    let (now, then) = (answer(&by, &[(&["North"], 150), (&["South"], 40)]), answer(&by, &[(&["North"], 100)]));
    let all = drawn(&BRANCHES, days, days.1, None, &[now.clone(), then.clone()]);
    let at = all.table.heads.iter().position(|head| *head == "Growth").unwrap();
    let growth: Vec<(&str, &str)> = all.table.rows.iter().map(|row| (row.cells[0].words.as_str(), row.cells[at].words.as_str())).collect();
    assert_eq!(growth, [("North", "50.0 %"), ("South", "–")], "a branch that was not there has grown by no number");
    let first = (day("2020-06-01"), day("2020-06-30"));
    assert!(!drawn(&BRANCHES, first, first.1, None, &[now, then]).table.heads.contains(&"Growth"));
}
