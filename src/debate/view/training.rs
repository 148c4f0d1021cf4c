//! A judge learns from random pixels, from nothing.

use super::Desk;
use crate::{
    debate::event::Learned,
    stats,
    ui::{Axis, LineChart, Point, Series, Tone, Unit},
};
use leptos::prelude::*;

/// The learning curve and what it says.
#[component]
pub fn Training(desk: Desk) -> impl IntoView {
    let px = move || desk.scenario.with(|scenario| scenario.int("px"));
    let learned = Memo::new(move |_| desk.state.with(|state| state.learned.clone()));
    let steps = move || desk.scenario.with(|scenario| scenario.int("steps")) as f64;
    let accuracy = Signal::derive(move || {
        vec![Series {
            name: "judge".to_owned(),
            tone: Tone::Student,
            points: learned.get().iter().map(accuracy).collect(),
        }]
    });
    let loss = Signal::derive(move || {
        vec![Series {
            name: "loss".to_owned(),
            tone: Tone::Ink,
            points: learned.get().iter().map(|at| Point { x: at.step.into(), y: at.loss.into(), band: None }).collect(),
        }]
    });
    let x = Signal::derive(move || Axis { label: "step".to_owned(), unit: Unit::Count, range: Some((0.0, steps())) });
    view! {
        <h1>"How does the judge learn?"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">{move || format!(
                "It sees {} random bright pixels of a picture and guesses the digit, again and again. Nobody shows it a debate: \
                 it is trained once, then frozen.", px(),
            )}</p>
        </Show>
        <figure>
            <LineChart title="Accuracy on held-out pictures" x y=Axis { label: "accuracy".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) }
                series=accuracy height=260.0/>
            <figcaption>{move || learned.get().last().map(said)}</figcaption>
        </figure>
        <Show when=move || desk.shows("extras")>
            <figure>
                <LineChart title="Loss on the training pictures" x y=Axis { label: "cross-entropy".to_owned(), unit: Unit::Plain("nats"), range: None }
                    series=loss height=170.0/>
                <figcaption>"Mean cross-entropy of the mini-batches since the last measurement. Guessing blindly costs ln 10 ≈ 2.30 nats."</figcaption>
            </figure>
            <p class="exports"><button type="button" on:click=move |_| desk.set.run(vec![("mode", "game".to_owned()), ("judge", "live".to_owned())])>
                "Let this judge decide a debate"
            </button></p>
        </Show>
    }
}

fn accuracy(at: &Learned) -> Point {
    let share = stats::proportion(at.right.into(), at.of.into());
    Point { x: at.step.into(), y: share.mean, band: Some((share.lo, share.hi)) }
}

fn said(at: &Learned) -> String {
    let share = stats::proportion(at.right.into(), at.of.into());
    format!(
        "After {} steps: {:.1} % right [{:.1}, {:.1}] on {} held-out pictures with random pixels. The band is the 95 % interval.",
        at.step,
        share.mean * 100.0,
        share.lo * 100.0,
        share.hi * 100.0,
        at.of,
    )
}
