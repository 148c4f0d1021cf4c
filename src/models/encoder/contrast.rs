//! Training an encoder without labels: two views of a picture should be closer to each other than to any other
//! picture of the batch (`SimCLR`: Chen, Kornblith, Norouzi and Hinton 2020).
//!
//! Through a head of two layers that is thrown away afterwards; Adam, a cosine from 3e-3 to 0, 128 pictures a step,
//! temperature 0.15.

use super::{Encoder, SIDE, warp::warped};
use crate::{
    lab::experiment::Failure,
    models::{
        adam::Adam,
        convolution::TAPS,
        device::broken,
        judge::{Judge, Linear, initial},
        mlp::Layer,
        training::gradients_of,
    },
    seed,
    tasks::Pictures,
};
use burn::tensor::{
    Device, Tensor, TensorData, activation::relu, loss::cross_entropy_with_logits, module::conv2d, ops::ConvOptions,
};
use rand::Rng as _;
use std::{f32::consts::PI, ops::Range};

const BATCH: usize = 128;
const RATE: f32 = 3e-3;
const TEMPERATURE: f32 = 0.15;
/// Sizes of the head above the features.
const HEAD: [usize; 2] = [64, 32];
/// The training pictures that encoders learn from. Those before are left for the labels of experiments.
pub const UNLABELLED: Range<u32> = 20_000..50_000;

/// Trains an encoder of this width; `progress` hears each step's loss.
///
/// # Errors
/// Where there are no pictures for training.
pub async fn train(
    run: u64,
    width: usize,
    steps: u32,
    pictures: &Pictures,
    mut progress: impl FnMut(u32, f32),
) -> Result<Encoder, Failure> {
    let device = Device::flex().autodiff();
    let mut encoder = Encoder::initial(run, width);
    let mut head = initial(run, &[encoder.features_len(), HEAD[0], HEAD[1]]);
    // Features are many and not sparse: their first layer starts as small as the rest.
    let shrink = (2.0 / encoder.features_len() as f32).sqrt() / 0.25;
    head.layers_mut()[0].weight.iter_mut().for_each(|weight| *weight *= shrink);
    let zeros = |layers: &[Layer]| layers.iter().map(|l| Layer::zeros(l.inputs, l.outputs)).collect::<Vec<_>>();
    let (mut adam, mut head_adam) = (Adam::new(zeros(encoder.layers())), Adam::new(zeros(head.layers())));
    for step in 0..steps {
        let views = views(run, step, pictures)?;
        let (filters, above) = (Judge::upload(encoder.layers(), &device), Judge::upload(head.layers(), &device));
        let input = Tensor::<4>::from_data(TensorData::new(views, [2 * BATCH, 1, SIDE, SIDE]), &device);
        let loss = contrast(above.forward(features(&filters, input)), &device);
        let slopes = loss.backward();
        let rate = RATE * 0.5 * (1.0 + libm::cosf(PI * step as f32 / steps as f32));
        adam.step(encoder.layers_mut(), &gradients_of(&filters, &slopes).await?, rate);
        head_adam.step(head.layers_mut(), &gradients_of(&above, &slopes).await?, rate);
        let loss = loss.into_scalar_async::<f32>().await.map_err(|why| broken(&why))?;
        progress(step + 1, loss);
    }
    Ok(encoder)
}

/// [2 · batch, 784]: the first views of a batch's pictures, then the second ones.
fn views(run: u64, step: u32, pictures: &Pictures) -> Result<Vec<f32>, Failure> {
    let mut rng = seed::rng(run, "unlabelled batch", step.into());
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..BATCH {
        let digit = pictures.train(rng.random_range(UNLABELLED)).ok_or_else(|| {
            Failure::Because("An encoder is trained on MNIST's training pictures, and there are none.".to_owned())
        })?;
        let picture = digit.brightness();
        first.append(&mut warped(&picture, &mut rng));
        second.append(&mut warped(&picture, &mut rng));
    }
    first.append(&mut second);
    Ok(first)
}

/// [batch, 1, 28, 28] to [batch, features], as [`Encoder::features`] has it.
fn features(filters: &Judge, input: Tensor<4>) -> Tensor<2> {
    let values = filters.layers.iter().fold(input, |values, Linear { weight, bias }| {
        let [inputs, outputs] = weight.dims();
        let weight = weight.clone().reshape([3, 3, inputs / TAPS, outputs]).permute([3, 2, 0, 1]);
        relu(conv2d(values, weight, Some(bias.clone()), ConvOptions::new([2, 2], [1, 1], [1, 1], 1)))
    });
    let [batch, channels, side, _] = values.dims();
    let places = values.reshape([batch, channels, side * side]);
    let (mean, most) = (places.clone().mean_dim(2), places.max_dim(2));
    Tensor::cat(vec![mean.reshape([batch, channels]), most.reshape([batch, channels])], 1)
}

/// The contrastive loss (NT-Xent) of [2 · batch, size]: row `i` and row `i + batch` belong together.
fn contrast(rows: Tensor<2>, device: &Device) -> Tensor<1> {
    let [n, _] = rows.dims();
    let length = (rows.clone() * rows.clone()).sum_dim(1).sqrt() + 1e-6;
    let rows = rows / length;
    // A picture is no neighbour of itself.
    let itself = Tensor::<2>::eye(n, device) * 1e4;
    let likeness = rows.clone().matmul(rows.transpose()) / TEMPERATURE - itself;
    let mut partners = vec![0.0; n * n];
    (0..n).for_each(|row| partners[row * n + (row + n / 2) % n] = 1.0);
    cross_entropy_with_logits(likeness, Tensor::from_data(TensorData::new(partners, [n, n]), device))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::tasks::digits::{Split, builtin};

    #[test]
    fn burn_and_the_plain_encoder_see_the_same_features() {
        let (encoder, device) = (Encoder::initial(4, 5), Device::flex());
        let pictures: Vec<Vec<f32>> = (0..6).map(|index| builtin(Split::Test, index).brightness()).collect();
        let input = TensorData::new(pictures.concat(), [6, 1, SIDE, SIDE]);
        let burn = features(&Judge::upload(encoder.layers(), &device), Tensor::from_data(input, &device));
        let burn = burn.into_data().try_to_vec::<f32>().unwrap();
        let plain: Vec<f32> = pictures.iter().flat_map(|picture| encoder.features(picture)).collect();
        assert_eq!(burn.len(), plain.len());
        for (burn, plain) in burn.iter().zip(&plain) {
            assert!((burn - plain).abs() < 1e-4, "{burn} and {plain}");
        }
    }

    #[test]
    fn the_loss_is_the_logarithm_of_the_partners_share() {
        // Two pictures, views equal and the pictures at right angles: of the three others the partner has likeness
        // 1, the two strangers 0.
        let rows = TensorData::new(vec![1.0_f32, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0], [4, 2]);
        let device = Device::flex();
        let loss = contrast(Tensor::from_data(rows, &device), &device).into_scalar::<f32>();
        let e = libm::expf(1.0 / TEMPERATURE);
        assert!((loss + libm::logf(e / (e + 2.0))).abs() < 1e-3, "{loss}");
    }

    #[test]
    fn a_few_steps_bring_views_together() {
        let mut losses = Vec::new();
        let future = train(1, 4, 60, &Pictures::Builtin, |_, loss| losses.push(loss));
        pollster::block_on(future).unwrap();
        assert!(losses[59] < losses[0] - 0.4, "{losses:?}");
    }
}
