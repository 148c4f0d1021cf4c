//! Oversight Playground: see and try how people might oversee AI systems that are stronger than they are.
//!
//! Everything is a run of a scenario. `lab` is the engine, every method (such as `debate`) a folder of its own,
//! and `labs` the register that joins them. ARCHITECTURE.md draws the house.

pub mod amplification;
#[cfg(any(feature = "terminal", feature = "bench"))]
pub mod bench;
pub mod data_sets;
pub mod debate;
pub mod lab;
pub mod labs;
pub mod models;
#[cfg(feature = "page")]
pub mod page;
pub mod seed;
pub mod stats;
pub mod tasks;
#[cfg(feature = "terminal")]
pub mod terminal;
#[cfg(feature = "page")]
pub mod ui;
pub mod weak_to_strong;
#[cfg(feature = "browser")]
pub mod webgpu;
#[cfg(feature = "worker")]
pub mod worker;
