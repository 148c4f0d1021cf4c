//! Is this digit odd? The supervisor sees a thumbnail, the student the features of a frozen encoder that has learned
//! from unlabelled pictures what digits look like.

use super::{EXAMPLES, FOR_WEAK, Pair, Questions, TEST, Task, VALIDATION};
use crate::{
    lab::{Assets, Breath, Failure, Scenario},
    models::{
        encoder::{Encoder, SIDE},
        head::{Matrix, shuffled},
        shipped,
    },
    seed,
    tasks::{Digit, Pictures},
    weak_to_strong::{
        event::{Example, Shown},
        spec::SIZES,
    },
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// The training pictures that may be labelled. The encoders have not seen them.
const LABELLED: usize = 10_000;
/// Width and height of a supervisor's thumbnail, by its size.
const THUMBNAILS: [usize; 3] = [4, 7, 14];

/// The questions as the supervisor sees them; [`features`] adds what the student sees.
///
/// # Errors
/// Where the run is cancelled, or MNIST or the encoder is missing.
pub async fn task(
    scenario: &Scenario,
    assets: &dyn Assets,
    pair: Pair,
    seed: u64,
    breath: &Breath,
) -> Result<Task, Failure> {
    let pictures = Pictures::chosen(scenario.choice("digits"), assets.data("mnist"))?;
    let shipped = shipped::find(&format!("encoder-{}-{}", SIZES[pair.strong], pictures.name()))?;
    let encoder = Encoder::from_f16_file(&assets.model(&shipped.file).await?)?;
    let order = shuffled(LABELLED, &mut seed::rng(seed, "pictures to label", 0));
    let (own, rest) = order.split_at(FOR_WEAK);
    let (student, rest) = rest.split_at(scenario.int("labelled") as usize);
    let test: Vec<usize> = (0..TEST).map(|index| LABELLED + index).collect();
    let memory = Memory::of(&shipped.name);
    let side = THUMBNAILS[pair.weak];
    let mut all = Vec::new();
    for numbers in [own, student, &rest[..VALIDATION], &test] {
        all.push(questions(&memory, &pictures, numbers, side, breath).await?);
    }
    let examples = test[..EXAMPLES].iter().map(|number| memory.digit(*number, &pictures).map(|digit| example(&digit)));
    let examples = examples.collect::<Result<_, _>>()?;
    let mut all = all.into_iter();
    let mut next = || all.next().unwrap_or_default();
    Ok(Task {
        for_weak: next(),
        for_student: next(),
        validation: next(),
        test: next(),
        examples,
        inputs: encoder.features_len(),
        hidden: Vec::new(),
        frozen: encoder.parameters() as u32,
        closer: Some(Closer { encoder, memory, numbers: [student.to_vec(), rest[..VALIDATION].to_vec(), test] }),
    })
}

/// What it takes to see the questions as the student does.
pub struct Closer {
    encoder: Encoder,
    memory: Memory,
    /// Of the student's, the validation and the test questions.
    numbers: [Vec<usize>; 3],
}

impl Closer {
    /// The features of the student's, the validation and the test questions.
    ///
    /// # Errors
    /// Where the run is cancelled.
    pub async fn features(&self, breath: &Breath) -> Result<[Matrix; 3], Failure> {
        let mut all = [const { Vec::new() }; 3];
        for (rows, numbers) in all.iter_mut().zip(&self.numbers) {
            for number in numbers {
                rows.push(self.memory.features(*number, &self.encoder));
                breath.take().await?;
            }
        }
        Ok(all.map(Matrix::of_rows))
    }
}

async fn questions(
    memory: &Memory,
    pictures: &Pictures,
    numbers: &[usize],
    side: usize,
    breath: &Breath,
) -> Result<Questions, Failure> {
    let (mut weak, mut truth) = (Vec::new(), Vec::new());
    for (done, number) in numbers.iter().enumerate() {
        let digit = memory.digit(*number, pictures)?;
        weak.push(thumbnail(&digit.brightness(), side));
        truth.push(digit.label % 2 == 1);
        if done % 8 == 7 {
            breath.take().await?;
        }
    }
    Ok(Questions { weak: Matrix::of_rows(weak), strong: Matrix::default(), truth })
}

fn example(digit: &Digit) -> Example {
    Example { shown: Shown::Picture(digit.pixels.to_vec().into()), truth: digit.label % 2 == 1 }
}

/// The mean brightness of each of `side` × `side` blocks.
fn thumbnail(picture: &[f32], side: usize) -> Vec<f32> {
    let block = SIDE / side;
    let mut small = vec![0.0; side * side];
    for (at, value) in picture.iter().enumerate() {
        small[at / SIDE / block * side + at % SIDE / block] += value / (block * block) as f32;
    }
    small
}

/// Digits and features that were there before, by an encoder's name: another repetition, or another method, need not
/// compute them again. Numbers from [`LABELLED`] on are test pictures.
#[derive(Clone, Default)]
struct Memory(Rc<RefCell<BTreeMap<usize, Known>>>);

struct Known {
    digit: Rc<Digit>,
    features: Option<Vec<f32>>,
}

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, Memory>> = const { RefCell::new(BTreeMap::new()) };
}

impl Memory {
    fn of(encoder: &str) -> Self {
        MEMORY.with_borrow_mut(|all| all.entry(encoder.to_owned()).or_default().clone())
    }

    fn digit(&self, number: usize, pictures: &Pictures) -> Result<Rc<Digit>, Failure> {
        if let Some(known) = self.0.borrow().get(&number) {
            return Ok(known.digit.clone());
        }
        let digit = match number.checked_sub(LABELLED) {
            None => pictures.train(number as u32),
            Some(test) => Some(pictures.test(test as u32)),
        };
        let digit = Rc::new(digit.ok_or_else(|| {
            Failure::Because(
                "Supervisor and student learn from MNIST’s training pictures, and only the test files were given."
                    .to_owned(),
            )
        })?);
        self.0.borrow_mut().insert(number, Known { digit: digit.clone(), features: None });
        Ok(digit)
    }

    /// The features of a digit that was asked for before; none of any other.
    fn features(&self, number: usize, encoder: &Encoder) -> Vec<f32> {
        let mut all = self.0.borrow_mut();
        let Some(known) = all.get_mut(&number) else { return vec![0.0; encoder.features_len()] };
        let digit = &known.digit;
        known.features.get_or_insert_with(|| encoder.features(&digit.brightness())).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbnail_holds_the_means_of_its_blocks() {
        let mut picture = vec![0.0; SIDE * SIDE];
        (0..7).for_each(|row| picture[row * SIDE..row * SIDE + 7].fill(1.0));
        let small = thumbnail(&picture, 4);
        assert!((small[0] - 1.0).abs() < 1e-5 && small[1..].iter().all(|value| *value == 0.0));
        assert!((thumbnail(&picture, 14)[3 * 14] - 0.5).abs() < 1e-5);
    }
}
