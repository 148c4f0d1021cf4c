//! Remaking the shipped networks from nothing: for `oversight pretrain`, on this machine's own files.

mod chess;
mod encoders;
mod judges;
mod readers;

pub use judges::ask;

use super::shipped::{self, Shipped};
use crate::{
    lab::{
        event::hex,
        experiment::{Assets, Failure},
    },
    tasks::{Pictures, chess::lichess::Lichess, mnist::Mnist},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    rc::Rc,
};

/// The networks that can be remade.
pub const MODELS: [&str; 20] = [
    "judge-4px-builtin",
    "judge-6px-builtin",
    "judge-4px-mnist",
    "judge-6px-mnist",
    "encoder-s-builtin",
    "encoder-m-builtin",
    "encoder-l-builtin",
    "encoder-s-mnist",
    "encoder-m-mnist",
    "encoder-l-mnist",
    "chess-xs-builtin",
    "chess-s-builtin",
    "chess-m-builtin",
    "chess-l-builtin",
    "chess-xs-lichess",
    "chess-s-lichess",
    "chess-m-lichess",
    "chess-l-lichess",
    "reader-builtin",
    "powering",
];

/// A network that was trained and tested.
pub struct Made {
    /// Its file.
    pub file: Vec<u8>,
    /// Weights and biases.
    pub parameters: usize,
    /// Mini-batches that it was trained for.
    pub steps: u32,
    /// Right answers of the network as the file has it.
    pub right: u32,
    /// Out of how many.
    pub n: u32,
}

/// A lab's own training of a network, which this room does not know.
pub type OfLab = fn(&mut dyn FnMut(u32, u32, String)) -> Result<Made, String>;

/// Trains a network, tests it, writes `public/models/<name>.safetensors` and puts it into the manifest; `progress`
/// hears how it goes: steps done, of how many, and a word on how well. Networks that learn from a user's data need
/// them among the assets; `powering` is trained by its lab.
///
/// # Errors
/// A sentence, where there is no such network, its data are missing, or a file cannot be written.
pub fn pretrain(
    name: &str,
    assets: &dyn Assets,
    powering: OfLab,
    mut progress: impl FnMut(u32, u32, String),
) -> Result<Shipped, String> {
    let source = Source::of(name, assets)?;
    let kind = name.split('-').nth(1).unwrap_or_default();
    let made = match (name.split('-').next(), &source) {
        (Some("chess"), Source::Puzzles(lichess)) => chess::make(kind, lichess.as_deref(), progress),
        (Some("encoder"), Source::Pictures(pictures)) => encoders::make(kind, pictures, progress),
        (_, Source::Pictures(pictures)) => judges::make(if kind == "4px" { 4 } else { 6 }, pictures, progress),
        (_, Source::Texts) => readers::make(progress),
        (_, Source::Permutations) => powering(&mut progress),
        _ => Err(unknown(name)),
    }?;
    let shipped = Shipped {
        name: name.to_owned(),
        file: format!("{name}.safetensors"),
        parameters: made.parameters,
        bytes: made.file.len(),
        sha256: hex(&Sha256::digest(&made.file)),
        command: source.command(name),
        steps: made.steps,
        data: source.credit().to_owned(),
        accuracy: f64::from(made.right) / f64::from(made.n),
        n: made.n,
    };
    write(&folder().join(&shipped.file), &made.file)?;
    let manifest = folder().join("manifest.json");
    let text = fs::read_to_string(&manifest).map_err(|why| format!("{} cannot be read: {why}.", manifest.display()))?;
    write(&manifest, entered(&text, &shipped)?.as_bytes())?;
    Ok(shipped)
}

/// Where the shipped files are: in the clone that cargo runs for, in the folder where the command stands, or in the
/// clone that it was built from.
pub fn folder() -> PathBuf {
    let for_cargo = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let clones = [for_cargo, Some(PathBuf::from(".")), Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")))];
    let mut folders = clones.into_iter().flatten().map(|clone| clone.join("public/models"));
    folders.find(|folder| folder.join("manifest.json").exists()).unwrap_or_else(|| "public/models".into())
}

fn unknown(name: &str) -> String {
    format!("There is no network {name} to train; there are {}.", MODELS.join(", "))
}

/// What a network learns from.
enum Source {
    Pictures(Pictures),
    /// Puzzles from Lichess; none: from built-in games.
    Puzzles(Option<Rc<Lichess>>),
    Texts,
    Permutations,
}

impl Source {
    fn of(name: &str, assets: &dyn Assets) -> Result<Self, String> {
        if !MODELS.contains(&name) {
            return Err(unknown(name));
        }
        match name.rsplit('-').next() {
            Some("mnist") => {
                let mnist = assets.data("mnist").and_then(|set| set.downcast::<Mnist>().ok());
                let mnist = mnist.filter(|mnist| mnist.train_len() > 0);
                let mnist = mnist.ok_or_else(|| format!("{name} needs MNIST's four files: --data mnist=DIR."))?;
                Ok(Self::Pictures(Pictures::Mnist(mnist)))
            }
            Some("lichess") => {
                let lichess = assets.data("lichess").and_then(|set| set.downcast().ok());
                let lichess = lichess.ok_or_else(|| format!("{name} needs Lichess's puzzles: --data lichess=DIR."))?;
                Ok(Self::Puzzles(Some(lichess)))
            }
            _ if name.starts_with("chess") => Ok(Self::Puzzles(None)),
            _ if name.starts_with("reader") => Ok(Self::Texts),
            Some("powering") => Ok(Self::Permutations),
            _ => Ok(Self::Pictures(Pictures::Builtin)),
        }
    }

    fn command(&self, name: &str) -> String {
        let data = match self {
            Self::Pictures(Pictures::Builtin) | Self::Puzzles(None) | Self::Texts | Self::Permutations => "",
            Self::Pictures(Pictures::Mnist(_)) => " --data mnist=DIR",
            Self::Puzzles(Some(_)) => " --data lichess=DIR",
        };
        format!("cargo run --release --bin oversight -- pretrain {name}{data}")
    }

    fn credit(&self) -> &'static str {
        match self {
            Self::Pictures(Pictures::Builtin) => "Digits written by this program (MIT OR Apache-2.0).",
            Self::Pictures(Pictures::Mnist(_)) => {
                "MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges (CC BY-SA 3.0): its first 55,000 \
                 training pictures."
            }
            Self::Texts => "Texts written by this program (MIT OR Apache-2.0).",
            Self::Permutations => "Permutations drawn by this program (MIT OR Apache-2.0), a tenth held out.",
            Self::Puzzles(None) => "Games played by this program (MIT OR Apache-2.0).",
            Self::Puzzles(Some(_)) => {
                "Puzzles of the Lichess open database (CC0); a fifth of those with a mate in one."
            }
        }
    }
}

/// The manifest's text with this network in it, in the order of [`MODELS`].
fn entered(manifest: &str, shipped: &Shipped) -> Result<String, String> {
    let mut all = shipped::read_manifest(manifest)?;
    all.retain(|other| other.name != shipped.name);
    all.push(shipped.clone());
    all.sort_by_key(|shipped| MODELS.iter().position(|name| *name == shipped.name));
    let text = serde_json::to_string_pretty(&all).map_err(|why| why.to_string())?;
    Ok(format!("{text}\n"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|why| format!("{} cannot be written: {why}.", path.display()))
}

/// The result of work that nobody cancels.
fn at_once<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, String> {
    pollster::block_on(work).map_err(|failure| failure.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::lab::Task;
    use std::any::Any;

    struct Nothing;

    impl Assets for Nothing {
        fn model<'a>(&'a self, _: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
            Box::pin(async { Err("nothing is shipped here".to_owned()) })
        }

        fn data(&self, _: &str) -> Option<Rc<dyn Any>> {
            None
        }
    }

    #[test]
    fn what_cannot_be_trained_is_said_before_anything_is_written() {
        let refused = |name| pretrain(name, &Nothing, |_| Err(String::new()), |_, _, _| {}).unwrap_err();
        assert!(refused("judge-9px-moon").contains("judge-4px-builtin, judge-6px-builtin"));
        assert!(refused("judge-6px-mnist").contains("--data mnist=DIR"));
        assert!(refused("chess-l-lichess").contains("--data lichess=DIR"));
    }

    #[test]
    fn a_network_made_again_takes_its_place_in_the_manifest() {
        let text = fs::read_to_string(folder().join("manifest.json")).unwrap();
        let all = shipped::manifest();
        assert_eq!(all.iter().map(|shipped| shipped.name.as_str()).collect::<Vec<_>>(), MODELS);
        for shipped in &all {
            assert_eq!(entered(&text, shipped).unwrap(), text);
        }
        let better = Shipped { steps: 7, ..all[1].clone() };
        let changed = shipped::read_manifest(&entered(&text, &better).unwrap()).unwrap();
        assert_eq!((changed.len(), &changed[0], changed[1].steps), (MODELS.len(), &all[0], 7));
        assert!(entered("{", &better).unwrap_err().contains("manifest"));
    }
}
