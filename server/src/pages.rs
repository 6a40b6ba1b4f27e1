//! The pages: server-rendered routes of the app with whose request it is, and the app shell; each with its content-security policy.

use std::sync::Arc;

use app::{
    App,
    diagnostics_ssr::Measured,
    fault::PageMissing,
    problem_ssr::Reference,
    session::Session,
    session_ssr::{Signed, SignedIn},
    shell::{self, Links},
};
use axum::{
    Router,
    extract::{FromRef, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use backend::people::SessionCheck;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list, render_app_to_stream_with_context};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{assets::Site, office::Office, request_id::RequestId, session};

mod broken;
mod status;

/// What the pages' routes are given.
#[derive(Clone)]
struct Pages {
    office: Arc<Office>,
    css: Arc<str>,
    options: LeptosOptions,
}

impl FromRef<Pages> for LeptosOptions {
    fn from_ref(pages: &Pages) -> Self {
        pages.options.clone()
    }
}

/// Whose page is asked for, found out before rendering, which cannot wait.
#[derive(Clone)]
struct Visitor {
    signed: Signed,
    session: Session,
}

/// Routes of the app, rendered here, `/shell` for the service worker, and the app's own page for what does not exist.
pub fn router<S>(office: &Arc<Office>, site: &Site) -> Router<S> {
    let links = &site.links();
    let options = LeptosOptions::builder().output_name("fieldlight").build();
    let css: Arc<str> = links.css.as_str().into();
    let pages = Pages { office: Arc::clone(office), css: Arc::clone(&css), options };
    let context = {
        let (office, lazy_parts) = (Arc::clone(office), site.lazy_parts());
        move || {
            provide(&office);
            provide_context(lazy_parts.clone());
        }
    };
    let document = {
        let links = Arc::clone(links);
        move || {
            secure_page();
            shell::page(&links)
        }
    };
    let nowhere = render_app_to_stream_with_context(context.clone(), document.clone());
    let empty = shell_html(links);
    Router::new()
        .leptos_routes_with_context(&pages, generate_route_list(App), context, document)
        .fallback(nowhere)
        .layer(middleware::from_fn(status::tell))
        .layer(middleware::from_fn_with_state(pages.clone(), recognise))
        .layer(CatchPanicLayer::custom(move |_| broken::page(&css)))
        .route("/shell", get(move || std::future::ready(shell_page(empty.clone()))))
        .with_state(pages)
}

/// Finds out whose request it is and leaves that for [`provide`].
async fn recognise(State(pages): State<Pages>, mut request: Request, next: Next) -> Response {
    let visitor = match visitor(&pages.office, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => {
            tracing::error!(request_id = RequestId::current().as_str(), %error, "a page could not be prepared");
            return broken::unavailable(&pages.css);
        }
    };
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

async fn visitor(office: &Office, headers: &HeaderMap) -> Result<Visitor, backend::Error> {
    let backend = office.backend();
    let machine = crate::clock::now();
    let company = backend.company().await?;
    let SessionCheck::Valid(signed) = session::of(office, headers).await? else {
        let out = Session::signed_out(company.now(machine), company.demo, company.as_of);
        return Ok(Visitor { signed: Signed(None), session: out });
    };
    let caller = signed.caller.clone();
    let signed = SignedIn { caller: signed.caller, session: signed.session };
    Ok(Visitor { signed: Signed(Some(signed)), session: Session::of(machine, Arc::new(caller), company) })
}

/// Contexts of pages and server functions.
fn provide(office: &Arc<Office>) {
    provide_context(office.backend().clone());
    provide_context(office.cookie().for_pages());
    let measuring = Arc::clone(office);
    provide_context(Measured(Arc::new(move || measuring.requests())));
    provide_context(Reference(RequestId::current().as_str().to_owned()));
    if let Some(visitor) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visitor>().cloned()) {
        provide_context(visitor.signed);
        provide_context(visitor.session);
    }
    if let Some(response) = use_context::<ResponseOptions>() {
        provide_context(PageMissing(Arc::new(move || response.set_status(StatusCode::NOT_FOUND))));
    }
}

/// Scripts of a rendered page carry the nonce of its answer; nothing else inline runs.
fn secure_page() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    if let Ok(policy) = HeaderValue::from_str(&policy(&format!(" 'nonce-{nonce}'"))) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn shell_html(links: &Arc<Links>) -> String {
    Owner::new().with(|| shell::shell(links).to_html())
}

fn shell_page(html: String) -> Response {
    let no_cache = HeaderValue::from_static("no-cache");
    with_policy(([(header::CACHE_CONTROL, no_cache)], Html(html)).into_response())
}

/// The policy of a page without a nonce.
pub fn with_policy(mut response: Response) -> Response {
    if let Ok(policy) = HeaderValue::from_str(&policy("")) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}
