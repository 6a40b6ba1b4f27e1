//! The wasm package: cargo, then the splitter for lazy routes, wasm-bindgen, wasm-opt, and one minified boot module.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{Kind, charts, chunks::Chunks, files, fingerprint, names, parts, reader};
use crate::{
    step::{command, output, run, side_by_side, step},
    workspace,
};

/// The name of glue and wasm, also named in `frontend/boot.js`.
const NAME: &str = "fieldlight";
/// The script through which the main part loads the others.
const LOADER: &str = "chunks.js";
/// Raise it when the steps below change in a way that must rebuild a cached package.
const RECIPE: &[u8] = b"7";
/// How parts are made small, and the main one, which every phone loads first, until nothing gets smaller any more. The first kilobyte of memory is the
/// end of the stack, so no address below it is one of data.
const SMALLEST: [&[&str]; 2] = [&["-Oz"], &["-Oz", "--converge", "--low-memory-unused"]];
/// What rustc 1.95 emits for wasm32-unknown-unknown.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// A finished package: everything that lies in `/pkg/<hash>/`.
pub struct Package {
    /// The folder in the cache.
    pub folder: PathBuf,
    /// Over names and contents; the files refer to each other relatively, so one hash serves them all.
    pub hash: String,
    /// Its lazily loaded parts.
    pub chunks: Chunks,
}

impl Package {
    /// The address of the boot module.
    pub fn js(&self) -> String {
        format!("/pkg/{}/{NAME}.js", self.hash)
    }

    /// The address of the main wasm.
    pub fn wasm(&self) -> String {
        format!("/pkg/{}/{NAME}_bg.wasm", self.hash)
    }

    /// The address of a lazily loaded part.
    pub fn chunk(&self, file: &str) -> String {
        format!("/pkg/{}/{file}.wasm", self.hash)
    }
}

/// Builds the package, or takes it from `cache` when neither the wasm nor the steps have changed.
pub fn build(kind: Kind, cache: &Path) -> Result<Package> {
    // in one call: what both are made of is built once
    let [wasm, reading] = step("cargo build -p frontend -p reader", || compile(["frontend", "reader"], kind))?;
    let input = fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let [boot, loader] = ["frontend/boot.js", "frontend/parts.js"].map(|script| fs::read(workspace::root().join(script)));
    let (boot, loader) = (boot?, loader?);
    let lock = fs::read(workspace::end2end().join("package-lock.json"))?;
    let reader = reader::build(kind, cache, &reading)?;
    let charts = charts::build(kind, cache)?;
    let (reader_key, charts_key) = (fingerprint::of_folder(&reader)?, fingerprint::of_folder(&charts)?);
    let label = format!("{kind:?}");
    let key = fingerprint::of([RECIPE, label.as_bytes(), &input, &boot, &loader, &lock, reader_key.as_bytes(), charts_key.as_bytes()]);
    let folder = cache.join(format!("package-{label}-{key}"));
    if !folder.is_dir() {
        forget_others(cache, &format!("package-{label}-"))?;
        let work = cache.join("package-work");
        super::remove(&work)?;
        fs::create_dir_all(&work)?;
        let areas = step("split wasm, bind", || bind(&input, &work))?;
        if kind == Kind::Release {
            step("wasm-opt -Oz", || {
                optimise(&work, |file| if file.ends_with(format!("{NAME}_bg.wasm")) { &SMALLEST } else { &SMALLEST[..1] })
            })?;
        }
        let chunks = Chunks::of(parts::gather(&work, &areas)?);
        step("bundle JS", || bundle(kind, &work, &boot, &loader))?;
        super::copy_tree(&reader, &work)?;
        super::copy_tree(&charts, &work)?;
        chunks.write(&work)?;
        fs::rename(&work, &folder)?;
    }
    let hash = fingerprint::of_folder(&folder)?;
    let chunks = Chunks::read(&folder)?;
    Ok(Package { folder, hash, chunks })
}

/// Compiles packages of ours for the browser: their unbound wasm.
fn compile<const N: usize>(packages: [&str; N], kind: Kind) -> Result<[PathBuf; N]> {
    let (profile, folder) = match kind {
        Kind::Release => ("wasm-release", "wasm-release"),
        Kind::Dev => ("dev", "debug"),
    };
    let mut cargo = command("cargo", &workspace::root());
    cargo.args(["build", "--lib", "--target", "wasm32-unknown-unknown"]).args(packages.iter().flat_map(|package| ["--package", package]));
    run(cargo.args(["--profile", profile]))?;
    let built = workspace::target().join("wasm32-unknown-unknown").join(folder);
    Ok(packages.map(|package| built.join(format!("{package}.wasm"))))
}

/// Splits the lazy areas off, then makes the glue for the main part. Gives the parts of each area.
fn bind(input: &[u8], work: &Path) -> Result<HashMap<String, Vec<String>>> {
    let main = work.join("main-unbound.wasm");
    let main_module = format!("./{NAME}.js");
    let mut options = wasm_split_cli_support::Options::new(input);
    options.output_dir = work;
    options.main_out_path = &main;
    options.main_module = &main_module;
    let link_name = format!("./{LOADER}");
    options.link_name = &link_name;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting the wasm failed: {error:?}"))?;
    parts::write_loader(&work.join(LOADER), &split.prefetch_map)?;
    let mut bindgen = Bindgen::new();
    bindgen.keep_lld_exports(true).demangle(false).omit_default_module_path(false);
    bindgen.input_path(&main).out_name(NAME).typescript(false);
    bindgen.web(true)?.generate(work).context("wasm-bindgen failed")?;
    fs::remove_file(&main)?;
    let wasm = work.join(format!("{NAME}_bg.wasm"));
    names::shorten(&wasm, &work.join(format!("{NAME}.js")))?;
    names::check(&wasm)?;
    Ok(split.prefetch_map)
}

/// Makes every wasm of a folder smaller, or faster, in place: the options of one run after the other. The largest go first, side by side.
pub fn optimise(work: &Path, runs: impl Fn(&Path) -> &'static [&'static [&'static str]] + Sync) -> Result<()> {
    let mut wasm: Vec<PathBuf> = files(work)?.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "wasm")).collect();
    wasm.sort_by_key(|file| std::cmp::Reverse(fs::metadata(file).map_or(0, |file| file.len())));
    side_by_side(wasm, |file| {
        for how in runs(&file) {
            let mut wasm_opt = command(workspace::npm_tool("wasm-opt"), work);
            wasm_opt.args(*how).args(["--strip-producers", "--strip-target-features"]).args(FEATURES).arg(&file).arg("-o").arg(&file);
            output(&mut wasm_opt)?;
        }
        Ok(())
    })
}

/// Boot module, glue, chunk loader and snippets become one file: one request, and a cycle among them costs nothing.
fn bundle(kind: Kind, work: &Path, boot: &[u8], loader: &[u8]) -> Result<()> {
    fs::write(work.join("boot.js"), boot)?;
    fs::write(work.join("parts.js"), loader)?;
    let bundled = work.with_extension("js");
    esbuild(kind, work, "boot.js", &bundled)?;
    for file in files(work)?.into_iter().filter(|file| file.extension().is_none_or(|ending| ending != "wasm")) {
        fs::remove_file(file)?;
    }
    super::remove(&work.join("snippets"))?;
    Ok(fs::rename(bundled, work.join(format!("{NAME}.js")))?)
}

/// Bundles a script of `work` with what it imports into one module.
pub fn esbuild(kind: Kind, work: &Path, script: &str, to: &Path) -> Result<()> {
    let mut esbuild = command(workspace::npm_tool("esbuild"), work);
    // browser libraries lie beside the journeys
    esbuild.env("NODE_PATH", workspace::end2end().join("node_modules"));
    esbuild.arg(work.join(script)).args([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--define:process.env.NODE_ENV=\"production\"",
        "--log-level=warning",
        "--log-override:duplicate-object-key=silent",
    ]);
    if kind == Kind::Release {
        esbuild.arg("--minify");
    }
    run(esbuild.arg(format!("--outfile={}", to.display())))?;
    if kind == Kind::Release {
        // a second tool finds what the first leaves: a twentieth
        let mut terser = command(workspace::npm_tool("terser"), work);
        terser.arg(to).args(["--module", "--ecma", "2022", "--compress", "passes=3,pure_getters", "--mangle", "--output"]).arg(to);
        run(&mut terser)?;
    }
    Ok(())
}

/// Removes what was kept under other keys.
pub fn forget_others(cache: &Path, prefix: &str) -> Result<()> {
    for entry in fs::read_dir(cache)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            super::remove(&entry.path())?;
        }
    }
    Ok(())
}
