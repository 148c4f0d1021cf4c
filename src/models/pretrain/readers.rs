//! The transformer that reads the built-in texts of the weak-to-strong lab.

use super::{Made, at_once};
use crate::{
    lab::Breath,
    models::reader::{Reader, SMALL, masked},
};
use burn::tensor::Device;

const STEPS: u32 = 4000;
/// Held-out texts.
const ASKED: u64 = 2000;

/// Trains it, and asks it for hidden words of texts that it has not seen.
pub fn make(mut progress: impl FnMut(u32, u32, String)) -> Result<Made, String> {
    let (device, breath) = (Device::flex(), Breath::endless());
    let reader = at_once(masked::train(1, SMALL, STEPS, &device, &breath, |step, loss| {
        if step % 20 == 0 {
            progress(step, STEPS, format!("loss {loss:.3}"));
        }
    }))?;
    let (before, of) = masked::ask(&reader, ASKED);
    progress(STEPS, STEPS, format!("{before} of {of} before rounding"));
    let file = reader.to_file()?;
    let (right, n) = masked::ask(&Reader::from_file(&file)?, ASKED);
    Ok(Made { file, parameters: reader.parameters(SMALL.blocks), steps: STEPS, right, n })
}
