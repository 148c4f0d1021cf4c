//! Brightness as SVG paths: one path for each of a few shades instead of 784 squares.

use super::{SIDE, cell};

/// Shades that are told apart.
const LEVELS: usize = 24;

/// One shade and all its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Shade {
    /// Opacity in `0..=1`.
    pub opacity: f64,
    /// The cells, as an SVG path in units of cells.
    pub path: String,
}

/// Groups cells by strength, `0..=1`; cells of strength 0 (or none at all) are left out. Neighbours of one shade in
/// a row become one rectangle.
pub fn shades(strength: impl Fn(usize) -> f32) -> Vec<Shade> {
    let level = |pixel: usize| (strength(pixel).clamp(0.0, 1.0) * LEVELS as f32).ceil() as usize;
    let levels: Vec<usize> = (0..SIDE * SIDE).map(level).collect();
    let mut paths = vec![Vec::new(); LEVELS + 1];
    let mut pixel = 0;
    while pixel < levels.len() {
        let (row, column) = cell(pixel);
        let same = |next: &usize| levels[row * SIDE + *next] == levels[pixel];
        let run = (column..SIDE).take_while(same).count();
        if levels[pixel] > 0 {
            paths[levels[pixel]].push(format!("M{column} {row}h{run}v1h-{run}z"));
        }
        pixel += run;
    }
    let shade =
        |(level, cells): (usize, Vec<String>)| Shade { opacity: level as f64 / LEVELS as f64, path: cells.concat() };
    paths.into_iter().enumerate().map(shade).filter(|shade| !shade.path.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dark_picture_draws_nothing_and_a_row_is_one_rectangle() {
        assert!(shades(|_| 0.0).is_empty());
        let row = shades(|pixel| if pixel / SIDE == 3 { 1.0 } else { 0.0 });
        assert_eq!(row, [Shade { opacity: 1.0, path: "M0 3h28v1h-28z".to_owned() }]);
    }

    #[test]
    fn faint_cells_are_still_drawn_and_shades_are_few() {
        assert_eq!(shades(|pixel| if pixel == 30 { 0.004 } else { 0.0 })[0].path, "M2 1h1v1h-1z");
        assert!(shades(|pixel| pixel as f32 / 784.0).len() <= LEVELS);
    }

    #[test]
    fn strength_out_of_range_is_survived() {
        assert_eq!(shades(|pixel| if pixel == 0 { 9.0 } else { f32::NAN }).len(), 1);
    }
}
