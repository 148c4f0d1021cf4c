//! The judges of the pixel debate.

use super::{Made, at_once};
use crate::{
    lab::experiment::Breath,
    models::{
        batch::Pool,
        mlp::Mlp,
        training::{self, Training},
    },
    seed,
    tasks::{Pictures, pictures::TEST_LEN},
};
use std::ops::Range;

/// Mini-batches for MNIST's judges; the built-in digits vary less and are learned sooner.
const STEPS: u32 = 60_000;
/// Mini-batches for the judges of the built-in digits.
const BUILTIN_STEPS: u32 = 10_000;
/// Draws of random pixels for each test picture.
const DRAWS: u32 = 5;

/// Trains the judge for this many pixels and tests it on test pictures with random pixels.
pub fn make(pixels: u8, pictures: &Pictures, mut progress: impl FnMut(u32, u32, String)) -> Result<Made, String> {
    let steps = if matches!(pictures, Pictures::Builtin) { BUILTIN_STEPS } else { STEPS };
    let training = Training { seed: 1, pixels, steps, measure_every: 1000, held_out: 2000 };
    let network = at_once(training::train(&training, pictures, &Breath::endless(), |measure| {
        let share = 100.0 * f64::from(measure.right) / f64::from(measure.of);
        progress(measure.step, steps, format!("loss {:.3}, held-out {share:.1} %", measure.loss));
    }))?;
    let file = network.to_f16_file()?;
    let network = Mlp::from_f16_file(&file)?;
    let n = TEST_LEN * DRAWS;
    let right = ask(&network, pictures, usize::from(pixels), 0..TEST_LEN, DRAWS)?;
    Ok(Made { file, parameters: network.parameters(), steps, right, n })
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
