//! The rectifier (`ReLU`) that stands between layers, and the way back through it.

/// The larger of two numbers, neither of which is NaN. `f32::max` says more, and takes a call of a function for it in
/// WebAssembly: twenty times as long.
pub fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Rectifies numbers in place.
pub fn rectify(values: &mut [f32]) {
    for value in values {
        *value = larger(*value, 0.0);
    }
}

/// Takes the slopes from values that are not positive: what was cut off has none.
#[cfg(feature = "cpu")]
pub fn rectify_back(slopes: &mut [f32], values: &[f32]) {
    for (slope, value) in slopes.iter_mut().zip(values) {
        *slope = if *value > 0.0 { *slope } else { 0.0 };
    }
}
