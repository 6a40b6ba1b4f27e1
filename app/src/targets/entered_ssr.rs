//! What is typed into the forms of the calendar and of budgets: read where it arrives, or refused under its field.

use crate::office::entered_ssr::{day, small};
use domain::Rejections;
use domain::ids::RepId;
use domain::targets::budgets::change;
use domain::targets::{LeaveDraft, WEIGHT_MAX};

/// The calendar a form of a year goes back to.
pub fn back(year: i32) -> String {
    ["/office/calendar?year=", &year.to_string()].concat()
}

/// Weights as typed.
///
/// # Errors
/// What is no weight, by field.
pub fn week(weights: &[String]) -> Result<[u16; 7], Rejections> {
    let mut wrong = Rejections::default();
    let words = ["Write 0 for a day off up to ", &WEIGHT_MAX.to_string(), "; 100 is a full day."].concat();
    let read = std::array::from_fn(|n| {
        let text = weights.get(n).map_or("", String::as_str);
        small(text, &["weights[", &n.to_string(), "]"].concat(), &words, &mut wrong)
    });
    wrong.or(read)
}

/// Leave as typed.
///
/// # Errors
/// What is missing, by field.
pub fn leave(rep: &str, from: &str, to: &str) -> Result<LeaveDraft, Rejections> {
    let mut wrong = Rejections::default();
    let rep_id = rep.parse().unwrap_or_else(|_| {
        wrong.add("repId", "required", "Choose who is away.");
        RepId(uuid::Uuid::nil())
    });
    let from = day(from, "from", "Enter the first day away.", &mut wrong);
    let to = day(to, "to", "Enter the last day away.", &mut wrong);
    wrong.or(LeaveDraft { rep_id, from, to })
}

/// By how much budgets are to change, hundredths of a percent.
///
/// # Errors
/// What to write instead.
pub fn percent(percent: &str) -> Result<i32, Rejections> {
    change(percent).map_err(|words| Rejections::one("percent", "out_of_range", words))
}
