//! A waterfall: parts one after another, each from where the one before ended, and what they come to.

use super::option::{Axes, Options, Scale, Shape, counts, names};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem, NumericValue};
use charming::element::ItemStyle;
use charming::series::Bar;

/// A waterfall.
#[derive(Clone, Copy, Debug)]
pub struct Fall<'a> {
    /// What the chart shows, for those who listen.
    pub says: &'a str,
    /// A name for each part, and for what they come to.
    pub names: &'a [String],
    /// The parts.
    pub parts: &'a [f64],
    /// The part that is picked.
    pub picked: Option<usize>,
}

/// Where a part lies: what is left clear below or above it, and its pieces above and below nought.
fn pieces(from: f64, to: f64) -> [f64; 3] {
    let (low, high) = (from.min(to), from.max(to));
    if low >= 0.0 {
        [low, high - low, 0.0]
    } else if high <= 0.0 {
        [high, 0.0, low - high]
    } else {
        [0.0, high, low]
    }
}

fn item(value: f64, style: ItemStyle) -> DataPoint {
    DataPoint::Item(DataPointItem::new(CompositeValue::Number(NumericValue::Float(value))).item_style(style))
}

/// Green parts go up, red ones down; the last column is all of them together.
#[must_use]
pub fn waterfall(of: &Fall<'_>) -> String {
    let mut all: [Vec<DataPoint>; 3] = [vec![], vec![], vec![]];
    let mut at = 0.0;
    let mut column = |from: f64, to: f64, color: &str, faded: bool| {
        for (piece, (series, value)) in all.iter_mut().zip(pieces(from, to)).enumerate() {
            let style = ItemStyle::new().color(color);
            series.push(item(value, if piece == 0 { style.opacity(0.0) } else { style.opacity(if faded { 0.3 } else { 1.0 }) }));
        }
    };
    for (place, part) in of.parts.iter().enumerate() {
        let color = if *part < 0.0 { "--red" } else { "--green" };
        column(at, at + part, color, of.picked.is_some_and(|picked| picked != place));
        at += part;
    }
    column(0.0, at, "--chart-1", of.picked.is_some_and(|picked| picked != of.parts.len()));
    let shapes = ["clear", "above", "below"]
        .into_iter()
        .zip(all)
        .map(|(id, data)| Shape::Bar(Bar::new().id(id).name(id).stack("fall").bar_width("62%").data(data)));
    Options::new(of.says, names(of.names), Axes::One(counts(Scale::Count)), shapes.collect()).json()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn parts_begin_where_the_one_before_ended_and_may_cross_nought() {
        let names: Vec<String> = ["Price", "Volume", "Change"].map(str::to_owned).to_vec();
        let of = Fall { says: "Why", names: &names, parts: &[5.0, -8.0], picked: Some(1) };
        let option: Value = serde_json::from_str(&waterfall(&of)).unwrap();
        let values = |series: usize| -> Vec<Value> {
            option["series"][series]["data"].as_array().unwrap().iter().map(|item| item["value"].clone()).collect()
        };
        assert_eq!(values(0), [json!(0.0), json!(0.0), json!(0.0)]);
        assert_eq!(values(1), [json!(5.0), json!(5.0), json!(0.0)]);
        assert_eq!(values(2), [json!(0.0), json!(-3.0), json!(-3.0)]);
        let style = |column: usize| option["series"][1]["data"][column]["itemStyle"].clone();
        assert_eq!((style(0), style(1)), (json!({"color": "--green", "opacity": 0.3}), json!({"color": "--red", "opacity": 1.0})));
        assert_eq!(option["series"][0]["stack"], "fall");
        assert_eq!((pieces(-2.0, -5.0), pieces(4.0, 9.0)), ([-2.0, 0.0, -3.0], [4.0, 5.0, 0.0]));
    }
}
