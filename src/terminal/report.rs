//! What the terminal prints.

use crate::{
    lab::{Link, Metric, Scenario},
    labs::LABS,
};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, json};

/// A progress bar on standard error; silent where that is no terminal.
pub fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:<28} {bar:30} {pos}/{len} {elapsed} (about {eta} left)") {
        bar.set_style(style);
    }
    bar
}

/// The one JSON object of `--json`.
pub fn json(link: &str, seed: u64, fingerprints: &[String], metrics: &[Metric]) -> String {
    let metrics: Map<String, serde_json::Value> =
        metrics.iter().map(|m| (m.name.clone(), json!({ "mean": m.mean, "lo": m.lo, "hi": m.hi, "n": m.n }))).collect();
    let mut object =
        json!({ "link": link, "seed": seed, "device": "cpu", "fingerprint": fingerprints[0], "metrics": metrics });
    if fingerprints.len() > 1 {
        object["seeds"] = json!(fingerprints.len());
        object["fingerprints"] = json!(fingerprints);
    }
    object.to_string()
}

/// The same for people.
pub fn table(link: &str, fingerprints: &[String], metrics: &[Metric]) {
    println!("{link}");
    let width = metrics.iter().map(|metric| metric.name.len()).max().unwrap_or(0);
    for m in metrics {
        println!("  {:width$}  {:.4} {}  n {}", m.name, m.mean, interval(m), m.n);
    }
    match fingerprints {
        [one] => println!("  fingerprint {one}"),
        many => println!("  means over {} seeds with 95 % intervals (n: seeds)", many.len()),
    }
}

/// A single value has no interval.
fn interval(metric: &Metric) -> String {
    let Metric { lo, hi, .. } = metric;
    if lo.is_finite() && hi.is_finite() { format!("[{lo:.4}, {hi:.4}]") } else { "(no interval)".to_owned() }
}

/// Every preset with its link and one line of description.
pub fn presets() {
    for lab in LABS {
        for preset in lab.presets {
            let link = Link::of(Scenario::of_preset(lab, preset)).write();
            println!("{link:<46} {}", preset.about);
        }
    }
}
