//! The weights that come with the page, and where they came from.
//!
//! `public/models/manifest.json` is compiled in: a file that is not, byte for byte, what the manifest says is refused.

use serde::{Deserialize, Serialize};
#[cfg(feature = "cpu")]
use {
    super::mlp::Mlp,
    crate::lab::event::hex,
    sha2::{Digest, Sha256},
};

const MANIFEST: &str = include_str!("../../public/models/manifest.json");

/// One shipped network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shipped {
    /// `judge-6px-mnist`: what it is, for how many pixels, for which pictures.
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
    /// The share of right answers on test pictures with random pixels, 0 to 1; nothing was chosen by these pictures.
    pub accuracy: f64,
    /// Of how many questions: each of the 10,000 test pictures, with several draws of pixels.
    pub n: u32,
}

#[cfg(feature = "cpu")]
impl Shipped {
    /// Reads the network from its file's bytes, once they are known to be the right ones.
    ///
    /// # Errors
    /// A sentence, where the bytes are not those of the manifest.
    pub fn verify(&self, bytes: &[u8]) -> Result<Mlp, String> {
        if bytes.len() != self.bytes || hex(&Sha256::digest(bytes)) != self.sha256 {
            return Err(format!("The file {} is not the one that belongs to this page: reload the page.", self.file));
        }
        Mlp::from_f16_file(bytes)
    }
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
    use crate::models::{judge::SIZES, pretrain};

    fn file(shipped: &Shipped) -> Vec<u8> {
        std::fs::read(pretrain::folder().join(&shipped.file)).unwrap()
    }

    #[test]
    fn every_debate_has_its_judge() {
        assert_eq!(judge_name(1, "builtin"), "judge-4px-builtin");
        assert_eq!(judge_name(12, "drawn"), "judge-6px-builtin");
        for digits in ["builtin", "mnist", "drawn"] {
            for pixels in 1..=12 {
                let shipped = find(&judge_name(pixels, digits)).unwrap();
                assert_eq!(shipped.verify(&file(&shipped)).unwrap().sizes(), SIZES);
            }
        }
        assert!(find("judge-7px-moon").unwrap_err().contains("judge-6px-mnist"));
    }

    #[test]
    fn the_manifest_states_what_the_files_are() {
        for shipped in manifest() {
            let network = shipped.verify(&file(&shipped)).unwrap();
            assert_eq!(network.parameters(), shipped.parameters);
            assert!(shipped.accuracy > 0.3 && shipped.accuracy < 0.8 && shipped.n == 50_000, "{shipped:?}");
            assert!(shipped.command.contains(&shipped.name));
        }
    }

    #[test]
    fn a_changed_file_is_refused() {
        let shipped = find("judge-6px-builtin").unwrap();
        let mut bytes = file(&shipped);
        bytes[5000] ^= 1;
        assert!(shipped.verify(&bytes).unwrap_err().contains("reload the page"));
        assert!(shipped.verify(&[]).is_err());
    }

    /// 500 test digits: the stated accuracy lies within four standard errors.
    #[test]
    fn the_judges_of_the_built_in_digits_are_as_good_as_stated() {
        for (name, shown) in [("judge-4px-builtin", 4), ("judge-6px-builtin", 6)] {
            let shipped = find(name).unwrap();
            let network = shipped.verify(&file(&shipped)).unwrap();
            let right = pretrain::ask(&network, &crate::tasks::Pictures::Builtin, shown, 0..500, 1).unwrap();
            let (found, stated) = (f64::from(right) / 500.0, shipped.accuracy);
            assert!((found - stated).abs() < 4.0 * (stated * (1.0 - stated) / 500.0).sqrt(), "{name}: {found}");
        }
    }
}
