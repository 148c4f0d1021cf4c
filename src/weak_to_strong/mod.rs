//! Weak-to-strong generalization, after Burns and others 2023.
//!
//! A strong student learns from nothing but a weak supervisor's labels. How much of what it could have learned from
//! the truth does it recover? Three trainings answer: the supervisor's on the truth, the student's on the supervisor's
//! labels, and the student's on the truth, its ceiling.

pub mod event;
#[cfg(feature = "cpu")]
pub mod experiment;
#[cfg(feature = "cpu")]
mod families;
pub mod metrics;
pub mod replay;
pub mod spec;
#[cfg(feature = "page")]
pub mod view;
pub mod words;

pub use event::Event;
pub use replay::State;
pub use spec::SPEC;
