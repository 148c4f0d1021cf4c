//! Finds what a build needs and installs what is missing. What is there already costs nothing and says nothing.

mod browser;
mod debian;

pub use browser::{chromium, npm, npm_packages, playwright};

use crate::shell::{self, Outcome, command, output, run, run_within, step};
use std::{fs, path::PathBuf, process::Command, time::Duration};

/// Trunk's version that builds this project. The 0.22 line asks for a newer Rust.
const TRUNK: &str = "0.21.14";

/// cargo-deny's version.
const DENY: &str = "0.20.2";

/// How long a download may take before it counts as out of reach.
const PATIENCE: Duration = Duration::from_secs(120);

/// The Rust target of everything that runs in the browser.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A Rust toolchain that can build for the browser.
pub struct Rust {
    /// Where its `cargo` and `rustc` are, if not the ones on the PATH.
    folder: Option<PathBuf>,
}

impl Rust {
    /// A command that uses this toolchain.
    pub fn command(&self, program: &str) -> Command {
        let mut command = command(program);
        if let Some(folder) = &self.folder {
            let old = std::env::var_os("PATH").unwrap_or_default();
            let paths = [shell::tools_dir().join("bin"), folder.clone()].into_iter().chain(std::env::split_paths(&old));
            if let Ok(path) = std::env::join_paths(paths) {
                command.env("PATH", path);
            }
            command.env("RUSTC", folder.join("rustc")).env("CARGO", folder.join("cargo"));
        }
        command
    }
}

/// A toolchain with the standard library for the browser: the one on the PATH, after `rustup target add` if need
/// be; where rustup is missing or cannot reach its server, Debian's.
pub fn wasm_target() -> Outcome<Rust> {
    let has_target = || {
        let sysroot = output(command("rustc").args(["--print", "sysroot"]));
        sysroot.is_some_and(|sysroot| PathBuf::from(sysroot).join("lib/rustlib").join(WASM).join("lib").is_dir())
    };
    if has_target() {
        return Ok(Rust { folder: None });
    }
    step("adding Rust's standard library for the browser with rustup (seconds)");
    let added = run_within(command("rustup").args(["target", "add", WASM]), PATIENCE);
    if added.is_ok() && has_target() {
        return Ok(Rust { folder: None });
    }
    let folder = debian::toolchain().map_err(|why| {
        let rustup = added.err().unwrap_or_else(|| "rustup added it to another toolchain.".into());
        format!(
            "Rust's standard library for {WASM} is missing.\n  With rustup: {rustup}\n  With Debian's packages: \
             {why}\nPlease run `rustup target add {WASM}` where rustup reaches its server."
        )
    })?;
    Ok(Rust { folder: Some(folder) })
}

/// Trunk, which puts the site together.
pub fn trunk() -> Outcome {
    // Without its lock file Trunk does not compile. What it fetches from elsewhere by itself is not wanted.
    tool("trunk", "trunk", TRUNK, &["--locked", "--no-default-features"], "3 minutes")
}

/// wasm-bindgen's command: it has to be exactly the version of the library.
pub fn wasm_bindgen() -> Outcome {
    let version = locked_version("wasm-bindgen")?;
    // Its lock file names crates that not every registry copy has; it compiles without. Unoptimised it would take long
    // over the larger worker.
    let options = ["--no-default-features", "--bin", "wasm-bindgen", "--config", "profile.dev.opt-level=1"];
    tool("wasm-bindgen-cli", "wasm-bindgen", &version, &options, "2 minutes")
}

/// cargo-deny, which knows the licences of everything that is linked.
pub fn cargo_deny() -> Outcome {
    tool("cargo-deny", "cargo-deny", DENY, &["--locked"], "2 minutes")
}

/// A command from crates.io in this version: the one on the PATH or in our own folder, else installed there.
fn tool(package: &str, program: &str, version: &str, options: &[&str], usually: &str) -> Outcome {
    let present = |command: &mut Command| {
        output(command.arg("--version")).is_some_and(|text| text.split_whitespace().nth(1) == Some(version))
    };
    if present(&mut command(program)) {
        return Ok(());
    }
    let folder = shell::tools_dir();
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let wanted = format!("{package}@{version}");
    if output(command("cargo").args(["binstall", "-V"])).is_some() {
        step(&format!("fetching {wanted} ready made with cargo binstall (seconds)"));
        let options = ["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"];
        let _ = run_within(command("cargo").args(options).arg(&folder).arg(&wanted), PATIENCE);
        if present(&mut command(program)) {
            return Ok(());
        }
    }
    step(&format!("building {wanted} with cargo install (once; usually {usually} on two cores)"));
    let mut install = command("cargo");
    // Tools run for moments: what takes time is to build them well.
    install.args(["install", "--quiet", "--debug", "--config", "profile.dev.debug=false", "--root"]);
    install.arg(&folder).args(options).arg(&wanted);
    // Not in the checkout: its settings for the browser's target are nothing to a tool. And in a folder of its own,
    // that a second attempt can go on from.
    install.current_dir(&folder).env("CARGO_TARGET_DIR", folder.join("build"));
    run(&mut install)?;
    let _ = fs::remove_dir_all(folder.join("build"));
    if present(&mut command(program)) {
        Ok(())
    } else {
        Err(format!("{wanted} was installed in {}, but `{program}` does not answer from there.", folder.display()))
    }
}

/// The version of a crate in Cargo.lock.
fn locked_version(name: &str) -> Outcome<String> {
    let lock = shell::read(&shell::root().join("Cargo.lock"))?;
    let entry = format!("name = \"{name}\"\nversion = \"");
    let rest = lock.split_once(&entry).map(|(_, rest)| rest);
    let version = rest.and_then(|rest| rest.split('"').next());
    version.map(str::to_owned).ok_or_else(|| format!("Cargo.lock does not name {name}."))
}
