//! Writes `.br` and `.gz` beside every file that gets smaller; results are kept by content, so unchanged files cost a copy.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{files, fingerprint};
use crate::step::side_by_side;

/// Makes the compressed form of some bytes.
type Coder = fn(&[u8]) -> Result<Vec<u8>>;

const COMPRESSED_ALREADY: [&str; 5] = ["woff2", "png", "webp", "jpg", "ico"];

/// Compresses every file below `folder`, taking from `cache` what was compressed before.
pub fn tree(folder: &Path, cache: &Path) -> Result<()> {
    fs::create_dir_all(cache)?;
    let mut codings = Vec::new();
    for file in files(folder)? {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if COMPRESSED_ALREADY.contains(&ending) || file.file_name().is_some_and(|name| name == "assets.json") {
            continue;
        }
        codings.extend([("br", brotli as Coder), ("gz", gzip)].map(|(coding, compress)| (file.clone(), coding, compress)));
    }
    side_by_side(codings, |(file, coding, compress)| kept(&file, coding, cache, compress))
}

fn kept(file: &Path, coding: &str, cache: &Path, compress: Coder) -> Result<()> {
    let plain = fs::read(file)?;
    let kept = cache.join(format!("{}.{coding}", fingerprint::of([plain.as_slice()])));
    let beside = PathBuf::from(format!("{}.{coding}", file.display()));
    if !kept.exists() {
        // whole or not at all: another file may have the same content
        fs::write(&beside, compress(&plain)?)?;
        fs::rename(&beside, &kept)?;
    }
    if fs::metadata(&kept)?.len() < plain.len() as u64 {
        fs::copy(&kept, &beside).with_context(|| format!("cannot write {}", beside.display()))?;
    }
    Ok(())
}

fn brotli(plain: &[u8]) -> Result<Vec<u8>> {
    let mut small = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: plain.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut small, &best)?;
    Ok(small)
}

fn gzip(plain: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?)
}
