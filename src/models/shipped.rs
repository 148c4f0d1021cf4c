//! The weights that come with the page, and where they came from.
//!
//! `public/models/manifest.json` is compiled in: a file that is not, byte for byte, what the manifest says is refused.

use serde::{Deserialize, Serialize};
#[cfg(feature = "cpu")]
use {
    crate::lab::event::hex,
    sha2::{Digest, Sha256},
};

const MANIFEST: &str = include_str!("../../public/models/manifest.json");

/// One shipped network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shipped {
    /// `judge-6px-mnist`, `encoder-l-builtin`, `chess-m-lichess`: what it is, for how many pixels or how large, and what
    /// it learned from.
    pub name: String,
    /// Its file below `public/models/`.
    pub file: String,
    /// Weights and biases.
    pub parameters: usize,
    /// The file's length.
    pub bytes: usize,
    /// The file's SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// The command that makes it again.
    pub command: String,
    /// Mini-batches that it was trained for.
    pub steps: u32,
    /// What it was trained on, by whom it was made, and under which licence.
    pub data: String,
    /// The share of right answers, 0 to 1: a judge’s on test pictures with random pixels, which nothing was chosen by; of
    /// a linear probe on an encoder, trained with 4,000 labels, on which held-out digits are odd; of a chess network that
    /// was trained to imitate, on mates in one that it has not seen; of a reader, on hidden words of held-out texts; of the transformer for
    /// powering, on powers of held-out permutations.
    pub accuracy: f64,
    /// Of how many questions.
    pub n: u32,
}

#[cfg(feature = "cpu")]
impl Shipped {
    /// Whether these are the file's bytes.
    ///
    /// # Errors
    /// A sentence, where they are not.
    pub fn check(&self, bytes: &[u8]) -> Result<(), String> {
        if bytes.len() == self.bytes && hex(&Sha256::digest(bytes)) == self.sha256 {
            return Ok(());
        }
        Err(format!(
            "The file {} is not the one that belongs to this build: reload the page, or build anew.",
            self.file
        ))
    }
}

/// Whether these are the bytes of a shipped file, by its name.
///
/// # Errors
/// A sentence, where they are not, or no such file is shipped.
#[cfg(feature = "cpu")]
pub fn check(file: &str, bytes: &[u8]) -> Result<(), String> {
    let all = manifest();
    let shipped = all.iter().find(|shipped| shipped.file == file);
    shipped.ok_or_else(|| format!("No file {file} is shipped."))?.check(bytes)
}

/// Every shipped network, in the manifest's order.
pub fn manifest() -> Vec<Shipped> {
    read_manifest(MANIFEST).unwrap_or_default()
}

/// The network of a name.
///
/// # Errors
/// A sentence that lists the names there are.
pub fn find(name: &str) -> Result<Shipped, String> {
    let all = manifest();
    let names = all.iter().map(|shipped| shipped.name.clone()).collect::<Vec<_>>().join(", ");
    all.into_iter()
        .find(|shipped| shipped.name == name)
        .ok_or_else(|| format!("There is no shipped network {name}; there are {names}."))
}

/// The judge for a debate: trained for the nearest number of pixels (4 or 6), on MNIST for MNIST's pictures and on
/// the built-in digits for all others.
pub fn judge_name(pixels: u8, digits: &str) -> String {
    let digits = if digits == "mnist" { "mnist" } else { "builtin" };
    format!("judge-{}px-{digits}", if pixels <= 4 { 4 } else { 6 })
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) fn read_manifest(text: &str) -> Result<Vec<Shipped>, String> {
    serde_json::from_str(text).map_err(|why| format!("The manifest cannot be read: {why}."))
}

/// In the browser, which reads JSON itself: the page stays small.
#[cfg(target_arch = "wasm32")]
fn read_manifest(text: &str) -> Result<Vec<Shipped>, String> {
    let unreadable = || "The manifest cannot be read.".to_owned();
    let value = js_sys::JSON::parse(text).map_err(|_| unreadable())?;
    serde_wasm_bindgen::from_value(value).map_err(|_| unreadable())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::models::{
        chess,
        encoder::Encoder,
        fit::Network as _,
        judge::SIZES,
        mlp::Mlp,
        pretrain,
        reader::{Reader, SMALL},
        transformer::{Shape, Transformer},
    };

    /// Eight items, and powers up to 15.
    const POWERS: Shape = Shape { tokens: 8, facts: 16, questions: 23, answers: 8 };

    fn file(shipped: &Shipped) -> Vec<u8> {
        std::fs::read(pretrain::folder().join(&shipped.file)).unwrap()
    }

    fn judge(shipped: &Shipped) -> Mlp {
        Mlp::from_f16_file(&file(shipped)).unwrap()
    }

    #[test]
    fn every_debate_has_its_judge() {
        assert_eq!(judge_name(1, "builtin"), "judge-4px-builtin");
        assert_eq!(judge_name(12, "drawn"), "judge-6px-builtin");
        for digits in ["builtin", "mnist", "drawn"] {
            for pixels in 1..=12 {
                let shipped = find(&judge_name(pixels, digits)).unwrap();
                assert_eq!(judge(&shipped).sizes(), SIZES);
            }
        }
        assert!(find("judge-7px-moon").unwrap_err().contains("judge-6px-mnist"));
    }

    #[test]
    fn the_manifest_states_what_the_files_are() {
        for shipped in manifest() {
            let bytes = file(&shipped);
            shipped.check(&bytes).unwrap();
            let parameters = match shipped.name.split('-').next() {
                Some("judge") => judge(&shipped).parameters(),
                Some("chess") => {
                    let size =
                        chess::SIZES.iter().find(|size| shipped.name.contains(&format!("-{}-", size.name))).unwrap();
                    let (trunk, head) = chess::from_file(&bytes, *size).unwrap();
                    trunk.parameters() + head.parameters()
                }
                Some("powering") => Transformer::from_file(&bytes, POWERS).unwrap().parameters(),
                Some("reader") => Reader::from_file(&bytes).unwrap().parameters(SMALL.blocks),
                _ => Encoder::from_file(&bytes).unwrap().parameters(),
            };
            assert_eq!(parameters, shipped.parameters);
            // Guessing a mate among all legal moves is right once in thirty.
            assert!(shipped.accuracy > 0.1 && shipped.accuracy < 1.0 && shipped.n >= 2000, "{shipped:?}");
            assert!(shipped.command.contains(&shipped.name));
        }
        assert!(manifest().iter().map(|shipped| shipped.bytes).sum::<usize>() <= 4_000_000);
    }

    #[test]
    fn a_changed_file_is_refused() {
        let shipped = find("judge-6px-builtin").unwrap();
        let mut bytes = file(&shipped);
        bytes[5000] ^= 1;
        assert!(shipped.check(&bytes).unwrap_err().contains("reload the page"));
        assert!(shipped.check(&[]).is_err() && check("moon.safetensors", &[]).is_err());
    }

    /// 500 test digits: the stated accuracy lies within four standard errors.
    #[test]
    fn the_judges_of_the_built_in_digits_are_as_good_as_stated() {
        for (name, shown) in [("judge-4px-builtin", 4), ("judge-6px-builtin", 6)] {
            let shipped = find(name).unwrap();
            let network = judge(&shipped);
            let right = pretrain::ask(&network, &crate::tasks::Pictures::Builtin, shown, 0..500, 1).unwrap();
            let (found, stated) = (f64::from(right) / 500.0, shipped.accuracy);
            assert!((found - stated).abs() < 4.0 * (stated * (1.0 - stated) / 500.0).sqrt(), "{name}: {found}");
        }
    }
}
