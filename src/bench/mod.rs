//! How fast this is: training steps of the labs' own networks, the judge, the search, whole debates.
//!
//! No experiment and no part of the page. `cargo xtask bench` builds it into a worker of its own, beside other
//! libraries', and `oversight bench` runs the same natively. What is timed is the code that the labs run.

#[cfg(all(feature = "gpu", feature = "terminal"))]
pub mod devices;
pub mod networks;
pub mod rates;
#[cfg(feature = "bench")]
pub mod recorded;
pub mod steps;
#[cfg(feature = "bench")]
pub mod worker;

/// Milliseconds since some moment; the browser and the terminal have different clocks.
pub type Clock = fn() -> f64;
