//! Every point of the sweep as a table, beside what a study found.

use super::Desk;
use crate::{
    amplification::{
        event::{
            Cell,
            Errs::{self, Random, Systematic},
            Outcome,
        },
        words,
    },
    stats::Tally,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The points that have been run.
pub type Cells = Memo<Vec<Arc<Cell>>>;

/// How H errs, in what share of its answers in percent, and of how many answers the most frequent counts.
type Point = (Errs, u8, u8);

/// What the study found at a point, in %: X, and H with X's help, at powers 1, 2–3, 4–7 and 8–15. Empty: no figure.
struct Found {
    point: Point,
    x: [&'static str; 4],
    amplify: [&'static str; 4],
}

const fn found(point: Point, x: [&'static str; 4], amplify: [&'static str; 4]) -> Found {
    Found { point, x, amplify }
}

const STUDY: [Found; 7] = [
    found((Random, 1, 1), ["100"; 4], ["99"; 4]),
    found((Random, 10, 1), ["100"; 4], ["90"; 4]),
    found((Random, 10, 3), [""; 4], ["97.9"; 4]),
    found((Random, 30, 1), ["≥ 99.6"; 4], ["70"; 4]),
    found((Systematic, 1, 1), ["", "98", "96", "92"], ["", "98", "96", "92"]),
    found((Systematic, 10, 1), ["", "90", "81", "63"], ["", "90", "81", "63"]),
    found((Systematic, 30, 1), ["", "69", "49", "31"], ["", "69", "49", "31"]),
];

/// The rates of the study, with one answer of H or the majority of three.
const RATES: [u8; 3] = [1, 10, 30];
const VOTES: [u8; 2] = [1, 3];

/// The table: “study / here”, with counts and intervals. What has not been run is left blank.
#[component]
pub fn Beside(desk: Desk, cells: Cells, depths: Memo<Vec<String>>) -> impl IntoView {
    let task = desk.choice("task");
    let study = Memo::new(move |_| task.get() == "powering");
    let rows = move || {
        let (count, study) = (depths.with(Vec::len), study.get());
        cells.with(|cells| points(cells, study).into_iter().map(|at| rows(cells, at, count, study)).collect_view())
    };
    let caption = move || {
        let what = if study.get() { "study / here" } else { "this run" };
        format!("Right answers in %: {what}, with the 95 % interval (Wilson) and counts")
    };
    view! {
        <section class="beside-paper">
            <h2>{move || if study.get() { "Study / here" } else { "Every point" }}</h2>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Every point of the sweep">
                <table class="facts drift-table">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">"Mistakes"</th><th scope="col">"Who"</th>
                        {move || depths.get().into_iter().map(|name| view! { <th scope="col" class="num">{name}</th> }).collect_view()}
                    </tr></thead>
                    {rows}
                </table>
            </div>
            <p class="soft">
                {move || study.get().then_some("Study: this project’s feasibility study, made before this page, of powering with 7-cycles, 5 seeds. Where mistakes are random it has one figure for all depths; “–”: it has none. ")}
                "Here: all repetitions of this run together, blank until they have run. Intervals are over the questions asked; "
                "another training would differ by more."
            </p>
        </section>
    }
}

/// What has been run and, where it is asked for, what the study asked: no mistakes first, then by kind, rate and vote.
fn points(cells: &[Arc<Cell>], study: bool) -> Vec<Point> {
    let asked = [Random, Systematic].into_iter().flat_map(|kind| RATES.map(|error| (kind, error)));
    let asked = asked.flat_map(|(kind, error)| VOTES.map(|vote| (kind, error, vote))).filter(|_| study);
    let run = cells.iter().map(|cell| (cell.kind, cell.error, cell.vote));
    let mut points: Vec<Point> = asked.chain(run).collect();
    points.sort_by_key(|(kind, error, vote)| (*error > 0, *kind, *error, *vote));
    points.dedup();
    points
}

/// A point: X in one row, H with its help in the next.
fn rows(cells: &[Arc<Cell>], point: Point, depths: usize, study: bool) -> impl IntoView + use<> {
    type Part = fn(&Outcome) -> &[Tally];
    let run = cells.iter().find(|cell| (cell.kind, cell.error, cell.vote) == point);
    let found = STUDY.iter().find(|found| found.point == point);
    let who: [(&str, Part, [&str; 4]); 2] = [
        ("X", |outcome| &outcome.x, found.map_or([""; 4], |found| found.x)),
        ("H with X", |outcome| &outcome.amplify, found.map_or([""; 4], |found| found.amplify)),
    ];
    let row = |at: usize| {
        let (name, part, figures) = who[at];
        let cell = |depth: usize| {
            let tally = run.map(|cell| pooled(cell, part, depth)).filter(|tally| tally.of > 0);
            let figure = figures.get(depth).copied().unwrap_or_default();
            let before = study.then(|| format!("{} / ", if figure.is_empty() { "–" } else { figure }));
            let here = tally.map(here);
            let (share, detail) = here.map_or((None, None), |(share, detail)| (Some(share), Some(detail)));
            view! { <td class="num"><small>{before}</small>{share}{detail.map(|lines| lines.map(|line| view! { <small class="paper">{line}</small> }))}</td> }
        };
        view! {
            <tr>
                {(at == 0).then(|| view! { <th scope="rowgroup" rowspan="2">{named(point).replace(", ", ",\n")}</th> })}
                <th scope="row">{name}</th>
                {(0..depths).map(cell).collect_view()}
            </tr>
        }
    };
    view! { <tbody>{[0, 1].map(row)}</tbody> }
}

/// A point in words.
fn named((kind, error, vote): Point) -> String {
    match (error, vote) {
        (0, _) => "none".to_owned(),
        (_, 1) => format!("{} {error} %", words::errs(kind)),
        _ => format!("{} {error} %, majority of {vote}", words::errs(kind)),
    }
}

/// The answers of all repetitions at a depth.
fn pooled(cell: &Cell, part: fn(&Outcome) -> &[Tally], depth: usize) -> Tally {
    let all = cell.outcomes.iter().filter_map(|outcome| part(outcome).get(depth));
    all.fold(Tally::default(), |sum, tally| sum + *tally)
}

/// The share in %, its interval, and the counts.
fn here(tally: Tally) -> (String, [String; 2]) {
    let estimate = tally.estimate();
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    let interval = format!("[{}, {}]", percent(estimate.lo), percent(estimate.hi));
    (percent(estimate.mean), [interval, format!("{} of {}", tally.right, tally.of)])
}

#[cfg(test)]
mod tests {
    use super::{super::drift::tests::cell, *};

    #[test]
    fn points_of_the_study_are_there_before_they_are_run_and_once() {
        let names = |cells: &[Arc<Cell>], study| points(cells, study).into_iter().map(named).collect::<Vec<_>>();
        assert_eq!(names(&[], true).len(), 12);
        assert!(names(&[], false).is_empty());
        let run = [cell(Systematic, 3, 1, 9), cell(Random, 0, 1, 9), cell(Random, 10, 3, 9)];
        assert_eq!(names(&run, false), ["none", "random 10 %, majority of 3", "systematic 3 %"]);
        let all = names(&run, true);
        assert_eq!((all.len(), all[0].as_str(), all[1].as_str()), (14, "none", "random 1 %"));
        assert!(STUDY.iter().all(|found| all.contains(&named(found.point))));
    }

    #[test]
    fn repetitions_are_counted_together() {
        let mut twice = (*cell(Random, 10, 1, 90)).clone();
        twice.outcomes.push(twice.outcomes[0].clone());
        let tally = pooled(&twice, |outcome| &outcome.x, 0);
        assert_eq!((tally.right, tally.of), (180, 200));
        assert_eq!(here(tally), ("90.0".to_owned(), ["[85.1, 93.4]", "180 of 200"].map(str::to_owned)));
        assert_eq!(pooled(&twice, |outcome| &outcome.x, 7).of, 0);
    }
}
