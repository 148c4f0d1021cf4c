//! The built-in digits: written stroke by stroke, so that the page needs nobody else's data.
//!
//! A digit is a pure function of its split and index, bit for bit the same on every machine. It is written large,
//! then brought to 28 × 28 the way MNIST's were ([`preprocess`](super::preprocess)).

mod pen;
#[rustfmt::skip] // a table, better read with a stroke to a line
mod prototypes;

use super::preprocess::{self, PIXELS};
use crate::seed::{self, Rng};
use pen::{Canvas, Style};
use prototypes::{PROTOTYPES, Strokes};
use rand::Rng as _;

/// Which of two independent streams of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// For learning.
    Train,
    /// For asking afterwards.
    Test,
}

/// A picture of a digit and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digit {
    /// 28 rows of 28 pixels, 0 (black paper) to 255 (white ink).
    pub pixels: [u8; PIXELS],
    /// 0 to 9.
    pub label: u8,
}

impl Digit {
    /// How bright every pixel is, 0 to 1.
    pub fn brightness(&self) -> Vec<f32> {
        self.pixels.iter().map(|value| f32::from(*value) / 255.0).collect()
    }

    /// The numbers of the pixels that have ink on them, in order: those that may be shown in a debate.
    pub fn ink(&self) -> Vec<u16> {
        (0..PIXELS as u16).filter(|pixel| self.pixels[usize::from(*pixel)] > 0).collect()
    }
}

/// The digit at `index` of one stream; every index has one.
pub fn builtin(split: Split, index: u64) -> Digit {
    let (label, mut rng) = begin(split, index);
    Digit { pixels: write(label, &mut rng), label }
}

/// What the digit at `index` shows, without writing it.
pub fn label(split: Split, index: u64) -> u8 {
    begin(split, index).0
}

fn begin(split: Split, index: u64) -> (u8, Rng) {
    let purpose = match split {
        Split::Train => "built-in digit for training",
        Split::Test => "built-in digit for testing",
    };
    let mut rng = seed::rng(0, purpose, index);
    (rng.random_range(0..10), rng)
}

fn write(label: u8, rng: &mut Rng) -> [u8; PIXELS] {
    let strokes = prototype(label, rng);
    let style = Style::draw(rng);
    let mut canvas = Canvas::new();
    for stroke in strokes {
        canvas.stroke(&style.path(stroke, rng), &style, rng);
    }
    // A prototype has at least one stroke, and a stroke always leaves ink: an empty page cannot come up.
    preprocess::to_picture(&canvas.pixels(), pen::SIDE, pen::SIDE).unwrap_or([0; PIXELS])
}

/// One of the ways to write a digit, the common ones more often.
fn prototype(label: u8, rng: &mut Rng) -> Strokes {
    let ways = PROTOTYPES[usize::from(label)];
    let mut ticket = rng.random_range(0..ways.iter().map(|(weight, _)| weight).sum());
    for (weight, strokes) in ways {
        if ticket < *weight {
            return strokes;
        }
        ticket -= weight;
    }
    ways[0].1
}

#[cfg(test)]
mod tests;
