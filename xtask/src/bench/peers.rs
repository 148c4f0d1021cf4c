//! A small site of its own on which our trainings and other libraries' run side by side.

use crate::{
    shell::{self, Outcome, command, root, run, step},
    tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What is taken from the npm packages: a folder of theirs, the endings of the files, and where they go.
const LIBRARIES: [(&str, &[&str], &str); 4] = [
    ("@tensorflow/tfjs", &["/tf.min.js"], "tfjs"),
    ("@tensorflow/tfjs-backend-wasm", &["/tf-backend-wasm.min.js", ".wasm"], "tfjs"),
    ("@tensorflow/tfjs-backend-webgpu", &["/tf-backend-webgpu.min.js"], "tfjs"),
    ("@jax-js/jax", &[".js"], "jaxjs"),
];

/// Builds it and returns its folder.
pub fn build(e2e: &Path) -> Outcome<PathBuf> {
    let source = e2e.join("bench");
    tools::npm_packages(&source, "the libraries to compare with")?;
    let site = super::folder()?.join("site");
    // What an older version left there must not be measured.
    let _ = fs::remove_dir_all(&site);
    copy(&source.join("site"), &site, &[""])?;
    for (package, endings, name) in LIBRARIES {
        copy(&source.join("node_modules").join(package).join("dist"), &site.join("peers").join(name), endings)?;
    }
    copy(&root().join("public/models"), &site.join("models"), &[""])?;
    ours(&site)?;
    Ok(site)
}

/// Our own measurements as a worker.
fn ours(site: &Path) -> Outcome {
    let rust = tools::wasm_target()?;
    step("building our measurements for the browser (usually 2 to 5 minutes)");
    let options = ["build", "--quiet", "--release", "--no-default-features", "--features", "bench", "--bin", "bench"];
    run(rust.command("cargo").args(options).args(["--target", tools::WASM]))?;
    let built = shell::target_dir().join(tools::WASM).join("release/bench.wasm");
    let mut bind = command("wasm-bindgen");
    bind.args(["--target", "no-modules", "--no-typescript", "--out-name", "ours", "--out-dir"]).arg(site).arg(built);
    run(&mut bind)
}

/// Copies those files of a folder whose path ends so.
fn copy(from: &Path, to: &Path, endings: &[&str]) -> Outcome {
    let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(to).map_err(|error| told(to, error))?;
    for entry in fs::read_dir(from).map_err(|error| told(from, error))?.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let slashed = format!("/{}", name.to_string_lossy());
        if path.is_file() && endings.iter().any(|ending| slashed.ends_with(ending)) {
            fs::copy(&path, to.join(name)).map_err(|error| told(&path, error))?;
        }
    }
    Ok(())
}
