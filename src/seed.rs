//! Keyed randomness: every draw of chance has a name, so that the same run draws the same numbers.
//!
//! `seed(run, "purpose", index)` is a pure function; two purposes or two indices never share a stream.

use rand::{Rng as _, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};
use std::f32::consts::TAU;

/// The generator used everywhere: portable, the same numbers on every machine.
pub type Rng = ChaCha8Rng;

/// A seed for one purpose of one run. `index` separates repetitions (a game, a step, an image).
pub fn seed(run: u64, purpose: &str, index: u64) -> u64 {
    let mut hash = Sha256::new();
    hash.update(run.to_le_bytes());
    hash.update(index.to_le_bytes());
    hash.update(purpose.as_bytes());
    let bytes = hash.finalize();
    bytes.iter().take(8).fold(0, |acc, byte| (acc << 8) | u64::from(*byte))
}

/// The generator for one purpose of one run.
pub fn rng(run: u64, purpose: &str, index: u64) -> Rng {
    Rng::seed_from_u64(seed(run, purpose, index))
}

/// A draw from the normal distribution around 0 with this standard deviation (Box and Muller 1958, with 1 − u so that
/// the logarithm is finite).
pub fn normal(rng: &mut Rng, spread: f32) -> f32 {
    let (u, v): (f32, f32) = (rng.random(), rng.random());
    spread * (-2.0 * libm::logf(1.0 - u)).sqrt() * libm::cosf(TAU * v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_key_same_stream_other_key_other_stream() {
        let draw = |run, purpose, index| rng(run, purpose, index).random::<u64>();
        assert_eq!(draw(7, "mask", 3), draw(7, "mask", 3));
        assert_ne!(draw(7, "mask", 3), draw(8, "mask", 3));
        assert_ne!(draw(7, "mask", 3), draw(7, "lie", 3));
        assert_ne!(draw(7, "mask", 3), draw(7, "mask", 4));
    }
}
