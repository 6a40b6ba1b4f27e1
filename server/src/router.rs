//! The one router: the site's files, the pages, the API and the probes, under the layer every request passes.

use std::sync::Arc;

use axum::{Router, middleware};

use crate::{
    assets::Site,
    health,
    office::Office,
    pages, rest,
    web::{compression, edge},
};

/// Everything that is served.
pub fn router(office: &Arc<Office>, site: &Arc<Site>) -> Router {
    let made = api(office).merge(pages::router(office, &site.links()));
    finished(made.layer(compression::layer()).merge(site.router()), office)
}

/// The API and the probes alone, for tests and for a server without a site.
pub fn without_pages(office: &Arc<Office>) -> Router {
    finished(api(office).layer(compression::layer()), office)
}

fn api(office: &Arc<Office>) -> Router {
    rest::router().merge(health::router()).with_state(Arc::clone(office))
}

fn finished(router: Router, office: &Arc<Office>) -> Router {
    router.layer(middleware::from_fn_with_state(Arc::clone(office), edge::edge))
}
