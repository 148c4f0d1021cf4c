//! What a run's events amount to, with 95 % intervals over its repetitions.

use super::event::{Errs, Event, Kept, Outcome};
use crate::{
    lab::Metric,
    stats::{self, Estimate, Tally, mean_tally},
};

/// The metrics of a run. Depths count from 1, the shallowest. In a drift sweep each name begins with the cell, such as
/// `random_10_vote_3_accuracy_depth_4`. A run that shows one tree has `answer_right` and `calls`; a book’s summary has
/// `words_` and, where the facts are known, `facts_told_` of the text and of each level, 0 being the last summary.
pub fn metrics(events: &[Event]) -> Vec<Metric> {
    let ended =
        events.iter().filter_map(|event| if let Event::Ended(outcome) = event { Some(&**outcome) } else { None });
    let mut list = of_outcomes("", &ended.collect::<Vec<_>>());
    for event in events {
        if let Event::Cell(cell) = event {
            let kind = if cell.kind == Errs::Random { "random" } else { "systematic" };
            let before = format!("{kind}_{}_vote_{}_", cell.error, cell.vote);
            list.extend(of_outcomes(&before, &cell.outcomes.iter().collect::<Vec<_>>()));
        }
    }
    list.extend(events.iter().flat_map(|event| if let Event::Kept(kept) = event { of_kept(kept) } else { Vec::new() }));
    if list.is_empty() {
        list = of_tree(events);
    }
    list
}

/// The tallies of an outcome, by depth.
type Part = fn(&Outcome) -> &[Tally];

fn of_outcomes(before: &str, outcomes: &[&Outcome]) -> Vec<Metric> {
    let mut list = Vec::new();
    let Some(first) = outcomes.first() else { return list };
    let mut add = |name: String, estimate: Estimate, share: bool| {
        let Estimate { mean, lo, hi, n } = estimate;
        list.push(Metric { name: format!("{before}{name}"), mean, lo, hi, n, share });
    };
    let parts: [(&str, Part); 4] = [
        ("accuracy", |outcome| &outcome.x),
        ("amplify_accuracy", |outcome| &outcome.amplify),
        ("supervised_accuracy", |outcome| &outcome.supervised),
        ("overseer_alone_accuracy", |outcome| &outcome.alone),
    ];
    for (name, part) in parts {
        for depth in 0..part(first).len() {
            let shares = outcomes.iter().filter_map(|outcome| part(outcome).get(depth)).copied();
            if let Some(estimate) = mean_tally(shares.filter(|tally| tally.of > 0)) {
                add(format!("{name}_depth_{}", depth + 1), estimate, true);
            }
        }
    }
    let queries: Vec<f64> = outcomes.iter().map(|outcome| f64::from(outcome.queries)).collect();
    add("human_queries".to_owned(), stats::mean(&queries), false);
    for depth in 0..first.steps_to_95.len() {
        // A mean over the repetitions that got there, and only where all did, is a mean of anything.
        let steps = outcomes.iter().map(|outcome| outcome.steps_to_95.get(depth).copied().flatten().map(f64::from));
        if let Some(steps) = steps.collect::<Option<Vec<f64>>>() {
            add(format!("steps_to_95_depth_{}", depth + 1), stats::mean(&steps), false);
        }
    }
    list
}

/// What is left of a text on each level.
fn of_kept(kept: &[Kept]) -> Vec<Metric> {
    let of_level = |kept: &Kept| {
        let level = kept.level.map_or("text".to_owned(), |level| format!("level_{level}"));
        let metric = |name: &str, Estimate { mean, lo, hi, n }, share| Metric {
            name: format!("{name}_{level}"),
            mean,
            lo,
            hi,
            n,
            share,
        };
        let told = || kept.facts.estimate();
        let facts = (kept.facts.of > 0).then(|| metric("facts_told", told(), true));
        [metric("words", stats::mean(&[f64::from(kept.words)]), false)].into_iter().chain(facts)
    };
    kept.iter().flat_map(of_level).collect()
}

/// Whether the root of the one tree was answered right, and what it cost.
fn of_tree(events: &[Event]) -> Vec<Metric> {
    let asked: usize = events.iter().map(|event| if let Event::Asked(nodes) = event { nodes.len() } else { 0 }).sum();
    let answers = events.iter().filter_map(|event| if let Event::Answered(given) = event { Some(given) } else { None });
    let Some(root) = answers.flatten().find(|given| given.node == 0) else { return Vec::new() };
    let metric =
        |name: &str, Estimate { mean, lo, hi, n }, share| Metric { name: name.to_owned(), mean, lo, hi, n, share };
    let right = root.right.map(|right| metric("answer_right", stats::proportion(u64::from(right), 1), true));
    let calls = metric("calls", stats::mean(&[(asked - 1) as f64]), false);
    right.into_iter().chain([calls]).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn outcome(right: u32, steps: Option<u32>) -> Event {
        let tally = |right| vec![Tally { right, of: 100 }];
        Event::Ended(Box::new(Outcome {
            run: 0,
            x: tally(right),
            amplify: tally(100),
            supervised: Vec::new(),
            alone: tally(20),
            queries: 100 + right,
            steps_to_95: vec![steps],
        }))
    }

    #[test]
    fn means_are_over_repetitions() {
        let list = metrics(&[outcome(90, Some(30)), outcome(96, Some(50))]);
        let find = |name: &str| list.iter().find(|metric| metric.name == name);
        assert!((find("accuracy_depth_1").unwrap().mean - 0.93).abs() < 1e-12);
        assert!((find("human_queries").unwrap().mean - 193.0).abs() < 1e-12);
        assert!((find("steps_to_95_depth_1").unwrap().mean - 40.0).abs() < 1e-12);
        assert!(find("supervised_accuracy_depth_1").is_none());
    }

    #[test]
    fn who_never_got_there_has_no_mean_of_steps() {
        let list = metrics(&[outcome(90, Some(30)), outcome(50, None)]);
        assert!(list.iter().all(|metric| !metric.name.starts_with("steps_to_95")));
    }

    #[test]
    fn a_book_has_words_and_facts_by_level() {
        let level = |level, words, right, of| Kept { level, parts: 1, words, facts: Tally { right, of } };
        let list = metrics(&[Event::Kept(vec![level(None, 900, 10, 10), level(Some(0), 90, 3, 10)])]);
        let names: Vec<_> = list.iter().map(|metric| (metric.name.as_str(), metric.mean)).collect();
        assert_eq!(names[0], ("words_text", 900.0));
        assert_eq!((names[3].0, (names[3].1 * 10.0).round()), ("facts_told_level_0", 3.0));
        assert_eq!(metrics(&[Event::Kept(vec![level(None, 900, 0, 0)])]).len(), 1);
    }
}
