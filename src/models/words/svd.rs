//! The largest singular directions of a sparse square matrix, by randomised subspace iteration (Halko, Martinsson and
//! Tropp 2011, algorithm 4.4). One order of sums: the same numbers on every machine.

use crate::{
    lab::experiment::{Breath, Failure},
    models::rows::add_scaled,
    seed,
};

/// Rows of (column, value), by column.
pub struct Sparse {
    rows: Vec<Vec<(u32, f32)>>,
}

/// Directions beyond those wanted, so that the wanted ones are found well.
const SPARE: usize = 10;
const ROUNDS: usize = 4;
const SWEEPS: usize = 30;

impl Sparse {
    /// A matrix of as many columns as rows.
    pub fn new(rows: Vec<Vec<(u32, f32)>>) -> Self {
        Self { rows }
    }

    /// This matrix times one of `k` columns, row by row.
    async fn times(&self, right: &[f32], k: usize, breath: &Breath) -> Result<Vec<f32>, Failure> {
        let mut product = vec![0.0; self.rows.len() * k];
        for (row, out) in self.rows.iter().zip(product.chunks_exact_mut(k)) {
            for (column, value) in row {
                add_scaled(out, &right[*column as usize * k..][..k], *value);
            }
            breath.take().await?;
        }
        Ok(product)
    }

    /// The transposed matrix times one of `k` columns.
    async fn transposed_times(&self, right: &[f32], k: usize, breath: &Breath) -> Result<Vec<f32>, Failure> {
        let mut product = vec![0.0; self.rows.len() * k];
        for (row, from) in self.rows.iter().zip(right.chunks_exact(k)) {
            for (column, value) in row {
                add_scaled(&mut product[*column as usize * k..][..k], from, *value);
            }
            breath.take().await?;
        }
        Ok(product)
    }
}

/// The `wanted` largest left singular vectors, as the columns of a matrix given row by row, and their singular values
/// from the largest. Fewer where the matrix is smaller.
///
/// # Errors
/// Where the run is cancelled.
pub async fn largest(
    matrix: &Sparse,
    wanted: usize,
    seed: u64,
    breath: &Breath,
) -> Result<(Vec<f32>, Vec<f32>), Failure> {
    let n = matrix.rows.len();
    let k = (wanted + SPARE).min(n);
    if k == 0 {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut rng = seed::rng(seed, "directions to start from", 0);
    let start: Vec<f32> = (0..n * k).map(|_| seed::normal(&mut rng, 1.0)).collect();
    let mut left = matrix.times(&start, k, breath).await?;
    orthonormalise(&mut left, k);
    for _ in 0..ROUNDS {
        let mut right = matrix.transposed_times(&left, k, breath).await?;
        orthonormalise(&mut right, k);
        left = matrix.times(&right, k, breath).await?;
        orthonormalise(&mut left, k);
        breath.take().await?;
    }
    // The matrix within the subspace: B = Qᵀ·A, and B·Bᵀ = V·S²·Vᵀ gives the directions Q·V.
    let right = matrix.transposed_times(&left, k, breath).await?;
    let mut inner = vec![0.0_f32; k * k];
    for row in right.chunks_exact(k) {
        for (i, value) in row.iter().enumerate() {
            add_scaled(&mut inner[i * k..][..k], row, *value);
        }
    }
    let turn = eigenvectors(&mut inner, k);
    let mut order: Vec<usize> = (0..k).collect();
    order.sort_by(|a, b| inner[b * k + b].total_cmp(&inner[a * k + a]));
    order.truncate(wanted);
    let strengths = order.iter().map(|i| inner[i * k + i].max(0.0).sqrt()).collect();
    let turned = |row: &[f32], i: usize| row.iter().enumerate().map(|(j, value)| value * turn[j * k + i]).sum::<f32>();
    let directions = left.chunks_exact(k).flat_map(|row| order.iter().map(|i| turned(row, *i)).collect::<Vec<_>>());
    Ok((directions.collect(), strengths))
}

/// Makes the columns of length 1 and orthogonal, by Gram and Schmidt, twice each for exactness.
fn orthonormalise(matrix: &mut [f32], k: usize) {
    for column in 0..k {
        for _ in 0..2 {
            let mut shares = vec![0.0_f32; column];
            for row in matrix.chunks_exact(k) {
                add_scaled(&mut shares, &row[..column], row[column]);
            }
            for row in matrix.chunks_exact_mut(k) {
                row[column] -= row[..column].iter().zip(&shares).map(|(value, share)| value * share).sum::<f32>();
            }
        }
        let length = matrix.chunks_exact(k).map(|row| row[column] * row[column]).sum::<f32>().sqrt();
        // A column that depends on those before it has nothing left.
        let scale = if length > 1e-6 { 1.0 / length } else { 0.0 };
        matrix.chunks_exact_mut(k).for_each(|row| row[column] *= scale);
    }
}

/// Turns a symmetric matrix into a diagonal one by Jacobi's rotations; returns the eigenvectors as columns.
fn eigenvectors(matrix: &mut [f32], k: usize) -> Vec<f32> {
    let mut vectors = vec![0.0; k * k];
    (0..k).for_each(|i| vectors[i * k + i] = 1.0);
    for _ in 0..SWEEPS {
        for p in 0..k {
            for q in p + 1..k {
                let off = matrix[p * k + q];
                if off.abs() <= 1e-7 * (matrix[p * k + p] * matrix[q * k + q]).abs().sqrt() {
                    continue;
                }
                let theta = (matrix[q * k + q] - matrix[p * k + p]) / (2.0 * off);
                let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                rotate(matrix, &mut vectors, k, (p, q), (cosine, tangent * cosine));
            }
        }
    }
    vectors
}

fn rotate(matrix: &mut [f32], vectors: &mut [f32], k: usize, (p, q): (usize, usize), (cosine, sine): (f32, f32)) {
    let turn = |a: f32, b: f32| (cosine * a - sine * b, sine * a + cosine * b);
    for i in 0..k {
        (matrix[i * k + p], matrix[i * k + q]) = turn(matrix[i * k + p], matrix[i * k + q]);
        (vectors[i * k + p], vectors[i * k + q]) = turn(vectors[i * k + p], vectors[i * k + q]);
    }
    for i in 0..k {
        (matrix[p * k + i], matrix[q * k + i]) = turn(matrix[p * k + i], matrix[q * k + i]);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn singular_values_as_by_hand() {
        // 3 and 1 on the plane of the first two, 2 for the third, nothing for the fourth.
        let matrix = Sparse::new(vec![vec![(0, 2.0), (1, 1.0)], vec![(0, 1.0), (1, 2.0)], vec![(2, -2.0)], vec![]]);
        let (directions, strengths) = pollster::block_on(largest(&matrix, 3, 1, &Breath::endless())).unwrap();
        for (found, by_hand) in strengths.iter().zip([3.0, 2.0, 1.0]) {
            assert!((found - by_hand).abs() < 1e-4, "{strengths:?}");
        }
        let first: Vec<f32> = (0..4).map(|row| directions[row * 3].abs()).collect();
        for (found, by_hand) in first.iter().zip([0.707, 0.707, 0.0, 0.0]) {
            assert!((found - by_hand).abs() < 1e-3, "{first:?}");
        }
    }
}
