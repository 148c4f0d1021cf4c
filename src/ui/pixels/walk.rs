//! Moving among the pixels that can be chosen.

use super::{SIDE, cell};

/// A direction to move in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Left,
    Right,
    Up,
    Down,
}

/// The way an arrow key points.
pub fn way(key: &str) -> Option<Way> {
    Some(match key {
        "ArrowLeft" => Way::Left,
        "ArrowRight" => Way::Right,
        "ArrowUp" => Way::Up,
        "ArrowDown" => Way::Down,
        _ => return None,
    })
}

/// The next pixel that can be chosen; the same where there is none further on. Left and right go through all of
/// them as one reads; up and down go to the next row that has any, to the nearest column.
pub fn next(choices: &[usize], from: usize, way: Way) -> usize {
    let (row, column) = cell(from);
    let nearest = |pixel: &usize| ((*pixel % SIDE).abs_diff(column), *pixel);
    let in_row = |row: Option<usize>| {
        row.and_then(|row| choices.iter().copied().filter(|pixel| pixel / SIDE == row).min_by_key(nearest))
    };
    let rows = || choices.iter().map(|pixel| pixel / SIDE);
    match way {
        Way::Left => choices.iter().copied().filter(|pixel| *pixel < from).max(),
        Way::Right => choices.iter().copied().filter(|pixel| *pixel > from).min(),
        Way::Up => in_row(rows().filter(|other| *other < row).max()),
        Way::Down => in_row(rows().filter(|other| *other > row).min()),
    }
    .unwrap_or(from)
}

/// The choice nearest to a place in cells, at most `reach` cells away.
pub fn at(choices: &[usize], (x, y): (f64, f64), reach: f64) -> Option<usize> {
    let far = |pixel: &usize| {
        let (row, column) = cell(*pixel);
        libm::hypot(column as f64 + 0.5 - x, row as f64 + 0.5 - y)
    };
    choices.iter().copied().filter(|pixel| far(pixel) <= reach).min_by(|a, b| far(a).total_cmp(&far(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: [usize; 4] = [2 * SIDE + 5, 2 * SIDE + 20, 3 * SIDE + 6, 9 * SIDE + 25];

    #[test]
    fn left_and_right_reach_every_choice() {
        let mut at = CHOICES[0];
        let mut seen = vec![at];
        while next(&CHOICES, at, Way::Right) != at {
            at = next(&CHOICES, at, Way::Right);
            seen.push(at);
        }
        assert_eq!(seen, CHOICES);
        assert_eq!(next(&CHOICES, CHOICES[1], Way::Left), CHOICES[0]);
        assert_eq!(next(&CHOICES, CHOICES[0], Way::Left), CHOICES[0]);
    }

    #[test]
    fn up_and_down_find_the_nearest_column() {
        assert_eq!(next(&CHOICES, CHOICES[0], Way::Down), CHOICES[2]);
        assert_eq!(next(&CHOICES, CHOICES[2], Way::Up), CHOICES[0]);
        assert_eq!(next(&CHOICES, CHOICES[3], Way::Up), CHOICES[2]);
        assert_eq!(next(&CHOICES, CHOICES[3], Way::Down), CHOICES[3]);
    }

    #[test]
    fn a_finger_need_not_be_exact() {
        assert_eq!(at(&CHOICES, (6.4, 2.9), 2.0), Some(CHOICES[2]));
        assert_eq!(at(&CHOICES, (14.0, 14.0), 2.0), None);
    }
}
