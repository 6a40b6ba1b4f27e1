//! What a file may hold, and which fields its rows have.

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

/// Alternatives of which one must be there, and what they are for people.
type Needed = &'static [(&'static [&'static str], &'static str)];

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Clients, Self::Prospects, Self::Visits, Self::Sales];

    /// As stored and typed on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::Prospects => "prospects",
            Self::Visits => "visits",
            Self::Sales => "sales",
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
        }
    }

    /// Its fields that are days.
    #[must_use]
    pub fn days(self) -> &'static [&'static str] {
        match self {
            Self::Clients | Self::Prospects => &[],
            Self::Visits => &["date", "nextStepOn"],
            Self::Sales => &["date"],
        }
    }

    /// Its fields that are numbers, where no other rule reads them.
    #[must_use]
    pub fn numbers(self) -> &'static [&'static str] {
        match self {
            Self::Clients | Self::Prospects => &["cadenceDays", "radiusM"],
            Self::Visits => &["minutes"],
            Self::Sales => &[],
        }
    }

    /// The fields a row of it must have.
    #[must_use]
    pub fn needed(self) -> Needed {
        match self {
            Self::Clients | Self::Prospects => &[(&["name"], "name")],
            Self::Visits => &[(&["client", "clientName"], "client's id or name"), (&["date"], "day of the visit")],
            Self::Sales => &[(&["date"], "day of the sale"), (&["amount", "grossRevenue", "returnsValue"], "amount")],
        }
    }
}
