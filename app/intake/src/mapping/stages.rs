//! What only opportunities have in a mapping: stages, and attributes beside the fields.

use super::Mapping;
use super::cells::Columns;
use super::field::Field;
use crate::Kind;
use domain::Rejections;

impl Mapping {
    /// Finds the columns of attributes; what is unclear, or for another kind, is noted in `bad`.
    pub(super) fn bind_attributes(&self, kind: Kind, columns: &mut Columns<'_>, bad: &mut Rejections) -> Vec<(String, Field)> {
        if kind != Kind::Opportunities && !(self.stages.is_empty() && self.attributes.is_empty()) {
            bad.add("mapping", "other_kind", format!("{} have neither stages nor attributes: leave them out.", kind.title()));
        }
        let mut bound = Vec::new();
        for (name, spec) in &self.attributes {
            match Field::bind(&spec.0, columns) {
                Ok(field) => bound.push((name.clone(), field)),
                Err(words) => bad.add("mapping", "unclear_field", format!("Attribute {name} {words}.")),
            }
        }
        bound
    }
}
