//! Where Burn computes in this thread: on the CPU, or on a GPU through WebGPU. What is not Burn's is always the CPU's.

use crate::lab::experiment::Failure;
pub use burn::tensor::Device;
use burn::tensor::Tensor;
use std::cell::RefCell;

thread_local! {
    static CHOSEN: RefCell<Option<Device>> = const { RefCell::new(None) };
}

/// The device of trainings from now on.
pub fn current() -> Device {
    gpu().unwrap_or_else(Device::flex)
}

/// The GPU that trains from now on, if one does.
pub fn gpu() -> Option<Device> {
    CHOSEN.with_borrow(Clone::clone)
}

/// Makes a GPU the device of trainings from now on; `None`: the CPU.
#[cfg(feature = "gpu")]
pub(super) fn choose(gpu: Option<Device>) {
    CHOSEN.set(gpu);
}

/// A tensor's numbers, once they are computed.
///
/// # Errors
/// Where the device fails.
pub(super) async fn numbers<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, Failure> {
    let data = tensor.into_data_async().await.map_err(|why| broken(&why))?;
    data.try_to_vec::<f32>().map_err(|why| broken(&format!("{why:?}")))
}

/// What failed on the device, in a sentence: a driver's report goes on with causes and traces.
pub(super) fn broken(why: &dyn std::fmt::Display) -> Failure {
    let why = why.to_string();
    let first = why.lines().next().unwrap_or_default().trim_end_matches('.');
    Failure::Because(format!("The training failed: {first}."))
}
