//! The built site: found beside the binary or where configured, held in memory, served pre-compressed and cached for good.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use app::shell::Links;
use axum::{
    Router,
    body::Body,
    extract::Path as UrlPath,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::{WasmSplitManifest, prelude::ArcStoredValue};
use serde::Deserialize;

mod files;

use files::{Asset, attach_compressed, collect};

/// The addresses the build wrote into `assets.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    /// Changes with any file of the site; the service worker's version.
    pub version: String,
    /// The boot module.
    pub js: String,
    /// The main wasm.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The style sheet of the office.
    #[serde(default)]
    pub office: String,
    /// The style sheet of the area of figures.
    #[serde(default)]
    pub kpis: String,
    /// The text font.
    pub font: Option<String>,
    /// Where the lazily loaded parts lie.
    pub folder: String,
    /// Their files, without ending, by the splitter's name of the lazy route.
    pub chunks: HashMap<String, Vec<String>>,
}

/// The site in memory: every file with its compressed forms.
#[derive(Debug)]
pub struct Site {
    manifest: Manifest,
    files: HashMap<String, Asset>,
}

/// The service worker.
const WORKER: &str = "/sw.js";
/// A worker is bound by the policy of its own answer: it fetches from here, and loads nothing else.
const WORKER_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; connect-src 'self'");
/// The worker that reads files, by the end of its address; it runs the wasm it fetches.
const READER: &str = "/reader-worker.js";
const READER_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
/// The worker that draws charts, by the end of its address; it writes with the fonts of the page.
const PAINTER: &str = "/painter.js";
const PAINTER_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; font-src 'self'");

/// Where the site is: the configured folder, else `site/` beside the binary, else `target/site` while developing.
#[must_use]
pub fn folder(configured: Option<PathBuf>) -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("site")));
    configured.or_else(|| beside.filter(|folder| folder.join("assets.json").is_file())).unwrap_or_else(|| PathBuf::from("target/site"))
}

impl Site {
    /// Reads the whole site of `folder` into memory.
    ///
    /// # Errors
    /// When `assets.json` is missing or unreadable, with a message that names the folder.
    pub fn load(folder: &Path) -> io::Result<Self> {
        let manifest = folder.join("assets.json");
        let text = fs::read_to_string(&manifest).map_err(|error| {
            io::Error::new(error.kind(), format!("no built site in {}: run `cargo xtask site` ({error})", folder.display()))
        })?;
        let manifest: Manifest = serde_json::from_str(&text)?;
        let mut files = HashMap::new();
        collect(folder, "", &mut files)?;
        files.remove("/assets.json");
        attach_compressed(&mut files);
        for file in files.values_mut() {
            file.etag = format!("\"{}-{:x}\"", manifest.version, file.plain.len());
        }
        Ok(Self { manifest, files })
    }

    /// The version of the build, as the service worker knows it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    /// What the document's head refers to.
    #[must_use]
    pub fn links(&self) -> Arc<Links> {
        let Manifest { js, wasm, css, office, kpis, font, .. } = self.manifest.clone();
        Arc::new(Links { js, wasm, css, office, kpis, font })
    }

    /// What a rendered lazy route has to have preloaded; given to each page as context.
    #[must_use]
    pub fn lazy_parts(&self) -> WasmSplitManifest {
        let Manifest { folder, chunks, js, .. } = &self.manifest;
        let loader = js.rsplit('/').next().unwrap_or_default().to_owned();
        WasmSplitManifest(ArcStoredValue::new((folder.clone(), chunks.clone(), loader)))
    }

    /// Routes for `/pkg/*` and for every public file by its own path.
    pub fn router<S: Clone + Send + Sync + 'static>(self: &Arc<Self>) -> Router<S> {
        let mut router = Router::new();
        for path in self.files.keys().filter(|path| !path.starts_with("/pkg/")) {
            let (site, path) = (Arc::clone(self), path.clone());
            router = router.route(&path.clone(), get(async move |headers: HeaderMap| site.answer(&path, &headers)));
        }
        let site = Arc::clone(self);
        let package = async move |UrlPath(rest): UrlPath<String>, headers: HeaderMap| site.answer(&format!("/pkg/{rest}"), &headers);
        router.route("/pkg/{*rest}", get(package))
    }

    fn answer(&self, path: &str, request: &HeaderMap) -> Response {
        let Some(file) = self.files.get(path) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let unchanged = request.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == file.etag.as_bytes());
        let (body, encoding) = file.choose(request);
        let mut response = if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(body).into_response() };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime(path)));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if path == WORKER {
            headers.insert(header::CONTENT_SECURITY_POLICY, WORKER_POLICY);
        } else if path.ends_with(READER) {
            headers.insert(header::CONTENT_SECURITY_POLICY, READER_POLICY);
        } else if path.ends_with(PAINTER) {
            headers.insert(header::CONTENT_SECURITY_POLICY, PAINTER_POLICY);
        }
        if let Ok(etag) = HeaderValue::from_str(&file.etag) {
            headers.insert(header::ETAG, etag);
        }
        if !unchanged {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
            if let Some(encoding) = encoding {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
        }
        response
    }
}

/// Names under `/pkg/` carry their content's hash; the service worker and the manifest keep theirs.
fn lifetime(path: &str) -> &'static str {
    match path {
        _ if path.starts_with("/pkg/") => "public, max-age=31536000, immutable",
        WORKER => "no-cache",
        _ => "public, max-age=3600",
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use axum::body::Bytes;

    use super::{files::content_type, *};

    fn site() -> Site {
        let mut files = HashMap::new();
        for (path, bytes) in [("/pkg/a.js", "plain"), ("/pkg/a.js.br", "br"), ("/pkg/a.js.gz", "gz"), ("/sw.js", "worker")] {
            let asset = Asset {
                content_type: content_type(path),
                etag: "\"1\"".to_owned(),
                plain: Bytes::from_static(bytes.as_bytes()),
                ..Asset::default()
            };
            files.insert(path.to_owned(), asset);
        }
        attach_compressed(&mut files);
        let manifest = serde_json::from_str(r#"{"version":"1","js":"","wasm":"","css":"","font":null,"folder":"","chunks":{}}"#).unwrap();
        Site { manifest, files }
    }

    fn answer(path: &str, headers: &[(header::HeaderName, &'static str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        site().answer(path, &headers)
    }

    fn encoding(accepted: &'static str) -> Option<String> {
        let response = answer("/pkg/a.js", &[(header::ACCEPT_ENCODING, accepted)]);
        Some(response.headers().get(header::CONTENT_ENCODING)?.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_browser_gets_the_smallest_form_it_reads() {
        assert_eq!(encoding("gzip, deflate, br").as_deref(), Some("br"));
        assert_eq!(encoding("br;q=0, gzip").as_deref(), Some("gzip"));
        assert_eq!(encoding("identity"), None);
    }

    #[test]
    fn only_hashed_names_are_kept_for_good() {
        let kept = |path| answer(path, &[]).headers()[header::CACHE_CONTROL].to_str().unwrap().to_owned();
        assert!(kept("/pkg/a.js").contains("immutable"));
        assert_eq!(kept("/sw.js"), "no-cache");
    }

    #[test]
    fn the_service_worker_may_fetch_from_its_own_site() {
        let policy = answer("/sw.js", &[]).headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(policy.contains("connect-src 'self'"));
    }

    #[test]
    fn an_unchanged_file_is_not_sent_again() {
        assert_eq!(answer("/sw.js", &[(header::IF_NONE_MATCH, "\"1\"")]).status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn a_name_of_an_older_build_is_not_found() {
        assert_eq!(answer("/pkg/old.js", &[]).status(), StatusCode::NOT_FOUND);
        assert_eq!(answer("/pkg/a.js.br", &[]).status(), StatusCode::NOT_FOUND);
    }
}
