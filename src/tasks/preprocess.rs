//! From a drawing of any size to 28 × 28, the way MNIST's pictures were made: cut to the ink, fitted into a box of
//! 20 × 20 pixels with its proportions kept, and placed so that the centre of mass falls on the middle of pixel
//! (14, 14), as it does in MNIST's files.

use std::ops::Range;

/// Width and height of a picture.
pub const SIDE: usize = 28;
/// Pixels of a picture.
pub const PIXELS: usize = SIDE * SIDE;
/// Width and height of the box that a digit is fitted into.
const BOX: usize = 20;
/// The least ink that a picture needs, in pixels: the longest debate shows twelve.
pub const MIN_INK: usize = 12;

/// The picture of a drawing: `width` × `height` brightnesses, row by row, ink bright on black.
///
/// # Errors
/// A sentence, where nothing or too little is drawn, or the sizes do not fit.
pub fn to_picture(drawing: &[u8], width: usize, height: usize) -> Result<[u8; PIXELS], String> {
    if width.checked_mul(height) != Some(drawing.len()) {
        return Err(format!("The drawing has {} pixels, which is not {width} × {height}.", drawing.len()));
    }
    let Some((rows, columns)) = ink(drawing, width) else {
        return Err("Nothing is drawn yet: write a digit first.".to_owned());
    };
    let longer = rows.len().max(columns.len()) as f32;
    let fit = |side: usize| ((side as f32 * BOX as f32 / longer).round() as usize).clamp(1, BOX);
    let (small_height, small_width) = (fit(rows.len()), fit(columns.len()));
    let mut cut = Vec::with_capacity(rows.len() * columns.len());
    for row in rows.clone() {
        cut.extend(drawing[row * width..][columns.clone()].iter().map(|pixel| f32::from(*pixel)));
    }
    let narrow = shrink_rows(&cut, columns.len(), small_width);
    let small = transpose(&shrink_rows(&transpose(&narrow, small_width), rows.len(), small_height), small_height);
    let picture = place(&small, small_width);
    if picture.iter().filter(|pixel| **pixel > 0).count() < MIN_INK {
        return Err("There is too little ink to show pixel by pixel: write the digit larger or thicker.".to_owned());
    }
    Ok(picture)
}

/// The rows and columns between which the ink lies.
fn ink(drawing: &[u8], width: usize) -> Option<(Range<usize>, Range<usize>)> {
    let mut found: Option<(Range<usize>, Range<usize>)> = None;
    for (row, pixels) in drawing.chunks_exact(width.max(1)).enumerate() {
        let inked = |pixel: &u8| *pixel > 0;
        let (Some(first), Some(last)) = (pixels.iter().position(inked), pixels.iter().rposition(inked)) else {
            continue;
        };
        let (rows, columns) = found.get_or_insert((row..row, first..last));
        *rows = rows.start..row + 1;
        *columns = columns.start.min(first)..columns.end.max(last + 1);
    }
    found
}

/// Every row of `from` values becomes `to` values, each the average over the stretch that it covers.
fn shrink_rows(values: &[f32], from: usize, to: usize) -> Vec<f32> {
    let stretch = from as f32 / to as f32;
    let spans = (0..to).map(|i| {
        let (start, end) = (i as f32 * stretch, ((i + 1) as f32 * stretch).min(from as f32));
        let covered = (start as usize..end.ceil() as usize).map(|at| end.min((at + 1) as f32) - start.max(at as f32));
        (start as usize, covered.collect())
    });
    let spans: Vec<(usize, Vec<f32>)> = spans.collect();
    let mut out = Vec::with_capacity(values.len() / from * to);
    for row in values.chunks_exact(from) {
        for (start, covered) in &spans {
            let sum = row[*start..].iter().zip(covered).fold(0.0, |sum, (value, covered)| sum + covered * value);
            out.push(sum / stretch);
        }
    }
    out
}

fn transpose(values: &[f32], width: usize) -> Vec<f32> {
    let height = values.len() / width;
    let mut turned = vec![0.0; values.len()];
    for (row, values) in values.chunks_exact(width).enumerate() {
        for (column, value) in values.iter().enumerate() {
            turned[column * height + row] = *value;
        }
    }
    turned
}

/// Puts a small picture into the large one by its centre of mass, its brightest pixel at 255.
fn place(small: &[f32], width: usize) -> [u8; PIXELS] {
    let height = small.len() / width;
    let (mut mass, mut across, mut down, mut brightest) = (0.0, 0.0, 0.0, 0.0_f32);
    for (at, value) in small.iter().enumerate() {
        mass += value;
        across += value * ((at % width) as f32 + 0.5);
        down += value * ((at / width) as f32 + 0.5);
        brightest = brightest.max(*value);
    }
    let offset =
        |centre: f32, side: usize| (((SIDE + 1) as f32 / 2.0 - centre).round().max(0.0) as usize).min(SIDE - side);
    let (left, top) = (offset(across / mass, width), offset(down / mass, height));
    let mut picture = [0; PIXELS];
    for (at, value) in small.iter().enumerate() {
        picture[(top + at / width) * SIDE + left + at % width] = (value * 255.0 / brightest).round() as u8;
    }
    picture
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    /// A filled rectangle on a canvas.
    fn rectangle(width: usize, height: usize, rows: Range<usize>, columns: Range<usize>) -> Vec<u8> {
        let inked = |at: usize| rows.contains(&(at / width)) && columns.contains(&(at % width));
        (0..width * height).map(|at| if inked(at) { 255 } else { 0 }).collect()
    }

    #[test]
    fn a_rectangle_fills_the_box_and_stands_in_the_middle() {
        let picture = to_picture(&rectangle(280, 200, 20..180, 200..240), 280, 200).unwrap();
        for (at, pixel) in picture.iter().enumerate() {
            // Five pixels wide, so that the middle one is column 14; twenty high, so that the middle is rounded down.
            let inside = (5..25).contains(&(at / SIDE)) && (12..17).contains(&(at % SIDE));
            assert_eq!(*pixel, if inside { 255 } else { 0 }, "row {}, column {}", at / SIDE, at % SIDE);
        }
        assert_eq!(picture.iter().filter(|pixel| **pixel > 0).count(), 100);
    }

    #[test]
    fn where_and_how_large_it_was_drawn_does_not_matter() {
        let small = to_picture(&rectangle(60, 60, 5..45, 3..23), 60, 60).unwrap();
        let large = to_picture(&rectangle(300, 200, 90..170, 200..240), 300, 200).unwrap();
        assert_eq!(small, large);
    }

    #[test]
    fn areas_are_averaged() {
        assert_eq!(shrink_rows(&[4.0, 8.0, 0.0, 2.0, 0.0, 6.0], 3, 2), [16.0 / 3.0, 8.0 / 3.0, 4.0 / 3.0, 4.0]);
        assert_eq!(shrink_rows(&[7.0, 9.0], 1, 2), [7.0, 7.0, 9.0, 9.0]);
    }

    #[test]
    fn empty_faint_and_misfit_drawings_are_refused_with_a_sentence() {
        assert!(to_picture(&[0; 100], 10, 10).unwrap_err().contains("Nothing is drawn"));
        assert!(to_picture(&[], 0, 0).unwrap_err().contains("Nothing is drawn"));
        let mut dots = [0; 10_000];
        (dots[0], dots[9_999]) = (255, 255);
        assert!(to_picture(&dots, 100, 100).unwrap_err().contains("too little ink"));
        assert!(to_picture(&[1; 7], 2, 3).unwrap_err().contains("7 pixels"));
        assert!(to_picture(&[1; 7], usize::MAX, 3).is_err());
    }

    proptest! {
        #[test]
        fn any_drawing_is_refused_or_becomes_a_picture(
            (width, drawing) in (1_usize..40).prop_flat_map(|width| {
                (Just(width), (1_usize..40).prop_flat_map(move |height| prop::collection::vec(any::<u8>(), width * height)))
            })
        ) {
            if let Ok(picture) = to_picture(&drawing, width, drawing.len() / width) {
                prop_assert_eq!(picture.iter().max(), Some(&255));
            }
        }
    }
}
