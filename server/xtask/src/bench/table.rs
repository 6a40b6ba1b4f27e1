//! The table of measurements: median, least and most of all runs, and whether the goal is reached.

use std::fmt::Write;

/// What a measurement must reach, in its unit.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// Less is better.
    AtMost(f64),
    /// More is better.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "throughput is measured from the next measurement on"
        )
    )]
    AtLeast(f64),
}

/// The runs of one measurement.
pub struct Row<'a> {
    /// Its name.
    pub name: &'a str,
    /// Unit of the figures.
    pub unit: &'a str,
    /// What it must reach.
    pub goal: Goal,
    /// One figure for each run; never empty.
    pub runs: Vec<f64>,
}

/// The table as text.
pub fn print(rows: &[Row<'_>]) -> String {
    let mut text = format!(
        "{:<28}{:>12}{:>12}{:>12}{:>6}  {:<8}{}\n",
        "", "median", "min", "max", "runs", "unit", "goal"
    );
    for Row {
        name,
        unit,
        goal,
        runs,
    } in rows
    {
        let mut sorted = runs.clone();
        sorted.sort_by(f64::total_cmp);
        let (middle, least, most) = (median(&sorted), sorted[0], sorted[sorted.len() - 1]);
        let (words, reached) = match *goal {
            Goal::AtMost(limit) => (format!("≤ {limit}"), middle <= limit),
            Goal::AtLeast(limit) => (format!("≥ {limit}"), middle >= limit),
        };
        let mark = if reached { "reached" } else { "missed" };
        let _ = writeln!(
            text,
            "{name:<28}{middle:>12.1}{least:>12.1}{most:>12.1}{:>6}  {unit:<8}{words} {mark}",
            runs.len()
        );
    }
    text
}

/// The middle of sorted figures; of an even count, the mean of the two in the middle.
fn median(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[half]
    } else {
        f64::midpoint(sorted[half - 1], sorted[half])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_even_count_lies_between_the_two_middle_figures() {
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
    }

    #[test]
    fn a_goal_is_judged_by_the_median() {
        let row = |goal| Row {
            name: "requests",
            unit: "1/s",
            goal,
            runs: vec![10.0, 30.0, 20.0],
        };
        assert!(print(&[row(Goal::AtLeast(20.0))]).contains("reached"));
        assert!(print(&[row(Goal::AtMost(19.0))]).contains("missed"));
    }
}
