//! The choice between CPU and GPU: a GPU's numbers are held against the CPU's before it is used, and the faster one
//! is taken.

use super::{
    device,
    trial::{Kind, Trial},
};
use crate::lab::{
    Failure,
    device::{Computed, Pick},
};
use burn::tensor::Device;
use std::{cell::RefCell, collections::BTreeMap};

/// Steps that are timed on each device; a GPU that is slower at the first of them is not asked for more.
const TIMED: u32 = 3;
/// Slopes that differ by more than this share of the largest are not those of the same network: it would be a
/// fault of the device or of its driver. (A software adapter comes to about 1e-6.)
const TOLERANCE: f64 = 1e-3;

/// A GPU that was found, with its name; or why there is none.
type Found = Result<(Device, String), String>;

thread_local! {
    static FOUND: RefCell<Option<Found>> = const { RefCell::new(None) };
    /// By network: how far its first slopes on CPU and GPU are apart.
    static APART: RefCell<BTreeMap<Kind, f64>> = const { RefCell::new(BTreeMap::new()) };
}

/// Chooses the device of trainings of a network: what was picked, or the faster one, as `known` or else as measured
/// now, in milliseconds a step on CPU and GPU.
pub async fn choose(pick: Pick, kind: Kind, known: Option<[f64; 2]>, clock: &dyn Fn() -> f64) -> Computed {
    device::choose(None);
    if pick == Pick::Cpu {
        return Computed::default();
    }
    match find().await {
        Err(why) => Computed { why: Some(why), ..Computed::default() },
        Ok((device, name)) => match compare(pick, kind, known, &device, clock).await {
            Ok(computed) => {
                device::choose(computed.gpu.then_some(device));
                Computed { name, ..computed }
            }
            Err(why) => {
                let why = Some(format!("The GPU failed a first step: {why}"));
                Computed { name, why, ..Computed::default() }
            }
        },
    }
}

async fn compare(
    pick: Pick,
    kind: Kind,
    known: Option<[f64; 2]>,
    gpu: &Device,
    clock: &dyn Fn() -> f64,
) -> Result<Computed, Failure> {
    let before = APART.with_borrow(|all| all.get(&kind).copied());
    let apart = match before {
        Some(apart) => apart,
        None => apart(kind, gpu).await?,
    };
    APART.with_borrow_mut(|all| all.insert(kind, apart));
    let computed = Computed { gpu: true, differs: Some(apart), ..Computed::default() };
    // What is not a number is no agreement.
    if apart.is_nan() || apart > TOLERANCE {
        let why = "The GPU’s numbers are not those of the CPU: it is not used.".to_owned();
        return Ok(Computed { gpu: false, why: Some(why), ..computed });
    }
    if pick == Pick::Gpu {
        return Ok(computed);
    }
    let step_ms = match known {
        Some(step_ms) => step_ms,
        None => step_ms(kind, gpu, clock).await?,
    };
    Ok(Computed { gpu: step_ms[1] < step_ms[0], step_ms: Some(step_ms), ..computed })
}

/// The GPU and its name.
///
/// # Errors
/// Why there is none, in a sentence.
pub async fn found() -> Result<(Device, String), Failure> {
    Ok(find().await?)
}

async fn find() -> Found {
    if let Some(found) = FOUND.with_borrow(Clone::clone) {
        return found;
    }
    let found = Device::wgpu_options().init_with_setup_async().await;
    let found = found.map_err(|why| format!("No GPU can be used: {why}.")).map(|(device, setup)| {
        let info = setup.adapter.get_info();
        let name = if info.name.is_empty() { info.driver } else { info.name };
        (device, if name.is_empty() { "GPU".to_owned() } else { name })
    });
    FOUND.set(Some(found.clone()));
    found
}

/// The largest difference between the slopes of a first step, as a share of the largest slope.
///
/// # Errors
/// Where the GPU fails.
pub async fn apart(kind: Kind, gpu: &Device) -> Result<f64, Failure> {
    let cpu = Trial::new(kind, true, None)?.slopes().await?;
    let gpu = Trial::new(kind, true, Some(gpu))?.slopes().await?;
    let largest = cpu.iter().fold(0.0_f32, |most, slope| most.max(slope.abs()));
    let apart = cpu.iter().zip(&gpu).map(|(a, b)| f64::from((a - b).abs() / largest));
    // `f64::max` would leave out what is not a number.
    Ok(apart.fold(0.0, |most, one| if one > most || one.is_nan() { one } else { most }))
}

/// Milliseconds a step on CPU and GPU.
async fn step_ms(kind: Kind, gpu: &Device, clock: &dyn Fn() -> f64) -> Result<[f64; 2], Failure> {
    let mut times = [0.0; 2];
    for (side, device) in [None, Some(gpu)].into_iter().enumerate() {
        let mut trial = Trial::new(kind, false, device)?;
        // The first step also compiles what the device needs for this size.
        trial.step().await?;
        let (began, mut done) = (clock(), 0);
        while done < TIMED && !(side == 1 && done > 0 && times[1] > times[0]) {
            trial.step().await?;
            done += 1;
            times[side] = (clock() - began) / f64::from(done);
        }
    }
    Ok(times)
}
