#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use crate::kpis::kept_ssr::of_pairs;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn filters_survive_the_way_through_the_address() {
    let filters = Filters {
        period: Some(Period::Quarter),
        only: vec![(Dimension::Branch, vec![Some("A".into()), None]), (Dimension::Rep, vec![Some("Grace & Co".into())])],
        segment: Some("Retail".into()),
        ..Filters::default()
    };
    let address = filters.address("people");
    assert_eq!(address, "/kpis/people?period=quarter&branch=A&branch=&rep=Grace%20%26%20Co&segment=Retail");
    let read = Filters::read(|name| match name {
        "period" => vec!["quarter".into()],
        "branch" => vec!["A".into(), String::new()],
        "rep" => vec!["Grace & Co".into()],
        "segment" => vec!["Retail".into()],
        "from" => vec!["2026-02-30".into()],
        _ => vec![],
    });
    assert_eq!(read, filters);
    assert_eq!(read.words(), ["Branch: A, No branch", "Salesperson: Grace & Co", "Segment: Retail"]);
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
fn what_ended_before_the_fiscal_year_is_shown_whole_and_named_so() {
    let today = day("2026-11-25");
    let named = |filters: &Filters, last: &str| filters.named(today, 7, Some(day(last)));
    let none = Filters::default();
    assert_eq!(named(&none, "2026-07-01"), Some(Period::FiscalYear));
    assert_eq!(named(&none, "2026-06-30"), Some(Period::All));
    assert_eq!(none.within(today, 7, Some((day("2011-01-01"), day("2011-12-09")))), (day("2011-01-01"), day("2011-12-09")));
    assert_eq!(none.named(today, 7, None), Some(Period::FiscalYear));
    let chosen = Filters { period: Some(Period::FiscalYear), ..Filters::default() };
    assert_eq!(named(&chosen, "2011-12-09"), Some(Period::FiscalYear), "who chose it is told that there is nothing in it");
    assert_eq!(named(&Filters { days: Some((today, today)), ..Filters::default() }, "2011-12-09"), None);
}

#[test]
fn a_pick_narrows_every_chart_but_its_own() {
    let days = Some((day("2026-03-01"), day("2026-03-31")));
    let of = |name: &str| vec![(Dimension::Branch, Some(name.to_owned()))];
    let pick = Pick { days, ..Pick::of("branches", "Nairobi", of("Nairobi"), None) };
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
    let filters = Filters { only: vec![(Dimension::Rep, vec![Some("A".to_owned())])], ..Filters::default() };
    let pick = |name: &str| Pick::of("reps", name, vec![(Dimension::Rep, Some(name.to_owned()))], None);
    let both = pick("B").with(&pick("A")).unwrap();
    let view = |picks: &[Pick]| View::of("lines", (Day(0), Day(9)), &filters, picks, By::Sales).slice(&[], &[Metric::Lines]);
    assert_eq!(view(&[pick("B")]).filters["rep"], nothing());
    assert_eq!(view(&[both]).filters["rep"], [Some("A".to_owned())]);
    let outside = View { days: (Day(9), Day(0)), end: Day(0), keys: vec![], segment: None, by: By::Sales }.slice(&[], &[Metric::Lines]);
    assert!(outside.from == outside.to && outside.filters["branch"] == nothing());
}

#[test]
fn what_is_remembered_of_an_address_is_understood_in_the_room_it_is_taken_to() {
    let of = |query: &str, room: &str| understood(query, room);
    let both = "period=month&measure=netSales&against=before&pressed=opp-rep.rep%3DAnn&branch=Nakuru";
    assert_eq!(of(both, ""), "period=month&branch=Nakuru");
    assert_eq!(of(both, "why"), "period=month&measure=netSales&against=before&branch=Nakuru");
    assert_eq!(of(both, "pipeline"), "period=month&pressed=opp-rep.rep%3DAnn&branch=Nakuru");
    assert_eq!(of("rep=Ann&segment=Farms&by=margin", "people"), "rep=Ann&segment=Farms&by=margin");
}

#[test]
fn marks_of_several_and_of_what_has_no_such_key_stand_in_an_address() {
    let filters = Filters { only: vec![(Dimension::Rep, vec![Some("A".into())])], ..Filters::default() };
    let pick = |dimension, label: Option<&str>| Pick::of("p", "x", vec![(dimension, label.map(str::to_owned))], None);
    let two = pick(Dimension::Branch, Some("N")).with(&pick(Dimension::Branch, None)).unwrap();
    let days = (Day(0), Day(9));
    let view = |picks: &[Pick]| View::of("", days, &filters, picks, By::Sales);
    assert_eq!(view(&[]).marks(&filters, days), "");
    assert_eq!(view(&[pick(Dimension::Branch, None)]).marks(&filters, days), "branch=");
    assert_eq!(view(std::slice::from_ref(&two)).marks(&filters, days), "branch=N&branch=");
    let kept = filters.narrowed(&view(&[two]), days);
    assert_eq!(kept.address(""), "/kpis?rep=A&branch=N&branch=");
    let query: Vec<_> = pairs("rep=A&branch=N&branch=");
    assert_eq!(of_pairs(&query).address(""), "/kpis?branch=N&branch=&rep=A");
}
