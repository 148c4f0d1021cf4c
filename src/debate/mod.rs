//! The pixel debate of Irving, Christiano and Amodei 2018, "AI safety via debate", section 3.
//!
//! A judge sees nothing of a handwritten digit but the few pixels that two debaters choose to show it. One debater
//! is honest, one is not; neither can lie about a pixel. Rules and players are plain Rust; only `experiment`
//! joins them to weights and data, and only `view` knows the page.

mod cache;
pub mod choices;
pub mod drawing;
pub mod event;
#[cfg(feature = "cpu")]
pub mod experiment;
pub mod judge;
pub mod metrics;
pub mod paper;
pub mod players;
pub mod protocols;
pub mod replay;
pub mod rules;
pub mod spec;
#[cfg(feature = "page")]
pub mod view;
pub mod words;

pub use event::Event;
pub use replay::State;
pub use spec::SPEC;
