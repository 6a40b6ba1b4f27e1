//! What only a person can tell about a file: noted while its rows are looked at, once for each field.

use super::Preview;
use crate::Kind;
use crate::amounts::{self, Way};
use crate::clean::{self, DayFormat};
use crate::mapping::cells::Cells;
use crate::mapping::field::Why;
use crate::mapping::{Bound, Mapping};
use crate::opened::Found;
use domain::Rejections;
use serde::{Deserialize, Serialize};

/// Something that can be read in two ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The field it is about.
    pub field: String,
    /// Its column.
    pub column: String,
    /// A cell that can be read in two ways.
    pub example: String,
    /// One that can only be read otherwise than the example.
    #[serde(default)]
    pub other: Option<String>,
    /// Of days: the ways they may be written in.
    #[serde(default)]
    pub ways: Vec<DayFormat>,
    /// Of amounts: what they may be.
    #[serde(default)]
    pub amounts: Vec<Way>,
    /// What it is about.
    pub about: About,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum About {
    /// Day, month or year first.
    DayOrMonth,
    /// Which column is the amount, or what of several is.
    Amount,
    /// What a comma or a point in a number means.
    Number,
    /// Whether discounts are in percent.
    Percent,
}

/// What the amount may be, where that is open.
pub(super) fn amount_asked(kind: Kind, mapping: &Mapping, found: &Found) -> Vec<Question> {
    let amounts = if mapping.says_amount(kind) { Vec::new() } else { amounts::open(kind, found.names(), mapping.amounts_differ) };
    let asked = (!amounts.is_empty()).then(|| Question {
        field: "amount".to_owned(),
        column: String::new(),
        example: String::new(),
        other: None,
        ways: Vec::new(),
        amounts,
        about: About::Amount,
    });
    asked.into_iter().collect()
}

impl Preview {
    /// Notes what a refused row asks a person, once for each field.
    pub(super) fn ask(&mut self, bound: &Bound, cells: Cells<'_>, bad: &Rejections) {
        for wrong in &bad.0 {
            let Some(field) = bound.field(&wrong.field) else { continue };
            let (column, example) = bound.blame(&wrong.field, cells);
            let about = match (wrong.code.as_str(), field.wrong(cells).map(|wrong| wrong.why)) {
                ("not_a_day", _) if field.format.is_none() && !clean::ways(&example).is_empty() => About::DayOrMonth,
                ("not_a_number", Some(Why::Discount)) if !field.percent && !example.starts_with(['-', '−']) => About::Percent,
                // a unit or brackets are said in the panel: no other notation helps there, but where a comma stands too
                ("not_a_number", Some(Why::Number(wrong))) if !field.notation_said && (wrong.is_of_notation() || comma(&example)) => {
                    About::Number
                }
                _ => continue,
            };
            self.question(&wrong.field, column, example, about);
        }
    }

    pub(super) fn question(&mut self, field: &str, column: String, example: String, about: About) {
        match self.questions.iter_mut().find(|q| q.field == field) {
            Some(asked) if asked.about == About::DayOrMonth && asked.other.is_none() => {
                let ways = clean::ways(&example);
                let both: Vec<DayFormat> = asked.ways.iter().copied().filter(|way| ways.contains(way)).collect();
                if both.is_empty() {
                    asked.other = (!clean::ways(&asked.example).iter().any(|way| ways.contains(way))).then_some(example);
                    asked.ways.extend(ways);
                } else {
                    asked.ways = both;
                }
            }
            Some(_) => {}
            None => {
                let ways = if about == About::DayOrMonth { clean::ways(&example) } else { Vec::new() };
                self.questions.push(Question { field: field.to_owned(), column, example, other: None, ways, amounts: Vec::new(), about });
            }
        }
    }
}

/// Whether a comma stands beside a digit: before decimals, or between thousands.
fn comma(text: &str) -> bool {
    text.split(',').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
