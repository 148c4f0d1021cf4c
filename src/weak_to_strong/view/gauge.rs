//! The recovered gap on the axis of accuracy, between supervisor and ceiling.

use super::Desk;
use crate::weak_to_strong::{
    event::Outcome,
    metrics::{mean_pgr, mean_tally},
    words,
};
use leptos::prelude::*;

/// A gap below this many percentage points makes its recovered share a matter of luck.
const SMALL_GAP: f64 = 0.05;

/// Shown once a repetition has ended.
#[component]
pub fn Gauge(desk: Desk) -> impl IntoView {
    move || {
        desk.state.with(|state| {
            let outcomes = &state.outcomes;
            let mean = |pick: fn(&Outcome) -> _| mean_tally(outcomes.iter().map(|outcome| pick(outcome)));
            let (weak, student, ceiling) =
                (mean(|o| o.weak)?.mean, mean(|o| o.student)?.mean, mean(|o| o.ceiling)?.mean);
            let gap = mean_pgr(outcomes.iter().map(|outcome| outcome.pgr()));
            let recovered = if ceiling > weak { (student - weak) / (ceiling - weak) } else { 0.0 };
            // The bar runs from a bit before the supervisor to a bit behind the ceiling.
            let place = |share: f64| format!("{:.1}%", 100.0 * ((share + 0.25) / 1.5).clamp(0.0, 1.0));
            let (left, right) = (recovered.min(0.0), recovered.max(0.0));
            let width = format!("{:.1}%", 100.0 * ((right.min(1.25) - left.max(-0.25)) / 1.5));
            let words = if gap.is_some() {
                format!("The student recovered {} of the gap.", words::gap(gap, outcomes.len()))
            } else {
                "The recovered share is undefined: in a repetition the ceiling was not above the supervisor.".to_owned()
            };
            let small = gap.is_some() && ceiling - weak < SMALL_GAP;
            Some(view! {
                <section class="gauge" aria-label="Performance gap recovered">
                    {(ceiling > weak).then(|| view! {
                        <div class="gauge-bar" aria-hidden="true">
                            <span class="gauge-fill" style:left=place(left) style:width=width></span>
                            <span class="gauge-end" style:left=place(0.0)><b>"supervisor"</b>{words::percent(weak)}</span>
                            <span class="gauge-end right" style:left=place(1.0)><b>"ceiling"</b>{words::percent(ceiling)}</span>
                            <span class="gauge-mark" style:left=place(recovered)><b>"student "{words::percent(student)}</b></span>
                        </div>
                    })}
                    <p><strong>{words}</strong>{small.then(|| format!(
                        " Mind that the gap is small, {:.1} points: its share says little.", 100.0 * (ceiling - weak),
                    ))}</p>
                </section>
            })
        })
    }
}
