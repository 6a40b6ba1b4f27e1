//! A chart's option read back as what is drawn, so that paper shows the values of the screen and no others.

use backend::reports::paper::{Chart, Drawn, Goes, Part, Series};
use serde_json::Value;

/// The chart of an option; none for a kind that is not drawn on paper.
#[must_use]
pub fn chart(option: &str) -> Option<Chart> {
    let option: Value = serde_json::from_str(option).ok()?;
    let series = option["series"].as_array()?;
    let (x, y) = (&option["xAxis"], first(&option["yAxis"]));
    if series.first()?["type"] == "heatmap" {
        let cell = |cell: &Value| Some((index(&cell["value"][0])?, index(&cell["value"][1])?, cell["value"][2].as_f64()?));
        let cells = series.first()?["data"].as_array()?.iter().filter_map(cell).collect();
        return Some(Chart::Heat { across: names(x), down: names(y), cells });
    }
    if y["type"] == "category" {
        let values = values(series.first()?);
        return Some(Chart::Ranking { names: names(y), values, percent: counts_percent(x) });
    }
    if series.first()?["stack"] == "fall" {
        return Some(Chart::Fall { names: names(x), parts: parts(series)? });
    }
    let series = series.iter().map(one).collect();
    Some(Chart::Columns { names: names(x), series, percent: counts_percent(y) })
}

/// The axis, or the first of two.
fn first(axes: &Value) -> &Value {
    axes.get(0).unwrap_or(axes)
}

fn names(axis: &Value) -> Vec<String> {
    axis["data"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
}

fn counts_percent(axis: &Value) -> bool {
    axis["axisLabel"]["formatter"] == "percent"
}

fn index(value: &Value) -> Option<usize> {
    value.as_f64().map(|at| at as usize)
}

fn values(series: &Value) -> Vec<Option<f64>> {
    let value = |point: &Value| point.as_f64().or_else(|| point["value"].as_f64());
    series["data"].as_array().into_iter().flatten().map(value).collect()
}

fn one(series: &Value) -> Series {
    let drawn = match (series["type"].as_str(), series["lineStyle"]["type"].as_str(), series["areaStyle"].is_object()) {
        (Some("bar"), ..) => Drawn::Bars,
        (_, Some("dashed"), _) => Drawn::Dashes,
        (_, _, true) => Drawn::Area,
        _ => Drawn::Line,
    };
    let color = series["itemStyle"]["color"].as_str().and_then(|name| name.strip_prefix("--chart-")?.parse::<usize>().ok());
    Series {
        name: series["name"].as_str().unwrap_or_default().to_owned(),
        values: values(series),
        color: color.unwrap_or(1).saturating_sub(1),
        drawn,
        share: series["yAxisIndex"].as_f64() == Some(1.0),
    }
}

/// Parts of a fall: what is left clear, and the pieces above and below nought, as one from end to end.
fn parts(series: &[Value]) -> Option<Vec<Part>> {
    let [clear, above, below] = series else { return None };
    let colors = above["data"].as_array()?.iter().map(|point| point["itemStyle"]["color"].as_str());
    let (clear, above, below) = (values(clear), values(above), values(below));
    let part = |(at, color): (usize, Option<&str>)| {
        let of = |values: &[Option<f64>]| values.get(at).copied().flatten();
        let (clear, above, below) = (of(&clear)?, of(&above)?, of(&below)?);
        let (low, high) = match clear {
            clear if clear > 0.0 => (clear, clear + above),
            clear if clear < 0.0 => (clear + below, clear),
            _ => (below, above),
        };
        let goes = match color {
            Some("--green") => Goes::Up,
            Some("--red") => Goes::Down,
            _ => Goes::All,
        };
        Some(Part { low, high, goes })
    };
    colors.enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{Column, Fall, Heat, Ranking, Scale, columns, heat, pareto, ranking, waterfall};

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_a_chart_shows_is_read_back_as_it_was_given() {
        let (names, values) = (list(&["A", "B"]), [Some(2.5), None]);
        let of = Ranking { says: "", names: &names, values: &values, faded: &[false, true], scale: Scale::Percent };
        assert_eq!(chart(&ranking(&of)), Some(Chart::Ranking { names: names.clone(), values: values.to_vec(), percent: true }));
        let of = Ranking { scale: Scale::Count, ..of };
        let Some(Chart::Columns { series, percent: false, .. }) = chart(&pareto(&of, "Profit", vec![Some(80.0), None])) else {
            panic!("columns")
        };
        assert_eq!((series[0].drawn, series[1].share, &series[1].values[..]), (Drawn::Bars, true, &[Some(80.0), None][..]));
        let line = |name, drawn, color| crate::charts::Series { name, values: vec![Some(1.0), Some(-2.0)], color, drawn };
        let two = [line("Now", Column::Area, "--chart-1"), line("Before", Column::Dashes, "--chart-3")];
        let Some(Chart::Columns { series, names: across, .. }) = chart(&columns("", &names, &two, &[], Scale::Count)) else {
            panic!("columns")
        };
        let drawn: Vec<_> = series.iter().map(|one| (one.name.as_str(), one.drawn, one.color)).collect();
        assert_eq!((across, drawn), (names.clone(), vec![("Now", Drawn::Area, 0), ("Before", Drawn::Dashes, 2)]));
        let cells = [(0, 0, 1.5), (1, 0, -2.0)];
        let of = Heat { says: "", across: &names, down: &names[..1], cells: &cells, picked: &[0], key: &[""; 4] };
        assert_eq!(chart(&heat(&of)), Some(Chart::Heat { across: names.clone(), down: names[..1].to_vec(), cells: cells.to_vec() }));
    }
    #[test]
    fn parts_of_a_fall_are_read_back_from_end_to_end() {
        let names = list(&["Price", "Volume", "Mix", "Change"]);
        let of = |parts: &[f64]| chart(&waterfall(&Fall { says: "", names: &names, parts, picked: None }));
        let part = |low, high, goes| Part { low, high, goes };
        let parts = vec![part(0.0, 5.0, Goes::Up), part(-3.0, 5.0, Goes::Down), part(-7.0, -3.0, Goes::Down), part(-7.0, 0.0, Goes::All)];
        assert_eq!(of(&[5.0, -8.0, -4.0]), Some(Chart::Fall { names: names.clone(), parts }));
        let parts = vec![part(0.0, 5.0, Goes::Up), part(5.0, 7.0, Goes::Up), part(4.0, 7.0, Goes::Down), part(0.0, 4.0, Goes::All)];
        assert_eq!(of(&[5.0, 2.0, -3.0]), Some(Chart::Fall { names: names.clone(), parts }));
    }
}
