//! Products: what is sold, found by name, code or group.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use backend::sales::products;
use domain::{ids::ProductId, money::Currency, sales};
use serde_json::json;

use super::{
    answer::refused,
    filter::asked,
    limits::{ASKED, listed},
    mirror::{given, named},
    scalars::Long,
};
use crate::rest::{
    cursor::{Items, Page},
    forms,
};

/// Products.
#[derive(Default)]
pub struct ProductQuery;

/// An amount and its currency.
#[derive(Clone, Debug, SimpleObject)]
pub struct Money {
    /// Minor units: cents, pence.
    minor: Long,
    /// As ISO 4217 has it.
    currency: String,
}

/// What is sold.
#[derive(Clone, Debug, SimpleObject)]
pub struct Product {
    /// Identity.
    id: ID,
    /// The company's own number of it.
    code: String,
    /// For people.
    name: String,
    /// Group of items.
    item_group: Option<String>,
    /// Line of products.
    product_line: Option<String>,
    /// What one unit is listed at; null when there is no such price, which is not nought.
    list_price: Option<Money>,
}

/// A page of products.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductList {
    /// The page.
    items: Vec<Product>,
    /// Ask with this for the next page; null at the end.
    next_cursor: Option<String>,
    /// How many there are on all pages.
    total: i32,
}

#[Object]
impl ProductQuery {
    /// Products by name.
    #[graphql(complexity = "listed(limit, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those whose name, code or group holds this, however it is spelled.")] q: Option<String>,
        #[graphql(default = 50, desc = "Rows, 1 to 500.")] limit: i32,
        #[graphql(desc = "`nextCursor` of the page before.")] cursor: Option<String>,
    ) -> Option<Result<ProductList>> {
        Some(list(ctx, q, (limit, cursor)).await)
    }

    /// One product.
    #[graphql(complexity = "ASKED + child_complexity")]
    async fn product(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Product>> {
        Some(find(ctx, &id).await)
    }
}

async fn list(ctx: &Context<'_>, q: Option<String>, (limit, cursor): (i32, Option<String>)) -> Result<ProductList> {
    let asked = asked(ctx);
    let object = given(&json!({"q": q, "limit": limit, "cursor": cursor}));
    let page: Page = forms::PRODUCT_LIST.read(object).map_err(refused)?;
    let (offset, limit) = (page.offset().map_err(refused)?, page.limit().map_err(refused)?);
    let currency = asked.backend().company().await.map_err(refused)?.currency;
    let ask = products::ProductQuery { q, offset, limit };
    let found = products::list(asked.backend(), &asked.caller, &ask).await.map_err(refused)?;
    let total = found.total;
    let items = found.items.into_iter().map(|product| Product::of(product, currency)).collect();
    let Items { items, next_cursor } = Items::ordered(items, offset, total);
    Ok(ProductList { items, next_cursor, total: i32::try_from(total).unwrap_or(i32::MAX) })
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Product> {
    let (asked, id) = (asked(ctx), named::<ProductId>(id)?);
    let currency = asked.backend().company().await.map_err(refused)?.currency;
    let product = products::find(asked.backend(), &asked.caller, id).await.map_err(refused)?;
    Ok(Product::of(product, currency))
}

impl Product {
    fn of(product: sales::Product, currency: Currency) -> Self {
        Self {
            id: ID(product.id.to_string()),
            code: product.code,
            name: product.name,
            item_group: product.item_group,
            product_line: product.product_line,
            list_price: product.list_price.map(|minor| Money { minor: Long(minor), currency: currency.code().to_owned() }),
        }
    }
}
