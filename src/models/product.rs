//! The product of two matrices in plain Rust, for networks that replay bit for bit on every machine.
//!
//! Every number of the result is one sum in one order, whatever the sizes; the compiler turns the inner loop into four
//! lanes at a time, in the browser and natively.

/// Columns done at once: two registers of four lanes.
const WIDE: usize = 8;
/// Rows done at once.
const HIGH: usize = 4;

/// `result += a · b`, row by row: `a` is [rows, inner], `b` is [inner, columns], `result` is [rows, columns].
/// `panel` is room to work in.
pub fn add_product(
    result: &mut [f32],
    a: &[f32],
    b: &[f32],
    inner: usize,
    columns: usize,
    panel: &mut Vec<[f32; WIDE]>,
) {
    if inner == 0 || columns == 0 {
        return;
    }
    for from in (0..columns).step_by(WIDE) {
        let width = WIDE.min(columns - from);
        panel.clear();
        panel.extend(b.chunks_exact(columns).take(inner).map(|row| {
            let mut lanes = [0.0; WIDE];
            lanes[..width].copy_from_slice(&row[from..from + width]);
            lanes
        }));
        let mut rows = a.chunks_exact(HIGH * inner);
        let mut results = result.chunks_exact_mut(HIGH * columns);
        for (a, result) in rows.by_ref().zip(results.by_ref()) {
            tile::<HIGH>(result, a, panel, columns, from, width);
        }
        let left = results.into_remainder().chunks_exact_mut(columns);
        for (a, result) in rows.remainder().chunks_exact(inner).zip(left) {
            tile::<1>(result, a, panel, columns, from, width);
        }
    }
}

/// `ROWS` rows of `a` times a panel of columns.
fn tile<const ROWS: usize>(
    result: &mut [f32],
    a: &[f32],
    panel: &[[f32; WIDE]],
    columns: usize,
    from: usize,
    width: usize,
) {
    let inner = panel.len();
    let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &a[row * inner..][..inner]);
    let mut sums = [[0.0_f32; WIDE]; ROWS];
    for (at, lanes) in panel.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            let factor = row[at];
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                *sum += factor * lane;
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        for (result, sum) in result[row * columns + from..][..width].iter_mut().zip(sums) {
            *result += sum;
        }
    }
}

/// The transpose of a matrix [rows, columns].
pub fn transposed(matrix: &[f32], columns: usize) -> Vec<f32> {
    let rows = matrix.len().checked_div(columns).unwrap_or(0);
    let mut turned = vec![0.0; matrix.len()];
    for (at, row) in matrix.chunks_exact(columns.max(1)).enumerate() {
        for (column, value) in row.iter().enumerate() {
            turned[column * rows + at] = *value;
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_product_as_worked_by_hand() {
        // [1 2; 3 4] · [5 6; 7 8] = [19 22; 43 50], added to ones.
        let mut result = vec![1.0; 4];
        add_product(&mut result, &[1.0, 2.0, 3.0, 4.0], &[5.0, 6.0, 7.0, 8.0], 2, 2, &mut Vec::new());
        assert_eq!(result, [20.0, 23.0, 44.0, 51.0]);
        assert_eq!(transposed(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    }

    proptest! {
        #[test]
        fn every_size_is_the_plain_triple_loop(rows in 0_usize..11, inner in 0_usize..9, columns in 0_usize..21) {
            let number = |at: usize| (at * 37 % 11) as f32 - 5.0;
            let a: Vec<f32> = (0..rows * inner).map(number).collect();
            let b: Vec<f32> = (0..inner * columns).map(|at| number(at + 3)).collect();
            let mut result = vec![0.0; rows * columns];
            add_product(&mut result, &a, &b, inner, columns, &mut Vec::new());
            for row in 0..rows {
                for column in 0..columns {
                    let sum: f32 = (0..inner).map(|i| a[row * inner + i] * b[i * columns + column]).sum();
                    prop_assert!((result[row * columns + column] - sum).abs() < 1e-4);
                }
            }
        }
    }
}
