//! A file of the site with its compressed forms, and how a folder of them is read.

use std::{collections::HashMap, fs, io, path::Path};

use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};

/// A file with its compressed forms.
#[derive(Clone, Debug, Default)]
pub struct Asset {
    /// Media type.
    pub content_type: &'static str,
    /// Validator; the same for all forms, `vary` tells them apart.
    pub etag: String,
    /// The bytes as built.
    pub plain: Bytes,
    /// Brotli, where it is smaller.
    pub br: Option<Bytes>,
    /// Gzip, where it is smaller.
    pub gzip: Option<Bytes>,
}

impl Asset {
    /// The smallest form the caller reads, with its `content-encoding`.
    pub fn choose(&self, request: &HeaderMap) -> (Bytes, Option<&'static str>) {
        match (&self.br, &self.gzip) {
            (Some(br), _) if accepts(request, "br") => (br.clone(), Some("br")),
            (_, Some(gzip)) if accepts(request, "gzip") => (gzip.clone(), Some("gzip")),
            _ => (self.plain.clone(), None),
        }
    }
}

fn accepts(request: &HeaderMap, coding: &str) -> bool {
    let values = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let refused = parameters.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

/// Reads every file below `folder`, by its path from the site's root.
pub fn collect(folder: &Path, prefix: &str, files: &mut HashMap<String, Asset>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else {
            let plain = fs::read(entry.path())?.into();
            files.insert(path.clone(), Asset { content_type: content_type(&path), plain, ..Asset::default() });
        }
    }
    Ok(())
}

/// Moves `name.br` and `name.gz` into the entry of `name`.
pub fn attach_compressed(files: &mut HashMap<String, Asset>) {
    let names: Vec<String> = files.keys().filter(|name| name.ends_with(".br") || name.ends_with(".gz")).cloned().collect();
    for name in names {
        let Some(bytes) = files.remove(&name).map(|file| file.plain) else {
            continue;
        };
        let Some((of, coding)) = name.rsplit_once('.') else {
            continue;
        };
        let Some(file) = files.get_mut(of) else {
            continue;
        };
        match coding {
            "br" => file.br = Some(bytes),
            _ => file.gzip = Some(bytes),
        }
    }
}

/// The media type by the name's ending.
pub fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "html" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
