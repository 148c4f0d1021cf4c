//! Is this digit odd? The supervisor sees a thumbnail, the student the features of an encoder that has learned from
//! unlabelled pictures what digits look like; the encoder is frozen, or learns with it.

use super::{EXAMPLES, Eyes, Family, Numbers, Order, Set, TEST, rows, yes_or_no};
use crate::{
    lab::{Assets, Breath, Failure, Memory, Scenario},
    models::{
        encoder::{
            Encoder, SIDE,
            tuned::{Sight, Tuned},
        },
        head::{self, Matrix},
        shipped,
    },
    tasks::{Digit, Pictures},
    weak_to_strong::{
        event::{Example, Shown},
        spec::SIZES,
        words,
    },
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// The training pictures that may be labelled. The encoders have not seen them.
const LABELLED: usize = 10_000;
/// Width and height of a supervisor's thumbnail, by its size.
const THUMBNAILS: [usize; 3] = [4, 7, 14];

/// Unlabelled pictures by which the features of an encoder that learns are scaled.
const SCALED_BY: u32 = 500;

/// See the module's text.
pub struct Digits {
    order: Order,
    /// Whether encoders learn as well.
    whole: bool,
    numbers: Numbers,
    pictures: Pictures,
    /// What the supervisor sees.
    thumbnails: Memory,
    /// By size; only those of the students that learn.
    encoders: BTreeMap<usize, (Encoder, Memory)>,
}

impl Digits {
    /// The digits as a scenario chooses them, for students of these sizes.
    ///
    /// # Errors
    /// Where MNIST, its training pictures or an encoder is missing.
    pub async fn open(
        scenario: &Scenario,
        assets: &dyn Assets,
        order: Order,
        sizes: &[usize],
    ) -> Result<Self, Failure> {
        let pictures = Pictures::chosen(scenario.choice("digits"), assets.data("mnist"))?;
        if pictures.train(0).is_none() {
            return Err(Failure::Because(
                "Supervisor and student learn from MNIST’s training pictures, and only the test files were given."
                    .to_owned(),
            ));
        }
        let remember = |what: &str| Memory::of(&format!("{what}, {} {:016x}", pictures.name(), pictures.identity()));
        let thumbnails = remember(&format!("thumbnails of {} pixels", THUMBNAILS[order.weak]));
        let mut encoders = BTreeMap::new();
        for size in sizes {
            let shipped = shipped::find(&format!("encoder-{}-{}", SIZES[*size], pictures.name()))?;
            let encoder = Encoder::from_file(&assets.model(&shipped.file).await?)?;
            encoders.insert(*size, (encoder, remember(&shipped.name)));
        }
        let test = (LABELLED..LABELLED + TEST).collect();
        let numbers = Numbers::draw(order, LABELLED, test);
        Ok(Self { order, whole: words::finetunes_all(scenario), numbers, pictures, thumbnails, encoders })
    }

    /// A digit by its number.
    fn digit(&self, number: usize) -> Rc<Digit> {
        let draw = || Rc::new(of(number, |at| self.pictures.train(at), |at| self.pictures.test(at)));
        match self.pictures {
            Pictures::Builtin => DRAWN.with_borrow_mut(|known| known.entry(number).or_insert_with(draw).clone()),
            Pictures::Mnist(_) => draw(),
        }
    }
}

/// What is asked of a digit by its number: from [`LABELLED`] on these are test pictures.
fn of<T>(number: usize, train: impl FnOnce(u32) -> Option<T>, test: impl Fn(u32) -> T) -> T {
    match number.checked_sub(LABELLED) {
        // Whoever opened these digits has made sure that there are training pictures.
        None => train(number as u32).unwrap_or_else(|| test(number as u32)),
        Some(at) => test(at as u32),
    }
}

impl Family for Digits {
    type Net = Tuned;

    fn untrained(&self, eyes: Eyes) -> Tuned {
        let head = |name, inputs| head::initial(self.order.seed, name, inputs, &[]);
        let encoder = if let Eyes::Strong(size) = eyes { self.encoders.get(&size) } else { None };
        match encoder {
            None => Tuned::head(&head("supervisor", THUMBNAILS[self.order.weak].pow(2))),
            Some((encoder, _)) if self.whole => {
                let some: Vec<_> = (0..SCALED_BY).map(|number| self.digit(number as usize).brightness()).collect();
                Tuned::whole(encoder, &head("student", encoder.features_len()), &some)
            }
            Some((encoder, _)) => Tuned::head(&head("student", encoder.features_len())),
        }
    }

    fn frozen(&self, size: usize) -> u32 {
        if self.whole {
            return 0;
        }
        self.encoders.get(&size).map_or(0, |(encoder, _)| encoder.parameters() as u32)
    }

    fn rate(&self, eyes: Eyes) -> f32 {
        if eyes == Eyes::Weak { 0.02 } else { 2e-3 }
    }

    fn weak_epochs(&self) -> u32 {
        20
    }

    async fn see(&self, eyes: Eyes, set: Set, breath: &Breath) -> Result<Sight, Failure> {
        let numbers = self.numbers.of(set);
        let picture = |number| self.digit(number).brightness();
        let seen = match eyes {
            Eyes::Weak => {
                let small = |number| thumbnail(&picture(number), THUMBNAILS[self.order.weak]);
                self.thumbnails.features(numbers, small, breath).await?
            }
            Eyes::Strong(_) if self.whole => {
                return Ok(Sight::Pictures(Matrix::of_rows(rows(numbers, picture, breath).await?)));
            }
            Eyes::Strong(size) => match self.encoders.get(&size) {
                Some((encoder, memory)) => {
                    memory.features(numbers, |number| encoder.features(&picture(number)), breath).await?
                }
                None => vec![Vec::new(); numbers.len()],
            },
        };
        Ok(Sight::Features(Matrix::of_rows(seen)))
    }

    fn right(&self, set: Set) -> Vec<Vec<u8>> {
        let label = |number| of(number, |at| self.pictures.train_label(at), |at| self.pictures.test_label(at));
        self.numbers.of(set).iter().map(|number| yes_or_no(label(*number) % 2 == 1)).collect()
    }

    fn examples(&self) -> Vec<Example> {
        let example = |number: &usize| {
            let digit = self.digit(*number);
            Example {
                shown: Shown::Picture(digit.pixels.to_vec().into()),
                answers: ["even", "odd"].map(str::to_owned).to_vec(),
                right: yes_or_no(digit.label % 2 == 1),
            }
        };
        self.numbers.of(Set::Test)[..EXAMPLES].iter().map(example).collect()
    }
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

thread_local! {
    /// Built-in digits that were drawn.
    static DRAWN: RefCell<BTreeMap<usize, Rc<Digit>>> = const { RefCell::new(BTreeMap::new()) };
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
