//! Networks. Plain weights for whoever evaluates them by hand; Burn, which only this folder knows, to train them.
//!
//! Initial weights are drawn on the CPU from the run's seed, so that every device starts equal.

pub mod mlp;

#[cfg(feature = "cpu")]
mod adam;
#[cfg(feature = "cpu")]
mod batch;
#[cfg(all(feature = "cpu", any(test, feature = "gpu")))]
pub mod batched;
#[cfg(feature = "cpu")]
pub mod chess;
#[cfg(feature = "gpu")]
pub mod choice;
#[cfg(feature = "large")]
pub mod convnet;
#[cfg(feature = "cpu")]
mod convolution;
#[cfg(feature = "cpu")]
mod dense;
#[cfg(feature = "cpu")]
mod descent;
#[cfg(feature = "cpu")]
pub mod device;
#[cfg(feature = "cpu")]
pub mod encoder;
#[cfg(feature = "cpu")]
mod exponential;
#[cfg(feature = "cpu")]
pub mod fit;
#[cfg(feature = "cpu")]
pub mod head;
#[cfg(feature = "cpu")]
pub mod judge;
#[cfg(feature = "cpu")]
mod linear;
#[cfg(feature = "cpu")]
mod losses;
#[cfg(feature = "large")]
mod on_device;
#[cfg(feature = "terminal")]
pub mod pretrain;
#[cfg(feature = "cpu")]
pub mod product;
#[cfg(feature = "cpu")]
pub mod ranker;
#[cfg(feature = "cpu")]
pub mod reader;
pub mod rectifier;
pub mod rows;
#[cfg(any(feature = "cpu", feature = "page"))]
pub mod shipped;
#[cfg(feature = "cpu")]
pub mod table;
#[cfg(feature = "cpu")]
pub mod training;
#[cfg(feature = "cpu")]
pub mod transformer;
#[cfg(feature = "gpu")]
pub mod trial;
#[cfg(feature = "cpu")]
mod weights;
#[cfg(feature = "cpu")]
pub mod words;
