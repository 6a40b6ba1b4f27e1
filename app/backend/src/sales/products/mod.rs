//! Products: the whole company's, so that everybody who is signed in reads all of them.

pub(crate) mod sql;

use crate::{Backend, Error};
use domain::fold::fold;
use domain::ids::ProductId;
use domain::people::Caller;
use domain::sales::Product;
use serde::{Deserialize, Serialize};

/// Products of one page at most.
pub const LIMIT_MAX: u32 = 500;

/// Which products.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductQuery {
    /// Only those whose name, code or group holds this, however it is spelled.
    pub q: Option<String>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows of the page.
    pub limit: u32,
}

/// A page of products in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductPage {
    /// The page.
    pub items: Vec<Product>,
    /// How many there are on all pages.
    pub total: u32,
}

/// Products by name.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, _caller: &Caller, query: &ProductQuery) -> Result<ProductPage, Error> {
    let mut conn = backend.read().await?;
    let text = query.q.as_deref().map(fold).filter(|text| !text.is_empty());
    let groups = match &text {
        // groups are few and stored as written: they are folded here, alike for both engines
        Some(text) => sql::groups(&mut conn).await?.into_iter().filter(|group| fold(group).contains(text.as_str())).collect(),
        None => Vec::new(),
    };
    let limit = query.limit.clamp(1, LIMIT_MAX);
    let total = sql::count(&mut conn, text.as_deref(), &groups).await?;
    let items = sql::page(&mut conn, text.as_deref(), &groups, (query.offset, limit)).await?;
    Ok(ProductPage { items, total: u32::try_from(total).unwrap_or(u32::MAX) })
}

/// One product.
///
/// # Errors
/// `NotFound`.
pub async fn find(backend: &Backend, _caller: &Caller, id: ProductId) -> Result<Product, Error> {
    sql::find(&mut backend.read().await?, id).await?.ok_or(Error::NotFound)
}
