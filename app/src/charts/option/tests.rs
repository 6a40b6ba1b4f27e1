#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use serde_json::{Value, json};

fn read(option: &str) -> Value {
    serde_json::from_str(option).unwrap()
}

fn some(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_ranking_lies_the_first_on_top_and_fades_what_is_not_picked() {
    let names = some(&["Grace", "Daniel"]);
    let of = Ranking { says: "Profit by rep", names: &names, values: &[Some(20.5), None], faded: &[false, true], scale: Scale::Count };
    let option = read(&ranking(&of));
    assert_eq!(option["yAxis"], json!({"type": "category", "inverse": true, "data": ["Grace", "Daniel"]}));
    assert_eq!(option["xAxis"]["axisLabel"], json!({"formatter": "compact"}));
    assert_eq!(option["series"][0]["type"], "bar");
    assert_eq!(option["series"][0]["data"], json!([20.5, {"value": null, "itemStyle": {"opacity": 0.3}}]));
    assert_eq!((&option["says"], &option["legend"]), (&json!("Profit by rep"), &json!(false)));
}

#[test]
fn columns_hold_bars_and_lines_with_a_legend_when_there_are_several() {
    let names = some(&["Oct", "Nov"]);
    let series = |name, drawn| Series { name, values: vec![Some(1.0), None], color: "--chart-2", drawn };
    let option = read(&columns("Trend", &names, &[series("Net", Column::Bars), series("Last", Column::Dashes)], &[], Scale::Percent));
    assert_eq!(option["legend"], json!(true));
    let line = &option["series"][1];
    assert_eq!((&line["type"], &line["lineStyle"]["type"], &line["data"]), (&json!("line"), &json!("dashed"), &json!([1.0, null])));
    let alone = read(&columns("Trend", &names, &[series("Net", Column::Area)], &[], Scale::Count));
    assert!(alone["legend"] == json!(false) && alone["faded"].is_null() && alone["key"].is_null());
    let faded = read(&columns("Trend", &names, &[series("Net", Column::Bars)], &[true, true, false, true], Scale::Count));
    assert_eq!(faded["faded"], json!([[0, 1], [3, 3]]));
    assert!(alone["series"][0]["areaStyle"]["opacity"] == json!(0.12));
}

#[test]
fn a_pareto_has_a_second_axis_in_percent() {
    let names = some(&["Pump"]);
    let of = Ranking { says: "x", names: &names, values: &[Some(3.0)], faded: &[], scale: Scale::Count };
    let option = read(&pareto(&of, "Profit", vec![Some(100.0)]));
    assert_eq!(option["yAxis"][1]["max"], json!(100));
    assert_eq!(option["series"][1]["yAxisIndex"], json!(1.0));
}

#[test]
fn cells_are_shaded_between_the_least_and_the_most_and_the_picked_one_has_a_ring() {
    let (across, down) = (some(&["Pumps", "Belts"]), some(&["Nairobi"]));
    let of =
        Heat { says: "x", across: &across, down: &down, cells: &[(0, 0, 5.0), (1, 0, -2.0)], picked: &[1], key: &["−2", "1", "5", ""] };
    let option = read(&heat(&of));
    let cell = |series: usize, at: usize| option["series"][series]["data"][at].clone();
    assert_eq!((&cell(0, 0)["value"], &cell(0, 1)["value"]), (&json!([0.0, 0.0, 5.0]), &json!([1.0, 0.0, -2.0])));
    assert_eq!((&cell(0, 0)["itemStyle"]["color"], &cell(0, 1)["itemStyle"]["color"]), (&json!("--chart-1 100%"), &json!("--chart-1 10%")));
    assert_eq!(option["key"].as_array().unwrap().len(), 3, "there is a cell everywhere");
    assert_eq!(option["key"][0], json!({"name": "−2", "color": "--chart-1 10%"}));
    assert_eq!((&cell(1, 0)["value"], &cell(1, 0)["itemStyle"]["color"]), (&json!([1.0, 0.0, -2.0]), &json!("--chart-ring")));
}

#[test]
fn names_that_look_like_colours_stay_names() {
    let names = some(&["--accent"]);
    let of = Ranking { says: "x", names: &names, values: &[Some(3.0)], faded: &[], scale: Scale::Count };
    assert_eq!(read(&ranking(&of))["yAxis"]["data"], json!(["--accent"]));
}
