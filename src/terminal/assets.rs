//! The files of a terminal run: shipped weights and data sets, read from disk.

use crate::{
    data_sets,
    lab::{Assets, Task},
    labs,
    models::{pretrain, shipped},
};
use clap::ArgMatches;
use std::{
    any::Any,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
};

/// Files above this are no data set of ours, and are left alone.
const MAX_BYTES: u64 = 200_000_000;

/// See the module's text.
pub struct DiskAssets {
    models: PathBuf,
    sets: BTreeMap<String, Rc<dyn Any>>,
}

impl DiskAssets {
    /// Reads what `--data` and `--models` name.
    pub fn from_flags(given: &ArgMatches) -> Result<Self, String> {
        let models = match given.try_get_one::<String>("models") {
            Ok(Some(folder)) => folder.into(),
            // Not every command has the flag.
            _ => pretrain::folder(),
        };
        let mut sets = BTreeMap::new();
        for text in given.get_many::<String>("data").into_iter().flatten() {
            let (set, folder) =
                text.split_once('=').ok_or_else(|| format!("--data needs SET=DIR, such as mnist=DIR, not “{text}”"))?;
            let (parsed, summary) = labs::load(set, read_folder(set, Path::new(folder))?)?;
            eprintln!("{summary}");
            sets.insert(set.to_owned(), parsed);
        }
        Ok(Self { models, sets })
    }

    /// Only the shipped weights of this folder.
    #[cfg(test)]
    pub fn of_folder(models: PathBuf) -> Self {
        Self { models, sets: BTreeMap::new() }
    }
}

impl Assets for DiskAssets {
    fn model<'a>(&'a self, file: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
        Box::pin(async move {
            let path = self.models.join(file);
            let bytes = fs::read(&path).map_err(|error| {
                format!(
                    "{} cannot be read ({error}). Give the folder of the shipped weights with --models DIR.",
                    path.display()
                )
            })?;
            shipped::check(file, &bytes)?;
            Ok(Rc::new(bytes))
        })
    }

    fn data(&self, set: &str) -> Option<Rc<dyn Any>> {
        self.sets.get(set).cloned()
    }
}

/// The names of a folder's files that a data set may consist of, in order.
pub fn files_of(set: &str, folder: &Path) -> Result<Vec<String>, String> {
    let unreadable = |error| format!("{} cannot be read: {error}", folder.display());
    let parts = data_sets::find(set)?.files;
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let size = entry.metadata().map_err(unreadable)?.len();
        if parts.iter().any(|part| name.contains(part)) && size <= MAX_BYTES {
            names.push(name);
        }
    }
    names.sort();
    if names.is_empty() {
        return Err(format!("{} holds no file with {} in its name", folder.display(), parts.join(" or ")));
    }
    Ok(names)
}

fn read_folder(set: &str, folder: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let read = |name: String| match fs::read(folder.join(&name)) {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => Err(format!("{} cannot be read: {error}", folder.join(&name).display())),
    };
    files_of(set, folder)?.into_iter().map(read).collect()
}
