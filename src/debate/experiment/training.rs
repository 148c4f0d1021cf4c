//! Training a judge in front of the reader.

use super::setup;
use crate::{
    debate::{
        event::{Event, Learned},
        judge::Net,
    },
    lab::{Assets, Failure, Outlet, Scenario},
    models::training::{self, Measure, Training},
    tasks::Pictures,
};
use std::{cell::RefCell, rc::Rc};

/// Points on the learning curve.
const POINTS: u32 = 50;
/// Held-out pictures asked at each.
const HELD_OUT: u32 = 1000;

/// What decides a trained judge.
type Key = (Training, &'static str);

thread_local! {
    /// The judge that was trained last: whoever lets it judge next need not train it again.
    static LAST: RefCell<Option<(Key, Rc<Net>)>> = const { RefCell::new(None) };
}

/// Emits an [`Event::Learned`] for each point of the learning curve.
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let pictures = setup::pictures(scenario, assets)?;
    let training = plan(scenario, setup::rules(scenario).pixels);
    let tell = |out: &mut Outlet<Event>, measure| {
        let Measure { step, loss, right, of } = measure;
        out.emit(Event::Learned(Learned { step, loss, right, of }));
    };
    if scenario.choice("network") == "convolutional" {
        return convolutional(training, &pictures, out, tell).await;
    }
    train(training, &pictures, out, tell).await?;
    Ok(())
}

#[cfg(feature = "large")]
async fn convolutional(
    training: Training,
    pictures: &Pictures,
    out: &mut Outlet<Event>,
    on_measure: impl FnMut(&mut Outlet<Event>, Measure),
) -> Result<(), Failure> {
    let (breath, device) = (out.breath.clone(), crate::models::device::current());
    let tell = telling(training, out, on_measure);
    crate::models::convnet::train(&training, pictures, &device, &breath, tell).await
}

/// The small worker leaves this network out: the page asks the large one.
#[cfg(not(feature = "large"))]
async fn convolutional(
    _: Training,
    _: &Pictures,
    _: &mut Outlet<Event>,
    _: impl FnMut(&mut Outlet<Event>, Measure),
) -> Result<(), Failure> {
    std::future::ready(Err("This program was built without the convolutional judge.".to_owned().into())).await
}

/// The judge that [`run`] would train, from this thread's memory where it is the last one.
pub async fn trained(
    scenario: &Scenario,
    pictures: &Pictures,
    pixels: u8,
    out: &mut Outlet<Event>,
) -> Result<Rc<Net>, Failure> {
    let training = plan(scenario, pixels);
    let key = (training, pictures.name());
    let known = LAST.with_borrow(|last| last.as_ref().filter(|(of, _)| *of == key).map(|(_, net)| net.clone()));
    match known {
        Some(net) => Ok(net),
        None => train(training, pictures, out, |_, _| {}).await,
    }
}

fn plan(scenario: &Scenario, pixels: u8) -> Training {
    let steps = scenario.int("steps") as u32;
    Training { seed: scenario.seed, pixels, steps, measure_every: steps.div_ceil(POINTS), held_out: HELD_OUT }
}

async fn train(
    training: Training,
    pictures: &Pictures,
    out: &mut Outlet<Event>,
    on_measure: impl FnMut(&mut Outlet<Event>, Measure),
) -> Result<Rc<Net>, Failure> {
    let breath = out.breath.clone();
    let mlp = training::train(&training, pictures, &breath, telling(training, out, on_measure)).await?;
    let net = Rc::new(Net::new(&mlp)?);
    LAST.set(Some(((training, pictures.name()), net.clone())));
    Ok(net)
}

/// Says how far a training is, now and with every measure of it.
fn telling(
    training: Training,
    out: &mut Outlet<Event>,
    mut on_measure: impl FnMut(&mut Outlet<Event>, Measure),
) -> impl FnMut(Measure) {
    let steps = u64::from(training.steps);
    out.progress(0, steps, "training steps");
    move |measure| {
        on_measure(out, measure);
        out.progress(measure.step.into(), steps, "training steps");
    }
}
