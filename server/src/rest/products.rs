//! `products`: what is sold, found by name, code or group; prices with their currency.

use std::sync::Arc;

use axum::{Router, routing::get};
use backend::sales::products::{self, ProductQuery};
use domain::{
    ids::ProductId,
    money::{Currency, Money},
    sales::Product,
};
use serde::Serialize;

use super::{
    answer::Answer,
    asked::{Asked, Id},
    cursor::{Items, Page},
    failure::Failure,
    forms,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/products", get(list)).route("/products/{id}", get(show))
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    items: Items<Shown>,
    total: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    id: ProductId,
    code: String,
    name: String,
    item_group: Option<String>,
    product_line: Option<String>,
    /// Null when there is none, which is not nought.
    list_price: Option<Money>,
}

/// By name; `q` finds by name, code or group.
async fn list(asked: Asked, query: Query) -> Result<Answer<Listed>, Failure> {
    let page: Page = query.read(&forms::PRODUCT_LIST)?;
    let (offset, limit) = (page.offset()?, page.limit()?);
    let ask = ProductQuery { offset, limit, ..query.read(&forms::PRODUCT_LIST)? };
    let currency = asked.backend().company().await?.currency;
    let found = products::list(asked.backend(), &asked.caller, &ask).await?;
    let items = found.items.into_iter().map(|product| shown(product, currency)).collect();
    Ok(Answer::ok(Listed { items: Items::ordered(items, offset, found.total), total: found.total }))
}

async fn show(asked: Asked, Id(id): Id<ProductId>) -> Result<Answer<Shown>, Failure> {
    let currency = asked.backend().company().await?.currency;
    Ok(Answer::ok(shown(products::find(asked.backend(), &asked.caller, id).await?, currency)))
}

fn shown(product: Product, currency: Currency) -> Shown {
    Shown {
        id: product.id,
        code: product.code,
        name: product.name,
        item_group: product.item_group,
        product_line: product.product_line,
        list_price: product.list_price.map(|minor| Money { minor, currency }),
    }
}
