//! Two bars side by side for each column, drawn as text: no script, no axis; the table below says what they come to. Whole numbers only: a first screen
//! carries no code that writes fractions.

use crate::markup::Markup;

/// The drawing's own units: a column is so wide, all of it so high.
const STEP: usize = 24;
const HEIGHT: i128 = 960;
const BAR: usize = 9;

/// The later value and the earlier one; none where nothing is known.
pub type Two = (Option<i64>, Option<i64>);

/// Adds the bars of some columns to a drawing, the earlier value before the later one; `says` is for those who do not see it. What is not known has no bar.
pub fn pairs(m: &mut Markup, says: &str, values: &[Two]) {
    let (mut low, mut high) = (0_i64, 0_i64);
    for value in values.iter().flat_map(|(now, before)| [*now, *before]).flatten() {
        (low, high) = (low.min(value), high.max(value));
    }
    let span = (i128::from(high) - i128::from(low)).max(1);
    // to the nearest, and no more than the height, which fits
    let scaled = |value: i128| ((value * HEIGHT + span / 2) / span).to_string();
    let bars = |at: fn(&Two) -> Option<i64>, left: usize| {
        let mut path = String::new();
        for (column, value) in values.iter().enumerate() {
            let Some(value) = at(value) else { continue };
            let top = scaled(i128::from(high) - i128::from(value.max(0)));
            let (x, high) = ((column * STEP + left).to_string(), scaled(i128::from(value).abs()));
            for part in ["M", &x, " ", &top, "h9v", &high, "h-9z"] {
                path.push_str(part);
            }
        }
        path
    };
    let box_ = ["0 0 ", &(values.len() * STEP).to_string(), " 960"].concat();
    m.put(
        "<svg class=\"pairs\" viewBox=\"{}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\"><path class=\"pairs__before\" d=\"{}\"></path><path class=\"pairs__now\" d=\"{}\"></path></svg>",
        &[&box_, says, &bars(|pair| pair.1, 2), &bars(|pair| pair.0, 3 + BAR)],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_nought_and_what_is_not_known_has_none() {
        let mut m = Markup::default();
        pairs(&mut m, "Sales", &[(Some(10), Some(5)), (Some(-10), None)]);
        let html = m.done();
        assert!(html.contains("viewBox=\"0 0 48 960\"") && html.contains("aria-label=\"Sales\""), "{html}");
        assert!(html.contains("pairs__now\" d=\"M12 0h9v480h-9zM36 480h9v480h-9z\""), "{html}");
        assert!(html.contains("pairs__before\" d=\"M2 240h9v240h-9z\""), "{html}");
        let mut m = Markup::default();
        pairs(&mut m, "Sales", &[(Some(i64::MAX), Some(i64::MIN))]);
        assert!(m.done().contains("M12 0h9v480h-9z"));
    }
}
