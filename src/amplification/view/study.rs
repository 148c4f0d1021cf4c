//! What an earlier study of the same networks found, beside what has come out here.

use super::Desk;
use crate::{
    amplification::{State, event::Learner},
    stats,
};
use leptos::prelude::*;

/// Right answers of X to powers 1, 2–3, 4–7 and 8–15 after so many steps, in a study of three seeds.
const STUDY: [(u32, [f64; 4]); 4] = [
    (50, [0.98, 0.28, 0.12, 0.13]),
    (150, [1.0, 0.68, 0.28, 0.20]),
    (250, [1.0, 0.87, 0.67, 0.39]),
    (350, [1.0, 0.98, 0.96, 0.88]),
];

/// A row for each step of the study; only for the task that it was about.
#[component]
pub fn Study(desk: Desk) -> impl IntoView {
    let task = desk.choice("task");
    let rows = move || STUDY.iter().map(|row| desk.state.with(|state| one(state, row))).collect_view();
    let depths = move || desk.state.with(|state| state.begun.as_ref().map_or(Vec::new(), |begun| begun.depths.clone()));
    move || {
        (task.get() == "powering").then(|| view! {
            <section class="beside-paper">
                <h2>"Study / here: right answers of X, in %"</h2>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Study and here">
                    <table class="facts">
                        <thead><tr>
                            <th scope="col">"Step"</th>
                            {move || depths().into_iter().map(|name| view! { <th scope="col" class="num">{name}</th> }).collect_view()}
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="soft">"The study was made before this page, with the same settings and H in person; here at the measure nearest to each step."</p>
            </section>
        })
    }
}

fn one(state: &State, (step, shares): &(u32, [f64; 4])) -> impl IntoView + use<> {
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    let cell = |(depth, study): (usize, &f64)| {
        let here = here(state, *step, depth).map_or_else(|| "…".to_owned(), percent);
        view! { <td class="num"><small>{percent(*study)}" / "</small>{here}</td> }
    };
    view! { <tr><th scope="row">{step.to_string()}</th>{shares.iter().enumerate().map(cell).collect_view()}</tr> }
}

/// The mean over repetitions at the measure nearest to a step, once that far.
fn here(state: &State, step: u32, depth: usize) -> Option<f64> {
    let runs = state.rounds.get(&Learner::X)?;
    let share = |run: &Vec<std::sync::Arc<crate::amplification::event::Measured>>| {
        let nearest = run.iter().min_by_key(|measured| measured.step.abs_diff(step))?;
        let reached = run.last().is_some_and(|last| last.step >= step);
        reached.then(|| nearest.right.get(depth).map(|tally| tally.share()))?
    };
    let shares: Vec<f64> = runs.iter().filter_map(share).collect();
    (!shares.is_empty()).then(|| stats::mean(&shares).mean)
}
