//! Figures as GraphQL answers them: what every row tells, and the rows of each question by their keys.

use async_graphql::SimpleObject;
use backend::kpis::named::Named;
use domain::{
    cube::{Answer, Dimension, Group},
    measures::Totals,
    sales::UNIT_DIGITS,
};

use super::scalars::{Day, Long};

/// What some sales come to. Amounts are minor units of the currency beside the rows; what is not known is null, which is not zero.
#[derive(Clone, Debug, SimpleObject)]
pub struct Figures {
    /// Gross revenue: the sum of positive lines.
    gross_revenue: Long,
    /// Returns: the sum of negative lines, zero or less.
    returns: Long,
    /// Net sales = gross + returns: the sum of positive lines and the sum of negative lines.
    net_sales: Long,
    /// Net cost of the lines whose cost is known; null when none is.
    cost: Option<Long>,
    /// Gross profit = net sales − net cost. Cost may be unknown: then it is over the lines with known cost, shown with their coverage.
    gross_profit: Option<Long>,
    /// Net sales of the lines whose cost is known: what gross profit and margin are over.
    known_net: Option<Long>,
    /// Margin % = gross profit ÷ net sales, empty when net sales are zero or below; over the lines with known cost. In hundredths of a percent.
    margin_basis_points: Option<Long>,
    /// Returns rate = returns ÷ gross revenue, by value; empty when gross revenue = 0. In hundredths of a percent.
    returns_basis_points: Option<Long>,
    /// Average transaction = net sales ÷ transactions. The lines of one document on one day are one transaction, a credit note as an invoice; a line without a document number is one by itself. A document may be of several products, so that by product there is none.
    average_transaction: Option<Long>,
    /// Average line = net sales ÷ lines, a return counted as a line.
    average_line: Option<Long>,
    /// Units = units sold less units returned.
    units: f64,
    /// Lines, returns among them.
    lines: Long,
    /// Transactions: documents, each day of one by itself, and lines without a document; null by, or of some, products, which share documents.
    transactions: Option<Long>,
    /// Different known customers.
    customers: Long,
}

impl From<Totals> for Figures {
    fn from(totals: Totals) -> Self {
        Self {
            gross_revenue: Long(totals.gross),
            returns: Long(totals.returns),
            net_sales: Long(totals.net),
            cost: totals.cost.map(Long),
            gross_profit: totals.profit.map(Long),
            known_net: totals.known_net.map(Long),
            margin_basis_points: totals.margin_basis_points().map(Long),
            returns_basis_points: totals.returns_basis_points().map(Long),
            average_transaction: totals.average_transaction().map(Long),
            average_line: totals.average_line().map(Long),
            units: totals.units as f64 / 10_f64.powi(UNIT_DIGITS as i32),
            lines: Long(totals.lines),
            transactions: totals.transactions.map(Long),
            customers: Long(totals.customers),
        }
    }
}

/// A key of a group; none where the answer has no such key, or the facts have none.
pub fn key(answer: &Answer, group: &Group, dimension: Dimension) -> Option<String> {
    let at = answer.group_by.iter().position(|one| *one == dimension)?;
    group.keys.get(at)?.clone()
}

/// An answer of rows, each with keys, figures and what is worked out for it: two types, and how an answer of the cube becomes them.
macro_rules! rows {
    ($($(#[$doc:meta])* $answer:ident of $row:ident { $($(#[$about:meta])* $key:ident: $dimension:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, SimpleObject)]
        pub struct $answer {
            /// First day, included.
            from: Day,
            /// Last day, included.
            to: Day,
            /// Of all amounts, as ISO 4217 has it.
            currency: String,
            /// None when nothing was sold.
            rows: Vec<$row>,
        }

        /// A row.
        #[derive(Clone, Debug, SimpleObject)]
        pub struct $row {
            $($(#[$about])* $key: Option<String>,)*
            #[graphql(flatten)]
            figures: Figures,
        }

        impl From<Named<Answer>> for $answer {
            fn from(named: Named<Answer>) -> Self {
                let answer = &named.answer;
                let row = |group: &Group| $row {
                    $($key: key(answer, group, Dimension::$dimension),)*
                    figures: Totals::of(answer, group).into(),
                };
                let rows = answer.groups.iter().map(row).collect();
                Self { from: Day(named.from.to_string()), to: Day(named.to.to_string()), currency: named.currency.code().to_owned(), rows }
            }
        }
    )*};
}

rows! {
    /// All sales together: one row, or none when nothing was sold.
    Summary of SummaryRow {}
    /// Salespeople, those with most gross profit first.
    Salespeople of SalespersonRow {
        /// Who sold; null for sales of nobody.
        rep: Rep,
    }
    /// Products, those with most gross profit first.
    Products of ProductFigures {
        /// The product's code; null for lines without one.
        product: Product,
    }
    /// Branches month by month.
    Branches of BranchRow {
        /// Where; null for sales of no branch.
        branch: Branch,
        /// `YYYY-MM`.
        month: Month,
    }
    /// Branches and product lines.
    BranchProducts of BranchProductRow {
        /// Where; null for sales of no branch.
        branch: Branch,
        /// The line; null for products without one.
        product_line: ProductLine,
    }
    /// Customers, those with most net sales first.
    Customers of CustomerRow {
        /// Who bought; null for sales to nobody known.
        customer: Customer,
    }
    /// Product lines month by month.
    Margins of MarginRow {
        /// `YYYY-MM`.
        month: Month,
        /// The line; null for products without one.
        product_line: ProductLine,
    }
    /// Product lines and branches, with what came back of them. Why it came back is not told: no sales line says so.
    Returned of ReturnedRow {
        /// The line; null for products without one.
        product_line: ProductLine,
        /// Where; null for sales of no branch.
        branch: Branch,
    }
}

#[cfg(test)]
mod tests {
    use domain::measures;

    #[test]
    fn the_explorer_tells_the_same_definitions_as_the_screens() {
        let text = include_str!("figures.rs");
        let told = [
            measures::GROSS_REVENUE,
            measures::RETURNS,
            measures::NET_SALES,
            measures::GROSS_PROFIT,
            measures::MARGIN,
            measures::RETURNS_RATE,
            measures::AVERAGE_TRANSACTION,
            measures::AVERAGE_LINE,
            measures::UNITS,
        ];
        for definition in told {
            assert!(text.contains(&format!("    /// {definition}")), "{definition}");
        }
    }
}
