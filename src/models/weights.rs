//! Networks in files: safetensors, `0.weight` and `0.bias` for the first layer and so on. Numbers have 16 bits; weights
//! may have 8 with a scale for every output, `0.scale`.

use super::mlp::{Layer, Mlp};
use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

/// The file of these layers; always the same bytes for the same numbers.
///
/// # Errors
/// A sentence, should the writer refuse.
pub fn to_f16_file(layers: &[Layer]) -> Result<Vec<u8>, String> {
    let mut tensors = Vec::new();
    for (i, layer) in layers.iter().enumerate() {
        tensors.push((format!("{i}.weight"), Dtype::F16, vec![layer.inputs, layer.outputs], to_f16(&layer.weight)));
        tensors.push((format!("{i}.bias"), Dtype::F16, vec![layer.outputs], to_f16(&layer.bias)));
    }
    serialized(&tensors)
}

/// The file of these layers with weights of 8 bits: half as long, and every weight within 1/254 of the largest of its
/// output.
///
/// # Errors
/// A sentence, should the writer refuse.
pub fn to_i8_file(layers: &[Layer]) -> Result<Vec<u8>, String> {
    let mut tensors = Vec::new();
    for (i, layer) in layers.iter().enumerate() {
        let largest =
            |output| layer.weight.iter().skip(output).step_by(layer.outputs).fold(0.0, |m: f32, w| m.max(w.abs()));
        let scales: Vec<f16> = (0..layer.outputs).map(|output| f16::from_f32(largest(output) / 127.0)).collect();
        let rounded = |(at, weight): (usize, &f32)| {
            let scale = scales[at % layer.outputs].to_f32();
            let steps = if scale > 0.0 { (weight / scale).round() } else { 0.0 };
            (steps.clamp(-127.0, 127.0) as i8).to_le_bytes()[0]
        };
        let weight = layer.weight.iter().enumerate().map(rounded).collect();
        let scales = scales.iter().flat_map(|scale| scale.to_le_bytes()).collect();
        tensors.push((format!("{i}.weight"), Dtype::I8, vec![layer.inputs, layer.outputs], weight));
        tensors.push((format!("{i}.scale"), Dtype::F16, vec![layer.outputs], scales));
        tensors.push((format!("{i}.bias"), Dtype::F16, vec![layer.outputs], to_f16(&layer.bias)));
    }
    serialized(&tensors)
}

fn serialized(tensors: &[(String, Dtype, Vec<usize>, Vec<u8>)]) -> Result<Vec<u8>, String> {
    let views = tensors.iter().map(|(name, kind, shape, bytes)| {
        TensorView::new(*kind, shape.clone(), bytes).map(|view| (name.as_str(), view))
    });
    let views = views.collect::<Result<Vec<_>, _>>().map_err(|why| why.to_string())?;
    safetensors::serialize(views, None).map_err(|why| why.to_string())
}

/// Reads a file of either kind.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn from_file(bytes: &[u8]) -> Result<Vec<Layer>, String> {
    let file = SafeTensors::deserialize(bytes).map_err(|why| format!("The weights cannot be read: {why}."))?;
    let tensor = |name: String, rank: usize| {
        let view = file.tensor(&name).map_err(|_| format!("The weights have no tensor {name}."))?;
        if view.dtype() != Dtype::F16 || view.shape().len() != rank {
            return Err(format!("The tensor {name} is not one of 16-bit numbers in {rank} dimensions."));
        }
        Ok((view.shape().to_vec(), from_f16(view.data())))
    };
    let weight = |i: usize| match file.tensor(&format!("{i}.weight")) {
        Ok(view) if view.dtype() == Dtype::I8 && view.shape().len() == 2 => {
            let (shape, (_, scales)) = (view.shape().to_vec(), tensor(format!("{i}.scale"), 1)?);
            if scales.len() != shape[1] {
                return Err(format!("The weights have {} scales for {} outputs.", scales.len(), shape[1]));
            }
            let numbers = view.data().iter().map(|byte| f32::from(i8::from_le_bytes([*byte])));
            let weight = numbers.enumerate().map(|(at, number)| number * scales[at % scales.len()]).collect();
            Ok((shape, weight))
        }
        _ => tensor(format!("{i}.weight"), 2),
    };
    let count = file.names().iter().filter(|name| name.ends_with(".weight")).count();
    let layers = (0..count).map(|i| {
        let (shape, weight) = weight(i)?;
        let (_, bias) = tensor(format!("{i}.bias"), 1)?;
        let layer = Layer { inputs: shape[0], outputs: shape[1], weight, bias };
        // Whether its numbers are as many as it says, and finite.
        Mlp::new(vec![layer.clone()])?;
        Ok(layer)
    });
    layers.collect()
}

/// Whether layers have the same sizes, one by one.
pub fn fit(layers: &[Layer], expected: &[Layer]) -> bool {
    let sizes = |layer: &Layer| (layer.inputs, layer.outputs);
    layers.iter().map(sizes).eq(expected.iter().map(sizes))
}

impl Mlp {
    /// Its file: see [`to_f16_file`].
    ///
    /// # Errors
    /// A sentence, should the writer refuse.
    pub fn to_f16_file(&self) -> Result<Vec<u8>, String> {
        to_f16_file(self.layers())
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_f16_file(bytes: &[u8]) -> Result<Self, String> {
        Mlp::new(from_file(bytes)?)
    }
}

fn to_f16(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| f16::from_f32(*value).to_le_bytes()).collect()
}

fn from_f16(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(2).map(|pair| f16::from_le_bytes([pair[0], pair[1]]).to_f32()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::models::judge;
    use proptest::prelude::*;

    #[test]
    fn a_network_comes_back_rounded_to_16_bits() {
        let original = judge::initial(5, &[20, 6, 3]);
        let file = original.to_f16_file().unwrap();
        let back = Mlp::from_f16_file(&file).unwrap();
        assert_eq!(back.sizes(), original.sizes());
        for (was, is) in original.layers().iter().zip(back.layers()) {
            for (was, is) in was.weight.iter().chain(&was.bias).zip(is.weight.iter().chain(&is.bias)) {
                assert!((was - is).abs() <= was.abs() / 2048.0 + 1e-7, "{was} became {is}");
            }
        }
        assert_eq!(back.to_f16_file().unwrap(), file);
    }

    #[test]
    fn a_network_comes_back_rounded_to_8_bits_in_half_the_space() {
        let original = judge::initial(5, &[60, 40, 3]);
        let file = to_i8_file(original.layers()).unwrap();
        assert!(file.len() < original.to_f16_file().unwrap().len() * 6 / 10);
        for (was, is) in original.layers().iter().zip(from_file(&file).unwrap()) {
            for output in 0..was.outputs {
                let of = |layer: &Layer| {
                    layer.weight.iter().skip(output).step_by(layer.outputs).copied().collect::<Vec<f32>>()
                };
                let largest = of(was).iter().fold(0.0, |most: f32, weight| most.max(weight.abs()));
                for (was, is) in of(was).iter().zip(of(&is)) {
                    assert!((was - is).abs() < largest / 220.0, "{was} became {is}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_damaged_file_is_refused_or_read_without_panic(at in 0_usize..400, byte in any::<u8>(), cut in 0_usize..500) {
            let network = judge::initial(5, &[4, 3, 2]);
            for mut file in [network.to_f16_file().unwrap(), to_i8_file(network.layers()).unwrap()] {
                let length = file.len();
                file[at % length] = byte;
                file.truncate(cut);
                if let Err(why) = Mlp::from_f16_file(&file) {
                    prop_assert!(why.ends_with('.'), "{}", why);
                }
            }
        }
    }
}
