//! The same steps outside of the browser, for how much it costs: ours, and `PyTorch` where that is installed.

use crate::shell::{self, Outcome, command, output, root, say, step};
use serde_json::{Value, json};
use std::path::Path;

/// Adds what is measured to the rows of the results.
pub fn add(file: &Path) -> Outcome {
    let unreadable = |why: serde_json::Error| format!("{}: {why}", file.display());
    let mut results: Value = serde_json::from_str(&shell::read(file)?).map_err(unreadable)?;
    step("measuring natively (the first time usually 5 minutes for the build)");
    let options = ["run", "--quiet", "--release", "--bin", "oversight", "--", "bench", "--json"];
    let native = output(command("cargo").args(options)).ok_or("`oversight bench` failed.")?;
    merge(&mut results, "native", &serde_json::from_str(&native).map_err(unreadable)?);
    let script = root().join("tests/e2e/bench/pytorch.py");
    match output(command("python3").arg(script).arg(file)) {
        Some(text) => merge(&mut results, "pytorch", &serde_json::from_str(&text).map_err(unreadable)?),
        None => say("  PyTorch: skipped, `python3` cannot import torch"),
    }
    shell::write(file, results.to_string())
}

/// Puts a side's figures beside the others, by network and by what is counted.
fn merge(results: &mut Value, side: &str, measured: &Value) {
    for (list, key, spread, unit) in
        [("training", "network", "ms", "_ms"), ("rates", "what", "per_second", "_per_second")]
    {
        for row in measured[list].as_array().into_iter().flatten() {
            let rows = results[list].as_array_mut().into_iter().flatten();
            for beside in rows.filter(|beside| beside[key] == row[key]) {
                beside[format!("{side}{unit}")] = row[spread]["median"].clone();
                beside[format!("{side}_spread")] = json!([row[spread]["lo"], row[spread]["hi"]]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_go_to_their_network() {
        let mut results = json!({ "training": [{ "network": "a", "ours_ms": 1.0 }, { "network": "b" }] });
        let measured = json!({ "training": [{ "network": "a", "ms": { "median": 0.5, "lo": 0.4, "hi": 0.6 } }] });
        merge(&mut results, "native", &measured);
        let row = json!({ "network": "a", "ours_ms": 1.0, "native_ms": 0.5, "native_spread": [0.4, 0.6] });
        assert_eq!(results["training"], json!([row, { "network": "b" }]));
    }
}
