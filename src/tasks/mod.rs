//! Questions with known answers: pictures of digits, generated here or brought by the user.
//!
//! Plain Rust that the page links too. Whatever is generated is a pure function of its index.

#[cfg(feature = "cpu")]
pub mod book;
#[cfg(feature = "cpu")]
pub mod chess;
pub mod digits;
pub mod idx;
pub mod mnist;
pub mod pictures;
pub mod preprocess;
#[cfg(feature = "cpu")]
pub mod sentences;
mod unpack;
pub mod world;

pub use digits::Digit;
pub use pictures::Pictures;

use std::hash::{DefaultHasher, Hash, Hasher as _};

/// Tells what was brought from what else came in the same form or under the same name: the same in all workers.
fn identity(brought: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    brought.hash(&mut hasher);
    hasher.finish()
}
