//! The recovered gap on the axis of accuracy, between supervisor and ceiling.

use super::Desk;
use crate::{
    stats::{Estimate, mean_tally},
    weak_to_strong::{event::Outcome, metrics::mean_pgr, words},
};
use leptos::prelude::*;

/// A gap below this many percentage points makes its recovered share a matter of luck.
const SMALL_GAP: f64 = 0.05;
/// The recovered shares at the ends of the bar: from a bit before the supervisor to a bit behind the ceiling.
const ENDS: (f64, f64) = (-0.25, 1.25);

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
            let place = |share: f64| format!("{:.1}%", 100.0 * ((share - ENDS.0) / (ENDS.1 - ENDS.0)).clamp(0.0, 1.0));
            let (left, right) = (recovered.min(0.0), recovered.max(0.0));
            let width = format!("{:.1}%", 100.0 * (right.min(ENDS.1) - left.max(ENDS.0)) / (ENDS.1 - ENDS.0));
            let words = if gap.is_some() {
                format!("The student recovered {} of the gap.", words::gap(gap, outcomes.len()))
            } else {
                "The recovered share is undefined: in a repetition the ceiling was not above the supervisor.".to_owned()
            };
            let sure = gap.and_then(|gap| clear(&gap)).unwrap_or_default();
            let small = gap.is_some() && ceiling - weak < SMALL_GAP;
            Some(view! {
                <section class="gauge" aria-label="Performance gap recovered">
                    {(ceiling > weak).then(|| view! {
                        <div class="gauge-bar" aria-hidden="true">
                            <span class="gauge-fill" style:left=place(left) style:width=width></span>
                            <span class="gauge-end" style:left=place(0.0)><b>"supervisor"</b>{words::percent(weak)}</span>
                            <span class="gauge-end right" style:left=place(1.0)><b>"ceiling"</b>{words::percent(ceiling)}</span>
                            <span class="gauge-mark" style:left=place(recovered) style:--at=place(recovered)>
                                <b>{beyond(recovered)}"student "{words::percent(student)}</b>
                            </span>
                        </div>
                    })}
                    <p><strong>{words}</strong>{sure}{small.then(|| format!(
                        " Mind that the gap is small, {:.1} points: its share says little.", 100.0 * (ceiling - weak),
                    ))}</p>
                </section>
            })
        })
    }
}

/// Points to where a mark would stand that lies beyond the bar.
fn beyond(recovered: f64) -> &'static str {
    match recovered {
        low if low < ENDS.0 => "◂ ",
        high if high > ENDS.1 => "▸ ",
        _ => "",
    }
}

/// What the interval says of a recovered share; nothing without one, and where it lies above 0.
fn clear(gap: &Estimate) -> Option<&'static str> {
    match (gap.lo.is_finite(), gap.lo > 0.0, gap.hi < 0.0) {
        (false, ..) | (_, true, _) => None,
        (.., true) => Some(" It is worse than its teacher."),
        _ => Some(" The interval holds 0: these repetitions do not show whether it is better than its teacher."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_that_holds_0_is_said_to_show_nothing() {
        let says = |lo: f64, hi: f64| clear(&Estimate { mean: 0.0, lo, hi, n: 6 });
        assert_eq!((says(0.1, 0.3), says(f64::NEG_INFINITY, f64::INFINITY)), (None, None));
        assert!(says(-0.1, 0.3).is_some_and(|said| said.contains("holds 0")));
        assert!(says(-0.3, -0.1).is_some_and(|said| said.contains("worse")));
    }
}
