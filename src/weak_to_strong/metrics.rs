//! What a run's events amount to, with 95 % intervals over its repetitions.

use super::event::{Cell, Event, Outcome};
use crate::{
    lab::Metric,
    stats::{self, Estimate, Tally, mean_tally},
};

/// The metrics of a run; in a grid each name begins with the pair, such as `weak_s_strong_l_pgr`.
pub fn metrics(events: &[Event]) -> Vec<Metric> {
    let outcomes: Vec<&Outcome> = events
        .iter()
        .filter_map(|event| if let Event::Ended(outcome) = event { Some(&**outcome) } else { None })
        .collect();
    let mut list = of_outcomes("", &outcomes);
    for event in events {
        if let Event::Cell(Cell { weak, strong, outcomes }) = event {
            let size = |size: &u8| super::spec::SIZES[usize::from(*size).min(2)];
            let before = format!("weak_{}_strong_{}_", size(weak), size(strong));
            list.extend(of_outcomes(&before, &outcomes.iter().collect::<Vec<_>>()));
        }
    }
    list
}

/// A recovered gap of an outcome, where there is one.
type Gap = fn(&Outcome) -> Option<f64>;

fn of_outcomes(before: &str, outcomes: &[&Outcome]) -> Vec<Metric> {
    let mut list = Vec::new();
    if outcomes.is_empty() {
        return list;
    }
    let mut add = |name: &str, estimate: Estimate, share: bool| {
        let Estimate { mean, lo, hi, n } = estimate;
        list.push(Metric { name: format!("{before}{name}"), mean, lo, hi, n, share });
    };
    let mut share = |name: &str, pick: &dyn Fn(&Outcome) -> Option<Tally>| {
        if let Some(estimate) = mean_tally(outcomes.iter().filter_map(|outcome| pick(outcome))) {
            add(name, estimate, true);
        }
    };
    share("weak_accuracy", &|outcome| Some(outcome.weak));
    share("student_accuracy", &|outcome| Some(outcome.student));
    share("ceiling_accuracy", &|outcome| Some(outcome.ceiling));
    share("zero_shot_accuracy", &|outcome| outcome.zero_shot);
    share("naive_accuracy", &|outcome| outcome.naive);
    share("agreement_when_supervisor_right", &|outcome| Some(outcome.agrees.0));
    share("agreement_when_supervisor_wrong", &|outcome| Some(outcome.agrees.1));
    let is_chain = outcomes.iter().any(|outcome| outcome.chain.is_some());
    let gaps: [(&str, Gap); 4] = [
        ("pgr", Outcome::pgr),
        // Beside a chain the student on the labels as they are is the direct way.
        (if is_chain { "direct_pgr" } else { "naive_pgr" }, Outcome::naive_pgr),
        ("direct_same_data_pgr", Outcome::same_data_pgr),
        ("self_chain_pgr", Outcome::selves_pgr),
    ];
    for (name, pick) in gaps {
        if let Some(estimate) = mean_pgr(outcomes.iter().map(|outcome| pick(outcome))) {
            add(name, estimate, false);
        }
    }
    list
}

/// The mean recovered gap over repetitions with Student's t interval; `None` where one of them has none.
pub fn mean_pgr(gaps: impl Iterator<Item = Option<f64>>) -> Option<Estimate> {
    let gaps: Vec<f64> = gaps.collect::<Option<_>>()?;
    (!gaps.is_empty()).then(|| stats::mean(&gaps))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn outcome(run: u8, rights: [u32; 3]) -> Outcome {
        let [weak, student, ceiling] = rights.map(|right| Tally { right, of: 100 });
        let agrees = (Tally { right: 9, of: 10 }, Tally { right: 1, of: 2 });
        Outcome {
            run,
            weak,
            student,
            ceiling,
            zero_shot: None,
            naive: None,
            chain: None,
            agrees,
            stop_weak: 1,
            stop_truth: 2,
        }
    }

    #[test]
    fn means_are_over_repetitions() {
        let events = [outcome(0, [60, 70, 80]), outcome(1, [50, 65, 70])].map(|o| Event::Ended(Box::new(o)));
        let list = metrics(&events);
        let find = |name: &str| list.iter().find(|metric| metric.name == name).unwrap();
        assert!((find("pgr").mean - 0.625).abs() < 1e-12);
        assert!((find("weak_accuracy").mean - 0.55).abs() < 1e-12);
        assert!((find("agreement_when_supervisor_wrong").mean - 0.5).abs() < 1e-12);
        assert!(list.iter().all(|metric| metric.name != "naive_pgr" && metric.lo <= metric.mean && metric.n == 2));
    }

    #[test]
    fn no_gap_means_no_share_of_it() {
        let cell = Cell { weak: 0, strong: 2, outcomes: vec![outcome(0, [60, 70, 60])] };
        let list = metrics(&[Event::Cell(cell)]);
        assert!(list.iter().all(|metric| !metric.name.ends_with("pgr")));
        assert_eq!(list[0].name, "weak_s_strong_l_weak_accuracy");
    }
}
