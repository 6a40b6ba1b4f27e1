//! The one router: the site's files, the pages, the API and the probes, under the layer every request passes.

use std::sync::Arc;

use axum::{Router, middleware};

use crate::{
    assets::Site,
    graphql, health,
    office::Office,
    pages, rest,
    web::{compression, edge},
};

/// Everything that is served.
pub fn router(office: &Arc<Office>, site: &Arc<Site>) -> Router {
    let answered = rest::router().merge(graphql::router(site)).merge(health::router()).with_state(Arc::clone(office));
    let made = answered.merge(pages::router(office, site)).layer(compression::layer());
    made.merge(site.router()).layer(middleware::from_fn_with_state(Arc::clone(office), edge::edge))
}
