//! Other programs: finding them, running them, saying so.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Something that worked, or a sentence that says why it did not.
pub type Outcome<T = ()> = Result<T, String>;

/// The checkout's root.
pub fn root() -> PathBuf {
    // Cargo names the folder at run time; the one known at build time serves who starts the program by hand.
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = PathBuf::from(here);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// This user's own folder for the tools that are installed here.
pub fn tools_dir() -> PathBuf {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    let cache = cache.or_else(|| set("LOCALAPPDATA"));
    cache.map_or_else(|| target_dir().join("tools"), |cache| cache.join("oversight-playground").join("tools"))
}

/// Tells the user.
pub fn say(what: &str) {
    println!("{what}");
}

/// Announces a step that takes a while.
pub fn step(what: &str) {
    println!("→ {what}");
}

/// A command in the checkout's root that finds our own tools first.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    // `cargo run` describes this package to us; the cargo commands started from here are not about it.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
    let mut paths = vec![tools_dir().join("bin")];
    paths.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    // A folder whose name cannot stand in PATH holds no tool of ours.
    if let Ok(path) = env::join_paths(paths) {
        command.env("PATH", path);
    }
    command
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status}).", words(command))) }
}

/// Runs a command that may hang (a download from a host that cannot be reached, for one).
pub fn run_within(command: &mut Command, limit: Duration) -> Outcome {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| cannot_start(command, &error))?;
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("`{}` failed ({status}).", words(command))),
            Ok(None) if start.elapsed() < limit => std::thread::sleep(Duration::from_millis(50)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("`{}` took longer than {} s.", words(command), limit.as_secs()));
            }
        }
    }
}

/// What a command prints on stdout, or `None` where it cannot be run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command, prints its lines as they come and hands each to `look`; true where it succeeded.
pub fn watch(command: &mut Command, mut look: impl FnMut(&str)) -> Outcome<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            look(&line);
        }
    }
    child.wait().map(|status| status.success()).map_err(|error| format!("`{}`: {error}", words(command)))
}

/// The first of these programs that can be found.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let exe = env::consts::EXE_SUFFIX;
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(format!("{name}{exe}"))))
        .find(|file| file.is_file())
}

/// Opens an address in the user's browser, where there is one.
pub fn open_in_browser(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut opening = if cfg!(windows) { Command::new("explorer") } else { Command::new(opener) };
    if opening.arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_err() {
        say("No browser could be opened from here.");
    }
}

/// Reads a file of text.
pub fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Reads any file.
pub fn read_bytes(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Writes a file.
pub fn write(file: &Path, bytes: impl AsRef<[u8]>) -> Outcome {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` cannot be started: {error}.", command.get_program().display())
}

fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().display().to_string()];
    words.extend(command.get_args().map(|arg| arg.display().to_string()));
    words.join(" ")
}
