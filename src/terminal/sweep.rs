//! `oversight sweep`: every combination of values, over seeds, several at a time.

use super::{
    assets::DiskAssets,
    cli, report,
    run::{Outcome, over_seeds, run, seeds_of},
};
use crate::lab::{Link, Scenario};
use clap::ArgMatches;
use indicatif::ProgressBar;
use std::{
    fmt::Write as _,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// One combination of values, as `key=value` pairs.
type Combination = Vec<(String, String)>;

pub fn command(given: &ArgMatches) -> Result<(), String> {
    let scenario = cli::scenario(given);
    let combinations = combinations(given, &scenario)?;
    let seeds: Vec<u64> = seeds_of(&scenario, *given.get_one("seeds").unwrap_or(&10)).collect();
    let runs: Vec<Scenario> = combinations
        .iter()
        .flat_map(|values| {
            let mut scenario = scenario.clone();
            for (key, value) in values {
                // Was accepted in `combinations`.
                let _ = scenario.set(key, value);
            }
            seeds.iter().map(move |seed| scenario.with_seed(*seed))
        })
        .collect();
    let jobs = *given.get_one::<u64>("jobs").unwrap_or(&1) as usize;
    let outcomes = run_all(&runs, jobs, given)?;
    let mut csv = String::from("combination,seed,metric,mean,lo,hi,n\n");
    let groups = runs.chunks(seeds.len()).zip(outcomes.chunks(seeds.len()));
    for (values, (scenarios, group)) in combinations.iter().zip(groups) {
        let name = values.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ");
        for (seed, outcome) in seeds.iter().zip(group) {
            for m in &outcome.metrics {
                let _ = writeln!(csv, "{name},{seed},{},{},{},{},{}", m.name, m.mean, m.lo, m.hi, m.n);
            }
        }
        let fingerprints: Vec<_> = group.iter().map(|outcome| outcome.fingerprint.to_string()).collect();
        println!("{name}");
        report::table(&Link::of(scenarios[0].clone()).write(), &fingerprints, &over_seeds(group));
    }
    match given.get_one::<String>("csv") {
        Some(path) => std::fs::write(path, csv).map_err(|error| format!("{path} cannot be written: {error}")),
        None => Ok(()),
    }
}

/// The product of every `--over`. A value that its setting refuses ends the sweep: a table with a silent
/// substitute in it would mislead.
fn combinations(given: &ArgMatches, scenario: &Scenario) -> Result<Vec<Combination>, String> {
    let mut all: Vec<Combination> = vec![Vec::new()];
    for text in given.get_many::<String>("over").into_iter().flatten() {
        let (key, values) = text.split_once('=').ok_or_else(|| format!("--over needs KEY=A,B, not “{text}”"))?;
        for value in values.split(',') {
            scenario.clone().set(key, value).map_err(|why| format!("--over {text}: {why} Nothing was run."))?;
        }
        all = all
            .iter()
            .flat_map(|before| {
                values.split(',').map(|value| {
                    let mut values = before.clone();
                    values.push((key.to_owned(), value.to_owned()));
                    values
                })
            })
            .collect();
    }
    Ok(all)
}

/// Runs everything, `jobs` at a time; results in the order of `runs`.
fn run_all(runs: &[Scenario], jobs: usize, given: &ArgMatches) -> Result<Vec<Outcome>, String> {
    let bar = report::bar();
    bar.set_length(runs.len() as u64);
    bar.set_message("runs");
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, Result<Outcome, String>)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.min(runs.len()) {
            scope.spawn(|| {
                // Every thread reads its own: weights and data are not shared between threads.
                let assets = DiskAssets::from_flags(given);
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(scenario) = runs.get(i) else { break };
                    let result = match &assets {
                        Ok(assets) => run(scenario, assets, &ProgressBar::hidden()),
                        Err(why) => Err(why.clone()),
                    };
                    bar.inc(1);
                    if let Ok(mut results) = results.lock() {
                        results.push((i, result));
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut results = results.into_inner().map_err(|_| "a run panicked".to_owned())?;
    results.sort_by_key(|(i, _)| *i);
    results.into_iter().map(|(_, result)| result).collect()
}
