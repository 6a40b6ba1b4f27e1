//! Drafts say what is wrong with them; a movement is written as REST has it.

use super::*;
use serde_json::json;

fn draft(json: serde_json::Value) -> QuestionDraft {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_draft_says_what_is_wrong_and_where() {
    let good =
        json!({"measure": "netSales", "from": "2026-02-01", "to": "2026-02-28", "beforeFrom": "2026-01-01", "beforeTo": "2026-01-31"});
    let wrong = [
        ("measure", json!("margin"), "measure", "unknown"),
        ("measure", json!(""), "measure", "required"),
        ("from", json!("2026-02-30"), "from", "not_a_day"),
        ("to", json!("2026-01-01"), "to", "out_of_range"),
        ("beforeFrom", json!(""), "beforeFrom", "required"),
        ("beforeTo", json!("2025-12-31"), "beforeTo", "out_of_range"),
        ("filters", json!({"town": ["x"]}), "filters.town", "unknown"),
        ("names", json!(0), "names", "out_of_range"),
    ];
    for (key, value, field, code) in wrong {
        let mut json = good.clone();
        json[key] = value;
        let bad = draft(json.clone()).parse().unwrap_err();
        assert_eq!(bad.0.iter().map(|bad| (bad.field.as_str(), bad.code.as_str())).collect::<Vec<_>>(), [(field, code)], "{json}");
    }
    let question = draft(good).parse().unwrap();
    assert_eq!((question.now.1.to_string(), question.before.0.to_string(), question.names), ("2026-02-28".into(), "2026-01-01".into(), 10));
}

#[test]
fn a_movement_is_written_in_camel_case_with_days_and_minor_units() {
    let movement = explain(&cube_of(&[line(true, None, Some(0), 1, 500)]), &asked(Measure::GrossProfit), Scope::All).unwrap();
    let json = serde_json::to_value(&movement).unwrap();
    assert_eq!(json["measure"], "grossProfit");
    assert_eq!(json["now"], json!({"from": "2025-02-21", "to": "2025-04-01", "figure": null, "netSales": 500, "knownNet": 0}));
    let causes: Vec<&str> = json["effects"].as_array().unwrap().iter().map(|effect| effect["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, ["price", "volume", "mix", "cost", "won", "lost", "returns"]);
    assert_eq!(json["effects"][0]["customers"], json!({"top": [], "others": 0, "othersCount": 0}));
    assert_eq!(serde_json::from_value::<Movement>(json).unwrap(), movement);
}
