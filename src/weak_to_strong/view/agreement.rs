//! How often the student gives the supervisor's answer, split by whether that is right.

use super::{
    Desk,
    curves::{line, shares},
};
use crate::{
    stats::Tally,
    ui::{Axis, LineChart, Series, Tone, Unit},
    weak_to_strong::event::{Measured, Who},
};
use leptos::prelude::*;

/// Two curves, and what they come to.
#[component]
pub fn Agreement(desk: Desk) -> impl IntoView {
    let series = Signal::derive(move || {
        desk.state.with(|state| {
            let with = |name: &str, tone, count: fn(&Measured) -> Tally| Series {
                tone,
                ..line(state, Who::Student, name, shares(count))
            };
            vec![
                with("where it is right", Tone::Honest, |m| m.agrees_right),
                with("where it is wrong", Tone::Liar, |m| m.agrees_wrong),
            ]
        })
    });
    let words = move || {
        desk.state.with(|state| {
            let now = state.newest(Who::Student)?;
            let (right, wrong) = (now.agrees_right, now.agrees_wrong);
            Some(format!(
                "Of {} mistakes of the supervisor the student has inherited {} and not repeated {}; where the supervisor is \
                 right it has made {} of its own.",
                wrong.of, wrong.right, wrong.of - wrong.right, right.of - right.right,
            ))
        })
    };
    view! {
        <figure>
            <LineChart title="How often the student gives the supervisor’s answer"
                x=Axis { label: "of the student’s training".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) }
                y=Axis { label: "agrees with the supervisor".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) }
                series height=200.0/>
            <figcaption>{words}</figcaption>
        </figure>
    }
}
