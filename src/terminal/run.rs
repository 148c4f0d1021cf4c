//! `oversight run`: one scenario, or the same one over several seeds.

use super::{assets::DiskAssets, cli, report};
use crate::{
    lab::{Breath, Failure, Fingerprint, Link, Metric, Scenario, Signal, device::Pick, scenario::MAX_SEED},
    labs::{self, AnyEvent},
    stats,
};
use clap::ArgMatches;
use indicatif::ProgressBar;
use std::{cell::RefCell, fs::File, io::Write as _, rc::Rc};

/// What one run gave.
pub struct Outcome {
    /// Every event.
    pub events: Vec<AnyEvent>,
    /// Over the events.
    pub fingerprint: Fingerprint,
    /// From the events.
    pub metrics: Vec<Metric>,
}

pub fn command(given: &ArgMatches) -> Result<(), String> {
    let assets = DiskAssets::from_flags(given)?;
    let scenario = cli::scenario(given);
    let pick = given.get_one::<String>("device").and_then(|name| Pick::parse(name)).unwrap_or_default();
    if pick != Pick::Cpu {
        choose(pick, &scenario);
    }
    let seeds = *given.get_one::<u64>("seeds").unwrap_or(&1);
    let bar = report::bar();
    let mut outcomes = Vec::new();
    for seed in seeds_of(&scenario, seeds) {
        outcomes.push(run(&scenario.with_seed(seed), &assets, &bar)?);
    }
    bar.finish_and_clear();
    if let Some(path) = given.get_one::<String>("events") {
        write_events(path, &outcomes)?;
    }
    let metrics = over_seeds(&outcomes);
    let fingerprints: Vec<_> = outcomes.iter().map(|outcome| outcome.fingerprint.to_string()).collect();
    if given.get_flag("json") {
        println!("{}", report::json(&Link::of(scenario.clone()).write(), scenario.seed, &fingerprints, &metrics));
    } else {
        report::table(&Link::of(scenario).write(), &fingerprints, &metrics);
    }
    Ok(())
}

/// Chooses what trains, and says what that is.
#[cfg(feature = "gpu")]
fn choose(pick: Pick, scenario: &Scenario) {
    let Some(kind) = labs::trains(scenario) else {
        return eprintln!("note: this run trains nothing that a GPU could.");
    };
    let began = std::time::Instant::now();
    let clock = move || began.elapsed().as_secs_f64() * 1000.0;
    let computed = pollster::block_on(crate::models::choice::choose(pick, kind, None, &clock));
    eprintln!("note: {computed:?}");
}

#[cfg(not(feature = "gpu"))]
fn choose(_: Pick, _: &Scenario) {
    eprintln!("note: this build knows no GPU (it needs `--features gpu`): the CPU computes.");
}

/// `n` seeds from the scenario's own on.
pub fn seeds_of(scenario: &Scenario, n: u64) -> impl Iterator<Item = u64> + use<> {
    let first = scenario.seed;
    (0..n).map(move |i| (first + i) % (MAX_SEED + 1))
}

/// Runs one scenario to its end.
pub fn run(scenario: &Scenario, assets: &DiskAssets, bar: &ProgressBar) -> Result<Outcome, String> {
    let events = Rc::new(RefCell::new(Vec::new()));
    let sink = {
        let (events, bar) = (events.clone(), bar.clone());
        move |signal| match signal {
            Signal::Event(event) => events.borrow_mut().push(event),
            Signal::Progress { done, total, what } => {
                bar.set_length(total);
                bar.set_position(done);
                bar.set_message(what);
            }
        }
    };
    pollster::block_on(labs::run(scenario, assets, Breath::endless(), sink))
        .map_err(|failure: Failure| failure.to_string())?;
    let events = events.take();
    for note in events.iter().filter_map(labs::note) {
        bar.suspend(|| eprintln!("note: {note}"));
    }
    let metrics = labs::metrics(scenario, &events);
    Ok(Outcome { fingerprint: Fingerprint::of(&events), metrics, events })
}

/// One run's own intervals, or the mean over runs with an interval for that.
pub fn over_seeds(outcomes: &[Outcome]) -> Vec<Metric> {
    match outcomes {
        [] => Vec::new(),
        [one] => one.metrics.clone(),
        [first, ..] => first
            .metrics
            .iter()
            .map(|metric| {
                let all = outcomes.iter().flat_map(|outcome| &outcome.metrics);
                let values: Vec<_> =
                    all.filter(|other| other.name == metric.name).map(|other| (other.mean, other.n)).collect();
                let over = if metric.share {
                    stats::mean_share(&values)
                } else {
                    stats::mean(&values.iter().map(|(mean, _)| *mean).collect::<Vec<_>>())
                };
                Metric { mean: over.mean, lo: over.lo, hi: over.hi, n: over.n, ..metric.clone() }
            })
            .collect(),
    }
}

fn write_events(path: &str, outcomes: &[Outcome]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{path} cannot be written: {error}");
    let mut file = std::io::BufWriter::new(File::create(path).map_err(failed)?);
    for event in outcomes.iter().flat_map(|outcome| &outcome.events) {
        let line = serde_json::to_string(event).map_err(|error| error.to_string())?;
        writeln!(file, "{line}").map_err(failed)?;
    }
    file.flush().map_err(failed)
}
