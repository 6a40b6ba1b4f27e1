//! Identities: UUIDv7 made by whoever makes the thing, so that a phone without network can make them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

id! {
    /// A client or prospect: one record whose stage may change.
    ClientId,
    /// A person at a client.
    ContactId,
    /// A visit, planned or made.
    VisitId,
    /// A person who signs in.
    UserId,
    /// A sales rep, who owns clients and makes visits.
    RepId,
    /// A branch of the company.
    BranchId,
    /// One browser profile of one user.
    DeviceId,
    /// One entry of an outbox; also the idempotency key of its request.
    EntryId,
    /// One line of the journal.
    EventId,
    /// One run of an import.
    ImportId,
    /// Something that is sold.
    ProductId,
    /// Days a rep is away.
    LeaveId,
    /// Something that may become a sale.
    OpportunityId,
    /// The stages opportunities of one origin go through.
    PipelineId,
    /// A view of the figures that is kept by name.
    ReportId,
    /// Something told to one person.
    MessageId,
}

/// A UUIDv7 from the time it is made and ten random bytes, both given by the caller.
#[must_use]
pub fn v7(at: crate::Instant, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
