//! The explorer: a page that asks questions and reads the schema. Its files are the program's own: nothing is loaded from elsewhere.

use std::sync::Arc;

use app::shell::in_cookies;
use axum::{
    Router,
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::refuse_method;
use crate::{assets::Site, office::Office, pages::with_policy, rest::asked::Asked};

const PAGE: &str = include_str!("explorer/explorer.html");
const SIGNED_OUT: &str = include_str!("explorer/signed_out.html");
const SCRIPT: &str = include_str!("explorer/explorer.js");
const STYLE: &str = include_str!("explorer/explorer.css");

/// Answers `GET /graphql`.
#[derive(Clone)]
pub struct Explorer {
    css: Arc<str>,
    font: Option<Arc<str>>,
}

impl Explorer {
    /// With the style sheet and font of the site.
    pub fn new(site: &Site) -> Self {
        let links = site.links();
        Self { css: links.css.as_str().into(), font: links.font.as_deref().map(Into::into) }
    }

    /// The page, for browsers; whoever asks a question this way is told how to ask.
    pub async fn show(self, State(office): State<Arc<Office>>, request: Request) -> Response {
        let (mut parts, _) = request.into_parts();
        if !wants_page(&parts.headers) || parts.uri.query().is_some() {
            return refuse_method(&parts.headers, &Method::GET);
        }
        match Asked::from_request_parts(&mut parts, &office).await {
            Ok(asked) => self.written(StatusCode::OK, PAGE, &parts.headers, &asked.caller.user.to_string()),
            Err(failure) if failure.told().0 == StatusCode::UNAUTHORIZED => {
                self.written(StatusCode::UNAUTHORIZED, SIGNED_OUT, &parts.headers, "")
            }
            Err(failure) => failure.into_response(),
        }
    }

    fn written(&self, status: StatusCode, page: &str, headers: &HeaderMap, user: &str) -> Response {
        let cookies = headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
        let theme = in_cookies(cookies).map(|theme| format!(" data-theme=\"{theme}\"")).unwrap_or_default();
        let font = self
            .font
            .as_deref()
            .map(|font| format!("<link rel=\"preload\" href=\"{font}\" as=\"font\" type=\"font/woff2\" crossorigin=\"anonymous\">"));
        let html = page.replace("{theme}", &theme).replace("{css}", &self.css).replace("{font}", &font.unwrap_or_default());
        with_policy((status, Html(html.replace("{user}", user))).into_response())
    }
}

/// Script and style sheet of the page.
pub fn files<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let file = |kind: &'static str, text: &'static str| get(move || std::future::ready(([(header::CONTENT_TYPE, kind)], text)));
    Router::new()
        .route("/graphql/explorer.js", file("text/javascript; charset=utf-8", SCRIPT))
        .route("/graphql/explorer.css", file("text/css; charset=utf-8", STYLE))
}

fn wants_page(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values.any(|value| value.contains("text/html"))
}
