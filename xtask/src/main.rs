//! `cargo xtask`: builds, serves, tests and measures the playground, and installs what that needs.
//!
//! Every step says in one line what it does and how long it usually takes; what is there already is not done again.

mod bench;
mod budget;
mod check;
mod hash;
mod loader;
mod offline;
mod seal;
mod serve;
mod shell;
mod site;
mod split;
mod tally;
mod tools;

use shell::Outcome;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask serve [--port 8080] [--open]   build the playground and serve it on this machine
cargo xtask dist                           build the static site into dist/, for any folder of any host
cargo xtask test [STAGE…] [-- ARGS…]       run every check, or only these stages
                                           (ARGS go to Playwright, such as -g \"keys\")
cargo xtask bench [-- ARGS…]               measure the built page and the trainings in a browser, beside other
                                           libraries (ARGS go to Playwright, such as -g \"rates\")

The stages are fmt, clippy, deny, native, dist, budget and browser.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["serve", options @ ..] => serve(options),
        ["dist"] => site::build().map(|dist| shell::say(&format!("The site is in {}.", dist.display()))),
        ["test", rest @ ..] => check::run(rest),
        ["bench"] => bench::run_all(&[]),
        ["bench", "--", options @ ..] => bench::run_all(options),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        [] => Err(format!("What shall be done?\n\n{USAGE}")),
        other => Err(format!("“{}” is not understood.\n\n{USAGE}", other.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // An empty reason has been told already.
            if !why.is_empty() {
                eprintln!("{why}");
            }
            ExitCode::FAILURE
        }
    }
}

fn serve(mut options: &[&str]) -> Outcome {
    let (mut port, mut open) = (8080, false);
    loop {
        options = match options {
            [] => break,
            ["--open", rest @ ..] => {
                open = true;
                rest
            }
            ["--port", number, rest @ ..] => {
                port = number.parse().map_err(|_| format!("--port needs a number up to 65535, not “{number}”."))?;
                rest
            }
            ["--port"] => return Err("--port needs a number, such as --port 8081.".into()),
            [other, ..] => return Err(format!("“serve” has no option “{other}”.\n\n{USAGE}")),
        };
    }
    // The port comes first: whoever has to choose another one should not wait for a build to learn it.
    let server = serve::Server::bind(port)?;
    let dist = site::build()?;
    let address = server.address();
    let running = server.start(dist);
    shell::say(&format!("The playground is on {address} (Ctrl+C ends it)."));
    if open {
        shell::open_in_browser(&address);
    }
    running.wait();
    Ok(())
}
