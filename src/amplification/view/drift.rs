//! What H's mistakes do: how often H errs against how often X and its teacher are right, random beside systematic.

use super::{
    Desk,
    curves::mean_of,
    drift_table::{Beside, Cells},
};
use crate::{
    amplification::{
        event::{Cell, Errs, Outcome},
        words,
    },
    stats::Tally,
    ui::{Axis, LineChart, Point, Segmented, Series, Tone, Unit},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The charts of a depth, and a table of everything beside a study.
#[component]
pub fn Drift(desk: Desk) -> impl IntoView {
    let depths = Memo::new(move |_| {
        desk.state.with(|state| state.begun.as_ref().map_or(Vec::new(), |begun| begun.depths.clone()))
    });
    // The deepest until the reader chooses: there drift shows most.
    let chosen = RwSignal::new(None::<usize>);
    let depth = Memo::new(move |_| chosen.get().unwrap_or_else(|| depths.with(|all| all.len().saturating_sub(1))));
    let cells = Memo::new_with_compare(move |_| desk.state.with(|state| state.cells.clone()), |_, _| true);
    view! {
        <h1>"What distillation cures, and what it copies"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">
                "H errs now and then. If its mistakes are drawn by chance, X, which learns from thousands of answers, averages \
                 them away, and a majority of three answers repairs them too. If H errs always in the same way, X learns just \
                 that, and then no vote helps."
            </p>
        </Show>
        <div class="depth-choice">
            {move || view! {
                <Segmented legend="How deep the questions are" options=depths.get().into_iter().enumerate().map(|(at, name)| (at.to_string(), name)).collect()
                    value=Signal::derive(move || depth.get().to_string()) on_change=Callback::new(move |key: String| chosen.set(key.parse().ok()))/>
            }}
        </div>
        <div class="small-charts">
            {[Errs::Random, Errs::Systematic].map(|kind| view! {
                <Show when=move || cells.with(|cells| has(cells, kind))><OneKind cells depth kind/></Show>
            })}
        </div>
        <Beside desk cells depths/>
    }
}

/// Whether anything of a kind has been run; before that every kind may come.
fn has(cells: &[Arc<Cell>], kind: Errs) -> bool {
    let made = |kind: Errs| cells.iter().any(|cell| cell.kind == kind && cell.error > 0);
    made(kind) || !(made(Errs::Random) || made(Errs::Systematic))
}

#[component]
fn OneKind(cells: Cells, depth: Memo<usize>, kind: Errs) -> impl IntoView {
    let series = Signal::derive(move || cells.with(|cells| of_kind(cells, kind, depth.get())));
    let name = words::errs(kind);
    let x = Axis { label: "H errs in … of its answers".to_owned(), unit: Unit::Percent, range: None };
    let y = Axis { label: format!("{name} mistakes: right answers"), unit: Unit::Percent, range: Some((0.0, 1.0)) };
    view! {
        <figure>
            <LineChart title=format!("Right answers against how often H errs, {name} mistakes") x y series height=250.0/>
        </figure>
    }
}

/// X and its teacher, with one answer of H and with the majority of several.
fn of_kind(cells: &[Arc<Cell>], kind: Errs, depth: usize) -> Vec<Series> {
    type Part = fn(&Outcome) -> &[Tally];
    let votes = |of: u8| if of == 1 { String::new() } else { format!(", majority of {of}") };
    let kinds: [(&str, Part, [Tone; 2]); 2] = [
        ("H with X", |outcome| &outcome.amplify, [Tone::Teacher, Tone::Liar]),
        ("X", |outcome| &outcome.x, [Tone::Student, Tone::Honest]),
    ];
    let mut all_votes: Vec<u8> = cells.iter().map(|cell| cell.vote).collect();
    all_votes.sort_unstable();
    all_votes.dedup();
    let mut all = Vec::new();
    for (name, part, tones) in kinds {
        for vote in &all_votes {
            // Without mistakes their kind and the vote make no difference.
            let fits = |cell: &&Arc<Cell>| cell.error == 0 || (cell.kind == kind && cell.vote == *vote);
            let mut own: Vec<&Arc<Cell>> = cells.iter().filter(fits).collect();
            own.sort_by_key(|cell| cell.error);
            let point = |cell: &&Arc<Cell>| {
                let outcomes: Vec<Arc<Outcome>> = cell.outcomes.iter().cloned().map(Arc::new).collect();
                let mean = mean_of(&outcomes, part, depth)?;
                let band = (cell.outcomes.len() > 1).then_some((mean.lo, mean.hi));
                Some(Point { x: f64::from(cell.error) / 100.0, y: mean.mean, band })
            };
            let points: Vec<Point> = own.iter().filter_map(point).collect();
            if !points.is_empty() {
                all.push(Series {
                    name: format!("{name}{}", votes(*vote)),
                    tone: tones[usize::from(*vote > 1)],
                    points,
                });
            }
        }
    }
    all
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn cell(kind: Errs, error: u8, vote: u8, right: u32) -> Arc<Cell> {
        let tally = |right| vec![Tally { right, of: 100 }];
        let outcome = Outcome {
            run: 0,
            x: tally(right),
            amplify: tally(100 - u32::from(error)),
            supervised: Vec::new(),
            alone: Vec::new(),
            queries: 0,
            steps_to_95: Vec::new(),
        };
        Arc::new(Cell { kind, error, vote, outcomes: vec![outcome] })
    }

    #[test]
    fn lines_are_by_vote_and_in_the_order_of_the_rates() {
        let cells = [
            cell(Errs::Random, 30, 1, 90),
            cell(Errs::Random, 10, 1, 99),
            cell(Errs::Random, 10, 3, 100),
            cell(Errs::Random, 0, 1, 100),
            cell(Errs::Systematic, 10, 1, 60),
        ];
        let series = of_kind(&cells, Errs::Random, 0);
        let names: Vec<_> = series.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["H with X", "H with X, majority of 3", "X", "X, majority of 3"]);
        let places: Vec<_> = series[2].points.iter().map(|point| (point.x, point.y)).collect();
        assert_eq!(places, [(0.0, 1.0), (0.1, 0.99), (0.3, 0.9)]);
        assert!(has(&cells, Errs::Systematic) && !has(&cells[..4], Errs::Systematic) && has(&[], Errs::Systematic));
        assert!(of_kind(&cells, Errs::Random, 5).is_empty());
    }
}
