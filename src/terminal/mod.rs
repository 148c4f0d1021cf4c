//! The terminal command `oversight`: the same runs as in the page, natively.
//!
//! Exit codes: 0 done, 1 a run or file failed, 2 the command line was not understood.

mod assets;
mod bench;
mod cli;
mod report;
mod run;
mod sweep;

use crate::{amplification::experiment::checkpoint, models::pretrain};
use clap::ArgMatches;
use std::process::ExitCode;

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    let matches = cli::command().get_matches();
    let done = match matches.subcommand() {
        Some(("run", given)) => run::command(given),
        Some(("sweep", given)) => sweep::command(given),
        Some(("presets", _)) => {
            report::presets();
            Ok(())
        }
        Some(("bench", given)) => bench::command(given),
        Some(("pretrain", given)) => pretrain(given),
        _ => Err("no such command; see --help".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("oversight: {why}");
            ExitCode::FAILURE
        }
    }
}

fn pretrain(given: &ArgMatches) -> Result<(), String> {
    let assets = assets::DiskAssets::from_flags(given)?;
    let wanted: &String = given.get_one("model").ok_or("which model?")?;
    let names = if wanted == "all" { pretrain::MODELS.to_vec() } else { vec![wanted.as_str()] };
    let bar = report::bar();
    for name in names {
        bar.set_message(name.to_owned());
        let told = |step: u32, steps: u32, how: String| {
            bar.set_length(steps.into());
            bar.set_position(step.into());
            bar.set_message(format!("{name}: {how}"));
        };
        let made = pretrain::pretrain(name, &assets, checkpoint::make, told)?;
        bar.suspend(|| {
            println!("{name}: {:.2} % of {} test questions, {} bytes", made.accuracy * 100.0, made.n, made.bytes);
        });
    }
    bar.finish_and_clear();
    Ok(())
}
