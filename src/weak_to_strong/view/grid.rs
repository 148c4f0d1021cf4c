//! Every supervisor with every student: the recovered gap as a heat map, and accuracy by the student's size.

use super::Desk;
use crate::{
    stats::{Estimate, Tally, mean_tally},
    ui::{Axis, LineChart, Point, Series, Tone, Unit},
    weak_to_strong::{
        State,
        event::{Cell, Outcome},
        metrics::mean_pgr,
        spec::SIZES,
        words,
    },
};
use leptos::prelude::*;

/// The stage of a grid.
#[component]
pub fn Grid(desk: Desk) -> impl IntoView {
    let family = desk.choice("family");
    let series = Signal::derive(move || desk.state.with(|state| lines(state, family.get())));
    view! {
        <h1>"Who can teach whom?"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">{move || format!(
                "{} of 9 pairs are trained. The number is the share of the gap between supervisor and ceiling that the \
                 student recovered. Press a pair to watch it.", desk.state.with(|state| state.cells.len()),
            )}</p>
        </Show>
        <div class="scroll-x" tabindex="0" role="region" aria-label="Every pair">
            <table class="facts pairs">
                <thead><tr>
                    <th scope="col">"Supervisor"</th>
                    {move || (0..SIZES.len()).map(|size| view! { <th scope="col">{desk.scenario.with(|scenario| words::student(scenario, size))}</th> }).collect_view()}
                </tr></thead>
                <tbody>{move || (0..SIZES.len()).map(|weak| view! {
                    <tr>
                        <th scope="row">{words::supervisor(family.get(), weak)}</th>
                        {(0..SIZES.len()).map(|strong| one(desk, weak, strong)).collect_view()}
                    </tr>
                }).collect_view()}</tbody>
            </table>
        </div>
        <figure>
            <LineChart title="Right answers by the student’s size, a line for each supervisor"
                x=Axis { label: "student: 1 small, 2 medium, 3 large".to_owned(), unit: Unit::Count, range: Some((1.0, 3.0)) }
                y=Signal::derive(move || Axis { label: "right answers".to_owned(), unit: Unit::Percent, range: None })
                series height=260.0/>
            <figcaption>"Bands: 95 % intervals over repetitions. The ceiling is the same student, taught by the truth."</figcaption>
        </figure>
    }
}

fn find(state: &State, weak: usize, strong: usize) -> Option<std::sync::Arc<Cell>> {
    let fits = |cell: &&std::sync::Arc<Cell>| (usize::from(cell.weak), usize::from(cell.strong)) == (weak, strong);
    state.cells.iter().find(fits).cloned()
}

fn mean(cell: &Cell, pick: fn(&Outcome) -> Tally) -> Option<Estimate> {
    mean_tally(cell.outcomes.iter().map(pick))
}

fn one(desk: Desk, weak: usize, strong: usize) -> impl IntoView {
    let Some(cell) = desk.state.with(|state| find(state, weak, strong)) else {
        return view! { <td class="soft">"…"</td> }.into_any();
    };
    let gap = mean_pgr(cell.outcomes.iter().map(Outcome::pgr));
    let share = gap.map_or(0.0, |gap| gap.mean.clamp(0.0, 1.0));
    let accuracy = |pick| mean(&cell, pick).map_or(0.0, |estimate| 100.0 * estimate.mean);
    let detail =
        format!("{:.1} → {:.1} of {:.1} %", accuracy(|o| o.weak), accuracy(|o| o.student), accuracy(|o| o.ceiling));
    let open = move |_| {
        desk.set.run(vec![
            ("mode", "pair".to_owned()),
            ("weak", SIZES[weak].to_owned()),
            ("strong", SIZES[strong].to_owned()),
        ]);
    };
    view! {
        <td style:--share=format!("{share:.3}")>
            <button type="button" on:click=open><strong>{words::gap(gap, cell.outcomes.len())}</strong><small>{detail}</small></button>
        </td>
    }
    .into_any()
}

fn lines(state: &State, family: &'static str) -> Vec<Series> {
    const TONES: [Tone; 3] = [Tone::Weak, Tone::Student, Tone::Honest];
    let line = |name: String, tone, weak: usize, pick: fn(&Outcome) -> Tally| {
        let point = |strong: usize| {
            let estimate = mean(&*find(state, weak, strong)?, pick)?;
            Some(Point { x: strong as f64 + 1.0, y: estimate.mean, band: Some((estimate.lo, estimate.hi)) })
        };
        Series { name, tone, points: (0..SIZES.len()).filter_map(point).collect() }
    };
    let mut all: Vec<Series> = (0..SIZES.len())
        .map(|weak| line(words::supervisor(family, weak).to_owned(), TONES[weak], weak, |o| o.student))
        .collect();
    all.push(line("ceiling".to_owned(), Tone::Ceiling, SIZES.len() - 1, |o| o.ceiling));
    all.retain(|series| !series.points.is_empty());
    all
}
