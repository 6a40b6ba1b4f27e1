//! Whether a row can be read at all, as far as that can be told without the company's records: the server's judges say the rest.

use crate::Kind;
use crate::mapping::Bound;
use crate::mapping::cells::Cells;
use crate::sales::SalesFields;
use domain::Rejections;
use domain::decimal::Decimal;

/// Checks rows of one kind.
pub struct Check<'a> {
    kind: Kind,
    bound: &'a Bound,
    sales: Option<SalesFields>,
}

impl<'a> Check<'a> {
    /// For rows read by a mapping.
    #[must_use]
    pub fn of(kind: Kind, bound: &'a Bound) -> Self {
        Self { kind, bound, sales: (kind == Kind::Sales).then(|| SalesFields::of(bound)) }
    }

    /// Checks a row.
    ///
    /// # Errors
    /// Everything in it that cannot be read, with what to do.
    pub fn row(&self, cells: Cells<'_>) -> Result<(), Rejections> {
        if let Some(sales) = &self.sales {
            return sales.read(cells).map(drop);
        }
        let mut bad = Rejections::default();
        for (alternatives, what) in self.kind.needed() {
            let filled = |field: &&str| !self.bound.text(field, cells).is_empty();
            if !alternatives.iter().any(filled) {
                let field = alternatives.iter().find(|f| self.bound.field(f).is_some()).copied().unwrap_or_default();
                bad.add(field, "required", format!("The row has no {what}: fill it in."));
            }
        }
        for name in self.kind.days() {
            let Some(field) = self.bound.field(name) else { continue };
            if !field.read(cells).0.is_empty()
                && let Err(words) = field.day(self.kind, cells)
            {
                bad.add(name, "not_a_day", words);
            }
        }
        for name in self.kind.numbers() {
            let Some(field) = self.bound.field(name) else { continue };
            let read: Result<Option<Decimal>, String> = field.number(cells);
            if let Err(words) = read {
                bad.add(name, "not_a_number", words);
            }
        }
        bad.or(())
    }
}
