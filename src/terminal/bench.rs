//! `oversight bench`: the measurements of [`crate::bench`], on this machine's processor without a browser.

use super::{assets::DiskAssets, report};
use crate::{
    bench::{networks, rates, steps},
    lab::{Breath, Failure},
};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::LazyLock, time::Instant};

/// A measurement takes at least this long, in milliseconds: shorter ones would measure the clock.
const TURN_MS: f64 = 40.0;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn now_ms() -> f64 {
    START.elapsed().as_secs_f64() * 1000.0
}

pub fn command(given: &ArgMatches) -> Result<(), String> {
    let rounds = *given.get_one::<u64>("rounds").unwrap_or(&10);
    if given.get_flag("gpu") {
        return on_gpu(rounds);
    }
    let assets = DiskAssets::from_flags(given)?;
    let measured = pollster::block_on(measure(&assets, rounds)).map_err(|why| why.to_string())?;
    if given.get_flag("json") {
        println!("{measured}");
    } else {
        print(&measured);
    }
    Ok(())
}

/// What a GPU brings, as a table.
#[cfg(feature = "gpu")]
fn on_gpu(rounds: u64) -> Result<(), String> {
    use crate::bench::devices;
    let cell = |samples: Vec<f64>, digits| {
        let spread = spread(samples);
        ["median", "lo", "hi"].map(|key| number(&spread, key, digits)).join(" | ")
    };
    let (name, rows) = pollster::block_on(devices::training(rounds, now_ms)).map_err(|why| why.to_string())?;
    println!("On {name}, beside the CPU.\n\n| network | on | ms a step | lowest | highest | slopes differ by |");
    println!("|---|---|---|---|---|---|");
    for devices::Row { network, step_ms: [cpu, gpu], apart } in rows {
        println!("| {network} | CPU | {} | |", cell(cpu, 3));
        println!("| {network} | GPU | {} | {apart:.0e} |", cell(gpu, 3));
    }
    let rates = pollster::block_on(devices::evaluations(rounds, now_ms)).map_err(|why| why.to_string())?;
    println!("\n| a second, on the GPU | median | lowest | highest |\n|---|---|---|---|");
    println!("| judge evaluations, 65,536 at once | {} |", cell(rates, 0));
    Ok(())
}

#[cfg(not(feature = "gpu"))]
fn on_gpu(_: u64) -> Result<(), String> {
    Err("This build knows no GPU: it needs `--features gpu`.".to_owned())
}

/// `{"training": [{"lab", "network", "ms": {"median", "lo", "hi"}}], "rates": [{"what", "per_second": {…}}]}`.
async fn measure(assets: &DiskAssets, rounds: u64) -> Result<Value, Failure> {
    let breath = Breath::endless();
    let bar = report::bar();
    let networks = networks::all();
    bar.set_length(networks.len() as u64 + 1);
    let mut training = Vec::new();
    for network in &networks {
        bar.set_message(network.name);
        // The first measurement says how many steps fill a turn, and warms up what there is to warm.
        let first = steps::step_ms(network, 1, now_ms, &breath).await?;
        let many = (TURN_MS / first).clamp(1.0, 1e6) as u32;
        let mut samples = Vec::new();
        for _ in 0..rounds {
            samples.push(steps::step_ms(network, many, now_ms, &breath).await?);
        }
        training.push(json!({ "lab": network.lab, "network": network.name, "ms": spread(samples) }));
        bar.inc(1);
    }
    bar.set_message("judge and search");
    let mut counts: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for _ in 0..rounds {
        for rate in rates::all(assets, now_ms, &breath).await? {
            counts.entry(rate.what).or_default().push(rate.per_second);
        }
    }
    bar.finish_and_clear();
    let rates = counts.into_iter().map(|(what, samples)| json!({ "what": what, "per_second": spread(samples) }));
    Ok(json!({ "training": training, "rates": rates.collect::<Vec<_>>() }))
}

fn spread(mut samples: Vec<f64>) -> Value {
    samples.sort_by(f64::total_cmp);
    let at = |place: usize| samples.get(place).copied();
    json!({ "median": at(samples.len() / 2), "lo": at(0), "hi": samples.last() })
}

fn number(spread: &Value, key: &str, digits: usize) -> String {
    spread[key].as_f64().map_or_else(|| "?".to_owned(), |value| format!("{value:.digits$}"))
}

fn print(measured: &Value) {
    let rows = |key: &str| measured[key].as_array().cloned().unwrap_or_default();
    println!("| network | ms a step | lowest | highest |\n|---|---|---|---|");
    for row in rows("training") {
        let cells = ["median", "lo", "hi"].map(|key| number(&row["ms"], key, 4)).join(" | ");
        println!("| {} | {cells} |", row["network"].as_str().unwrap_or("?"));
    }
    println!("\n| a second | median | lowest | highest |\n|---|---|---|---|");
    for row in rows("rates") {
        let cells = ["median", "lo", "hi"].map(|key| number(&row["per_second"], key, 0)).join(" | ");
        println!("| {} | {cells} |", row["what"].as_str().unwrap_or("?"));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        bench::networks::Network,
        lab::{Link, Signal},
        labs::{self, AnyEvent, LABS},
        models::pretrain,
        weak_to_strong::{event::Begun, event::Event, spec::SIZES},
    };
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
    };

    /// What the first event of a run says of its networks; the run ends there.
    fn begun(link: &str) -> Begun {
        let (cancelled, found) = (Rc::new(Cell::new(false)), Rc::new(RefCell::new(None)));
        let sink = {
            let (cancelled, found) = (cancelled.clone(), found.clone());
            move |signal| {
                if let Signal::Event(AnyEvent::WeakToStrong(Event::Begun(begun))) = signal {
                    *found.borrow_mut() = Some(*begun);
                    cancelled.set(true);
                }
            }
        };
        let breath = Breath::new(cancelled, || None);
        let assets = DiskAssets::of_folder(pretrain::folder());
        let scenario = Link::read(link, LABS).0.scenario;
        assert_eq!(pollster::block_on(labs::run(&scenario, &assets, breath, sink)), Err(Failure::Cancelled));
        found.take().unwrap()
    }

    #[test]
    fn the_networks_are_those_of_the_labs() {
        let networks = networks::all();
        let parameters = |name: String| {
            networks.iter().find(|network| network.name == name).map(Network::parameters).map(|n| n as u32)
        };
        for family in ["digits", "text", "reward", "overlap"] {
            for (size, word) in SIZES.iter().zip(["small", "medium", "large"]) {
                let begun = begun(&format!("#/weak-to-strong/digits?v=1&family={family}&weak={size}&strong={size}"));
                let (weak, strong) = (format!("{family}, {word} supervisor"), format!("{family}, {word} student"));
                assert_eq!(parameters(weak), Some(begun.weak_parameters), "{family} {size}");
                assert_eq!(parameters(strong), Some(begun.student_parameters.0), "{family} {size}");
            }
        }
        for (size, word) in SIZES.iter().zip(["small", "medium", "large"]) {
            for (family, learns, what) in
                [("chess", "head", "head"), ("chess", "all", "network"), ("digits", "all", "encoder and head")]
            {
                let link =
                    format!("#/weak-to-strong/digits?v=1&family={family}&weak=s&strong={size}&finetune={learns}");
                let found = parameters(format!("{family}, {word} {what}"));
                assert_eq!(found, Some(begun(&link).student_parameters.0), "{family} {size} {learns}");
            }
        }
    }

    #[test]
    fn every_network_takes_some_time() {
        for network in networks::all().iter().filter(|network| network.name.contains("large")) {
            let took = pollster::block_on(steps::step_ms(network, 1, now_ms, &Breath::endless())).unwrap();
            assert!(took > 0.0 && took.is_finite(), "{network:?}");
        }
    }

    #[test]
    fn a_spread_has_its_middle() {
        assert_eq!(spread(vec![3.0, 1.0, 2.0]), json!({ "median": 2.0, "lo": 1.0, "hi": 3.0 }));
    }
}
