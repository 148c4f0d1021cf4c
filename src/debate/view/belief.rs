//! What the judge believes after every turn, as a curve.

use super::{Desk, blind};
use crate::{
    debate::{
        State,
        event::{Logits, Opening},
        words,
    },
    ui::{Axis, LineChart, Mark, Point, Series, Tone, Unit},
};
use leptos::prelude::*;

/// The chart; in the judge's seat only after the verdict.
#[component]
pub fn Belief(desk: Desk) -> impl IntoView {
    let turns = move || desk.scenario.with(|scenario| scenario.int("px")) as f64;
    let caption = move || {
        if desk.scenario.with(|scenario| scenario.flag("precommit")) {
            "What the judge believes after each turn. The other eight digits are ignored: both debaters committed to an answer."
        } else {
            "What the judge believes after each turn, among all ten digits: the truth, and whichever wrong digit is strongest."
        }
    };
    view! {
        <Show when=move || !blind(desk)>
            <figure class="belief">
                <LineChart
                    title="What the judge believes after each turn"
                    x=Signal::derive(move || Axis { label: "turn".to_owned(), unit: Unit::Count, range: Some((0.0, turns())) })
                    y=Axis { label: "belief".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) }
                    series=Signal::derive(move || desk.state.with(series))
                    marks=Signal::derive(move || desk.state.with(marks))
                    height=210.0
                />
                <figcaption>{caption}</figcaption>
            </figure>
        </Show>
    }
}

/// The share of the truth and of its rival after one position.
fn shares(opening: &Opening, logits: &Logits, margin: f32) -> (f64, f64) {
    let honest = words::honest_share(opening, logits, margin);
    let rival = if opening.lie.is_some() {
        1.0 - honest
    } else {
        let wrong = (0..10).filter(|digit| *digit != usize::from(opening.picture.truth));
        wrong.map(|digit| words::probabilities(logits)[digit]).fold(0.0, f64::max)
    };
    (honest, rival)
}

fn series(state: &State) -> Vec<Series> {
    let Some(opening) = &state.opening else { return Vec::new() };
    let start = std::iter::once((0_u8, &opening.logits, opening.margin));
    let turns = state.turns.iter().map(|turn| (turn.number, &turn.logits, turn.margin));
    let points: Vec<_> = start
        .chain(turns)
        .map(|(number, logits, margin)| (f64::from(number), shares(opening, logits, margin)))
        .collect();
    let line = |pick: fn(&(f64, f64)) -> f64| {
        points.iter().map(|(x, pair)| Point { x: *x, y: pick(pair), band: None }).collect::<Vec<_>>()
    };
    let rival = opening.lie.map_or_else(|| "best wrong digit".to_owned(), |lie| format!("“{lie}”, liar"));
    vec![
        Series {
            name: format!("“{}”, honest", opening.picture.truth),
            tone: Tone::Honest,
            points: line(|pair| pair.0),
        },
        Series { name: rival, tone: Tone::Liar, points: line(|pair| pair.1) },
    ]
}

fn marks(state: &State) -> Vec<Mark> {
    let now = Mark { x: state.turns.len() as f64, label: String::new() };
    let turning = state.verdict.filter(|verdict| verdict.turning > 0);
    let turning = turning.map(|verdict| Mark { x: f64::from(verdict.turning), label: "turning point".to_owned() });
    turning.into_iter().chain(std::iter::once(now)).collect()
}
