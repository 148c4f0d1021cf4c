//! The judge exists twice: as a Burn network and as the incremental evaluator that search runs on. With the shipped
//! weights both must give the same logits.

#![cfg(feature = "terminal")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use burn::tensor::{Device, Tensor, TensorData};
use oversight_playground::{
    debate::{
        event::{Logits, Picture},
        judge::{Net, PictureJudge},
        rules::Shown,
    },
    models::{
        judge::{Judge, PIXELS, SIZES},
        mlp::Mlp,
        pretrain, shipped,
    },
    seed,
    tasks::digits::{Digit, Split, builtin},
};
use rand::Rng as _;
use serde_bytes::ByteBuf;
use std::rc::Rc;

/// Six pixels with ink, drawn by the picture's number.
fn glimpse(number: u64, digit: &Digit) -> Vec<u16> {
    let (mut ink, mut rng) = (digit.ink(), seed::rng(1, "glimpse", number));
    (0..6).map(|_| ink.swap_remove(rng.random_range(0..ink.len()))).collect()
}

/// Both planes, [2 × 784]: which pixels are shown, and how bright they are.
fn planes(digit: &Digit, shown: &[u16]) -> Vec<f32> {
    let mut input = vec![0.0; SIZES[0]];
    for pixel in shown.iter().map(|pixel| usize::from(*pixel)) {
        input[pixel] = 1.0;
        input[PIXELS + pixel] = f32::from(digit.pixels[pixel]) / 255.0;
    }
    input
}

fn in_burn(network: &Mlp, inputs: Vec<f32>) -> Vec<f32> {
    let device = Device::flex();
    let rows = inputs.len() / SIZES[0];
    let input = Tensor::<2>::from_data(TensorData::new(inputs, [rows, SIZES[0]]), &device);
    Judge::upload(network.layers(), &device).forward(input).into_data().try_to_vec().unwrap()
}

fn incremental(net: &Rc<Net>, digit: &Digit, shown: &[u16]) -> Logits {
    let picture = Picture { pixels: ByteBuf::from(digit.pixels.to_vec()), truth: digit.label, number: 0 };
    let set = shown.iter().fold(Shown::default(), |set, pixel| set.with(*pixel));
    PictureJudge::new(net.clone(), &picture).logits(&set)
}

#[test]
fn search_and_burn_see_the_same_judge() {
    for shipped in shipped::manifest().into_iter().filter(|shipped| shipped.name.starts_with("judge")) {
        let network = Mlp::from_f16_file(&std::fs::read(pretrain::folder().join(&shipped.file)).unwrap()).unwrap();
        let net = Rc::new(Net::new(&network).unwrap());
        let digits: Vec<Digit> = (0..200).map(|index| builtin(Split::Test, index)).collect();
        let glimpses: Vec<Vec<u16>> = (0..).zip(&digits).map(|(number, digit)| glimpse(number, digit)).collect();
        let inputs = digits.iter().zip(&glimpses).flat_map(|(digit, shown)| planes(digit, shown)).collect();
        let plain = digits.iter().zip(&glimpses).flat_map(|(digit, shown)| incremental(&net, digit, shown));
        for (burn, plain) in in_burn(&network, inputs).into_iter().zip(plain) {
            assert!((burn - plain).abs() < 1e-4, "{}: {burn} and {plain}", shipped.name);
        }
    }
}
