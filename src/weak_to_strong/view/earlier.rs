//! The recovered gap beside those of runs that the reader has seen before on this page: heads or all weights, with and
//! without the confidence loss, one size or another.

use super::Desk;
use crate::{
    lab::Scenario,
    stats::{Estimate, mean_tally},
    weak_to_strong::{State, metrics::mean_pgr, words},
};
use leptos::prelude::*;
use std::cell::RefCell;

/// Most runs that are shown.
const MOST: usize = 6;
/// So many are remembered, the newest.
const KEPT: usize = 100;
/// What has to be the same for two runs to be compared: who asks which questions.
const SAME: [&str; 6] = ["family", "text", "question", "digits", "puzzles", "overlap"];

/// A run as far as the reader has seen it.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    scenario: Scenario,
    student: Estimate,
    gap: Option<Estimate>,
    runs: usize,
}

thread_local! {
    /// What has been seen since the page was loaded: the stage itself is made anew for every run.
    static SEEN: RefCell<Vec<Seen>> = const { RefCell::new(Vec::new()) };
}

/// A table, once there is something to compare.
#[component]
pub fn Earlier(desk: Desk) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let scenario = desk.scenario.get();
        SEEN.with_borrow_mut(|seen| {
            if let Some(now) = desk.state.with(|state| so_far(&scenario, state)) {
                remember(seen, now);
            }
            rows(seen, &scenario)
        })
    });
    let row = |(name, [student, gap]): (String, [String; 2])| {
        view! { <tr><th scope="row">{name}</th><td class="num">{student}</td><td class="num">{gap}</td></tr> }
    };
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <section class="beside-paper">
                <h2>"Beside earlier runs on this page"</h2>
                <div class="scroll-x">
                    <table class="facts">
                        <thead><tr>
                            <th scope="col">"Run"</th><th scope="col" class="num">"Student"</th><th scope="col" class="num">"PGR"</th>
                        </tr></thead>
                        <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
}

/// What a run has come to, once a repetition has ended.
fn so_far(scenario: &Scenario, state: &State) -> Option<Seen> {
    let outcomes = &state.outcomes;
    Some(Seen {
        scenario: scenario.clone(),
        student: mean_tally(outcomes.iter().map(|outcome| outcome.student))?,
        gap: mean_pgr(outcomes.iter().map(|outcome| outcome.pgr())),
        runs: outcomes.len(),
    })
}

/// Puts what is known of a run in the place of what was known of it.
fn remember(seen: &mut Vec<Seen>, now: Seen) {
    match seen.iter_mut().find(|one| one.scenario == now.scenario) {
        Some(one) => *one = now,
        None => seen.push(now),
    }
    seen.drain(..seen.len().saturating_sub(KEPT));
}

/// The run on the page and those that can be compared with it, the newest first; empty without any.
fn rows(seen: &[Seen], scenario: &Scenario) -> Vec<(String, [String; 2])> {
    let numbers = |one: &Seen| [words::percent(one.student.mean), words::gap(one.gap, one.runs)];
    let comparable =
        |one: &&Seen| one.scenario != *scenario && SAME.iter().all(|key| one.scenario.get(key) == scenario.get(key));
    let others = seen.iter().rev().filter(comparable).take(MOST);
    let others: Vec<_> = others.map(|one| (difference(&one.scenario, scenario), numbers(one))).collect();
    let this = seen.iter().find(|one| one.scenario == *scenario).map(|one| ("this run".to_owned(), numbers(one)));
    if others.is_empty() { others } else { this.into_iter().chain(others).collect() }
}

/// The settings of `other` that are not those of `this`, in words.
fn difference(other: &Scenario, this: &Scenario) -> String {
    let differs = other.lab.settings.iter().filter(|setting| {
        (other.applies(setting) || this.applies(setting)) && other.get(setting.key) != this.get(setting.key)
    });
    let settings = differs.map(|setting| format!("{}: {}", setting.label, setting.words(&other.get(setting.key))));
    let seed = (other.seed != this.seed).then(|| format!("seed {}", other.seed));
    let all: Vec<String> = settings.chain(seed).collect();
    // Two presets can come to the same settings.
    if all.is_empty() { other.preset.title.to_owned() } else { all.join("; ") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{stats::Tally, weak_to_strong::SPEC};

    fn seen(settings: &[(&str, &str)], right: u32) -> Seen {
        let mut scenario = Scenario::of_preset(&SPEC, &SPEC.presets[0]);
        for (key, value) in settings {
            scenario.set(key, value).unwrap();
        }
        let student = Tally { right, of: 100 }.estimate();
        Seen { scenario, student, gap: None, runs: 1 }
    }

    #[test]
    fn runs_on_the_same_questions_are_compared_by_what_differs() {
        let mut all = vec![seen(&[], 80), seen(&[("family", "overlap")], 60)];
        let heads = all[0].scenario.clone();
        assert!(rows(&all, &heads).is_empty(), "another family asks other questions");
        remember(&mut all, seen(&[("finetune", "all")], 85));
        remember(&mut all, seen(&[("finetune", "all")], 90));
        let table = rows(&all, &heads);
        assert_eq!(table.len(), 2);
        assert_eq!((table[0].0.as_str(), table[0].1[0].as_str()), ("this run", "80.0 %"));
        assert!(table[1].0.contains("all weights"), "{}", table[1].0);
        assert_eq!(table[1].1[0], "90.0 %");
    }

    #[test]
    fn only_so_many_runs_are_remembered() {
        let mut all = Vec::new();
        for seed in 0..KEPT as u64 + 20 {
            let mut now = seen(&[], 80);
            now.scenario.seed = seed;
            remember(&mut all, now);
        }
        assert_eq!((all.len(), all[0].scenario.seed), (KEPT, 20));
    }
}
