#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use crate::tasks::preprocess::SIDE;

fn some(count: u64) -> Vec<Digit> {
    (0..count).map(|index| builtin(Split::Test, index)).collect()
}

#[test]
fn a_digit_is_a_function_of_split_and_index() {
    assert_eq!(builtin(Split::Train, 7), builtin(Split::Train, 7));
    assert_ne!(builtin(Split::Train, 7).pixels, builtin(Split::Test, 7).pixels);
    let digits = some(300);
    for (i, one) in digits.iter().enumerate() {
        assert!(digits[..i].iter().all(|other| one.pixels != other.pixels), "{i}");
    }
}

/// MNIST's training pictures have a mean of 0.1307, a standard deviation of 0.3081 and ink on 19.1 % of their pixels.
#[test]
fn the_ink_is_as_much_as_in_mnist() {
    let digits = some(1500);
    let brightness: Vec<f64> =
        digits.iter().flat_map(|digit| digit.pixels.map(|pixel| f64::from(pixel) / 255.0)).collect();
    let mean_of = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / brightness.len() as f64;
    let mean = mean_of(&mut brightness.iter().copied());
    let deviation = mean_of(&mut brightness.iter().map(|value| (value - mean).powi(2))).sqrt();
    let inked = mean_of(&mut brightness.iter().map(|value| if *value > 0.0 { 1.0 } else { 0.0 }));
    assert!((mean - 0.1307).abs() < 0.008, "mean {mean}");
    assert!((deviation - 0.3081).abs() < 0.012, "standard deviation {deviation}");
    assert!((inked - 0.191).abs() < 0.015, "inked {inked}");
}

#[test]
fn every_digit_fits_its_box_and_is_centred() {
    for (index, digit) in some(500).iter().enumerate() {
        let ink = digit.ink();
        let (rows, columns) = (ink.iter().map(|at| at / SIDE as u16), ink.iter().map(|at| at % SIDE as u16));
        let height = rows.clone().max().unwrap() - rows.min().unwrap() + 1;
        let width = columns.clone().max().unwrap() - columns.min().unwrap() + 1;
        assert!(height.max(width) >= 19 && height.max(width) <= 20, "digit {index} is {width} × {height}");

        let mass: f64 = digit.pixels.iter().map(|pixel| f64::from(*pixel)).sum();
        let centre = |of: fn(usize) -> usize| {
            digit.pixels.iter().enumerate().map(|(at, pixel)| f64::from(*pixel) * of(at) as f64).sum::<f64>() / mass
        };
        let (row, column) = (centre(|at| at / SIDE), centre(|at| at % SIDE));
        assert!((row - 14.0).abs() <= 0.51 && (column - 14.0).abs() <= 0.51, "digit {index}: {row}, {column}");
    }
}

/// 1,500 draws of ten digits: 150 each, give or take four standard deviations (46).
#[test]
fn no_digit_is_written_more_often_than_another() {
    let mut counts = [0_u32; 10];
    for digit in some(1500) {
        counts[usize::from(digit.label)] += 1;
    }
    assert!(counts.iter().all(|count| (104..=196).contains(count)), "{counts:?}");
}

/// The bytes of the first digits: a change means that every shared link about a built-in digit breaks.
#[test]
fn the_digits_stay_as_they_are() {
    use sha2::{Digest as _, Sha256};
    let bytes: Vec<u8> = some(20).iter().flat_map(|digit| digit.pixels).collect();
    let found = crate::lab::event::hex(&Sha256::digest(bytes)[..8]);
    assert_eq!(found, "14f063f2667450a2");
}
