//! `cargo xtask bench`: what the built page does, in milliseconds, in a real browser. Nothing here is a test: times
//! depend on the machine.

use crate::{
    serve,
    shell::{self, Outcome, run, say, step},
    site, tools,
};
use serde_json::Value;
use std::{fs, path::PathBuf};

/// Measures and prints a table in Markdown.
pub fn run_all() -> Outcome {
    let dist = site::build()?;
    let folder = tools::playwright()?;
    let chromium = tools::chromium()?;
    let server = serve::Server::bind(0)?;
    let file = results()?;
    step("measuring in Chromium (usually a minute)");
    let mut bench = tools::npm("npx");
    bench.args(["--no-install", "playwright", "test", "--config", "bench.config.ts"]).current_dir(folder);
    bench.env("OVERSIGHT_URL", server.address()).env("OVERSIGHT_BENCH", &file);
    if let Some(chromium) = chromium {
        bench.env("CHROMIUM", chromium);
    }
    let _running = server.start(dist);
    let outcome = run(&mut bench);
    // A measurement that failed leaves those before it to be read.
    say(&table(&shell::read(&file)?)?);
    say(&format!("\nAs JSON: {}", file.display()));
    outcome
}

/// Where the results go; what an earlier run left there is removed.
fn results() -> Outcome<PathBuf> {
    let folder = shell::target_dir().join("bench");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let file = folder.join("browser.json");
    shell::write(&file, "[]")?;
    Ok(file)
}

/// `[{"name", "median", "lo", "hi", "n", "unit"}]` as a table.
fn table(json: &str) -> Outcome<String> {
    let rows: Vec<Value> = serde_json::from_str(json).map_err(|error| format!("The results are no list: {error}"))?;
    let mut lines =
        vec!["\n| what | median | lowest | highest | runs |".to_owned(), "|---|---|---|---|---|".to_owned()];
    for row in &rows {
        let number = |key: &str| {
            let unit = row["unit"].as_str().unwrap_or_default();
            row[key].as_f64().map_or_else(|| "?".to_owned(), |value| format!("{value:.1} {unit}"))
        };
        let name = row["name"].as_str().unwrap_or("?");
        let cells = [number("median"), number("lo"), number("hi"), row["n"].to_string()];
        lines.push(format!("| {name} | {} |", cells.join(" | ")));
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn results_become_rows() {
        let json = r#"[{"name": "cold load", "median": 812.34, "lo": 800, "hi": 900.5, "n": 5, "unit": "ms"}]"#;
        assert!(table(json).unwrap().ends_with("| cold load | 812.3 ms | 800.0 ms | 900.5 ms | 5 |"));
    }
}
