//! Lists the migrations of both engines for `db::migrations`, so that a new file is never missed.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../migrations");
    let mut code = String::new();
    for engine in ["sqlite", "postgres"] {
        let folder = root.join(engine);
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|f| f.path()).collect();
        files.retain(|f| f.extension().is_some_and(|e| e == "sql"));
        files.sort();
        let name = engine.to_uppercase();
        writeln!(code, "/// Version, name and text of each migration.\npub(super) const {name}: &[(i64, &str, &str)] = &[")
            .map_err(io::Error::other)?;
        for file in files {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let (number, title) = stem.split_once('_').ok_or_else(|| io::Error::other(format!("{stem}: name it 0001_what_it_does.sql")))?;
            let version: i64 = number.parse().map_err(io::Error::other)?;
            writeln!(code, "    ({version}, {:?}, include_str!({:?})),", title.replace('_', " "), file.canonicalize()?)
                .map_err(io::Error::other)?;
        }
        writeln!(code, "];").map_err(io::Error::other)?;
    }
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("migrations.rs"), code)
}
