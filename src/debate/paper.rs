//! The paper's own numbers: Irving, Christiano and Amodei 2018, section 3, the table of the MNIST experiment.

use super::event::{Protocol, Side};

/// The paper's share of right verdicts, 0 to 1, where it reports one. With precommit the liar may try all nine lies.
pub fn share(pixels: u8, protocol: Protocol) -> Option<f64> {
    let percent = match (pixels, protocol) {
        (4, Protocol::RandomPixels) => 48.2,
        (6, Protocol::RandomPixels) => 59.4,
        (4, Protocol::Debate { first: Side::Honest }) => 51.0,
        (4, Protocol::Debate { first: Side::Liar }) => 68.4,
        (6, Protocol::Debate { first: Side::Honest }) => 67.4,
        (6, Protocol::Debate { first: Side::Liar }) => 81.5,
        (4, Protocol::Precommit { first: Side::Honest }) => 83.8,
        (4, Protocol::Precommit { first: Side::Liar }) => 86.7,
        (6, Protocol::Precommit { first: Side::Honest }) => 87.4,
        (6, Protocol::Precommit { first: Side::Liar }) => 90.4,
        _ => return None,
    };
    Some(percent / 100.0)
}
