//! Trainings as curves: right answers by depth, what was asked of the human, and what H′ still gets wrong.

use super::Desk;
use crate::{
    amplification::{
        State,
        event::{Learner, Measured, Outcome},
    },
    lab::grouped,
    stats::{self, Estimate, Tally},
    ui::{Axis, LineChart, Point, Series, Tone, Unit, over_runs},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Tones for curves of several depths in one chart, shallowest first.
const BY_DEPTH: [Tone; 6] = [Tone::Honest, Tone::Student, Tone::Ceiling, Tone::Weak, Tone::Liar, Tone::Ink];

/// A chart for each depth: X, its teacher, the ceiling, and H alone.
#[component]
pub fn ByDepth(desk: Desk) -> impl IntoView {
    let depths = Memo::new(move |_| {
        desk.state.with(|state| state.begun.as_ref().map_or(Vec::new(), |begun| begun.depths.clone()))
    });
    let charts = move || {
        let one = |(depth, name): (usize, String)| view! { <OneDepth desk depth name/> };
        depths.get().into_iter().enumerate().map(one).collect_view()
    };
    view! {
        <section class="by-depth">
            <h2>"Right answers, by how deep a question is"</h2>
            <div class="small-charts">{charts}</div>
            <p class="soft">{move || desk.state.with(caption)}</p>
        </section>
    }
}

fn caption(state: &State) -> String {
    let runs = state.rounds.get(&Learner::X).map_or(0, Vec::len);
    let of = state.newest(Learner::X).and_then(|now| now.right.last()).map_or(0, |tally| tally.of);
    let bands =
        if runs > 1 { format!(" Means over {runs} repetitions; bands are 95 % intervals.") } else { String::new() };
    format!(
        "Solid: X, asked directly. Dashed: H with X’s help, whose answers X learns. Dotted: H alone. Each measure asks {of} questions.{bands}"
    )
}

#[component]
fn OneDepth(desk: Desk, depth: usize, name: String) -> impl IntoView {
    let series = Signal::derive(move || desk.state.with(|state| of_depth(state, depth)));
    let y = Axis { label: name.clone(), unit: Unit::Percent, range: Some((0.0, 1.0)) };
    view! {
        <figure>
            <LineChart title=format!("Right answers over training, {name}") x=steps() y series height=190.0/>
        </figure>
    }
}

fn steps() -> Axis {
    Axis { label: "step".to_owned(), unit: Unit::Count, range: None }
}

fn of_depth(state: &State, depth: usize) -> Vec<Series> {
    let shares = move |part: fn(&Measured) -> &[Tally]| {
        move |all: &[&Measured]| stats::mean_tally(all.iter().filter_map(|m| part(m).get(depth).copied()))
    };
    let mut all = vec![
        line(state, Learner::X, "H with X", Tone::Teacher, shares(|m| &m.amplify)),
        line(state, Learner::X, "X", Tone::Student, shares(|m| &m.right)),
        line(state, Learner::Supervised, "ceiling", Tone::Ceiling, shares(|m| &m.right)),
    ];
    let alone = state.begun.as_ref().and_then(|begun| begun.alone.get(depth)).map(|tally| tally.share());
    let ends = state.newest(Learner::X).map(|now| now.steps);
    if let (Some(share), Some(steps)) = (alone, ends) {
        let point = |x: u32| Point { x: x.into(), y: share, band: None };
        all.push(Series { name: "H alone".to_owned(), tone: Tone::Weak, points: vec![point(0), point(steps)] });
    }
    all.retain(|series| !series.points.is_empty());
    all
}

/// A number that was measured, averaged over repetitions; `None` where none of them has it.
fn means(value: impl Fn(&Measured) -> Option<f64>) -> impl Fn(&[&Measured]) -> Option<Estimate> {
    move |all| {
        let values: Vec<f64> = all.iter().filter_map(|measured| value(measured)).collect();
        (!values.is_empty()).then(|| stats::mean(&values))
    }
}

/// The mean over repetitions, at every measure that at least one of them has reached.
fn line(
    state: &State,
    who: Learner,
    name: &str,
    tone: Tone,
    over: impl Fn(&[&Measured]) -> Option<Estimate>,
) -> Series {
    let runs: &[Vec<Arc<Measured>>] = state.rounds.get(&who).map_or(&[], Vec::as_slice);
    let points = over_runs(runs, 0, |measured| measured.step.into(), over);
    Series { name: name.to_owned(), tone, points }
}

/// What was asked of the human, beside the labels that training on true answers consumes.
#[component]
pub fn Queries(desk: Desk) -> impl IntoView {
    let asked = Signal::derive(move || {
        desk.state.with(|state| {
            vec![line(state, Learner::X, "asked of H", Tone::Weak, means(|m| Some(f64::from(m.queries))))]
        })
    });
    let labels = Signal::derive(move || {
        desk.state.with(|state| {
            let of = |who, name, tone| line(state, who, name, tone, means(|m| Some(m.labels as f64)));
            let mut all = vec![
                of(Learner::Supervised, "true labels", Tone::Ceiling),
                of(Learner::X, "targets of X", Tone::Student),
            ];
            all.retain(|series| !series.points.is_empty());
            all
        })
    });
    view! {
        <section class="queries">
            <h2>"What it costs the human"</h2>
            <div class="small-charts">
                <figure>
                    <LineChart title="Questions that the human has answered" x=steps() y=from_zero("questions to the human", asked) series=asked height=170.0/>
                </figure>
                <figure>
                    <LineChart title="Labels consumed by training" x=steps() y=from_zero("labels", labels) series=labels height=170.0/>
                </figure>
            </div>
            <p class="soft">{move || desk.state.with(cost)}</p>
        </section>
    }
}

/// An axis for counts that begins at 0.
fn from_zero(label: &'static str, series: Signal<Vec<Series>>) -> Signal<Axis> {
    Signal::derive(move || {
        let most = series.with(|all| all.iter().flat_map(|one| &one.points).map(|point| point.y).fold(10.0, f64::max));
        Axis { label: label.to_owned(), unit: Unit::Count, range: Some((0.0, most * 1.05)) }
    })
}

fn cost(state: &State) -> String {
    let Some(x) = state.newest(Learner::X) else { return String::new() };
    let human = grouped(x.queries.into());
    match state.newest(Learner::Supervised) {
        Some(ceiling) => format!(
            "{human} answers of the human, and none is the answer to a hard question. The ceiling needed {} true labels.",
            grouped(ceiling.labels)
        ),
        None => {
            format!(
                "{human} answers of the human; X was trained on {} targets that Amplify(X) made.",
                grouped(x.labels)
            )
        }
    }
}

/// The loss of H′, where there is one, and how far the teacher is ahead.
#[component]
pub fn Gaps(desk: Desk) -> impl IntoView {
    let loss = Signal::derive(move || {
        desk.state
            .with(|state| vec![line(state, Learner::X, "H′", Tone::Weak, means(|m| m.overseer_loss.map(f64::from)))])
    });
    let has_loss = Memo::new(move |_| loss.with(|series| series.iter().any(|one| !one.points.is_empty())));
    let gaps = Signal::derive(move || desk.state.with(gaps));
    let y = |label: &str, unit| Axis { label: label.to_owned(), unit, range: None };
    view! {
        <div class="small-charts">
            <figure>
                <LineChart title="How far the teacher is ahead of X" x=steps() y=y("H with X, minus X", Unit::Percent) series=gaps height=170.0/>
                <figcaption>"Where the teacher is ahead there is something to learn. It is ahead at one depth after the other."</figcaption>
            </figure>
            <Show when=move || has_loss.get()>
                <figure>
                    <LineChart title="Loss of H′ on decisions it has not seen" x=steps() y=y("cross-entropy, nats", Unit::Plain("")) series=loss height=170.0/>
                    <figcaption>"H′ learns H’s part: the better it does, the more rarely the human is asked."</figcaption>
                </figure>
            </Show>
        </div>
    }
}

fn gaps(state: &State) -> Vec<Series> {
    let names = state.begun.as_ref().map_or(&[][..], |begun| &begun.depths);
    let one = |(depth, name): (usize, &String)| {
        let tone = BY_DEPTH[depth.min(BY_DEPTH.len() - 1)];
        line(
            state,
            Learner::X,
            name,
            tone,
            means(|m| Some(m.amplify.get(depth)?.share() - m.right.get(depth)?.share())),
        )
    };
    names.iter().enumerate().map(one).collect()
}

/// The outcome of a part of the repetitions at a depth, as a mean with its interval.
pub fn mean_of(outcomes: &[Arc<Outcome>], part: fn(&Outcome) -> &[Tally], depth: usize) -> Option<stats::Estimate> {
    let tallies = outcomes.iter().filter_map(|outcome| part(outcome).get(depth).copied());
    stats::mean_tally(tallies.filter(|tally| tally.of > 0))
}
