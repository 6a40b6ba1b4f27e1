//! What the area asks the server: what no cube holds, and slices and splits where its cube would be too large.

use crate::problem::{Plain, Problem};
use domain::cube::{Answer, SliceDraft};
use domain::customers::Worth;
use domain::movement::{Movement, QuestionDraft};
use domain::segments::{Filters, SEGMENT, Segments};
use domain::targets::{RepPlan, Workdays};
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Post};
use leptos::server_fn::{Bytes, Decodes, Encodes};
use serde::{Deserialize, Serialize};

/// What stands beside a cube.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Customers by segment.
    pub segments: Segments,
    /// Budgets of reps.
    pub plans: Vec<RepPlan>,
    /// When the company works, which budgets of parts of a month go by.
    pub workdays: Workdays,
    /// Nobody could tell: none of it is what there is.
    #[serde(skip)]
    pub lacking: bool,
}

/// What is said in the place of what cannot be told without them.
pub const LACKING: &str = "Budgets and segments could not be loaded: what needs them is missing.";

impl Beside {
    /// Puts the customers of the segments that are kept in the place of these.
    ///
    /// # Errors
    /// Where nobody knows who they are.
    pub fn resolve(&self, filters: &mut Filters) -> Result<(), Problem> {
        if self.lacking && filters.contains_key(SEGMENT) {
            return Err(Problem::Rejected(LACKING.to_owned()));
        }
        self.segments.resolve(filters);
        Ok(())
    }
}

/// What stands beside a cube as it is kept on the device.
pub struct Written(pub String);

impl Encodes<Written> for Plain {
    type Error = std::fmt::Error;

    fn encode(written: &Written) -> Result<Bytes, std::fmt::Error> {
        Ok(Bytes::from(written.0.clone()))
    }
}

impl Decodes<Written> for Plain {
    type Error = std::fmt::Error;

    fn decode(bytes: Bytes) -> Result<Written, std::fmt::Error> {
        Ok(Written(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// Budgets and segments of what the person sees.
#[server(input = Json, output = Post<Plain>)]
pub async fn kpis_beside() -> Result<Written, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let segments = backend::kpis::segments(&backend, &caller).await?;
    let workdays = backend.company().await?.workdays.clone();
    let beside = Beside { segments, plans: backend::targets::plans(&backend, &caller).await?, workdays, lacking: false };
    Ok(Written(serde_json::to_string(&beside).map_err(backend::Error::internal)?))
}

/// Splits a change into its causes.
#[server(input = Json, output = Json)]
pub async fn kpis_movement(question: QuestionDraft) -> Result<Movement, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::kpis::movement(&backend, &caller, question).await.map_err(backend::Error::from)?)
}

/// Answers slices, in their order.
#[server(input = Json, output = Json)]
pub async fn kpis_slices(slices: Vec<SliceDraft>) -> Result<Vec<Answer>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::kpis::slices(&backend, &caller, slices).await?)
}

/// What customers are worth.
#[server(input = Json, output = Json)]
pub async fn kpis_worth(asked: SliceDraft) -> Result<Worth, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::kpis::worth(&backend, &caller, asked).await.map_err(backend::Error::from)?)
}
