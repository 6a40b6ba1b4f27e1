//! A line in a figure's tile, drawn as text: no script, no axis; the figure beside it says what it means.

use crate::markup::Markup;
use std::fmt::Write;

/// The drawing's own units.
const WIDTH: usize = 120;
const HEIGHT: usize = 32;
/// Room for the line's own width.
const EDGE: f64 = 2.0;

/// Adds the line of some values to a drawing; where one is unknown the line is interrupted. Fewer than two are no line. Where the last is `part` of what the
/// others are, the way to it is dashed.
pub fn spark(m: &mut Markup, values: &[Option<f64>], part: bool) {
    let known = || values.iter().copied().flatten();
    let (low, high) = known().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    if known().count() < 2 {
        return;
    }
    let step = WIDTH as f64 / (values.len() - 1).max(1) as f64;
    let span = if high > low { high - low } else { 1.0 };
    let (mut path, mut rest) = (String::new(), String::new());
    let mut last = None;
    let mut pen = 'M';
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value else {
            (pen, last) = ('M', None);
            continue;
        };
        let y = EDGE + (high - value) / span * (HEIGHT as f64 - 2.0 * EDGE);
        let mut place = String::new();
        // a string takes every letter
        let _ = write!(place, "{:.1} {y:.1}", at as f64 * step);
        if part && at + 1 == values.len() {
            rest = last.map_or_else(String::new, |last: String| ["M", &last, "L", &place].concat());
        } else {
            path.push(pen);
            path.push_str(&place);
        }
        last = Some(place);
        pen = 'L';
    }
    m.put(
        "<svg class=\"spark\" viewBox=\"0 0 120 32\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"{}\" vector-effect=\"non-scaling-stroke\"></path>",
        &[&path],
    );
    m.maybe("<path class=\"spark__part\" d=\"{}\" vector-effect=\"non-scaling-stroke\"></path>", Some(&rest));
    m.put("</svg>", &[]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_from_the_left_to_the_right_and_stops_where_nothing_is_known() {
        let drawn = |values: &[Option<f64>]| {
            let mut m = Markup::default();
            spark(&mut m, values, false);
            m.done()
        };
        assert!(drawn(&[Some(0.0), Some(10.0)]).contains("d=\"M0.0 30.0L120.0 2.0\""));
        assert!(drawn(&[Some(0.0), Some(1.0), None, Some(0.0), Some(1.0)]).contains("L30.0 2.0M90.0 30.0L120.0 2.0"));
        assert!(drawn(&[Some(5.0), Some(5.0)]).contains("M0.0 2.0L120.0 2.0"), "a flat line");
        assert_eq!(drawn(&[Some(5.0), None]), "");
        let mut m = Markup::default();
        spark(&mut m, &[Some(0.0), Some(10.0), Some(4.0)], true);
        let part = m.done();
        assert!(part.contains("d=\"M0.0 30.0L60.0 2.0\"") && part.contains("spark__part\" d=\"M60.0 2.0L120.0 18.8\""), "{part}");
    }
}
