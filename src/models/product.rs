//! The product of two matrices in plain Rust, for networks that replay bit for bit on every machine.
//!
//! Every number of the result is one sum in one order, whatever the sizes; the compiler turns the inner loop into four
//! lanes at a time, in the browser and natively.

use std::ops::Range;

/// Columns done at once: two registers of four lanes.
const WIDE: usize = 8;
/// Rows done at once.
const HIGH: usize = 4;

/// One of the two matrices of a product.
#[derive(Debug, Clone, Copy)]
pub enum Factor<'a> {
    /// Row by row.
    Plain(&'a [f32]),
    /// The transpose of what is given row by row.
    Turned(&'a [f32]),
}

/// Room that products work in: some columns of the second matrix.
pub type Panel = Vec<[f32; WIDE]>;

/// `result += a · b`, row by row: `a` is [rows, inner], `b` is [inner, columns], `result` is [rows, columns].
pub fn add_product(result: &mut [f32], a: Factor, b: Factor, inner: usize, columns: usize, panel: &mut Panel) {
    if inner == 0 || columns == 0 {
        return;
    }
    let rows = result.len() / columns;
    let whole = rows - rows % HIGH;
    // What stands in lanes that the last columns leave over is summed too, and then left alone.
    panel.resize(inner, [0.0; WIDE]);
    for from in (0..columns).step_by(WIDE) {
        let width = WIDE.min(columns - from);
        pack(panel, b, columns, from..from + width);
        let mut put = |row: usize, sums: &[[f32; WIDE]]| {
            for (row, sums) in (row..).zip(sums) {
                add(&mut result[row * columns + from..][..width], sums);
            }
        };
        for row in (0..whole).step_by(HIGH) {
            put(row, &tile::<HIGH>(a, row, rows, panel));
        }
        for row in whole..rows {
            put(row, &tile::<1>(a, row, rows, panel));
        }
    }
}

/// Some columns of a matrix, beside each other.
fn pack(panel: &mut [[f32; WIDE]], matrix: Factor, columns: usize, some: Range<usize>) {
    match matrix {
        Factor::Plain(numbers) => {
            for (lanes, row) in panel.iter_mut().zip(numbers.chunks_exact(columns)) {
                let row = &row[some.clone()];
                match row.first_chunk() {
                    Some(all) => *lanes = *all,
                    None => lanes[..row.len()].copy_from_slice(row),
                }
            }
        }
        Factor::Turned(numbers) => {
            let inner = panel.len();
            for (lane, column) in numbers.chunks_exact(inner).skip(some.start).take(some.len()).enumerate() {
                panel.iter_mut().zip(column).for_each(|(lanes, number)| lanes[lane] = *number);
            }
        }
    }
}

/// The first rows of a matrix, `inner` numbers each, column by column.
fn plain<const ROWS: usize>(matrix: &[f32], inner: usize) -> impl Iterator<Item = [f32; ROWS]> {
    let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &matrix[row * inner..][..inner]);
    (0..inner).map(move |at| rows.map(|row| row[at]))
}

/// The same where a column's numbers stand beside each other, and the next column's `rows` further on.
fn turned<const ROWS: usize>(matrix: &[f32], rows: usize) -> impl Iterator<Item = [f32; ROWS]> {
    matrix.chunks(rows).filter_map(|column| column.first_chunk().copied())
}

/// `ROWS` of a matrix's `rows` rows, from `row` on, times a panel.
fn tile<const ROWS: usize>(matrix: Factor, row: usize, rows: usize, panel: &[[f32; WIDE]]) -> [[f32; WIDE]; ROWS] {
    match matrix {
        Factor::Plain(numbers) => sums(panel, plain(&numbers[row * panel.len()..], panel.len())),
        Factor::Turned(numbers) => sums(panel, turned(&numbers[row..], rows)),
    }
}

/// The same, with the rows given column by column.
fn sums<const ROWS: usize>(panel: &[[f32; WIDE]], columns: impl Iterator<Item = [f32; ROWS]>) -> [[f32; WIDE]; ROWS] {
    let mut sums = [[0.0_f32; WIDE]; ROWS];
    for (lanes, factors) in panel.iter().zip(columns) {
        for (sums, factor) in sums.iter_mut().zip(factors) {
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                *sum += factor * lane;
            }
        }
    }
    sums
}

fn add(result: &mut [f32], sums: &[f32; WIDE]) {
    // Whole registers, where the compiler may know that it is one.
    if let Some(all) = result.first_chunk_mut::<WIDE>() {
        (0..WIDE).for_each(|lane| all[lane] += sums[lane]);
    } else {
        result.iter_mut().zip(sums).for_each(|(result, sum)| *result += sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_product_as_worked_by_hand() {
        // [1 2; 3 4] · [5 6; 7 8] = [19 22; 43 50], added to ones.
        let mut result = vec![1.0; 4];
        let (a, b) = ([1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]);
        add_product(&mut result, Factor::Plain(&a), Factor::Plain(&b), 2, 2, &mut Vec::new());
        assert_eq!(result, [20.0, 23.0, 44.0, 51.0]);
    }

    proptest! {
        #[test]
        fn every_size_is_the_plain_triple_loop(rows in 0_usize..11, inner in 1_usize..9, columns in 1_usize..21) {
            let number = |at: usize| (at * 37 % 11) as f32 - 5.0;
            let a: Vec<f32> = (0..rows * inner).map(number).collect();
            let b: Vec<f32> = (0..inner * columns).map(|at| number(at + 3)).collect();
            let turned = |matrix: &[f32], columns: usize| -> Vec<f32> {
                (0..columns).flat_map(|column| matrix.iter().skip(column).step_by(columns)).copied().collect()
            };
            let (a_turned, b_turned) = (turned(&a, inner), turned(&b, columns));
            for (a_factor, b_factor) in [
                (Factor::Plain(&a), Factor::Plain(&b)),
                (Factor::Turned(&a_turned), Factor::Plain(&b)),
                (Factor::Plain(&a), Factor::Turned(&b_turned)),
            ] {
                let mut result = vec![0.0; rows * columns];
                add_product(&mut result, a_factor, b_factor, inner, columns, &mut Vec::new());
                for row in 0..rows {
                    for column in 0..columns {
                        let sum: f32 = (0..inner).map(|i| a[row * inner + i] * b[i * columns + column]).sum();
                        prop_assert!((result[row * columns + column] - sum).abs() < 1e-4);
                    }
                }
            }
        }
    }
}
