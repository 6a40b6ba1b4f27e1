//! Drafts say what is wrong with them; answers are written as the REST contract has them.

use super::*;
use serde_json::json;

fn draft(json: serde_json::Value) -> SliceDraft {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_draft_says_what_is_wrong_and_where() {
    let wrong = [
        (json!({"from": "2026-02-30", "to": "2026-03-01", "metrics": ["lines"]}), "from", "not_a_day"),
        (json!({"from": "2026-03-01", "metrics": ["lines"]}), "to", "required"),
        (json!({"from": "2026-03-02", "to": "2026-03-01", "metrics": ["lines"]}), "to", "out_of_range"),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": []}), "metrics", "required"),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines", "margin"]}), "metrics", "unknown"),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines", "lines"]}), "metrics", "repeated"),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines"], "groupBy": ["town"]}), "groupBy", "unknown"),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines"], "groupBy": ["rep", "rep"]}), "groupBy", "repeated"),
        (
            json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines"], "groupBy": ["rep", "branch", "month", "year", "product"]}),
            "groupBy",
            "too_many",
        ),
        (
            json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines"], "filters": {"day": ["2026-03-01"]}}),
            "filters.day",
            "unknown",
        ),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines"], "limit": 5}), "orderBy", "required"),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines"], "limit": -5, "orderBy": "lines"}), "limit", "out_of_range"),
        (json!({"from": "2026-03-01", "to": "2026-03-01", "metrics": ["lines"], "orderBy": "size"}), "orderBy", "unknown"),
    ];
    for (json, field, code) in wrong {
        let rejections = draft(json.clone()).parse().unwrap_err();
        let found: Vec<_> = rejections.0.iter().map(|r| (r.field.as_str(), r.code.as_str())).collect();
        assert_eq!(found, [(field, code)], "{json}");
    }
}

#[test]
fn a_sound_draft_is_the_slice_it_says() {
    let json = json!({"from": "2026-03-01", "to": "2026-03-31", "filters": {"branch": ["Nakuru", null], "rep": []}, "groupBy": ["month", "customer"],
        "metrics": ["netSales", "units"], "orderBy": "netSales", "limit": 10});
    let slice = draft(json).parse().unwrap();
    let (from, to) = (Day::parse("2026-03-01").unwrap(), Day::parse("2026-03-31").unwrap());
    let mut expected =
        Slice::of(from, to, &[Metric::NetSales, Metric::Units]).by(&[Dimension::Month, Dimension::Customer]).top(10, Metric::NetSales);
    expected.filters = vec![Filter { dimension: Dimension::Branch, labels: vec![Some("Nakuru".into()), None] }];
    assert_eq!(slice, expected);
}

#[test]
fn codes_are_those_of_json() {
    for dimension in Dimension::ALL {
        assert_eq!(json!(dimension), json!(dimension.code()));
        assert_eq!(Dimension::parse(dimension.code()), Some(*dimension));
    }
    for metric in Metric::ALL {
        assert_eq!(json!(metric), json!(metric.code()));
        assert_eq!(Metric::parse(metric.code()), Some(*metric));
    }
}

#[test]
fn rows_are_objects_with_units_as_decimals_and_null_for_what_is_unknown() {
    let day = Day::parse("2026-03-05").unwrap();
    let fact = Fact {
        day,
        branch: None,
        rep: Some(rep(0)),
        units: 2_250,
        gross: 125_000,
        returns: 0,
        cost: None,
        ..Random(1).fact([4, 5, 9, 8], 1)
    };
    let whole = Fact { rep: Some(rep(3)), units: -3_000, cost: Some(5), ..fact };
    let slice = Slice::of(day, day, &[Metric::GrossRevenue, Metric::Units, Metric::GrossProfit]);
    let slice = slice.by(&[Dimension::Rep, Dimension::Year, Dimension::Month, Dimension::Branch]);
    let answer = cube_of(&few(), &[fact, whole]).slice(&slice, Scope::All).unwrap();
    let expected = json!([
        {"rep": "r 0", "year": "2026", "month": "2026-03", "branch": null, "grossRevenue": 125_000, "units": 2.25, "grossProfit": null},
        {"rep": "r 3", "year": "2026", "month": "2026-03", "branch": null, "grossRevenue": 125_000, "units": -3, "grossProfit": 124_995},
    ]);
    assert_eq!(json!(answer.rows()), expected);
    assert_eq!(serde_json::from_value::<Answer>(json!(answer)).unwrap(), answer);
}
