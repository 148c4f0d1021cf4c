//! Writes the service worker of the built site: it names every file with its hash, so that any change of any file is a
//! new version.

use crate::{
    hash,
    shell::{Outcome, read_bytes, write},
};
use serde_json::{Map, Value};
use std::{
    fs,
    path::{Path, PathBuf},
};

const SOURCE: &str = include_str!("service-worker.js");
const NAME: &str = "service-worker.js";

/// Files that a page needs only for some runs begin with one of these.
const LATER: [&str; 2] = ["models/", "worker-gpu"];

/// Puts `service-worker.js` into `dist/`, which is complete without it.
pub fn add(dist: &Path) -> Outcome {
    let (mut first, mut later) = (Map::new(), Map::new());
    for path in files(dist, dist)? {
        let file = dist.join(&path);
        let bytes = read_bytes(&file)?;
        let of = if LATER.iter().any(|start| path.starts_with(start)) { &mut later } else { &mut first };
        of.insert(path, Value::from(hash::short(bytes)));
    }
    write(&dist.join(NAME), written(&first, &later)?)
}

fn written(first: &Map<String, Value>, later: &Map<String, Value>) -> Outcome<String> {
    let mut text = SOURCE.to_owned();
    for (name, files) in [("first", first), ("later", later)] {
        let place = format!("/* {name} */ {{}}");
        if text.matches(&place).count() != 1 {
            return Err(format!("{NAME} has no place “{place}”."));
        }
        text = text.replace(&place, &Value::Object(files.clone()).to_string());
    }
    Ok(text)
}

/// The files below a folder by their paths in the site, in order; without the service worker itself.
fn files(folder: &Path, dist: &Path) -> Outcome<Vec<String>> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(told)?.collect::<Result<Vec<_>, _>>().map_err(told)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path, dist)?);
        } else {
            let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            found.extend((name != NAME).then_some(name));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn every_file_is_named_where_it_belongs() {
        let map = |value: Value| value.as_object().unwrap().clone();
        let text = written(&map(json!({ "index.html": "0a" })), &map(json!({ "models/a": "0b" }))).unwrap();
        assert!(text.contains("const FIRST = {\"index.html\":\"0a\"};"), "{text}");
        assert!(text.contains("const LATER = {\"models/a\":\"0b\"};"), "{text}");
    }

    #[test]
    fn a_changed_file_is_another_version() {
        let dist = std::env::temp_dir().join(format!("oversight-offline-{}", std::process::id()));
        fs::create_dir_all(dist.join("models")).unwrap();
        fs::write(dist.join("models/a"), "weights").unwrap();
        let with = |page: &str| {
            fs::write(dist.join("index.html"), page).unwrap();
            add(&dist).unwrap();
            fs::read_to_string(dist.join(NAME)).unwrap()
        };
        let (one, other, again) = (with("one"), with("other"), with("one"));
        assert!(one != other && one == again);
        assert!(one.contains("\"models/a\":") && !one.contains(&format!("\"{NAME}\":")), "{one}");
        fs::remove_dir_all(dist).unwrap();
    }
}
