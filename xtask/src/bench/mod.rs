//! `cargo xtask bench`: what the built page and the labs' trainings take, in a real browser, beside what other
//! libraries take in the same one. Nothing here is a test: times depend on the machine.

mod native;
mod peers;
mod table;

use crate::{
    serve,
    shell::{self, Outcome, run, say, step},
    site, tools,
};
use serde_json::Value;
use std::{fs, path::PathBuf};

/// Measures and prints tables in Markdown. `options` go to Playwright; with any, only the browser is measured.
pub fn run_all(options: &[&str]) -> Outcome {
    let dist = site::build()?;
    let e2e = tools::playwright()?;
    let chromium = tools::chromium()?;
    let beside = peers::build(&e2e)?;
    let (server, peers) = (serve::Server::bind(0)?, serve::Server::bind(0)?);
    let file = results()?;
    step("measuring in Chromium (usually a quarter of an hour)");
    let mut bench = tools::npm("npx");
    bench.args(["--no-install", "playwright", "test", "--config", "bench/bench.config.ts"]).args(options);
    bench.current_dir(e2e).env("OVERSIGHT_BENCH", &file).env("OVERSIGHT_DIST", &dist);
    bench.env("OVERSIGHT_URL", server.address()).env("OVERSIGHT_PEERS", peers.address());
    if let Some(chromium) = chromium {
        bench.env("CHROMIUM", chromium);
    }
    let _running = (server.start(dist), peers.start(beside));
    let outcome = run(&mut bench);
    if options.is_empty() {
        native::add(&file)?;
    }
    // A measurement that failed leaves those before it to be read.
    let results: Value = serde_json::from_str(&shell::read(&file)?).map_err(|why| format!("The results: {why}"))?;
    let tables = table::all(&results);
    let markdown = file.with_extension("md");
    shell::write(&markdown, &tables)?;
    say(&tables);
    say(&format!("As Markdown and JSON: {}, {}", markdown.display(), file.display()));
    outcome
}

/// Where everything goes that belongs to the measurements.
fn folder() -> Outcome<PathBuf> {
    let folder = shell::target_dir().join("bench");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Where the results go; what an earlier run left there is removed.
fn results() -> Outcome<PathBuf> {
    let file = folder()?.join("browser.json");
    shell::write(&file, "{}")?;
    Ok(file)
}
