//! A built site without a file, for tests of what is made per request.

/// Its `assets.json`.
pub const EMPTY: &str =
    r#"{"version": "0", "js": "/pkg/a.js", "wasm": "/pkg/a.wasm", "css": "/pkg/a.css", "font": null, "folder": "/pkg/", "chunks": {}}"#;
