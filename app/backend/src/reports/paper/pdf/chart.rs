//! Charts as lines and areas: bars that lie, columns and lines over the same steps, and cells the darker the more.

use super::super::{Chart, Drawn, Goes, Part, Series};
use super::layout::Layout;
use super::sheet::Ops;
use super::types::{ACCENT, Faces, INK, Ink, LESS, LINE, MORE, MUTED, SERIES, Weight};

const SIZE: f32 = 7.0;

/// Where something is drawn: left, top, width, height.
type Frame = (f32, f32, f32, f32);

/// Draws it as a figure.
pub(super) fn draw(l: &mut Layout, figure: usize, chart: &Chart, height: f32) {
    let frame = (l.left(), l.y, l.width(), height);
    let mut ops = Ops::default();
    match chart {
        Chart::Ranking { names, values, percent } => ranking(&mut ops, l, frame, names, values, *percent),
        Chart::Columns { names, series, percent } => columns(&mut ops, l, frame, names, series, *percent),
        Chart::Heat { across, down, cells } => heat(&mut ops, l, frame, across, down, cells),
        Chart::Fall { names, parts } => fall(&mut ops, l, frame, names, parts),
    }
    l.sheet.tagged(figure, |own| *own = ops);
}

/// Steps of an axis that are easily read, from at most the lowest to at least the highest.
fn steps(low: f64, high: f64) -> Vec<f64> {
    let (low, high) = (low.min(0.0), high.max(0.0));
    // nothing but noughts has an axis too
    let high = if high > low { high } else { 1.0 };
    let raw = (high - low) / 4.0;
    let unit = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|n| n * unit).find(|step| *step >= raw * 0.999).unwrap_or(unit * 10.0);
    let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
    (first..=last).map(|n| n as f64 * step).collect()
}

/// `1.2M`.
fn compact(value: f64, percent: bool) -> String {
    let (size, unit) = match value.abs() {
        n if n >= 1e9 => (1e9, "B"),
        n if n >= 1e6 => (1e6, "M"),
        n if n >= 1e3 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let text = format!("{:.2}", value.abs() / size);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let sign = if value < 0.0 { "−" } else { "" };
    [sign, text, unit, if percent { " %" } else { "" }].concat()
}

fn of(values: &[Option<f64>]) -> impl Iterator<Item = f64> + '_ {
    values.iter().copied().flatten()
}

fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(low, high), value| (f64::min(low, value), f64::max(high, value)))
}

fn ends(ops: &mut Ops, faces: &Faces, (x, y): (f32, f32), words: &str, ink: Ink) {
    ops.text((x - faces.width(Weight::Regular, SIZE, words), y), Weight::Regular, SIZE, ink, words.to_owned());
}

fn centred(ops: &mut Ops, faces: &Faces, (x, y): (f32, f32), words: &str, ink: Ink) {
    ops.text((x - faces.width(Weight::Regular, SIZE, words) / 2.0, y), Weight::Regular, SIZE, ink, words.to_owned());
}

fn ranking(ops: &mut Ops, l: &Layout, (x, y, w, h): Frame, names: &[String], values: &[Option<f64>], percent: bool) {
    let longest = names.iter().map(|name| l.faces.width(Weight::Regular, SIZE, name)).fold(0.0, f32::max).min(130.0);
    let (left, top, right, foot) = (x + longest + 8.0, y + 2.0, x + w - 14.0, y + h - 14.0);
    let (low, high) = bounds(of(values));
    let ticks = steps(low, high);
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    let at = |value: f64| left + ((value - first) / (last - first)) as f32 * (right - left);
    for tick in &ticks {
        ops.line(vec![(at(*tick), top), (at(*tick), foot)], LINE, 0.5, false);
        centred(ops, &l.faces, (at(*tick), foot + 10.0), &compact(*tick, percent), MUTED);
    }
    let step = (foot - top) / names.len().max(1) as f32;
    let bar = (step * 0.62).min(16.0);
    for (n, (name, value)) in names.iter().zip(values).enumerate() {
        let middle = top + (n as f32 + 0.5) * step;
        let words = l.cut(name, Weight::Regular, SIZE, longest + 0.5);
        ends(ops, &l.faces, (left - 6.0, middle + SIZE * 0.36), &words, INK);
        if let Some(value) = value {
            let (a, b) = (at(0.0).min(at(*value)), at(0.0).max(at(*value)));
            ops.rect((a, middle - bar / 2.0, (b - a).max(0.4), bar), ACCENT);
        }
    }
    ops.line(vec![(at(0.0), top), (at(0.0), foot)], MUTED, 0.75, false);
}

/// An axis that stands: lines across at each of its steps, and where a value lies between them.
struct Axis {
    left: f32,
    top: f32,
    right: f32,
    foot: f32,
    ends: (f64, f64),
}

impl Axis {
    fn draw(ops: &mut Ops, l: &Layout, (x, y, w, h): Frame, (low, high): (f64, f64), percent: bool) -> Self {
        let ticks = steps(low, high);
        let labels: Vec<String> = ticks.iter().map(|tick| compact(*tick, percent)).collect();
        let wide = labels.iter().map(|label| l.faces.width(Weight::Regular, SIZE, label)).fold(0.0, f32::max);
        let ends = (ticks[0], ticks[ticks.len() - 1]);
        let axis = Self { left: x + wide + 6.0, top: y, right: x + w - 2.0, foot: y + h - 14.0, ends };
        for (tick, label) in ticks.iter().zip(&labels) {
            ops.line(vec![(axis.left, axis.at(*tick)), (axis.right, axis.at(*tick))], LINE, 0.5, false);
            self::ends(ops, &l.faces, (axis.left - 5.0, axis.at(*tick) + SIZE * 0.36), label, MUTED);
        }
        axis
    }

    fn at(&self, value: f64) -> f32 {
        self.foot - ((value - self.ends.0) / (self.ends.1 - self.ends.0)) as f32 * (self.foot - self.top)
    }

    fn nought(&self, ops: &mut Ops) {
        ops.line(vec![(self.left, self.at(0.0)), (self.right, self.at(0.0))], MUTED, 0.75, false);
    }
}

fn columns(ops: &mut Ops, l: &Layout, (x, y, w, h): Frame, names: &[String], series: &[Series], percent: bool) {
    let shares = series.iter().any(|one| one.share);
    let main = || series.iter().filter(|one| !one.share);
    let (key, beside) = (if series.len() > 1 { 16.0 } else { 2.0 }, if shares { 28.0 } else { 0.0 });
    let axis = Axis::draw(ops, l, (x, y + key, w - beside, h - key), bounds(main().flat_map(|one| of(&one.values))), percent);
    let (left, right, foot) = (axis.left, axis.right, axis.foot);
    legend(ops, l, (left, y + 7.0), series);
    let share = |value: f64| foot - (value / 100.0) as f32 * (foot - axis.top);
    if shares {
        for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
            ops.text((right + 4.0, share(tick) + SIZE * 0.36), Weight::Regular, SIZE, MUTED, compact(tick, true));
        }
    }
    let step = (right - left) / names.len().max(1) as f32;
    let middle = |n: usize| left + (n as f32 + 0.5) * step;
    for one in series.iter().filter(|one| one.drawn == Drawn::Bars).chain(series.iter().filter(|one| one.drawn != Drawn::Bars)) {
        let up = |value: f64| if one.share { share(value) } else { axis.at(value) };
        drawn(ops, one, &middle, &up, (step * 0.62).min(34.0));
    }
    axis.nought(ops);
    under(ops, l, (left, right, foot + 10.0), names, &middle);
}

/// Parts from where the one before ended; each says how much it is and which way it goes.
fn fall(ops: &mut Ops, l: &Layout, (x, y, w, h): Frame, names: &[String], parts: &[Part]) {
    let axis = Axis::draw(ops, l, (x, y + 12.0, w, h - 12.0), bounds(parts.iter().flat_map(|part| [part.low, part.high])), false);
    let step = (axis.right - axis.left) / names.len().max(1) as f32;
    let middle = |n: usize| axis.left + (n as f32 + 0.5) * step;
    let wide = (step * 0.62).min(44.0);
    for (n, part) in parts.iter().enumerate() {
        let (ink, less) = match part.goes {
            Goes::Up => (MORE, false),
            Goes::Down => (LESS, true),
            Goes::All => (ACCENT, part.low < 0.0),
        };
        let (top, foot) = (axis.at(part.high), axis.at(part.low));
        ops.rect((middle(n) - wide / 2.0, top, wide, (foot - top).max(0.4)), ink);
        let amount = part.high - part.low;
        let sign = if !less && amount > 0.0 { "+" } else { "" };
        let words = [sign, &compact(if less { -amount } else { amount }, false)].concat();
        // beside the line of nought, not across it
        let beside = if part.high <= 0.0 { foot + SIZE + 1.5 } else { top - 3.0 };
        centred(ops, &l.faces, (middle(n), beside), &words, INK);
    }
    axis.nought(ops);
    under(ops, l, (axis.left, axis.right, axis.foot + 10.0), names, &middle);
}

/// Names under the steps: as many as have room beside each other.
fn under(ops: &mut Ops, l: &Layout, (left, right, y): (f32, f32, f32), names: &[String], middle: &dyn Fn(usize) -> f32) {
    let longest = names.iter().map(|name| l.faces.width(Weight::Regular, SIZE, name)).fold(1.0, f32::max) + 8.0;
    let fits = ((right - left) / longest).floor().max(1.0) as usize;
    // so many names of things would all be cut: they stand in the table
    if names.len() > 40 && longest > 70.0 {
        return;
    }
    let every = names.len().div_ceil(fits).max(1);
    for (n, name) in names.iter().enumerate().step_by(every) {
        centred(ops, &l.faces, (middle(n), y), name, MUTED);
    }
}

fn drawn(ops: &mut Ops, series: &Series, middle: &dyn Fn(usize) -> f32, up: &dyn Fn(f64) -> f32, bar: f32) {
    let ink = SERIES[series.color % SERIES.len()];
    if series.drawn == Drawn::Bars {
        for (n, value) in series.values.iter().enumerate() {
            if let Some(value) = value {
                let (a, b) = (up(0.0).min(up(*value)), up(0.0).max(up(*value)));
                ops.rect((middle(n) - bar / 2.0, a, bar, b - a), ink);
            }
        }
        return;
    }
    let mut runs: Vec<Vec<(f32, f32)>> = vec![Vec::new()];
    for (n, value) in series.values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((middle(n), up(*value))),
            (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
            _ => {}
        }
    }
    for run in runs {
        if let ([(a, _), ..], [.., (b, _)], Drawn::Area) = (&run[..], &run[..], series.drawn) {
            let mut area = run.clone();
            area.extend([(*b, up(0.0)), (*a, up(0.0))]);
            ops.area(area, ink, 0.12);
        }
        if let [(x, y)] = run[..] {
            ops.rect((x - 1.5, y - 1.5, 3.0, 3.0), ink);
        }
        ops.line(run, ink, 1.6, series.drawn == Drawn::Dashes);
    }
}

fn legend(ops: &mut Ops, l: &Layout, (mut x, y): (f32, f32), series: &[Series]) {
    if series.len() < 2 {
        return;
    }
    for one in series {
        let ink = SERIES[one.color % SERIES.len()];
        match one.drawn {
            Drawn::Bars => ops.rect((x, y - 5.5, 10.0, 6.0), ink),
            _ => ops.line(vec![(x, y - 2.5), (x + 11.0, y - 2.5)], ink, 1.6, one.drawn == Drawn::Dashes),
        }
        let name = l.cut(&one.name, Weight::Regular, SIZE, 110.0);
        ops.text((x + 14.0, y), Weight::Regular, SIZE, INK, name.clone());
        x += 30.0 + l.faces.width(Weight::Regular, SIZE, &name);
    }
}

fn heat(ops: &mut Ops, l: &Layout, (x, y, w, h): Frame, across: &[String], down: &[String], cells: &[(usize, usize, f64)]) {
    let longest = down.iter().map(|name| l.faces.width(Weight::Regular, SIZE, name)).fold(0.0, f32::max).min(110.0);
    let (left, top, right, foot) = (x + longest + 8.0, y + 2.0, x + w, y + h - 14.0);
    let (wide, high) = ((right - left) / across.len().max(1) as f32, (foot - top) / down.len().max(1) as f32);
    let (low, most) = bounds(cells.iter().map(|(_, _, value)| *value));
    for (n, name) in down.iter().enumerate() {
        let words = l.cut(name, Weight::Regular, SIZE, longest + 0.5);
        ends(ops, &l.faces, (left - 6.0, top + (n as f32 + 0.5) * high + SIZE * 0.36), &words, INK);
    }
    for (n, name) in across.iter().enumerate() {
        let words = l.cut(name, Weight::Regular, SIZE, wide - 4.0);
        centred(ops, &l.faces, (left + (n as f32 + 0.5) * wide, foot + 10.0), &words, INK);
    }
    for (column, row, value) in cells {
        let part = if most > low { (value - low) / (most - low) } else { 0.0 };
        let ink = shade(part);
        let (cx, cy) = (left + *column as f32 * wide, top + *row as f32 * high);
        ops.rect((cx + 1.0, cy + 1.0, wide - 2.0, high - 2.0), ink);
        let words = compact(*value, false);
        if l.faces.width(Weight::Regular, SIZE, &words) < wide - 4.0 && high > SIZE + 2.0 {
            let on = if part > 0.5 { (255, 255, 255) } else { INK };
            centred(ops, &l.faces, (cx + wide / 2.0, cy + high / 2.0 + SIZE * 0.36), &words, on);
        }
    }
}

/// From a tenth of the colour to all of it.
fn shade(part: f64) -> Ink {
    let mix = |full: u8| (255.0 - (255.0 - f64::from(full)) * (0.1 + 0.9 * part.clamp(0.0, 1.0))).round() as u8;
    (mix(ACCENT.0), mix(ACCENT.1), mix(ACCENT.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_goes_in_even_steps_around_what_is_drawn() {
        assert_eq!(steps(0.0, 87.0), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(steps(-30.0, 50.0), [-40.0, -20.0, 0.0, 20.0, 40.0, 60.0]);
        assert_eq!(steps(0.0, 0.0), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(
            (compact(1_234_000.0, false), compact(-2_500.0, false), compact(25.0, true)),
            ("1.23M".into(), "−2.5k".into(), "25 %".into())
        );
    }
}
