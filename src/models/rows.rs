//! Sums of rows of numbers, each row times a number of its own: what most of the networks here spend their time on.
//!
//! Every sum has one order, that of the rows, whatever is done side by side: results are the same everywhere, to the
//! bit.

/// Numbers that are summed together: as many as fit into registers beside the operands.
const BLOCK: usize = 32;
/// Factors among which the zeros are left out at a time.
const PACKED: usize = 64;
/// Fewer factors are not worth the packing.
const FEW: usize = 8;

/// `sums[i] += Σ factor · rows[from + i]` over the terms (a factor, and from where on its row stands), in their order.
pub fn add_terms(sums: &mut [f32], rows: &[f32], terms: impl Iterator<Item = (f32, usize)> + Clone) {
    let mut at = 0;
    at += blocks::<BLOCK>(sums, rows, terms.clone(), at);
    at += blocks::<8>(sums, rows, terms.clone(), at);
    at += blocks::<4>(sums, rows, terms.clone(), at);
    blocks::<1>(sums, rows, terms, at);
}

/// The same over all rows, which stand one after the other, each as long as `sums`. Factors that are 0 cost little.
pub fn add_rows(sums: &mut [f32], rows: &[f32], factors: &[f32]) {
    let width = sums.len();
    if width == 0 {
        return;
    }
    if factors.len() < FEW {
        for (factor, row) in factors.iter().zip(rows.chunks_exact(width)).filter(|(factor, _)| **factor != 0.0) {
            add_scaled(sums, row, *factor);
        }
        return;
    }
    for (factors, rows) in factors.chunks(PACKED).zip(rows.chunks(PACKED * width)) {
        // Zeros are packed away without a branch to mispredict.
        let (mut terms, mut count) = ([(0.0, 0); PACKED], 0);
        for (at, factor) in factors.iter().enumerate() {
            terms[count] = (*factor, at * width);
            count += usize::from(*factor != 0.0);
        }
        add_terms(sums, rows, terms[..count].iter().copied());
    }
}

/// `to += scale · from`, element by element.
pub fn add_scaled(to: &mut [f32], from: &[f32], scale: f32) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += scale * from;
    }
}

/// [`add_terms`] from `at` on, in as many whole blocks of `N` as there are; returns how many numbers that were.
fn blocks<const N: usize>(
    sums: &mut [f32],
    rows: &[f32],
    terms: impl Iterator<Item = (f32, usize)> + Clone,
    at: usize,
) -> usize {
    let mut done = 0;
    for block in sums[at..].chunks_exact_mut(N) {
        let mut sum = [0.0; N];
        sum.copy_from_slice(block);
        let rows = rows.get(at + done..).unwrap_or_default();
        for (factor, from) in terms.clone() {
            let Some(row) = rows.get(from..).and_then(<[f32]>::first_chunk::<N>) else { break };
            for i in 0..N {
                sum[i] += factor * row[i];
            }
        }
        block.copy_from_slice(&sum);
        done += N;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_summed_in_their_order_whatever_the_sizes(width in 1_usize..80, count in 0_usize..150, run in 0_u64..1000) {
            let mut rng = crate::seed::rng(run, "numbers", 0);
            let mut numbers = |n: usize| (0..n).map(|_| crate::seed::normal(&mut rng, 1.0)).collect::<Vec<_>>();
            let (start, rows) = (numbers(width), numbers(width * count));
            let factors: Vec<f32> = numbers(count).into_iter().map(|factor| factor.max(0.0)).collect();
            let by_hand = |i: usize| factors.iter().enumerate().fold(start[i], |sum, (at, factor)| sum + factor * rows[at * width + i]);
            let mut sums = start.clone();
            add_rows(&mut sums, &rows, &factors);
            for (i, sum) in sums.iter().enumerate() {
                prop_assert_eq!(sum.to_bits(), by_hand(i).to_bits());
            }
        }
    }
}
