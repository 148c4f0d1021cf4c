//! Markers beside their pixels, moved apart so that every number, and every pixel's brightness, can be seen.

use super::{Reveal, SIDE, cell};

/// Radius of a marker, in cells.
pub const RADIUS: f64 = 1.3;
/// The least distance between the middles of two markers.
const APART: f64 = 2.0 * RADIUS + 0.1;
/// Rounds of pushing; twelve markers settle in far fewer.
const ROUNDS: usize = 60;

/// The middle of a pixel, in cells.
pub fn middle(pixel: usize) -> (f64, f64) {
    let (row, column) = cell(pixel);
    (column as f64 + 0.5, row as f64 + 0.5)
}

/// How far right of its pixel, and above it, a marker stands.
const BESIDE: f64 = 1.5;

/// Where each marker's middle goes: above its pixel on the right, or elsewhere near it where that is taken.
pub fn markers(reveals: &[Reveal]) -> Vec<(f64, f64)> {
    let beside = |reveal: &Reveal| {
        let (x, y) = middle(reveal.pixel);
        // At the picture's edges the other side has room.
        let right = if x + BESIDE + RADIUS > SIDE as f64 { -BESIDE } else { BESIDE };
        let up = if y - BESIDE - RADIUS < 0.0 { BESIDE } else { -BESIDE };
        (x + right, y + up)
    };
    let mut at: Vec<_> = reveals.iter().map(beside).collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for i in 0..at.len() {
            for j in i + 1..at.len() {
                moved |= part(&mut at, i, j);
            }
        }
        if !moved {
            break;
        }
    }
    at
}

/// Pushes two markers apart where they touch; says whether it did.
fn part(at: &mut [(f64, f64)], i: usize, j: usize) -> bool {
    let (dx, dy) = (at[j].0 - at[i].0, at[j].1 - at[i].1);
    let distance = libm::hypot(dx, dy);
    if distance >= APART - 1e-3 {
        return false;
    }
    let (ux, uy) = if distance > 0.0 { (dx / distance, dy / distance) } else { (1.0, 0.0) };
    let push = (APART - distance) / 2.0;
    let inside = |value: f64| value.clamp(RADIUS, SIDE as f64 - RADIUS);
    at[i] = (inside(at[i].0 - ux * push), inside(at[i].1 - uy * push));
    at[j] = (inside(at[j].0 + ux * push), inside(at[j].1 + uy * push));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Tone;

    fn on(pixels: &[usize]) -> Vec<Reveal> {
        let reveal =
            |(i, pixel): (usize, &usize)| Reveal { pixel: *pixel, number: i + 1, tone: Tone::Honest, brightness: 1.0 };
        pixels.iter().enumerate().map(reveal).collect()
    }

    #[test]
    fn a_marker_stands_beside_its_pixel_and_inside_the_picture() {
        assert_eq!(markers(&on(&[5 * 28 + 9, 20 * 28 + 9])), [(11.0, 4.0), (11.0, 19.0)]);
        assert_eq!(markers(&on(&[27])), [(26.0, 2.0)]);
    }

    #[test]
    fn neighbours_part_and_stay_in_the_picture() {
        let placed = markers(&on(&[0, 1, 28, 29, 2, 30]));
        for (i, a) in placed.iter().enumerate() {
            assert!((RADIUS..=28.0 - RADIUS).contains(&a.0) && (RADIUS..=28.0 - RADIUS).contains(&a.1));
            for b in &placed[i + 1..] {
                assert!(libm::hypot(a.0 - b.0, a.1 - b.1) > 2.0, "{placed:?}");
            }
        }
    }
}
