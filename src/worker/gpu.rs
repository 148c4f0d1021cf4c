//! The choice between CPU and GPU, which the large worker has.

use super::{Message, now_ms, say};
use crate::{
    lab::{
        Scenario,
        device::{Computed, Pick},
    },
    labs,
    models::choice,
    webgpu::usable,
};

/// Chooses what computes, where there is a choice, and says what was chosen: what was picked, or what is known to be
/// faster. Whether it is a GPU.
pub async fn choose(scenario: &Scenario, run: u32, (pick, known): (Pick, Option<[f64; 2]>)) -> bool {
    let Some(kind) = labs::trains(scenario) else { return false };
    let usable = if pick == Pick::Cpu { Ok(String::new()) } else { usable(pick).await };
    let computed = match usable {
        Ok(name) => Computed { name, ..choice::choose(pick, kind, known, &now_ms).await },
        Err(why) => Computed { why: Some(why), ..choice::choose(Pick::Cpu, kind, None, &now_ms).await },
    };
    let gpu = computed.gpu;
    say(&Message::Computes { run, computed });
    gpu
}
