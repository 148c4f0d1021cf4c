//! The trainings as curves, all over the same axis: the share of each training that is done.

use super::Desk;
use crate::{
    stats::{self, Estimate, Tally},
    ui::{Axis, LineChart, Mark, Series, Tone, Unit, over_runs},
    weak_to_strong::{
        State,
        event::{Measured, Who},
        words,
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// Accuracy against the truth.
#[component]
pub fn Curves(desk: Desk) -> impl IntoView {
    let x = Axis { label: "of each training".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) };
    let accuracy = Signal::derive(move || desk.state.with(|state| all(state, |m| m.right)));
    let y = Signal::derive(move || {
        let low = accuracy.with(|series| lowest(series));
        Axis { label: "right answers".to_owned(), unit: Unit::Percent, range: Some((low, 1.0)) }
    });
    let caption =
        move || {
            desk.state.with(|state| match &state.current {
            Some(now) if state.outcomes.is_empty() => format!(
                "Now training: the {}, step {} of {}. Asked about {} test questions all the way.",
                words::who(now.who), now.step, now.steps, now.right.of,
            ),
            Some(now) => format!(
                "{}{} labels for each student, {} test questions. Dotted lines: where the first repetition’s student \
                 would stop early, as it fits the supervisor best on questions kept for that, and where it is best by \
                 the truth about them.",
                if state.outcomes.len() > 1 { "Means over repetitions; bands are 95 % intervals. " } else { "" },
                state.begun.as_ref().map_or(0, |begun| begun.labelled), now.right.of,
            ),
            None => String::new(),
        })
        };
    let title = "Right answers to test questions over each training";
    view! {
        <figure class="curves">
            <LineChart title x y series=accuracy marks=Signal::derive(move || desk.state.with(marks)) height=280.0/>
            <figcaption>{caption}</figcaption>
        </figure>
    }
}

/// The student's loss against its labels, and the weight of its own answers where it has any.
#[component]
pub fn Loss(desk: Desk) -> impl IntoView {
    let losses = Signal::derive(move || {
        desk.state.with(|state| {
            let mut series = vec![line(state, Who::Student, "loss", means(|m| m.loss.into()))];
            if desk.scenario.with(|scenario| scenario.choice("method")) == "confidence" {
                let alpha = line(state, Who::Student, "α", means(|m| m.alpha.into()));
                series.push(Series { tone: Tone::Ink, ..alpha });
            }
            series
        })
    });
    let x = Axis { label: "of the student’s training".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) };
    let y = Axis { label: "cross-entropy, nats".to_owned(), unit: Unit::Plain(""), range: None };
    let caption = move || {
        if desk.scenario.with(|scenario| scenario.choice("method")) == "confidence" {
            "Loss against the supervisor’s labels, and α, the weight of the student’s own answers in its targets."
        } else {
            "Loss against the supervisor’s labels. It goes on falling while the student learns the supervisor’s mistakes."
        }
    };
    view! {
        <figure>
            <LineChart title="The student’s loss against its labels" x y series=losses height=150.0/>
            <figcaption>{caption}</figcaption>
        </figure>
    }
}

/// The colour of a training.
pub fn tone(who: Who) -> Tone {
    match who {
        Who::Weak => Tone::Weak,
        Who::Naive => Tone::Ink,
        Who::Student | Who::Link(_) | Who::SelfLink(_) | Who::SameData => Tone::Student,
        Who::Ceiling => Tone::Ceiling,
    }
}

fn all(state: &State, count: fn(&Measured) -> Tally) -> Vec<Series> {
    // What a chain passes through is drawn by itself.
    let whole = |who: &&Who| !matches!(who, Who::Link(_) | Who::SelfLink(_) | Who::SameData);
    state.curves.keys().filter(whole).map(|who| line(state, *who, words::who(*who), shares(count))).collect()
}

/// Something that was measured, averaged over repetitions: a number.
fn means(value: fn(&Measured) -> f64) -> impl Fn(&[&Measured]) -> Option<Estimate> {
    move |all| Some(stats::mean(&all.iter().map(|measured| value(measured)).collect::<Vec<_>>()))
}

/// The same for a share, whose interval ends at 0 and 1.
pub fn shares(count: fn(&Measured) -> Tally) -> impl Fn(&[&Measured]) -> Option<Estimate> {
    move |all| stats::mean_tally(all.iter().map(|measured| count(measured)))
}

/// The mean over repetitions, at every measure that at least one of them has reached.
pub fn line(state: &State, who: Who, name: &str, over: impl Fn(&[&Measured]) -> Option<Estimate>) -> Series {
    let runs: &[Vec<Arc<Measured>>] = state.curves.get(&who).map_or(&[], Vec::as_slice);
    // Before the first step who was not pretrained guesses: the first measure after it says more.
    let first = usize::from(state.begun.as_ref().is_none_or(|begun| !begun.pretrained));
    let x = |measured: &Measured| f64::from(measured.step) / f64::from(measured.steps.max(1));
    Series { name: name.to_owned(), tone: tone(who), points: over_runs(runs, first, x, over) }
}

/// The tenth below every point.
fn lowest(series: &[Series]) -> f64 {
    let least = series.iter().flat_map(|one| &one.points).map(|point| point.y).fold(0.9, f64::min);
    (least * 10.0).floor() / 10.0
}

fn marks(state: &State) -> Vec<Mark> {
    let steps = state.newest(Who::Student).map_or(1, |measured| measured.steps.max(1));
    let Some(first) = state.outcomes.first() else { return Vec::new() };
    let at = |step: u32| f64::from(step) / f64::from(steps);
    if first.stop_weak == first.stop_truth {
        return vec![Mark { x: at(first.stop_weak), label: "early stop, and best".to_owned() }];
    }
    vec![
        Mark { x: at(first.stop_weak), label: "early stop".to_owned() },
        Mark { x: at(first.stop_truth), label: "best".to_owned() },
    ]
}
