//! What a training step took on this device's CPU and on its GPU, remembered from visit to visit.
//!
//! Where a browser keeps nothing for this page, it is measured each time.

use crate::lab::device::Computed;
use web_sys::Storage;

/// What was measured for this network and this GPU, in milliseconds: on the CPU, and on the GPU.
pub fn known(network: &str, gpu: &str) -> Option<[f64; 2]> {
    read(&storage()?.get_item(&key(network)).ok()??, gpu)
}

/// Remembers what was measured, if it was.
pub fn keep(network: &str, computed: &Computed) {
    if let (Some(step_ms), Some(storage)) = (computed.step_ms, storage()) {
        // A full or forbidden storage forgets: it is measured again.
        let _ = storage.set_item(&key(network), &written(step_ms, &computed.name));
    }
}

/// Forgets what was measured for this network.
pub fn forget(network: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(network));
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn key(network: &str) -> String {
    format!("step-ms {network}")
}

fn written([cpu, of_gpu]: [f64; 2], gpu: &str) -> String {
    format!("{cpu} {of_gpu} {gpu}")
}

/// The two figures, if they are of this GPU.
fn read(text: &str, gpu: &str) -> Option<[f64; 2]> {
    let (cpu, rest) = text.split_once(' ')?;
    let (of_gpu, name) = rest.split_once(' ')?;
    let positive = |text: &str| text.parse().ok().filter(|ms: &f64| ms.is_finite() && *ms > 0.0);
    (name == gpu).then_some([positive(cpu)?, positive(of_gpu)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_were_written_and_for_the_same_gpu_alone() {
        let text = written([480.25, 12.5], "maker model 7");
        assert_eq!(read(&text, "maker model 7"), Some([480.25, 12.5]));
        assert_eq!(read(&text, "another"), None);
        for broken in ["", "1", "1 2", "x 2 maker", "1 -2 maker", "inf 2 maker", "NaN 2 maker"] {
            assert_eq!(read(broken, "maker"), None, "{broken}");
        }
    }
}
