//! Writes `.br` and `.gz` beside every file that gets smaller; results are kept by content, so unchanged files cost a copy.

use std::{fs, io::Write, path::Path};

use anyhow::{Context, Result};

use super::{files, fingerprint};

const COMPRESSED_ALREADY: [&str; 5] = ["woff2", "png", "webp", "jpg", "ico"];

/// Compresses every file below `folder`, taking from `cache` what was compressed before.
pub fn tree(folder: &Path, cache: &Path) -> Result<()> {
    fs::create_dir_all(cache)?;
    for file in files(folder)? {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if COMPRESSED_ALREADY.contains(&ending) || file.file_name().is_some_and(|name| name == "assets.json") {
            continue;
        }
        let plain = fs::read(&file)?;
        let key = fingerprint::of([plain.as_slice()]);
        kept(&file, "br", &plain, &cache.join(format!("{key}.br")), brotli)?;
        kept(&file, "gz", &plain, &cache.join(format!("{key}.gz")), gzip)?;
    }
    Ok(())
}

fn kept(file: &Path, coding: &str, plain: &[u8], kept: &Path, compress: fn(&[u8]) -> Result<Vec<u8>>) -> Result<()> {
    if !kept.exists() {
        fs::write(kept, compress(plain)?)?;
    }
    if fs::metadata(kept)?.len() < plain.len() as u64 {
        let name = format!("{}.{coding}", file.display());
        fs::copy(kept, &name).with_context(|| format!("cannot write {name}"))?;
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
