//! Short names for what wasm and glue call each other by: the binder's names end in hashes, which no compressor makes smaller.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::leb::{number, put};

/// What the binder's names begin with.
const PREFIX: &str = "__wbg_";
/// Hexadecimal digits they end in.
const HASH: usize = 16;
/// The section of imports (WebAssembly Core Specification, 5.5.5).
const IMPORTS: u8 = 2;

/// Gives the imports of a wasm short names, in it and in its glue.
pub fn shorten(wasm: &Path, glue: &Path) -> Result<()> {
    let (bytes, text) = (fs::read(wasm)?, fs::read_to_string(glue)?);
    let mut short = BTreeMap::new();
    let renamed = imports_renamed(&bytes, &mut |name| {
        let hashed = name.starts_with(PREFIX) && name.len() > HASH && name[name.len() - HASH..].bytes().all(|b| b.is_ascii_hexdigit());
        // a name that stands elsewhere in the glue as well is left alone
        if !hashed || text.matches(name).count() != 1 {
            return name.to_owned();
        }
        let next = format!("w{}", short.len());
        short.entry(name.to_owned()).or_insert(next).clone()
    })
    .context("the wasm's imports cannot be read")?;
    let mut glued = text;
    for (long, name) in &short {
        glued = glued.replace(long.as_str(), name);
    }
    fs::write(wasm, renamed)?;
    Ok(fs::write(glue, glued)?)
}

/// The wasm with the names of its imports changed; none when it is no wasm.
fn imports_renamed(bytes: &[u8], rename: &mut impl FnMut(&str) -> String) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    while at < bytes.len() {
        let id = *bytes.get(at)?;
        let (size, start) = number(bytes, at + 1)?;
        let end = start.checked_add(size)?;
        let body = bytes.get(start..end)?;
        out.push(id);
        let body = if id == IMPORTS { names_renamed(body, rename)? } else { body.to_vec() };
        put(&mut out, body.len());
        out.extend(body);
        at = end;
    }
    Some(out)
}

fn names_renamed(body: &[u8], rename: &mut impl FnMut(&str) -> String) -> Option<Vec<u8>> {
    let (count, mut at) = number(body, 0)?;
    let mut out = Vec::with_capacity(body.len());
    put(&mut out, count);
    for _ in 0..count {
        let (module, after) = text(body, at)?;
        let (name, after) = text(body, after)?;
        let end = description(body, after)?;
        for part in [module, &rename(name)] {
            put(&mut out, part.len());
            out.extend(part.as_bytes());
        }
        out.extend(body.get(after..end)?);
        at = end;
    }
    (at == body.len()).then_some(out)
}

/// Where the description of an import ends: of a function, a table, a memory, a global or a tag.
fn description(body: &[u8], at: usize) -> Option<usize> {
    let limits = |at: usize| {
        let flags = *body.get(at)?;
        let (_, at) = number(body, at + 1)?;
        if flags & 1 == 1 { number(body, at).map(|(_, at)| at) } else { Some(at) }
    };
    match *body.get(at)? {
        0 => number(body, at + 1).map(|(_, at)| at),
        1 => limits(at + 2),
        2 => limits(at + 1),
        3 => Some(at + 3),
        4 => number(body, at + 2).map(|(_, at)| at),
        _ => None,
    }
}

fn text(body: &[u8], at: usize) -> Option<(&str, usize)> {
    let (length, at) = number(body, at)?;
    let end = at.checked_add(length)?;
    Some((std::str::from_utf8(body.get(at..end)?).ok()?, end))
}

/// Fails when names of the binder are left: they would cost more than all words of a screen.
pub fn check(wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm)?;
    let mut left = 0;
    let _ = imports_renamed(&bytes, &mut |name| {
        left += usize::from(name.starts_with(PREFIX));
        name.to_owned()
    });
    ensure!(left < 40, "{left} imports still have the binder's long names: see site/names.rs");
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn imports_get_other_names_and_nothing_else_changes() {
        // a module with a function type, two imported functions and an imported memory, and a custom section behind them
        let names = |first: &str| {
            let mut body = vec![3];
            for (name, kind) in [(first, &[0_u8, 0][..]), ("keep", &[0, 0]), ("memory", &[2, 1, 1, 2])] {
                body.extend([1, b'm', u8::try_from(name.len()).unwrap()]);
                body.extend(name.as_bytes());
                body.extend(kind);
            }
            let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
            wasm.push(u8::try_from(body.len()).unwrap());
            wasm.extend(body);
            wasm.extend(b"\0\x03\x01xy");
            wasm
        };
        let long = names("__wbg_now_0123456789abcdef");
        let renamed = imports_renamed(&long, &mut |name| name.replace("__wbg_now_0123456789abcdef", "w0")).unwrap();
        assert_eq!(renamed, names("w0"));
        assert_eq!(imports_renamed(b"no wasm at all", &mut str::to_owned), None);
    }
}
