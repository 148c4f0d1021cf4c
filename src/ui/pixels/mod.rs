//! A 28 × 28 picture with numbered pixels, a heat overlay and pixels to choose from.
//!
//! `shape` turns brightness into a few SVG paths, `place` decides where markers sit, `walk` moves a choice among
//! pixels, `view` draws. A picture that stays hidden is never in the page at all.

mod place;
mod shape;
mod view;
mod walk;

pub use view::PixelGrid;

use super::Tone;

/// Width and height of the picture.
pub const SIDE: usize = 28;

/// A pixel that was shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reveal {
    /// Its place, row by row: `row * 28 + column`.
    pub pixel: usize,
    /// The number written on it.
    pub number: usize,
    /// Whose it is; decides colour and shape.
    pub tone: Tone,
    /// Its brightness in `0..=1`, for its description.
    pub brightness: f32,
}

/// Row and column of a pixel, counted from 0.
fn cell(pixel: usize) -> (usize, usize) {
    (pixel / SIDE, pixel % SIDE)
}

/// A pixel in words, rows and columns counted from 1 at the upper left.
fn words(pixel: usize, brightness: Option<f32>) -> String {
    let (row, column) = cell(pixel);
    let place = format!("row {}, column {}", row + 1, column + 1);
    brightness.map_or_else(|| place.clone(), |brightness| format!("{place}, brightness {brightness:.2}"))
}
