//! Iterated amplification, after Christiano, Shlegeris and Amodei 2018, "Supervising strong learners by amplifying
//! weak experts".
//!
//! An overseer H, who can look up facts and combine a few answers, breaks a question into sub-questions; copies of a
//! model X answer them; H puts the answers together. X learns to give at once what H and its copies give together
//! (distillation), and so the next round starts with a better X. Tasks and trees are plain Rust; only `experiment`
//! joins them to networks, and only `view` knows the page.

pub mod event;
#[cfg(feature = "cpu")]
pub mod experiment;
pub mod metrics;
pub mod moves;
pub mod replay;
pub mod spec;
pub mod summaries;
#[cfg(feature = "cpu")]
pub mod tasks;
pub mod tree;
#[cfg(feature = "page")]
pub mod view;
pub mod words;

pub use event::Event;
pub use replay::State;
pub use spec::SPEC;
