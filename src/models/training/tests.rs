#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use crate::{
    models::mlp::Layer,
    tasks::digits::{Split, builtin},
};

/// Runs what never waits for anything.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("it waited"),
    }
}

fn batch(size: usize, shown: usize) -> Batch {
    let mut pool = Pool::default();
    (0..20).for_each(|index| pool.push(&builtin(Split::Train, index)));
    pool.draw(size, shown, &mut seed::rng(3, "test", 0))
}

fn upload(batch: &Batch, device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(batch.planes(0..batch.len()), [batch.len(), SIZES[0]]), device)
}

fn close(a: &[f32], b: &[f32]) {
    assert_eq!(a.len(), b.len());
    for (at, (a, b)) in a.iter().zip(b).enumerate() {
        assert!((a - b).abs() <= 1e-4 * (1.0 + a.abs()), "{at}: {a} and {b}");
    }
}

#[test]
fn burn_the_plain_network_and_the_sparse_first_layer_agree() {
    let (network, batch) = (judge::initial(1, &SIZES), batch(16, 6));
    let device = Device::flex();
    let burn = Judge::upload(network.layers(), &device)
        .forward(upload(&batch, &device))
        .into_data()
        .try_to_vec::<f32>()
        .unwrap();
    let dense: Vec<f32> =
        batch.planes(0..batch.len()).chunks_exact(SIZES[0]).flat_map(|input| network.forward(input)).collect();
    let first = &network.layers()[0];
    let sparse: Vec<f32> =
        batch.first_layer(first).chunks_exact(first.outputs).flat_map(|sums| network.above(sums.to_vec())).collect();
    close(&burn, &dense);
    close(&burn, &sparse);
}

#[test]
fn the_sparse_gradient_is_the_dense_one() {
    let sizes = [SIZES[0], 7, 5, 10];
    let (network, batch, device) = (judge::initial(2, &sizes), batch(9, 4), Device::flex());
    let mut sparse = Mlp::zeros(&sizes);
    let loss = run(gradients(&network, &batch, &device, &mut sparse)).unwrap();

    let device = device.autodiff();
    let judge = Judge::upload(network.layers(), &device);
    let dense_loss = cross_entropy_with_logits(judge.forward(upload(&batch, &device)), truths(&batch, 10, &device));
    let slopes = dense_loss.backward();
    close(&[loss], &[dense_loss.into_scalar()]);
    for (Layer { weight, bias, .. }, dense) in sparse.layers().iter().zip(&judge.layers) {
        assert!(weight.iter().any(|slope| slope.abs() > 1e-3));
        close(weight, &run(numbers(dense.weight.grad(&slopes).unwrap())).unwrap());
        close(bias, &run(numbers(dense.bias.grad(&slopes).unwrap())).unwrap());
    }
}

const SHORT: Training = Training { seed: 5, pixels: 6, steps: 150, measure_every: 50, held_out: 300 };

fn short(breath: &Breath) -> (Result<Mlp, Failure>, Vec<Measure>) {
    let mut measures = Vec::new();
    let network = run(train(&SHORT, &Pictures::Builtin, breath, |measure| measures.push(measure)));
    (network, measures)
}

#[test]
fn training_learns_and_repeats_bit_for_bit() {
    let (network, measures) = short(&Breath::endless());
    let steps: Vec<u32> = measures.iter().map(|measure| measure.step).collect();
    assert_eq!(steps, [50, 100, 150]);
    let (start, end) = (measures[0], measures[2]);
    assert!(end.loss < 0.9 * start.loss, "{measures:?}");
    // Chance is 30 of 300.
    assert!(end.of == 300 && end.right > 75, "{measures:?}");
    assert_eq!((network, measures), short(&Breath::endless()));
}

#[test]
fn a_cancelled_training_stops() {
    let cancelled = std::rc::Rc::new(std::cell::Cell::new(true));
    let (network, measures) = short(&Breath::new(cancelled, || None));
    assert_eq!((network, measures), (Err(Failure::Cancelled), vec![]));
}

#[test]
fn the_rate_rises_then_falls_to_nothing() {
    let rate = |step, steps| Training { steps, ..SHORT }.rate(RATE, step);
    assert!(rate(0, 3000) < rate(100, 3000));
    assert!((rate(200, 3000) - RATE).abs() < 1e-9);
    assert!(rate(2999, 3000) < 1e-6 && rate(2999, 3000) >= 0.0);
    assert!((0..50).all(|step| rate(step, 50).is_finite()) && rate(0, 1).is_finite());
}

#[test]
fn shown_pixels_have_ink_and_none_comes_twice() {
    let digit = builtin(Split::Train, 4);
    let mut pool = Pool::default();
    pool.push(&digit);
    let batch = pool.draw(200, 12, &mut seed::rng(1, "test", 0));
    let mut seen = std::collections::BTreeSet::new();
    for glimpse in batch.pixels.chunks_exact(12) {
        let distinct: std::collections::BTreeSet<_> = glimpse.iter().copied().collect();
        assert!(distinct.len() == 12 && distinct.iter().all(|pixel| digit.pixels[usize::from(*pixel)] > 0));
        seen.extend(distinct);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), digit.ink());
}
