//! Makes the stylesheet and gathers scripts and fonts into `$OUT_DIR/static`, when
//! one of their sources has changed. Needs Node; says so if it is missing.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

type Outcome = Result<(), String>;

fn main() {
    for path in [
        "assets/package.json",
        "assets/package-lock.json",
        "assets/css",
        "assets/js",
        "assets/views",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    if let Err(reason) = build() {
        println!("cargo::error={reason}");
    }
}

fn build() -> Outcome {
    let assets = Path::new("assets");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?).join("static");
    fs::create_dir_all(&out).map_err(|e| e.to_string())?;
    if !is_installed(assets) {
        run(assets, "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    }
    let css = out.join("app.css");
    run(
        assets,
        "node",
        &[
            "node_modules/@tailwindcss/cli/dist/index.mjs",
            "--input",
            "css/app.css",
            "--output",
            &css.display().to_string(),
            "--minify",
        ],
    )?;
    copy(&assets.join("node_modules/htmx.org/dist/htmx.min.js"), &out.join("htmx.js"))?;
    let inter = "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
    copy(&assets.join(inter), &out.join("inter.woff2"))?;
    gather_scripts(&assets.join("node_modules/@fontsource-variable"), &out)?;
    for script in fs::read_dir(assets.join("js")).map_err(|e| e.to_string())? {
        let script = script.map_err(|e| e.to_string())?;
        copy(&script.path(), &out.join(script.file_name()))?;
    }
    run(&out, "node", &["--eval", COMPRESS])
}

/// What is text lies there as Brotli too, as small as that gets it: no request waits for it.
const COMPRESS: &str = "
const fs = require('node:fs');
const { brotliCompressSync } = require('node:zlib');
for (const name of fs.readdirSync('.').filter((name) => /\\.(css|js|svg)$/.test(name)))
  fs.writeFileSync(`${name}.br`, brotliCompressSync(fs.readFileSync(name)));
";

/// npm writes a lock of its own into what it has installed; when ours is newer, the
/// packages are not the ones that we ask for.
fn is_installed(assets: &Path) -> bool {
    let age = |path: &str| fs::metadata(assets.join(path)).and_then(|meta| meta.modified());
    match (age("node_modules/.package-lock.json"), age("package-lock.json")) {
        (Ok(installed), Ok(wanted)) => installed >= wanted,
        _ => false,
    }
}

/// What receipts are set with where their own fonts have no letters: beside `static`, as nothing of
/// it is for browsers.
fn gather_scripts(packages: &Path, out: &Path) -> Outcome {
    let scripts = out.with_file_name("scripts");
    // What a package no longer brings is gone.
    if scripts.exists() {
        fs::remove_dir_all(&scripts).map_err(|e| e.to_string())?;
    }
    fs::create_dir_all(&scripts).map_err(|e| e.to_string())?;
    for package in fs::read_dir(packages).map_err(|e| e.to_string())? {
        let package = package.map_err(|e| e.to_string())?;
        let name = package.file_name().to_string_lossy().into_owned();
        let Some(script) = name.strip_prefix("noto-sans-") else { continue };
        copy(&package.path().join("unicode.json"), &scripts.join(format!("{name}.json")))?;
        for file in fs::read_dir(package.path().join("files")).map_err(|e| e.to_string())? {
            let file = file.map_err(|e| e.to_string())?;
            let part = file.file_name().to_string_lossy().into_owned();
            let part = part.strip_prefix(&format!("{name}-")).unwrap_or_default();
            let part = part.strip_suffix("-wght-normal.woff2").unwrap_or_default();
            // The slices of large fonts have numbers; Latin and its like are the page's own.
            if part == script || (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
                copy(&file.path(), &scripts.join(file.file_name()))?;
            }
        }
    }
    Ok(())
}

fn run(folder: &Path, program: &str, args: &[&str]) -> Outcome {
    let output = Command::new(program).args(args).current_dir(folder).output().map_err(|error| {
        format!("`{program}` does not start ({error}). Install Node 20 or newer: it makes the stylesheet.")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', " | ");
    Err(format!("`{program} {}` failed: {said}", args.join(" ")))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}
