//! One file for each lazily loaded area: the splitter makes a file of every set of functions that the same areas share, well over a hundred; here each
//! area's file takes in all it needs, as custom sections that `frontend/parts.js` loads, each at most once.

use std::{collections::HashMap, fs, path::Path};

use anyhow::{Context, Result};

use super::{files, leb::put};

/// Where the splitter's own loading begins in the script it writes; what is before it is kept.
const ITS_LOADER: &str = "function makeLoad(";
/// The name of the sections, also in `frontend/parts.js`.
const SECTION: &str = "part";

/// Replaces the loader that the splitter wrote: one function for each area, which its wasm calls.
pub fn write_loader(script: &Path, areas: &HashMap<String, Vec<String>>) -> Result<()> {
    let text = fs::read_to_string(script)?;
    let (kept, _) = text.split_once(ITS_LOADER).context("the splitter writes another loader: see site/parts.rs")?;
    let mut names: Vec<&String> = areas.keys().collect();
    names.sort();
    let loads = names
        .iter()
        .map(|name| format!("export const __wasm_split_load_{name} = wrapAsyncCb(() => load(\"{name}\", getSharedImports()));\n"));
    Ok(fs::write(script, format!("import {{ load }} from \"./parts.js\";\n{kept}{}", loads.collect::<String>()))?)
}

/// Puts what each area shares with others into its file, and removes the files of single parts. Gives the one file of each area.
pub fn gather(work: &Path, areas: &HashMap<String, Vec<String>>) -> Result<HashMap<String, Vec<String>>> {
    let mut numbers = HashMap::new();
    for (area, parts) in areas {
        let file = format!("split_{area}");
        let mut whole = read(work, &file)?;
        for part in parts.iter().filter(|part| **part != file) {
            let next = u16::try_from(numbers.len())?;
            let number = *numbers.entry(part.as_str()).or_insert(next);
            append(&mut whole, number, &read(work, part)?);
        }
        fs::write(work.join(format!("{file}.wasm")), whole)?;
    }
    for file in files(work)?.into_iter().filter(|file| file.file_stem().is_some_and(|stem| numbers.contains_key(&*stem.to_string_lossy())))
    {
        fs::remove_file(file)?;
    }
    Ok(areas.keys().map(|area| (area.clone(), vec![format!("split_{area}")])).collect())
}

fn read(work: &Path, part: &str) -> Result<Vec<u8>> {
    fs::read(work.join(format!("{part}.wasm"))).with_context(|| format!("the splitter wrote no {part}"))
}

/// A custom section (WebAssembly Core Specification, 5.5.3): its name, the part's number in two bytes, and the part.
fn append(whole: &mut Vec<u8>, number: u16, part: &[u8]) {
    whole.push(0);
    put(whole, 1 + SECTION.len() + 2 + part.len());
    put(whole, SECTION.len());
    whole.extend(SECTION.as_bytes());
    whole.extend(number.to_le_bytes());
    whole.extend(part);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn an_area_takes_in_what_it_shares_under_one_number_everywhere() {
        let work = tempfile::tempdir().unwrap();
        for (file, text) in [("chunk_7", "seven"), ("chunk_8", "eight"), ("split_a", "A"), ("split_b", "B"), ("other", "kept")] {
            fs::write(work.path().join(format!("{file}.wasm")), text).unwrap();
        }
        let named = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>();
        let areas =
            HashMap::from([("a".to_owned(), named(&["chunk_7", "chunk_8", "split_a"])), ("b".to_owned(), named(&["chunk_8", "split_b"]))]);
        let gathered = gather(work.path(), &areas).unwrap();
        assert_eq!(gathered["a"], ["split_a"]);
        let (a, b) = (fs::read(work.path().join("split_a.wasm")).unwrap(), fs::read(work.path().join("split_b.wasm")).unwrap());
        let shared = &b[1..];
        assert!(a.starts_with(b"A\0\x0c\x04part") && a.ends_with(shared) && shared.ends_with(b"eight"), "{a:?} {b:?}");
        let left: Vec<_> =
            files(work.path()).unwrap().into_iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
        assert_eq!(left, ["other.wasm", "split_a.wasm", "split_b.wasm"]);
    }

    #[test]
    fn the_splitters_loader_gives_way_and_its_imports_stay() {
        let work = tempfile::tempdir().unwrap();
        let script = work.path().join("chunks.js");
        fs::write(&script, "import { initSync } from \"./m.js\";\nfunction makeLoad() {}\nexport const __wasm_split_load_a = 1;\n")
            .unwrap();
        write_loader(&script, &HashMap::from([("a".to_owned(), Vec::new())])).unwrap();
        let text = fs::read_to_string(&script).unwrap();
        assert!(text.contains("initSync") && !text.contains("makeLoad"), "{text}");
        assert!(text.ends_with("export const __wasm_split_load_a = wrapAsyncCb(() => load(\"a\", getSharedImports()));\n"), "{text}");
    }
}
