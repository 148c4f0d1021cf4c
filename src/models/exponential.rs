//! e to the power of many numbers, several at a time: bit for bit what `libm::expf` gives for each.
//!
//! As there, x = k · ln 2 + r with |r| ≤ ln 2 / 2, and e^r comes from a rational function (the constants are those of
//! FreeBSD's msun); but without branches, so that the compiler does four numbers in one go.

use std::f32::consts::LOG2_E;

/// Numbers that are done at once.
const LANES: usize = 8;
/// Further from 0 than this the result may be no normal number, which needs more care.
const FAR: f32 = 87.0;

/// The two parts of ln 2: k times the first is exact.
const LN2_HIGH: f32 = 6.931_457_5e-1;
const LN2_LOW: f32 = 1.428_606_8e-6;
const P1: f32 = 1.666_662_5e-1;
const P2: f32 = -2.766_733_3e-3;

/// Half of ln 2, one and a half of it, and 2⁻¹⁴: as bits, since these very numbers decide.
const HALF_LN2: f32 = f32::from_bits(0x3eb1_7218);
const MORE_LN2: f32 = f32::from_bits(0x3f85_1592);
const TINY: f32 = f32::from_bits(0x3900_0000);

/// Raises e to the power of each of these numbers.
pub fn exponentials(values: &mut [f32]) {
    for some in values.chunks_mut(LANES) {
        if let Ok(all) = <&mut [f32; LANES]>::try_from(&mut *some) {
            raise(all);
        } else {
            let mut lanes = [0.0; LANES];
            lanes[..some.len()].copy_from_slice(some);
            raise(&mut lanes);
            some.copy_from_slice(&lanes[..some.len()]);
        }
    }
}

/// Raises e to the power of each of these numbers and divides by the sum of all, so that they add up to 1; returns that
/// sum.
pub fn shares(values: &mut [f32]) -> f32 {
    exponentials(values);
    let sum: f32 = values.iter().sum();
    for value in values {
        *value /= sum;
    }
    sum
}

fn raise(lanes: &mut [f32; LANES]) {
    let all_near = lanes.iter().fold(true, |near, lane| near & (lane.abs() <= FAR));
    *lanes = if all_near { lanes.map(near) } else { lanes.map(libm::expf) };
}

/// e^x where |x| ≤ [`FAR`].
fn near(x: f32) -> f32 {
    let (length, sign) = (x.abs(), if x < 0.0 { -1.0 } else { 1.0 });
    let rounded = (LOG2_E * x + 0.5 * sign) as i32;
    let k = if length > MORE_LN2 { rounded } else { sign as i32 };
    let k = if length > HALF_LN2 { k } else { 0 };
    let (high, low) = (x - k as f32 * LN2_HIGH, k as f32 * LN2_LOW);
    let r = high - low;
    let square = r * r;
    let c = r - square * (P1 + square * P2);
    let power = 1.0 + (r * c / (2.0 - c) - low + high);
    let scaled = power * f32::from_bits(((k + 127) as u32) << 23);
    if length > TINY { scaled } else { 1.0 + x }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(numbers: &[f32]) {
        let mut found = numbers.to_vec();
        exponentials(&mut found);
        for (number, found) in numbers.iter().zip(found) {
            let wanted = libm::expf(*number);
            assert!(found.to_bits() == wanted.to_bits() || (found.is_nan() && wanted.is_nan()), "e^{number}: {found}");
        }
    }

    #[test]
    fn it_is_libms_to_the_bit() {
        // Every 1,021st number that there is, infinities and what is not a number among them.
        let all: Vec<f32> = (0..=u32::MAX).step_by(1021).map(f32::from_bits).collect();
        same(&all);
        // By size, so that what is near 0 and what is not are not beside each other.
        let mut sorted: Vec<f32> = all.into_iter().filter(|number| number.abs() <= FAR).collect();
        sorted.sort_by(f32::total_cmp);
        same(&sorted);
        // Around the numbers at which another way is taken.
        for edge in [HALF_LN2, MORE_LN2, TINY, FAR, 87.336_55, 88.722_84, 103.972_08] {
            let around =
                |sign: f32| (-3..=3).map(move |step| sign * f32::from_bits(edge.to_bits().wrapping_add_signed(step)));
            same(&around(1.0).chain(around(-1.0)).collect::<Vec<_>>());
        }
        same(&[0.0, -0.0, 1.0]);
    }
}
