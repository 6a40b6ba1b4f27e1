//! What a row of sales says: its day, who sold what to whom, and its amounts to the last decimal.

use crate::Kind;
use crate::mapping::Bound;
use crate::mapping::cells::Cells;
use crate::mapping::field::Field;
use domain::decimal::Decimal;
use domain::{Day, Rejections};

/// The mapping's fields, found once instead of in every row.
#[derive(Clone, Debug)]
pub struct SalesFields {
    date: Option<Field>,
    branch: Option<Field>,
    salesperson: Option<Field>,
    customer: Option<Field>,
    customer_name: Option<Field>,
    product: Option<Field>,
    product_name: Option<Field>,
    item_group: Option<Field>,
    product_line: Option<Field>,
    quantity: Option<Field>,
    amount: Option<Field>,
    units_sold: Option<Field>,
    gross: Option<Field>,
    units_returned: Option<Field>,
    returns: Option<Field>,
    cost: Option<Field>,
    document: Option<Field>,
    currency: Option<Field>,
}

/// A row, read.
#[derive(Clone, Debug)]
pub struct Said {
    /// The business day it counts for.
    pub day: Day,
    /// Whom and what it names.
    pub names: Names,
    /// Its numbers.
    pub amounts: Amounts,
    /// The document's number.
    pub document: Option<String>,
    /// ISO 4217 as written; empty where the row names none.
    pub currency: String,
}

/// Everything a row names; empty where it names nothing.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Where it was sold.
    pub branch: String,
    /// Who sold it.
    pub salesperson: String,
    /// To whom: an id in the source, or a name.
    pub customer: String,
    /// The customer's name beside an id.
    pub customer_name: String,
    /// What: its number, or its name.
    pub product: String,
    /// The product's name beside a number.
    pub product_name: String,
    /// Group of items.
    pub item_group: String,
    /// Line of products.
    pub product_line: String,
}

/// A row's numbers, not rounded yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amounts {
    /// Units that went out.
    pub units_sold: Decimal,
    /// What they came to before returns; never below zero.
    pub gross: Decimal,
    /// Units that came back.
    pub units_returned: Decimal,
    /// What was given back for them; never above zero.
    pub returns: Decimal,
    /// What the line cost; unknown when absent.
    pub cost: Option<Decimal>,
}

impl SalesFields {
    /// The fields of a mapping.
    #[must_use]
    pub fn of(bound: &Bound) -> Self {
        let field = |name| bound.field(name).cloned();
        Self {
            date: field("date"),
            branch: field("branch"),
            salesperson: field("salesperson"),
            customer: field("customer"),
            customer_name: field("customerName"),
            product: field("product"),
            product_name: field("productName"),
            item_group: field("itemGroup"),
            product_line: field("productLine"),
            quantity: field("quantity"),
            amount: field("amount"),
            units_sold: field("unitsSold"),
            gross: field("grossRevenue"),
            units_returned: field("unitsReturned"),
            returns: field("returnsValue"),
            cost: field("totalCost"),
            document: field("documentNo"),
            currency: field("currency"),
        }
    }

    /// The row's net amount straight from its cells, for the file's own total; `None` when it cannot be read.
    #[must_use]
    pub fn total(&self, cells: Cells<'_>) -> Option<Decimal> {
        let parts = [&self.amount, &self.gross, &self.returns].into_iter().flatten();
        let mut total = None;
        for field in parts {
            if let Some(value) = field.number(cells).ok()? {
                total = Some(total.unwrap_or_default()).and_then(|sum: Decimal| sum.plus(value));
            }
        }
        total
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Everything in it that cannot be read.
    pub fn read(&self, cells: Cells<'_>) -> Result<Said, Rejections> {
        let mut bad = Rejections::default();
        let day = self.day(cells).map_err(|words| bad.add("date", "not_a_day", words)).ok();
        let amounts = self.amounts(cells, &mut bad);
        let text = |field: &Option<Field>| field.as_ref().map(|f| f.read(cells).0.into_owned()).unwrap_or_default();
        let names = Names {
            branch: text(&self.branch),
            salesperson: text(&self.salesperson),
            customer: text(&self.customer),
            customer_name: text(&self.customer_name),
            product: text(&self.product),
            product_name: text(&self.product_name),
            item_group: text(&self.item_group),
            product_line: text(&self.product_line),
        };
        match (day, bad) {
            (Some(day), bad) => bad.or(Said { day, names, amounts, document: self.document(cells), currency: text(&self.currency) }),
            (None, bad) => Err(bad),
        }
    }

    /// Whether rows have numbers of documents.
    #[must_use]
    pub fn of_documents(&self) -> bool {
        self.document.is_some()
    }

    /// The number of a row's document; `None` when it has none.
    #[must_use]
    pub fn document(&self, cells: Cells<'_>) -> Option<String> {
        self.document.as_ref().map(|field| field.read(cells).0.into_owned()).filter(|number| !number.is_empty())
    }

    /// A row's day.
    ///
    /// # Errors
    /// What to write instead.
    pub fn day(&self, cells: Cells<'_>) -> Result<Day, String> {
        self.date.as_ref().map_or_else(|| Kind::Sales.day("", None, None), |field| field.day(Kind::Sales, cells))
    }

    fn amounts(&self, cells: Cells<'_>, bad: &mut Rejections) -> Amounts {
        let mut number = |field: &Option<Field>, name: &str| -> Option<Decimal> {
            let read = field.as_ref()?.number(cells);
            read.map_err(|words| bad.add(name, "not_a_number", words)).ok().flatten()
        };
        let (amount, quantity) = (number(&self.amount, "amount"), number(&self.quantity, "quantity"));
        let (gross, returns) = (number(&self.gross, "grossRevenue"), number(&self.returns, "returnsValue"));
        let (sold, returned) = (number(&self.units_sold, "unitsSold"), number(&self.units_returned, "unitsReturned"));
        let cost = number(&self.cost, "totalCost");
        if amount.is_none() && gross.is_none() && returns.is_none() && bad.0.is_empty() {
            let field = if self.amount.is_some() { "amount" } else { "grossRevenue" };
            bad.add(field, "required", "The row has no amount: fill it in; nought is written 0.");
        }
        for (value, name, words) in [
            (gross.filter(|g| g.is_negative()), "grossRevenue", "Gross revenue is never below zero: map a signed column as amount."),
            (returns.filter(|r| !r.is_negative() && !r.is_zero()), "returnsValue", "Write a return's value with a minus (−120.00)."),
            (sold.filter(|u| u.is_negative()), "unitsSold", "Units sold are never below zero: map a signed column as quantity."),
        ] {
            if value.is_some() {
                bad.add(name, "wrong_sign", words);
            }
        }
        // units that came back are a number of things, whichever way they are written
        let returned = returned.map(|u| if u.is_negative() { u.negated() } else { u });
        let positive = |value: Option<Decimal>| value.filter(|v| !v.is_negative());
        let negative = |value: Option<Decimal>| value.filter(|v| v.is_negative());
        Amounts {
            gross: gross.or(positive(amount)).unwrap_or_default(),
            returns: returns.or(negative(amount)).unwrap_or_default(),
            units_sold: sold.or(positive(quantity)).unwrap_or_default(),
            units_returned: returned.or(negative(quantity).map(Decimal::negated)).unwrap_or_default(),
            cost,
        }
    }
}
