//! `GET overview`: the first screen's figures and next things to do.

use domain::today::Today;

use super::{answer::Answer, asked::Asked, failure::Failure};

/// Today, in the caller's scope.
pub async fn show(asked: Asked) -> Result<Answer<Today>, Failure> {
    Ok(Answer::ok(backend::today::overview(asked.backend(), &asked.caller).await?))
}
