//! Judging a row of sales: a line with whole minor units, or why not.

use super::entries::HeldRow;
use super::resolve::Resolver;
use crate::import::aside::{Merged, Sorted, no_room};
use domain::Rejections;
use domain::calendar::Day;
use domain::decimal::Decimal;
use domain::money::Currency;
use domain::sales::{SaleLine, UNIT_DIGITS};
use intake::mapping::cells::Cells;
use intake::sales::{Said, SalesFields};
use sha2::{Digest, Sha256};
use std::io;
use std::iter::Peekable;

/// What a line stands or falls with: its document, or its whole day where lines have none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A document by its number.
    Document(String),
    /// The lines of a day that have no document.
    Day(Day),
}

impl Part {
    /// Why its rows are refused although nothing is wrong with them.
    fn held(&self, HeldRow { first, known, .. }: HeldRow) -> Rejections {
        let (field, what) = match self {
            Self::Document(number) => ("documentNo", format!("Document {number}")),
            Self::Day(day) => ("date", format!("The day {day}")),
        };
        let fate = if known { "what is known of it stays" } else { "is held back whole" };
        let words = format!("{what} has a refused line (line {first}), and {fate}: mend the file and bring it in again.");
        Rejections::one(field, "part_refused", words)
    }
}

/// A row taken in.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) sale: SaleLine,
    pub(super) print: i64,
    /// The net amount before it was rounded.
    pub(super) exact: Decimal,
}

/// Why a row is not taken in.
#[derive(Debug)]
pub(super) enum Wrong {
    /// For what stands in it.
    Row(Rejections),
    /// Since the file cannot be gone on with.
    File(Rejections),
}

impl From<Rejections> for Wrong {
    fn from(wrong: Rejections) -> Self {
        Self::Row(wrong)
    }
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::File(no_room(&error))
    }
}

/// Judges rows.
pub(super) struct SalesJudge {
    pub(super) fields: SalesFields,
    pub(super) resolver: Resolver,
    currency: Currency,
    today: Day,
    held: Option<Held>,
}

/// Rows that are refused since another of their part is.
struct Held {
    /// Those to come, in the order of the file.
    rows: Peekable<Merged<HeldRow>>,
    /// Judges them all the same, for reasons of their own; whom they name is not added.
    aside: Box<SalesJudge>,
}

impl SalesJudge {
    pub(super) fn new(fields: SalesFields, resolver: Resolver, currency: Currency, today: Day) -> Self {
        Self { fields, resolver, currency, today, held: None }
    }

    /// Refuses these rows besides; `aside` has judged the file before.
    pub(super) fn holding(self, rows: &Sorted<HeldRow>, aside: Self) -> Self {
        Self { held: Some(Held { rows: rows.read().peekable(), aside: Box::new(aside) }), ..self }
    }

    /// Whether this row of the file is refused with its part; rows are asked for in their order, in one reading.
    pub(super) fn stays(&mut self, row: u64) -> Result<Option<HeldRow>, Rejections> {
        let Some(held) = &mut self.held else { return Ok(None) };
        held.rows.next_if(|next| next.as_ref().map_or(true, |next| next.row == row)).transpose()
    }

    /// Why such a row is refused.
    pub(super) fn refuse(&mut self, cells: Cells<'_>, line: u64, stays: &HeldRow) -> Wrong {
        match self.held.as_mut().map(|held| held.aside.judge(cells, line)) {
            Some(Err(wrong)) => wrong,
            _ => Wrong::Row(self.part(cells).map(|part| part.held(*stays)).unwrap_or_default()),
        }
    }

    /// Decimals of the company's currency.
    pub(super) fn digits(&self) -> u32 {
        self.currency.digits()
    }

    /// What a row stands or falls with, as far as its cells tell, whatever else is wrong with it.
    pub(super) fn part(&self, cells: Cells<'_>) -> Option<Part> {
        match self.fields.document(cells) {
            Some(number) => Some(Part::Document(number)),
            None => self.fields.day(cells).ok().map(Part::Day),
        }
    }

    /// Judges a row that begins on `line`.
    pub(super) fn judge(&mut self, cells: Cells<'_>, line: u64) -> Result<Judged, Wrong> {
        let said = self.fields.read(cells)?;
        self.check(&said)?;
        let (amounts, digits) = (said.amounts, self.currency.digits());
        let minor = |value: Decimal, field: &str| {
            value.rounded(digits).ok_or_else(|| Rejections::one(field, "too_large", "The amount is larger than can be kept."))
        };
        let units = |value: Decimal, field: &str| {
            value.rounded(UNIT_DIGITS).ok_or_else(|| Rejections::one(field, "too_large", "The quantity is larger than can be kept."))
        };
        let gross = minor(amounts.gross, "amount")?;
        let returns = minor(amounts.returns, "amount")?;
        let named = self.resolver.resolve(&said.names, line)?;
        let sale = SaleLine {
            day: said.day,
            branch: named.branch,
            rep: named.rep,
            client: named.client,
            product: named.product,
            units_sold: units(amounts.units_sold, "quantity")?,
            gross,
            units_returned: units(amounts.units_returned, "quantity")?,
            returns,
            cost: amounts.cost.map(|cost| minor(cost, "totalCost")).transpose()?,
            document: said.document,
        };
        let exact = amounts.gross.plus(amounts.returns).unwrap_or_default();
        Ok(Judged { print: print(&sale), sale, exact })
    }

    fn check(&self, said: &Said) -> Result<(), Rejections> {
        let mut bad = Rejections::default();
        if said.day > self.today {
            bad.add("date", "in_future", "This day is still to come: sales are of days up to today.");
        }
        if !said.currency.is_empty() && !said.currency.eq_ignore_ascii_case(self.currency.code()) {
            let words = format!("The company's currency is {}: convert the amounts first.", self.currency.code());
            bad.add("currency", "other_currency", words);
        }
        bad.or(())
    }
}

impl Judged {
    /// What it stands or falls with.
    pub(super) fn part(&self) -> Part {
        match &self.sale.document {
            Some(number) => Part::Document(number.clone()),
            None => Part::Day(self.sale.day),
        }
    }
}

/// A fingerprint of a line, 62 bits, that lasts across builds.
pub(super) fn print(sale: &SaleLine) -> i64 {
    let mut hasher = Sha256::new();
    hasher.update(sale.day.0.to_be_bytes());
    let ids = [sale.branch.map(|b| b.0), sale.rep.map(|r| r.0), sale.client.map(|c| c.0), sale.product.map(|p| p.0)];
    for id in ids {
        hasher.update(id.unwrap_or_default().as_bytes());
    }
    for amount in [sale.units_sold, sale.gross, sale.units_returned, sale.returns, sale.cost.unwrap_or(i64::MIN)] {
        hasher.update(amount.to_be_bytes());
    }
    hasher.update(sale.document.as_deref().unwrap_or_default().as_bytes());
    let hash = hasher.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first) & ((1 << 62) - 1)
}
