//! Packages of Debian and its kin, for machines that reach no other server.

use crate::shell::{Outcome, command, find, output, run, step};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What a toolchain for the browser needs; the standard library for it is not among Debian's packages.
const TOOLCHAIN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];

/// Installs packages, as root or with a sudo that asks for no password.
pub fn install(packages: &[&str]) -> Outcome {
    if find(&["apt-get"]).is_none() {
        return Err("this system has no apt-get.".into());
    }
    let root = output(command("id").arg("-u")).is_some_and(|id| id == "0");
    if !root && output(command("sudo").args(["-n", "true"])).is_none() {
        return Err(format!("`apt-get install {}` needs root or a sudo without a password.", packages.join(" ")));
    }
    let apt = |args: &[&str]| {
        let mut apt: Command = command(if root { "apt-get" } else { "sudo" });
        if !root {
            apt.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        run(apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o=Acquire::Retries=1"]).args(args))
    };
    step(&format!("installing Debian's {} (usually half a minute)", packages.join(", ")));
    let install: Vec<&str> = ["install", "--yes", "--no-install-recommends"].iter().chain(packages).copied().collect();
    apt(&install).or_else(|_| {
        // An old list of packages names files that are gone.
        apt(&["update"])?;
        apt(&install)
    })
}

/// Debian's own Rust with a standard library for the browser, built here from Debian's sources. Returns the folder
/// of its `cargo` and `rustc`.
pub fn toolchain() -> Outcome<PathBuf> {
    let folder = PathBuf::from("/usr/bin");
    if !folder.join("cargo").is_file() || !Path::new("/usr/lib/rustlib").is_dir() {
        install(TOOLCHAIN)?;
    }
    let rustc = folder.join("rustc");
    let ask = |what| output(Command::new(&rustc).args(["--print", what]).env_remove("RUSTUP_TOOLCHAIN"));
    let sysroot = ask("sysroot").ok_or("/usr/bin/rustc does not answer.")?;
    let library = Path::new(&sysroot).join("lib/rustlib").join(super::WASM).join("lib");
    if !library.is_dir() {
        standard_library(&folder, &library)?;
    }
    Ok(folder)
}

/// Builds an empty crate together with the standard library, and keeps the latter.
fn standard_library(folder: &Path, library: &Path) -> Outcome {
    step("building Rust's standard library for the browser from Debian's sources (usually under a minute)");
    let told = |what: &Path, error: std::io::Error| format!("{}: {error}", what.display());
    let empty = crate::shell::tools_dir().join("standard-library");
    fs::create_dir_all(empty.join("src")).map_err(|error| told(&empty, error))?;
    crate::shell::write(&empty.join("src/lib.rs"), "")?;
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    crate::shell::write(&empty.join("Cargo.toml"), manifest)?;
    let target = empty.join("target");
    let mut build = command("cargo");
    build.current_dir(&empty).env("RUSTC", folder.join("rustc")).env_remove("RUSTUP_TOOLCHAIN");
    build.env("CARGO_TARGET_DIR", &target).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    build.args(["build", "--quiet", "--release", "-Zbuild-std=std,panic_abort", "--target", super::WASM]);
    let mut debian = Command::new(folder.join("cargo"));
    debian.args(build.get_args()).current_dir(&empty);
    for (name, value) in build.get_envs() {
        match value {
            Some(value) => debian.env(name, value),
            None => debian.env_remove(name),
        };
    }
    run(&mut debian)?;
    fs::create_dir_all(library).map_err(|error| told(library, error))?;
    let libraries = target.join(super::WASM).join("release/deps");
    for entry in fs::read_dir(&libraries).map_err(|error| told(&libraries, error))?.flatten() {
        let file = entry.path();
        if file.extension().is_some_and(|ending| ending == "rlib") {
            fs::copy(&file, library.join(entry.file_name())).map_err(|error| told(&file, error))?;
        }
    }
    Ok(())
}
