//! Two bars side by side for each column, drawn as text: no script, no axis; the table below says what they come to.

use crate::markup::Markup;
use std::fmt::Write;

/// The drawing's own units: a column is so wide, all of it so high.
const STEP: f64 = 24.0;
const HEIGHT: f64 = 96.0;
const BAR: f64 = 9.0;

/// The later value and the earlier one; none where nothing is known.
pub type Two = (Option<f64>, Option<f64>);

/// Adds the bars of some columns to a drawing, the later value before the earlier one; `says` is for those who do not see it. What is not known has no bar.
pub fn pairs(m: &mut Markup, says: &str, values: &[Two]) {
    let known = || values.iter().flat_map(|(now, before)| [*now, *before]).flatten();
    let (low, high) = known().fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let scale = if high > low { HEIGHT / (high - low) } else { 0.0 };
    let bars = |at: fn(&Two) -> Option<f64>, left: f64| {
        let mut path = String::new();
        for (column, value) in values.iter().enumerate() {
            let Some(value) = at(value) else { continue };
            let (x, y) = (column as f64 * STEP + left, (high - value.max(0.0)) * scale);
            // a string takes every letter
            let _ = write!(path, "M{x:.1} {y:.1}h{BAR}v{:.1}h-{BAR}z", value.abs() * scale);
        }
        path
    };
    let box_ = format!("0 0 {:.0} {HEIGHT:.0}", values.len() as f64 * STEP);
    m.put(
        "<svg class=\"pairs\" viewBox=\"{}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\"><path class=\"pairs__before\" d=\"{}\"></path><path class=\"pairs__now\" d=\"{}\"></path></svg>",
        &[&box_, says, &bars(|pair| pair.1, 2.0), &bars(|pair| pair.0, 2.0 + BAR + 1.0)],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_nought_and_what_is_not_known_has_none() {
        let mut m = Markup::default();
        pairs(&mut m, "Sales", &[(Some(10.0), Some(5.0)), (Some(-10.0), None)]);
        let html = m.done();
        assert!(html.contains("viewBox=\"0 0 48 96\"") && html.contains("aria-label=\"Sales\""), "{html}");
        assert!(html.contains("pairs__now\" d=\"M12.0 0.0h9v48.0h-9zM36.0 48.0h9v48.0h-9z\""), "{html}");
        assert!(html.contains("pairs__before\" d=\"M2.0 24.0h9v24.0h-9z\""), "{html}");
    }
}
