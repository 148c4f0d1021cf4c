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
