//! Puts a loader of our own in the place of Trunk's for the worker that is large enough for a progress bar.

use crate::{
    serve,
    shell::{Outcome, read_bytes, write},
};
use serde_json::json;
use std::path::Path;

const SOURCE: &str = include_str!("loader.js");
const PLACE: &str = "/* name, bytes, kB over the wire */ []";
const WORKER: &str = "worker-gpu";

/// Writes it into `dist/`.
pub fn add(dist: &Path) -> Outcome {
    let program = dist.join(format!("{WORKER}_bg.wasm"));
    let bytes = read_bytes(&program)?;
    let numbers = json!([WORKER, bytes.len(), serve::gzip(&bytes).len().div_ceil(1000)]);
    let (before, after) = SOURCE.split_once(PLACE).ok_or_else(|| format!("loader.js has no place “{PLACE}”."))?;
    write(&dist.join(format!("{WORKER}_loader.js")), format!("{before}{numbers}{after}"))
}
