//! Remaking the shipped networks from nothing: for `oversight pretrain`, on this machine's own files.

use super::{
    batch::Pool,
    mlp::Mlp,
    shipped::{self, Shipped},
    training::{self, Measure, Training},
};
use crate::{
    lab::{
        event::hex,
        experiment::{Breath, Failure},
    },
    seed,
    tasks::{Pictures, mnist::Mnist, pictures::TEST_LEN},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
    rc::Rc,
};

/// The networks that can be remade.
pub const MODELS: [&str; 4] = ["judge-4px-builtin", "judge-6px-builtin", "judge-4px-mnist", "judge-6px-mnist"];

/// Mini-batches for MNIST's judges; the built-in digits vary less and are learned sooner.
const STEPS: u32 = 60_000;
/// Mini-batches for the judges of the built-in digits.
const BUILTIN_STEPS: u32 = 10_000;
/// Draws of random pixels for each test picture.
const DRAWS: u32 = 5;

/// Trains a network, tests it, writes `public/models/<name>.safetensors` and puts it into the manifest; `progress`
/// hears how it goes. MNIST's judges need all four files.
///
/// # Errors
/// A sentence, where there is no such network, its data are missing, or a file cannot be written.
pub fn pretrain(
    name: &str,
    mnist: Option<Rc<Mnist>>,
    mut progress: impl FnMut(Measure, u32),
) -> Result<Shipped, String> {
    let (pixels, pictures) = recipe(name, mnist)?;
    let steps = if matches!(pictures, Pictures::Builtin) { BUILTIN_STEPS } else { STEPS };
    let training = Training { seed: 1, pixels, steps, measure_every: 1000, held_out: 2000 };
    let network =
        at_once(training::train(&training, &pictures, &Breath::endless(), |measure| progress(measure, steps)))?;
    let file = network.to_f16_file()?;
    let network = Mlp::from_f16_file(&file)?;
    let asked = TEST_LEN * DRAWS;
    let shipped = Shipped {
        name: name.to_owned(),
        file: format!("{name}.safetensors"),
        parameters: network.parameters(),
        bytes: file.len(),
        sha256: hex(&Sha256::digest(&file)),
        command: command(name, &pictures),
        steps,
        data: credit(&pictures).to_owned(),
        accuracy: f64::from(ask(&network, &pictures, usize::from(pixels), 0..TEST_LEN, DRAWS)?) / f64::from(asked),
        n: asked,
    };
    write(&folder().join(&shipped.file), &file)?;
    let manifest = folder().join("manifest.json");
    let text = fs::read_to_string(&manifest).map_err(|why| format!("{} cannot be read: {why}.", manifest.display()))?;
    write(&manifest, entered(&text, &shipped)?.as_bytes())?;
    Ok(shipped)
}

/// How many right answers a judge gives for `range` of the test pictures, with `draws` draws of random pixels each.
///
/// # Errors
/// None in practice; a sentence, should the computation fail.
pub fn ask(network: &Mlp, pictures: &Pictures, shown: usize, range: Range<u32>, draws: u32) -> Result<u32, String> {
    let mut pool = Pool::default();
    range.for_each(|index| pool.push(&pictures.test(index)));
    let mut right = 0;
    for draw in 0..draws {
        let batch = pool.all(shown, &mut seed::rng(0, "random pixels of test pictures", u64::from(draw)));
        right += at_once(training::right(network, &batch, &Breath::endless()))?;
    }
    Ok(right)
}

/// Where the shipped files are in a clone of the project.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/models")
}

fn recipe(name: &str, mnist: Option<Rc<Mnist>>) -> Result<(u8, Pictures), String> {
    let unknown = || format!("There is no network {name} to train; there are {}.", MODELS.join(", "));
    if !MODELS.contains(&name) {
        return Err(unknown());
    }
    let pixels = if name.contains("4px") { 4 } else { 6 };
    if name.ends_with("builtin") {
        return Ok((pixels, Pictures::Builtin));
    }
    let mnist = mnist.filter(|mnist| mnist.train_len() > 0);
    let mnist = mnist.ok_or_else(|| format!("{name} needs MNIST's four files: --data mnist=DIR."))?;
    Ok((pixels, Pictures::Mnist(mnist)))
}

fn command(name: &str, pictures: &Pictures) -> String {
    let data = match pictures {
        Pictures::Builtin => "",
        Pictures::Mnist(_) => " --data mnist=DIR",
    };
    format!("cargo run --release --bin oversight -- pretrain {name}{data}")
}

fn credit(pictures: &Pictures) -> &'static str {
    match pictures {
        Pictures::Builtin => "Digits written by this program (MIT OR Apache-2.0).",
        Pictures::Mnist(_) => {
            "MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges (CC BY-SA 3.0): its first 55,000 \
             training pictures."
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

    #[test]
    fn what_cannot_be_trained_is_said_before_anything_is_written() {
        let refused = |name| pretrain(name, None, |_, _| {}).unwrap_err();
        assert!(refused("judge-9px-moon").contains("judge-4px-builtin, judge-6px-builtin"));
        assert!(refused("judge-6px-mnist").contains("--data mnist=DIR"));
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
        assert_eq!((changed.len(), &changed[0], changed[1].steps), (4, &all[0], 7));
        assert!(entered("{", &better).unwrap_err().contains("manifest"));
    }
}
