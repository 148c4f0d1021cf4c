//! `cargo xtask test`: every check, one after the other. A stage that fails does not keep the others from running,
//! and the last line counts the tests of all.

use crate::{
    budget, serve,
    shell::{self, Outcome, command, output, root, say, step, watch},
    site,
    tally::Tally,
    tools,
};
use std::fs;

/// A stage's name and what it does; the tally counts tests, and is empty where a stage is no test.
type Stage = (&'static str, fn(&[&str]) -> Outcome<Tally>);

const STAGES: &[Stage] = &[
    ("fmt", |_| fmt()),
    ("clippy", |_| clippy()),
    ("deny", |_| deny()),
    ("native", |_| native()),
    ("dist", |_| site::build().map(|_| Tally::default())),
    ("budget", |_| budget::check()),
    ("browser", browser),
];

/// Runs the stages that are named, or all.
pub fn run(args: &[&str]) -> Outcome {
    let end = args.iter().position(|arg| *arg == "--").unwrap_or(args.len());
    let (names, playwright) = (&args[..end], args.get(end + 1..).unwrap_or_default());
    if let Some(other) = names.iter().find(|name| STAGES.iter().all(|(stage, _)| stage != *name)) {
        let known: Vec<_> = STAGES.iter().map(|(stage, _)| *stage).collect();
        return Err(format!("There is no stage “{other}”. The stages are {}.", known.join(", ")));
    }
    let chosen = STAGES.iter().filter(|(stage, _)| names.is_empty() || names.contains(stage));
    let (mut total, mut summary) = (Tally::default(), Vec::new());
    for (stage, go) in chosen {
        let (tally, told) = match go(playwright) {
            Ok(tally) if tally == Tally::default() => (tally, "ok".to_owned()),
            Ok(tally) => (tally, tally.to_string()),
            // It counts as one failure, so that the last line never claims more than is true.
            Err(why) => (Tally::FAILURE, why),
        };
        total += tally;
        summary.push(format!("  {stage:<8} {told}"));
    }
    say(&format!("\n{}\n{total}", summary.join("\n")));
    if total.failed == 0 { Ok(()) } else { Err(String::new()) }
}

fn fmt() -> Outcome<Tally> {
    step("checking the formatting");
    run_it(command("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy() -> Outcome<Tally> {
    step("clippy on what runs natively (the first time usually 2 to 4 minutes)");
    let deny = ["--", "-D", "warnings"];
    let native = shell::run(command("cargo").args(["clippy", "--quiet", "--workspace", "--all-targets"]).args(deny));
    step("clippy on what runs in the browser (the first time usually 2 to 4 minutes)");
    let rust = tools::wasm_target()?;
    let options = ["clippy", "--quiet", "--target", tools::WASM, "--no-default-features", "--features", "page,bench"];
    let browser = shell::run(rust.command("cargo").args(options).args(["--lib", "--bins"]).args(deny));
    native.and(browser).map(|()| Tally::default())
}

fn deny() -> Outcome<Tally> {
    tools::cargo_deny()?;
    step("checking licences, sources and duplicate versions");
    let check = |what: &[&str]| run_it(command("cargo-deny").args(["--log-level", "error", "check"]).args(what));
    check(&["bans", "licenses", "sources"])?;
    step("checking advisories");
    if output(command("cargo-deny").args(["--log-level", "off", "fetch", "db"])).is_none() {
        say("  skipped: the database of advisories is out of reach");
        return Ok(Tally { skipped: 1, ..Tally::default() });
    }
    check(&["advisories"])
}

fn native() -> Outcome<Tally> {
    step("native tests (the first time usually 4 to 8 minutes)");
    let mut tally = Tally::default();
    let fine = watch(
        command("cargo").args(["test", "--quiet", "--workspace", "--features", "page", "--no-fail-fast"]),
        |line| {
            if let Some(more) = Tally::of_cargo(line) {
                tally += more;
            }
        },
    )?;
    if !fine && tally.failed == 0 {
        // Something did not compile.
        tally += Tally::FAILURE;
    }
    Ok(tally)
}

fn browser(args: &[&str]) -> Outcome<Tally> {
    let folder = tools::playwright()?;
    let chromium = tools::chromium()?;
    let server = serve::Server::bind(0)?;
    let address = server.address();
    let dist = root().join("dist");
    if !dist.join("index.html").is_file() {
        return Err("there is no site in dist/ to test.".into());
    }
    let _running = server.start(dist);
    step("browser tests (usually 6 to 10 minutes on two cores)");
    let report = folder.join("artifacts/report.json");
    // The report of an earlier run must not pass for this one's.
    let _ = fs::remove_file(&report);
    let mut tests = tools::npm("npx");
    tests.args(["--no-install", "playwright", "test"]).args(args).current_dir(&folder);
    tests.env("OVERSIGHT_URL", address);
    if let Some(chromium) = chromium {
        tests.env("CHROMIUM", chromium);
    }
    let outcome = shell::run(&mut tests);
    let tally = shell::read(&report).ok().and_then(|report| Tally::of_playwright(&report));
    let tally = tally.ok_or_else(|| outcome.clone().err().unwrap_or_else(|| "Playwright left no report.".into()))?;
    Ok(if outcome.is_err() && tally.failed == 0 { Tally::FAILURE } else { tally })
}

fn run_it(command: &mut std::process::Command) -> Outcome<Tally> {
    shell::run(command).map(|()| Tally::default())
}
