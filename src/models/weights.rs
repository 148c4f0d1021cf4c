//! Networks in files: safetensors with numbers of 16 bits, `0.weight` and `0.bias` for the first layer and so on.

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
        tensors.push((format!("{i}.weight"), vec![layer.inputs, layer.outputs], to_f16(&layer.weight)));
        tensors.push((format!("{i}.bias"), vec![layer.outputs], to_f16(&layer.bias)));
    }
    let views = tensors.iter().map(|(name, shape, bytes)| {
        TensorView::new(Dtype::F16, shape.clone(), bytes).map(|view| (name.as_str(), view))
    });
    let views = views.collect::<Result<Vec<_>, _>>().map_err(|why| why.to_string())?;
    safetensors::serialize(views, None).map_err(|why| why.to_string())
}

/// Reads such a file.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn from_f16_file(bytes: &[u8]) -> Result<Vec<Layer>, String> {
    let file = SafeTensors::deserialize(bytes).map_err(|why| format!("The weights cannot be read: {why}."))?;
    let tensor = |name: String, rank: usize| {
        let view = file.tensor(&name).map_err(|_| format!("The weights have no tensor {name}."))?;
        if view.dtype() != Dtype::F16 || view.shape().len() != rank {
            return Err(format!("The tensor {name} is not one of 16-bit numbers in {rank} dimensions."));
        }
        Ok((view.shape().to_vec(), from_f16(view.data())))
    };
    let layers = (0..file.len() / 2).map(|i| {
        let (shape, weight) = tensor(format!("{i}.weight"), 2)?;
        let (_, bias) = tensor(format!("{i}.bias"), 1)?;
        Ok(Layer { inputs: shape[0], outputs: shape[1], weight, bias })
    });
    layers.collect()
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
        Mlp::new(from_f16_file(bytes)?)
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

    proptest! {
        #[test]
        fn a_damaged_file_is_refused_or_read_without_panic(at in 0_usize..400, byte in any::<u8>(), cut in 0_usize..500) {
            let mut file = judge::initial(5, &[4, 3, 2]).to_f16_file().unwrap();
            let length = file.len();
            file[at % length] = byte;
            file.truncate(cut);
            if let Err(why) = Mlp::from_f16_file(&file) {
                prop_assert!(why.ends_with('.'), "{}", why);
            }
        }
    }
}
