//! The table of measurements: goal, median, least and most of all runs, and whether the goal is reached.

use std::fmt::Write;

/// What a measurement must reach, in its unit.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// Less is better.
    AtMost(f64),
    /// More is better.
    AtLeast(f64),
    /// Shown to explain the others.
    Shown,
}

impl Goal {
    fn words(self) -> String {
        match self {
            Self::AtMost(limit) => format!("≤ {}", figure(limit)),
            Self::AtLeast(limit) => format!("≥ {}", figure(limit)),
            Self::Shown => String::new(),
        }
    }

    fn verdict(self, middle: f64) -> &'static str {
        match self {
            Self::AtMost(limit) if middle <= limit => "yes",
            Self::AtLeast(limit) if middle >= limit => "yes",
            Self::Shown => "",
            _ => "NO",
        }
    }
}

/// The runs of one measurement.
#[derive(Clone, Debug)]
pub struct Row {
    name: String,
    unit: String,
    goal: Goal,
    runs: Vec<f64>,
}

impl Row {
    /// A measurement with one figure for each run.
    pub fn new(name: impl Into<String>, unit: impl Into<String>, goal: Goal, runs: Vec<f64>) -> Self {
        Self { name: name.into(), unit: unit.into(), goal, runs }
    }

    fn line(&self) -> String {
        let mut sorted = self.runs.clone();
        sorted.sort_by(f64::total_cmp);
        let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else {
            return format!("{:<56}{:>13}  not measured", self.name, self.goal.words());
        };
        let middle = median(&sorted);
        let (goal, verdict) = (self.goal.words(), self.goal.verdict(middle));
        let (middle, least, most) = (figure(middle), figure(*least), figure(*most));
        format!("{:<56}{goal:>13}{middle:>12}{least:>12}{most:>12}{:>6}  {:<8}{verdict}", self.name, sorted.len(), self.unit)
    }
}

/// All rows so far.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a row, and shows it at once: the table itself comes at the end.
    pub fn add(&mut self, row: Row) {
        println!("  {}", row.line().trim_end());
        self.0.push(row);
    }

    /// The table as text.
    pub fn text(&self) -> String {
        let mut text = format!("{:<56}{:>13}{:>12}{:>12}{:>12}{:>6}  {:<8}met?\n", "", "target", "median", "min", "max", "runs", "unit");
        for row in &self.0 {
            let _ = writeln!(text, "{}", row.line().trim_end());
        }
        text
    }
}

/// Whole from a hundred on, with its thousands apart; with one digit, or two below ten, beneath.
fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => grouped(value.round() as i64),
        size if size >= 10.0 => format!("{value:.1}"),
        _ if value.fract() == 0.0 => format!("{value}"),
        _ => format!("{value:.2}"),
    }
}

fn grouped(whole: i64) -> String {
    let digits = whole.unsigned_abs().to_string();
    let first = digits.len() % 3;
    let mut text = String::from(if whole < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The middle of sorted figures; of an even count, the mean of the two in the middle.
fn median(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) }
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
        let line = |goal| Row::new("requests", "1/s", goal, vec![10.0, 30.0, 20.0]).line();
        assert!(line(Goal::AtLeast(20.0)).ends_with("yes"));
        assert!(line(Goal::AtMost(19.0)).ends_with("NO"));
        assert!(line(Goal::Shown).trim_end().ends_with("1/s"));
    }

    #[test]
    fn figures_are_as_exact_as_they_are_worth() {
        let shown = [1_234_567.4, 250_000.0, 999.6, 12.34, 0.256, 7.0, -1_500.0].map(figure);
        assert_eq!(shown, ["1,234,567", "250,000", "1,000", "12.3", "0.26", "7", "-1,500"]);
    }
}
