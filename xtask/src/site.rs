//! Builds the static site in `dist/`.

use crate::{
    hash, loader, offline, seal,
    shell::{Outcome, read_bytes, root, run, step},
    split, tools,
};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Builds the site and returns its folder.
pub fn build() -> Outcome<PathBuf> {
    let rust = tools::wasm_target()?;
    tools::trunk()?;
    tools::wasm_bindgen()?;
    let _alone = alone()?;
    step("building the site (the first time usually 10 to 20 minutes on two cores, afterwards two to five)");
    let mut trunk = rust.command("trunk");
    // Trunk reads NO_COLOR as a yes or no of its own and stops at the customary `1`.
    trunk
        .args(["build", "--quiet"])
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE")
        .env("OVERSIGHT_BUILD", build_id()?);
    run(&mut trunk)?;
    let dist = root().join("dist");
    split::split(&dist)?;
    seal::seal(&dist)?;
    loader::add(&dist)?;
    offline::add(&dist)?;
    Ok(dist)
}

/// Two builds at once would write into each other's site: the second waits until this is dropped.
fn alone() -> Outcome<File> {
    let folder = root().join("dist");
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(told)?;
    let file = File::create(folder.with_extension("lock")).map_err(told)?;
    if file.try_lock().is_err() {
        step("waiting for another build of the site");
        file.lock().map_err(told)?;
    }
    Ok(file)
}

/// Names this build: a hash over everything that goes into it. Page and worker carry it and compare it at hello,
/// and it stays the same while nothing changes, so that nothing is built again.
fn build_id() -> Outcome<String> {
    let root = root();
    let mut files = ["Cargo.toml", "Cargo.lock", "build.rs", ".cargo/config.toml"].map(|file| root.join(file)).to_vec();
    collect(&root.join("src"), &mut files)?;
    files.sort();
    let mut whole = Vec::new();
    for file in &files {
        let bytes = read_bytes(file)?;
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        whole.extend(format!("{name}\n{}\n", bytes.len()).into_bytes());
        whole.extend(bytes);
    }
    Ok(hash::short(whole))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    for path in self::files(folder)? {
        if path.is_dir() {
            collect(&path, files)?;
        // The stylesheet goes into the page as it is, and into no binary.
        } else if path.extension().is_none_or(|ending| ending != "css") {
            files.push(path);
        }
    }
    Ok(())
}

/// Files of the built site that belong together.
pub struct Part {
    /// What they are to a reader.
    pub name: &'static str,
    /// The most that may go over the wire, in bytes after gzip.
    pub budget: usize,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// The parts of the site that have a size budget.
pub fn parts(dist: &Path) -> Outcome<[Part; 4]> {
    let files = files(dist)?;
    let of = |start: &str, endings: &[&str]| {
        let belongs = |file: &&PathBuf| {
            let name = name(file);
            name.starts_with(start) && endings.iter().any(|ending| name.ends_with(ending))
        };
        files.iter().filter(belongs).cloned().collect::<Vec<_>>()
    };
    let code = &[".js", ".wasm"];
    Ok([
        Part {
            name: "page with its JavaScript and CSS",
            budget: 320_000,
            files: [of("page-", code), of("", &[".css", ".html"])].concat(),
        },
        Part {
            name: "pieces of the page that come when they are wanted",
            budget: 440_000,
            files: self::files(&dist.join(page(dist)?))?,
        },
        Part { name: "CPU worker with its JavaScript", budget: 1_000_000, files: of("worker-cpu", code) },
        Part { name: "GPU worker with its JavaScript", budget: 4_200_000, files: of("worker-gpu", code) },
    ])
}

/// What the page is called in the site: `page-` and a hash, without what comes after it.
pub fn page(dist: &Path) -> Outcome<String> {
    let files = files(dist)?;
    let mut programs = files.iter().filter_map(|file| name(file).strip_suffix("_bg.wasm"));
    programs.find(|name| name.starts_with("page-")).map(str::to_owned).ok_or_else(|| "dist/ holds no page.".to_owned())
}

/// What lies in a folder, in order.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

fn name(file: &Path) -> &str {
    file.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

impl Part {
    /// Its bytes after gzip.
    pub fn compressed(&self) -> Outcome<usize> {
        let sizes = self.files.iter().map(|file| {
            let bytes = read_bytes(file)?;
            Ok(crate::serve::gzip(&bytes).len())
        });
        let total: Outcome<usize> = sizes.sum();
        match total {
            Ok(0) => Err(format!("dist/ holds no {}.", self.name)),
            total => total,
        }
    }
}

/// Bytes in the unit that budgets are written in.
pub fn kilobytes(bytes: usize) -> String {
    format!("{} kB", bytes.div_ceil(1000))
}
