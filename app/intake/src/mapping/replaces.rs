//! What a file of sales replaces of what is known: said by its mapping, or by who brings it in.

use serde::{Deserialize, Serialize};

/// What a sales file says all of, so that its lines take the place of those brought in before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Replaces {
    /// Each document it holds.
    Documents,
    /// Each day it holds.
    Days,
    /// Each document it holds, and of each day it holds the lines that have no document.
    #[serde(rename = "documents_and_days")]
    DocumentsAndDays,
    /// Nothing: a file that says another thing of what is known is refused. What is taken of files without document numbers until somebody says more.
    Nothing,
}

impl Replaces {
    /// Every way, as written in a mapping.
    pub const ALL: [(&'static str, Self); 4] =
        [("documents", Self::Documents), ("days", Self::Days), ("documents_and_days", Self::DocumentsAndDays), ("nothing", Self::Nothing)];

    /// As written in a mapping.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == code).map(|(_, way)| way)
    }
}

/// Why it cannot be told what a file replaces, whose lines have numbers of documents or none.
pub(super) fn unclear(said: Option<Replaces>, documents: bool) -> Option<(&'static str, &'static str)> {
    match (said, documents) {
        (None | Some(Replaces::Documents), false) => Some((
            "missing_field",
            "The file has no document numbers: choose their column, or say that a file that comes again replaces whole days, if it always holds whole days (in a mapping file: documentNo, or replaces = \"days\").",
        )),
        (Some(Replaces::Days), true) => Some((
            "documents",
            "The file has document numbers, so a file that comes again replaces the documents it holds: say so, or say that it replaces the lines without a number of whole days as well, or choose no document number to replace whole days (in a mapping file: replaces = \"documents\" or \"documents_and_days\", or no documentNo).",
        )),
        _ => None,
    }
}
