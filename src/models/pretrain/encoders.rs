//! The encoders of the weak-to-strong lab: strong students know these pictures, but no labels.

use super::{Made, at_once};
use crate::{
    lab::experiment::Breath,
    models::{
        encoder::{Encoder, contrast},
        fit::{self, Recipe},
        head::{self, Matrix},
    },
    tasks::{Digit, Pictures},
};

/// Channels of the first layer, by the encoder's size.
const WIDTHS: [(&str, usize); 3] = [("s", 4), ("m", 12), ("l", 32)];
const STEPS: u32 = 2400;
/// Labels for the probe, and pictures that it is asked about.
const LABELS: u32 = 4000;
const ASKED: u32 = 2000;

/// Trains an encoder of the size that is named on unlabelled pictures and asks a linear probe on it which held-out
/// digits are odd.
pub fn make(size: &str, pictures: &Pictures, mut progress: impl FnMut(u32, u32, String)) -> Result<Made, String> {
    let (_, width) = *WIDTHS.iter().find(|(known, _)| *known == size).ok_or("There is no encoder of this size.")?;
    let encoder = at_once(contrast::train(1, width, STEPS, pictures, |step, loss| {
        if step % 20 == 0 {
            progress(step, STEPS, format!("contrastive loss {loss:.3}"));
        }
    }))?;
    let before = probe(&encoder, pictures)?;
    progress(STEPS, STEPS, format!("{before} of {ASKED} before rounding"));
    let file = encoder.to_file()?;
    let encoder = Encoder::from_file(&file)?;
    let right = probe(&encoder, pictures)?;
    Ok(Made { file, parameters: encoder.parameters(), steps: STEPS, right, n: ASKED })
}

/// Right answers of a linear probe to [`ASKED`] questions.
fn probe(encoder: &Encoder, pictures: &Pictures) -> Result<u32, String> {
    let read = |digits: &mut dyn Iterator<Item = Option<Digit>>| {
        let digits: Vec<Digit> = digits.flatten().collect();
        let labels: Vec<f32> = digits.iter().map(|digit| f32::from(digit.label % 2)).collect();
        (Matrix::of_rows(digits.iter().map(|digit| encoder.features(&digit.brightness()))), labels)
    };
    let (features, labels) = read(&mut (0..LABELS).map(|index| pictures.train(index)));
    let (asked, truths) = read(&mut (0..ASKED).map(|index| pictures.held_out(index)));
    let standards = features.standards();
    let recipe = Recipe { seed: 1, name: "probe", epochs: 5, batch: 32, rate: 5e-3, alpha: 0.0, measures: 1 };
    let (features, asked) = (standards.apply(&features), standards.apply(&asked));
    let start = head::initial(recipe.seed, recipe.name, features.columns(), &[]);
    let network = at_once(fit::train(&recipe, start, &features, &labels, &Breath::endless(), async |_| Ok(())))?;
    let beliefs = head::beliefs(&network, &asked);
    let right = beliefs.iter().zip(&truths).filter(|(belief, truth)| (**belief > 0.5) == (**truth > 0.5));
    Ok(right.count() as u32)
}
