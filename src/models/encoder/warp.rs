//! Another view of the same digit: turned, scaled, slanted, moved, and lighter or darker.

use super::SIDE;
use crate::seed::Rng;
use rand::Rng as _;

/// A changed copy of a picture of 784 brightnesses, 0 to 1. Turned by up to 15°, scaled by 0.85 to 1.15 in either
/// direction, slanted by up to 0.25, moved by up to 2 pixels, with a gamma of 0.6 to 1.6.
pub fn warped(picture: &[f32], rng: &mut Rng) -> Vec<f32> {
    let mut draw = |most: f32| rng.random_range(-most..most);
    let (angle, slant) = (draw(0.26), draw(0.25));
    let (wide, high) = (1.0 + draw(0.15), 1.0 + draw(0.15));
    let (right, down, gamma) = (draw(2.0), draw(2.0), libm::powf(1.6, draw(1.0)));
    let (sin, cos) = (libm::sinf(angle), libm::cosf(angle));
    let middle = (SIDE as f32 - 1.0) / 2.0;
    let place = |at: usize| {
        let (x, y) = ((at % SIDE) as f32 - middle - right, (at / SIDE) as f32 - middle - down);
        let (x, y) = (cos * x + sin * y, cos * y - sin * x);
        ((x + slant * y) * wide + middle, y * high + middle)
    };
    (0..SIDE * SIDE).map(|at| libm::powf(sample(picture, place(at)), gamma)).collect()
}

/// The brightness between four pixels; outside it is dark.
fn sample(picture: &[f32], (x, y): (f32, f32)) -> f32 {
    let at = |column: f32, row: f32| {
        let inside = column >= 0.0 && row >= 0.0 && column < SIDE as f32 && row < SIDE as f32;
        if inside { picture[row as usize * SIDE + column as usize] } else { 0.0 }
    };
    let (left, top) = (x.floor(), y.floor());
    let (right, below) = (x - left, y - top);
    let row = |row: f32| (1.0 - right) * at(left, row) + right * at(left + 1.0, row);
    (1.0 - below) * row(top) + below * row(top + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    #[test]
    fn between_pixels_lies_their_mean_and_outside_nothing() {
        let mut picture = vec![0.0; SIDE * SIDE];
        (picture[0], picture[1]) = (1.0, 0.5);
        assert!((sample(&picture, (0.5, 0.0)) - 0.75).abs() < 1e-6);
        assert!((sample(&picture, (0.0, 0.5)) - 0.5).abs() < 1e-6);
        assert!(sample(&picture, (-3.0, 40.0)).abs() < 1e-6);
    }

    #[test]
    fn a_view_keeps_most_of_the_ink() {
        let mut picture = vec![0.0; SIDE * SIDE];
        (8..20).for_each(|row| picture[row * SIDE + 8..row * SIDE + 20].fill(1.0));
        for index in 0..20 {
            let view = warped(&picture, &mut seed::rng(1, "view", index));
            let ink: f32 = view.iter().sum();
            assert!((60.0..300.0).contains(&ink), "{ink}");
            assert!(view.iter().all(|value| (0.0..=1.0).contains(value)) && view != picture);
        }
    }
}
