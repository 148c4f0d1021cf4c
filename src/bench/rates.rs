//! How much happens in a second.

use super::Clock;
use crate::{
    debate::{
        event::{Event, Picture, Protocol},
        judge::{Net, PictureJudge},
        rules::{Shown, bright},
    },
    lab::{Assets, Breath, Failure, Link, Signal},
    labs::{self, AnyEvent, LABS},
    models::{
        mlp::Mlp,
        product::{Factor, add_product},
        shipped,
    },
    seed,
    tasks::Pictures,
};
use rand::Rng as _;
use serde::Serialize;
use std::{cell::RefCell, collections::BTreeMap, hint::black_box, rc::Rc};

/// Sets of pixels that the judge is asked about, all different, so that it has to compute.
const SETS: usize = 20_000;
/// A game of six moves, each with so many rollouts.
const ROLLOUTS: f64 = 60_000.0;
const SEARCHED: &str = "#/debate/first?v=1&precommit=0&honest=search&hr=10000&liar=search&lr=10000";
/// Debates with claims: all nine lies about twenty pictures, either side first.
pub(super) const DEBATED: &str = "#/debate/paper-6px?v=1&games=20&honest=greedy&liar=greedy";

/// So many of something in a second.
#[derive(Debug, Clone, Serialize)]
pub struct Rate {
    /// What is counted.
    pub what: &'static str,
    /// How many.
    pub per_second: f64,
}

/// Everything once.
///
/// # Errors
/// Where the judge's weights are missing.
pub async fn all(assets: &dyn Assets, clock: Clock, breath: &Breath) -> Result<Vec<Rate>, Failure> {
    let evaluations = evaluations(assets, clock).await?;
    let (_, seconds) = timed(SEARCHED, assets, clock, breath).await?;
    let rollouts = ROLLOUTS / seconds;
    let (events, seconds) = timed(DEBATED, assets, clock, breath).await?;
    let is_debate = |event: &&AnyEvent| match event {
        AnyEvent::Debate(Event::Answer(answer)) => matches!(answer.protocol, Protocol::Precommit { .. }),
        _ => false,
    };
    let games = 9.0 * events.iter().filter(is_debate).count() as f64 / seconds;
    let (peak, product) = (peak(clock), product(clock));
    Ok(vec![
        Rate { what: "million multiply-adds in registers alone", per_second: peak / 1e6 },
        Rate { what: "million multiply-adds of a product, 128 × 784 by 784 × 256", per_second: product / 1e6 },
        Rate { what: "judge evaluations", per_second: evaluations },
        Rate { what: "rollouts of the search", per_second: rollouts },
        Rate { what: "debates with claims, both sides greedy", per_second: games },
    ])
}

/// What one core can do at most: sums that stay in registers, each time with another factor.
fn peak(clock: Clock) -> f64 {
    const LANES: usize = 32;
    const TIMES: usize = 4_000_000;
    let factors: [f32; 64] = black_box(std::array::from_fn(|i| i as f32 * 1e-3));
    let lanes: [f32; LANES] = black_box(std::array::from_fn(|i| i as f32));
    let mut sums = [0.0_f32; LANES];
    let began = clock();
    for time in 0..TIMES {
        let factor = factors[time % 64];
        for i in 0..LANES {
            sums[i] += factor * lanes[i];
        }
    }
    black_box(sums);
    (LANES * TIMES) as f64 * 1000.0 / (clock() - began)
}

/// A matrix product, as in the training of the largest networks.
fn product(clock: Clock) -> f64 {
    const ROWS: usize = 128;
    const INNER: usize = 784;
    const COLUMNS: usize = 256;
    const TIMES: usize = 20;
    let (a, b) = (vec![0.5; ROWS * INNER], vec![0.25; INNER * COLUMNS]);
    let (mut result, mut panel) = (vec![0.0; ROWS * COLUMNS], Vec::new());
    let began = clock();
    for _ in 0..TIMES {
        add_product(&mut result, Factor::Plain(black_box(&a)), Factor::Plain(&b), INNER, COLUMNS, &mut panel);
    }
    black_box(&result);
    (ROWS * INNER * COLUMNS * TIMES) as f64 * 1000.0 / (clock() - began)
}

/// The judge about one picture and many sets of six pixels.
async fn evaluations(assets: &dyn Assets, clock: Clock) -> Result<f64, Failure> {
    let shipped = shipped::find(&shipped::judge_name(6, "builtin"))?;
    let net = Rc::new(Net::new(&Mlp::from_f16_file(&assets.model(&shipped.file).await?)?)?);
    let digit = Pictures::Builtin.test(0);
    let picture = Picture { pixels: digit.pixels.to_vec().into(), truth: digit.label, number: 1 };
    let pixels = bright(&picture.pixels);
    let mut rng = seed::rng(1, "sets of pixels", 0);
    let mut sets = BTreeMap::new();
    while sets.len() < SETS {
        let mut set = Shown::default();
        while set.len() < 6 {
            let pixel = pixels[rng.random_range(0..pixels.len() as u32) as usize];
            if !set.holds(pixel) {
                set = set.with(pixel);
            }
        }
        sets.insert(set.key(), set);
    }
    let mut judge = PictureJudge::new(net, &picture);
    let began = clock();
    let sum: f32 = sets.values().map(|set| judge.logits(set)[0]).sum();
    let seconds = (clock() - began) / 1000.0;
    // The answers are used, so that none can be left out.
    if sum.is_finite() {
        Ok(SETS as f64 / seconds)
    } else {
        Err("The judge answered with no number.".to_owned().into())
    }
}

/// Runs the scenario of a link: its events, and how many seconds they took.
pub(super) async fn timed(
    link: &str,
    assets: &dyn Assets,
    clock: Clock,
    breath: &Breath,
) -> Result<(Vec<AnyEvent>, f64), Failure> {
    let scenario = Link::read(link, LABS).0.scenario;
    let events = Rc::new(RefCell::new(Vec::new()));
    let sink = {
        let events = events.clone();
        move |signal| {
            if let Signal::Event(event) = signal {
                events.borrow_mut().push(event);
            }
        }
    };
    let began = clock();
    labs::run(&scenario, assets, breath.clone(), sink).await?;
    Ok((events.take(), (clock() - began) / 1000.0))
}
