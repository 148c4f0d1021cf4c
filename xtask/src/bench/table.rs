//! The results as tables in Markdown.

use serde_json::Value;

/// The sides of a training step: their key in the results, and their name.
const SIDES: [(&str, &str); 8] = [
    ("ours", "**ours**"),
    ("tfjs_wasm", "TensorFlow.js wasm"),
    ("tfjs_cpu", "TensorFlow.js cpu"),
    ("tfjs_webgpu", "TensorFlow.js WebGPU"),
    ("jaxjs_wasm", "jax-js wasm"),
    ("jaxjs_webgpu", "jax-js WebGPU"),
    ("native", "ours, native"),
    ("pytorch", "PyTorch"),
];

/// All of them, as far as there are results.
pub fn all(results: &Value) -> String {
    let tables = [training(results), rates(results), page(results), growth(results), sizes(results)];
    tables.into_iter().flatten().fold(String::new(), |text, table| format!("{text}\n{table}\n"))
}

fn rows<'a>(results: &'a Value, list: &str) -> Option<&'a Vec<Value>> {
    results[list].as_array().filter(|rows| !rows.is_empty())
}

/// Milliseconds a step: the median, and the lowest and highest round.
fn training(results: &Value) -> Option<String> {
    let rows = rows(results, "training")?;
    let sides: Vec<_> =
        SIDES.iter().filter(|(key, _)| rows.iter().any(|row| row[format!("{key}_ms")].is_number())).collect();
    let names: Vec<&str> = sides.iter().map(|(_, name)| *name).collect();
    let mut lines = vec![
        "Milliseconds a training step: median [lowest, highest] of the rounds.\n".to_owned(),
        format!("| network | batch | {} |", names.join(" | ")),
        format!("|---|---|{}", "---|".repeat(names.len())),
    ];
    for row in rows {
        let cells: Vec<_> = sides.iter().map(|(key, _)| cell(row, key)).collect();
        let name = format!("{}: {} {}", text(row, "lab"), text(row, "network"), sizes_of(row));
        lines.push(format!("| {name} | {} | {} |", row["batch"], cells.join(" | ")));
    }
    let times: Vec<_> = sides.iter().map(|(key, _)| mean_ratio(rows, key)).collect();
    lines.push(format!("| *times ours, geometric mean* | | {} |", times.join(" | ")));
    Some(lines.join("\n"))
}

fn cell(row: &Value, side: &str) -> String {
    let Some(median) = row[format!("{side}_ms")].as_f64() else { return "–".to_owned() };
    let ends = &row[format!("{side}_spread")];
    let digits = if median < 1.0 { 4 } else { 2 };
    match (ends[0].as_f64(), ends[1].as_f64()) {
        (Some(lo), Some(hi)) => format!("{median:.digits$} [{lo:.digits$}, {hi:.digits$}]"),
        _ => format!("{median:.digits$}"),
    }
}

/// How many times as long as ours a side's steps take.
fn mean_ratio(rows: &[Value], side: &str) -> String {
    let ratio = |row: &Value| Some(row[format!("{side}_ms")].as_f64()? / row["ours_ms"].as_f64()?);
    let logs: Vec<f64> = rows.iter().filter_map(ratio).map(f64::ln).collect();
    if logs.is_empty() {
        "–".to_owned()
    } else {
        format!("{:.2}", (logs.iter().sum::<f64>() / logs.len() as f64).exp())
    }
}

/// `10-32-1`.
fn sizes_of(row: &Value) -> String {
    let sizes = row["sizes"].as_array().into_iter().flatten();
    sizes.map(ToString::to_string).collect::<Vec<_>>().join("-")
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or("?")
}

/// A table of one list of the results: what its columns are called, and the cells of a row.
fn table(results: &Value, list: &str, head: &[&str], cells: impl Fn(&Value) -> Vec<String>) -> Option<String> {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    let mut lines = vec![line(&head), format!("|{}", "---|".repeat(head.len()))];
    lines.extend(rows(results, list)?.iter().map(|row| line(&cells(row))));
    Some(lines.join("\n"))
}

/// Numbers of a row with so many digits behind the point; `missing` where there is none.
fn numbers(row: &Value, keys: &[&str], digits: usize, missing: &str) -> Vec<String> {
    let number =
        |key: &&str| row[*key].as_f64().map_or_else(|| missing.to_owned(), |value| format!("{value:.digits$}"));
    keys.iter().map(number).collect()
}

fn rates(results: &Value) -> Option<String> {
    table(results, "rates", &["a second", "in the browser", "lowest", "highest", "native"], |row| {
        let mut cells = vec![text(row, "what").to_owned()];
        cells.extend(numbers(row, &["median", "lo", "hi", "native_per_second"], 0, "–"));
        cells
    })
}

fn page(results: &Value) -> Option<String> {
    table(results, "page", &["what", "median", "lowest", "highest", "runs"], |row| {
        let mut cells = vec![text(row, "name").to_owned()];
        let with_unit = |number: String| format!("{number} {}", text(row, "unit"));
        cells.extend(numbers(row, &["median", "lo", "hi"], 1, "?").into_iter().map(with_unit));
        cells.push(row["n"].to_string());
        cells
    })
}

/// What more work costs.
fn growth(results: &Value) -> Option<String> {
    let head = ["work", "amount", "recorded events", "seconds", "page's heap, MB more", "process, MB more"];
    table(results, "growth", &head, |row| {
        let mut cells = vec![text(row, "what").to_owned(), row["amount"].to_string(), row["events"].to_string()];
        cells.extend(numbers(row, &["seconds", "heap", "process"], 1, "?"));
        cells
    })
}

fn sizes(results: &Value) -> Option<String> {
    table(results, "sizes", &["file", "bytes", "gzip", "brotli"], |row| {
        let mut cells = vec![text(row, "file").to_owned()];
        cells.extend(["raw", "gzip", "brotli"].map(|key| row[key].to_string()));
        cells
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn a_side_that_is_missing_somewhere_has_a_dash_there() {
        let results = json!({ "training": [
            { "lab": "l", "network": "a", "sizes": [2, 1], "batch": 32, "ours_ms": 0.5, "ours_spread": [0.4, 0.6], "jaxjs_wasm_ms": 2.0 },
            { "lab": "l", "network": "b", "sizes": [3, 1], "batch": 32, "ours_ms": 1.0 },
        ]});
        let table = training(&results).unwrap();
        assert!(table.contains("| network | batch | **ours** | jax-js wasm |"), "{table}");
        assert!(table.contains("| l: a 2-1 | 32 | 0.5000 [0.4000, 0.6000] | 2.00 |"), "{table}");
        assert!(table.contains("| l: b 3-1 | 32 | 1.00 | – |"), "{table}");
        assert!(table.ends_with("| | 1.00 | 4.00 |"), "{table}");
    }

    #[test]
    fn results_become_rows() {
        let row = json!({ "name": "cold load", "median": 812.34, "lo": 800, "hi": 900.5, "n": 5, "unit": "ms" });
        let table = all(&json!({ "page": [row] }));
        assert!(table.ends_with("| cold load | 812.3 ms | 800.0 ms | 900.5 ms | 5 |\n"), "{table}");
        assert_eq!(all(&json!({})), "");
    }
}
