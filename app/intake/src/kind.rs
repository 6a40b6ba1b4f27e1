//! What a file may hold, and which fields its rows have.

use crate::clean::{self, DayFormat};
use domain::Day;
use domain::calendar::Zone;
use serde::{Deserialize, Serialize};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Clients.
    Clients,
    /// Prospects.
    Prospects,
    /// Visits that were made.
    Visits,
    /// Lines of sales and returns.
    Sales,
    /// People at clients.
    Contacts,
    /// What is sold.
    Products,
    /// Who sells, and in which branch.
    Reps,
    /// What a rep is to sell in a month.
    Budgets,
    /// What may become a sale, stage by stage.
    Opportunities,
}

/// Fields of clients and prospects, spelled as in REST.
const CLIENT_FIELDS: &[&str] = &[
    "name",
    "status",
    "segment",
    "tier",
    "tags",
    "phone",
    "email",
    "address",
    "town",
    "postalCode",
    "latitude",
    "longitude",
    "notes",
    "cadenceDays",
    "radiusM",
];
/// Fields of visits; the client is named by its id elsewhere, or by name and town.
const VISIT_FIELDS: &[&str] =
    &["client", "clientName", "clientTown", "date", "time", "minutes", "type", "outcome", "notes", "nextStep", "nextStepOn", "rep"];
/// Fields of sales: amounts either split into gross and returns, or signed in one; of whole lines, not of units.
const SALES_FIELDS: &[&str] = &[
    "date",
    "branch",
    "salesperson",
    "customer",
    "customerName",
    "product",
    "productName",
    "itemGroup",
    "productLine",
    "quantity",
    "amount",
    "unitsSold",
    "grossRevenue",
    "unitsReturned",
    "returnsValue",
    "totalCost",
    "documentNo",
    "currency",
];
/// Fields of contacts; the client is named as visits name theirs.
const CONTACT_FIELDS: &[&str] = &["client", "clientName", "clientTown", "name", "position", "phone", "email", "notes"];
/// Fields of products.
const PRODUCT_FIELDS: &[&str] = &["code", "name", "itemGroup", "productLine", "listPrice", "currency"];
/// Fields of reps.
const REP_FIELDS: &[&str] = &["name", "branch"];
/// Fields of budgets.
const BUDGET_FIELDS: &[&str] = &["rep", "month", "amount", "currency"];

/// Fields of opportunities; the client is named by its id elsewhere, or by the account's name.
const OPPORTUNITY_FIELDS: &[&str] = &[
    "name",
    "client",
    "account",
    "rep",
    "branch",
    "product",
    "source",
    "sector",
    "stage",
    "reached",
    "engagedOn",
    "closedOn",
    "value",
    "currency",
    "activities",
];

/// Alternatives of which one must be there, and what they are for people.
type Needed = &'static [(&'static [&'static str], &'static str)];

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Clients,
        Self::Prospects,
        Self::Contacts,
        Self::Visits,
        Self::Products,
        Self::Reps,
        Self::Budgets,
        Self::Sales,
        Self::Opportunities,
    ];

    /// As stored and typed on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::Prospects => "prospects",
            Self::Visits => "visits",
            Self::Sales => "sales",
            Self::Contacts => "contacts",
            Self::Products => "products",
            Self::Reps => "reps",
            Self::Budgets => "budgets",
            Self::Opportunities => "opportunities",
        }
    }

    /// For people, at the beginning of a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Clients => "Clients",
            Self::Prospects => "Prospects",
            Self::Visits => "Visits",
            Self::Sales => "Sales lines",
            Self::Contacts => "Contacts",
            Self::Products => "Products",
            Self::Reps => "Reps",
            Self::Budgets => "Budgets",
            Self::Opportunities => "Opportunities",
        }
    }

    /// From [`Kind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// The fields a row of it may have.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Clients | Self::Prospects => CLIENT_FIELDS,
            Self::Visits => VISIT_FIELDS,
            Self::Sales => SALES_FIELDS,
            Self::Contacts => CONTACT_FIELDS,
            Self::Products => PRODUCT_FIELDS,
            Self::Reps => REP_FIELDS,
            Self::Budgets => BUDGET_FIELDS,
            Self::Opportunities => OPPORTUNITY_FIELDS,
        }
    }

    /// Its fields that are days, or months written as one of their days.
    #[must_use]
    pub fn days(self) -> &'static [&'static str] {
        match self {
            Self::Clients | Self::Prospects | Self::Contacts | Self::Products | Self::Reps => &[],
            Self::Visits => &["date", "nextStepOn"],
            Self::Sales => &["date"],
            Self::Budgets => &["month"],
            Self::Opportunities => &["engagedOn", "closedOn"],
        }
    }

    /// What one of [`Kind::days`] says; a month is its first day. A time that names its zone is of the day it then is in `here`, the company's.
    ///
    /// # Errors
    /// What to write instead.
    pub fn day(self, text: &str, format: Option<DayFormat>, here: Option<&Zone>) -> Result<Day, String> {
        if self == Self::Budgets { clean::month(text, format, here) } else { clean::day(text, format, here) }
    }

    /// Its fields that are numbers, where no other rule reads them.
    #[must_use]
    pub fn numbers(self) -> &'static [&'static str] {
        match self {
            Self::Clients | Self::Prospects => &["cadenceDays", "radiusM"],
            Self::Visits => &["minutes"],
            Self::Products => &["listPrice"],
            Self::Budgets => &["amount"],
            Self::Opportunities => &["value", "activities"],
            Self::Sales | Self::Contacts | Self::Reps => &[],
        }
    }

    /// Its fields that are money.
    #[must_use]
    pub fn money(self) -> &'static [&'static str] {
        match self {
            Self::Sales => &["amount", "grossRevenue", "returnsValue", "totalCost"],
            Self::Products => &["listPrice"],
            Self::Budgets => &["amount"],
            Self::Opportunities => &["value"],
            Self::Clients | Self::Prospects | Self::Contacts | Self::Visits | Self::Reps => &[],
        }
    }

    /// What makes a record known again where that is not for a mapping to say.
    #[must_use]
    pub fn known_by(self) -> Option<&'static str> {
        match self {
            Self::Clients | Self::Prospects | Self::Contacts | Self::Visits | Self::Opportunities => None,
            Self::Products => Some("their code"),
            Self::Reps => Some("their name"),
            Self::Budgets => Some("rep and month"),
            Self::Sales => Some("their document, or their day"),
        }
    }

    /// The fields a row of it must have.
    #[must_use]
    pub fn needed(self) -> Needed {
        match self {
            Self::Clients | Self::Prospects => &[(&["name"], "name")],
            Self::Visits => &[(&["client", "clientName"], "client's id or name"), (&["date"], "day of the visit")],
            Self::Sales => &[(&["date"], "day of the sale"), (&["amount", "grossRevenue", "returnsValue"], "amount")],
            Self::Contacts => &[(&["client", "clientName"], "client's id or name"), (&["name"], "name of the person")],
            Self::Products => &[(&["code", "name"], "code of the product")],
            Self::Reps => &[(&["name"], "name of the rep")],
            Self::Budgets => &[(&["rep"], "rep"), (&["month"], "month"), (&["amount"], "amount")],
            Self::Opportunities => &[(&["stage"], "stage")],
        }
    }
}
