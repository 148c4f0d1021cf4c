//! Whether this browser has a GPU that experiments can use: asked before anything of it is fetched or started.

use crate::lab::device::Pick;
use js_sys::{Function, Promise, Reflect, Set};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Limits that the kernels need, by their names in WebGPU.
const LIMITS: [(&str, f64); 3] = [
    ("maxStorageBuffersPerShaderStage", 8.0),
    ("maxComputeInvocationsPerWorkgroup", 256.0),
    ("maxStorageBufferBindingSize", 134_217_728.0),
];

/// The name of a GPU that can be used.
///
/// # Errors
/// Why there is none, in a sentence.
pub async fn usable(pick: Pick) -> Result<String, String> {
    let adapter = adapter().await.ok_or("This browser offers no GPU to pages (WebGPU).")?;
    let info = get(&adapter, "info");
    let words = ["vendor", "architecture", "description"].map(|part| get(&info, part).as_string().unwrap_or_default());
    let name = words.iter().filter(|word| !word.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    // Whoever asks for it may try it.
    if pick == Pick::Auto && (get(&info, "isFallbackAdapter").is_truthy() || name.contains("swiftshader")) {
        return Err(format!("What this browser offers as a GPU is the CPU in disguise ({name})."));
    }
    let features = get(&adapter, "features").unchecked_into::<Set>();
    if !features.has(&"timestamp-query".into()) {
        return Err("This browser’s WebGPU cannot measure time on the GPU, which is needed here.".to_owned());
    }
    let limits = get(&adapter, "limits");
    let short = LIMITS.iter().find(|(name, least)| get(&limits, name).as_f64().is_none_or(|most| most < *least));
    match short {
        Some((limit, least)) => Err(format!("This GPU offers too little: {limit} is below {least}.")),
        None => Ok(name),
    }
}

async fn adapter() -> Option<JsValue> {
    let gpu = get(&get(&js_sys::global(), "navigator"), "gpu");
    let request = get(&gpu, "requestAdapter").dyn_into::<Function>().ok()?;
    let coming = request.call0(&gpu).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(coming).await.ok().filter(JsValue::is_object)
}

/// A property; undefined where there is none.
fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
