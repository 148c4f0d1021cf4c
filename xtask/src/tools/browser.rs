//! What the browser tests need: Playwright from npm, and a Chromium.

use super::{PATIENCE, debian};
use crate::shell::{self, Outcome, command, find, run, run_within, step};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Names under which a Chromium may be installed.
const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/// Where the browser tests live.
pub fn playwright() -> Outcome<PathBuf> {
    let folder = shell::root().join("tests/e2e");
    if find(&["npm"]).is_none() {
        debian::install(&["nodejs", "npm"])
            .map_err(|why| format!("The browser tests need Node 20 or newer with npm: {why}"))?;
    }
    npm_packages(&folder, "Playwright and axe")?;
    Ok(folder)
}

/// Installs what a folder's lock file names, unless that is there; without running any of its scripts.
pub fn npm_packages(folder: &Path, what: &str) -> Outcome {
    let lock = shell::read(&folder.join("package-lock.json"))?;
    // npm leaves no trace that tells which lock file it installed, so we do.
    let installed = folder.join("node_modules/.oversight-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(&format!("installing {what} with npm (once; usually half a minute)"));
    let mut install = npm("npm");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    run(install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    shell::write(&installed, lock)
}

/// A Chromium to drive: `None` where Playwright uses the one that it has fetched itself.
pub fn chromium() -> Outcome<Option<PathBuf>> {
    if let Some(chosen) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        let found = chosen.is_file();
        return found.then_some(Some(chosen)).ok_or_else(|| "CHROMIUM names no file.".into());
    }
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let there = || find(CHROMIUM).or_else(|| mac.is_file().then(|| mac.clone()));
    if let Some(chromium) = there() {
        return Ok(Some(chromium));
    }
    let Err(debian) = debian::install(&["chromium"]) else { return Ok(there()) };
    step("fetching Playwright's own Chromium (once; usually a minute)");
    let mut fetch = npm("npx");
    fetch.args(["--no-install", "playwright", "install", "chromium"]).current_dir(shell::root().join("tests/e2e"));
    run_within(&mut fetch, PATIENCE * 3).map(|()| None).map_err(|own| {
        format!("The browser tests need Chromium.\n  From Debian: {debian}\n  From Playwright: {own}\nA Chromium that is installed elsewhere can be named in the variable CHROMIUM.")
    })
}

/// npm's commands are scripts with an ending of their own on Windows.
pub fn npm(name: &str) -> std::process::Command {
    command(&if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}
