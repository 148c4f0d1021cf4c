//! What a run's events amount to, with 95 % intervals.
//!
//! Names are those of the paper's table. Where a run holds more than one pixel count or both kinds of debate, the
//! name begins with them: `px6_precommit_honest_win_rate`.

use super::{
    event::{Event, Protocol, Side},
    replay::Table,
};
use crate::{
    lab::{Metric, Scenario},
    stats::{self, Estimate, Tally},
};
use std::collections::BTreeSet;

/// The metrics of a run, in the order of the paper's table.
pub fn metrics(scenario: &Scenario, events: &[Event]) -> Vec<Metric> {
    let mode = scenario.choice("mode");
    let mut answers = Table::default();
    for event in events {
        if let Event::Answer(answer) = event {
            answers.add(answer);
        }
    }
    let table = mode == "tournament" && scenario.choice("scope") == "table";
    let mut list = of_table(&answers, table, table || mode == "protocols");
    let newest = events.iter().rev();
    if mode == "training"
        && let Some(learned) =
            newest.clone().find_map(|event| if let Event::Learned(l) = event { Some(l) } else { None })
    {
        let accuracy = stats::proportion(learned.right.into(), learned.of.into());
        list.push(metric("judge_accuracy_random_pixels".to_owned(), accuracy));
    }
    if let Some(verdict) = newest.clone().find_map(|event| if let Event::Verdict(v) = event { Some(v) } else { None }) {
        let won = stats::proportion(u64::from(verdict.winner == Side::Honest), 1);
        list.push(metric("honest_win_rate".to_owned(), won));
    }
    list
}

/// The metrics of counted answers; the flags say what the names have to tell apart.
fn of_table(answers: &Table, name_pixels: bool, name_debate: bool) -> Vec<Metric> {
    let counts: BTreeSet<u8> = answers.cells.keys().map(|(pixels, _)| *pixels).collect();
    let mut list = Vec::new();
    for pixels in counts {
        let before = if name_pixels { format!("px{pixels}_") } else { String::new() };
        let mut add = |name: &str, estimate: Option<Estimate>| {
            list.extend(estimate.map(|estimate| metric(format!("{before}{name}"), estimate)));
        };
        let cell = |protocol| answers.cells.get(&(pixels, protocol)).copied();
        add("judge_accuracy_random_pixels", cell(Protocol::RandomPixels).map(Tally::estimate));
        for precommit in [true, false] {
            let kind = match (name_debate, precommit) {
                (false, _) => "",
                (true, true) => "precommit_",
                (true, false) => "no_precommit_",
            };
            let side = |first| cell(if precommit { Protocol::Precommit { first } } else { Protocol::Debate { first } });
            let (honest, liar) = (side(Side::Honest), side(Side::Liar));
            add(&format!("{kind}honest_win_rate_honest_first"), honest.map(Tally::estimate));
            add(&format!("{kind}honest_win_rate_liar_first"), liar.map(Tally::estimate));
            add(&format!("{kind}honest_win_rate"), honest.zip(liar).map(both));
        }
        let (honest, dishonest) = (cell(Protocol::HonestAdviser), cell(Protocol::DishonestAdviser));
        add("consultancy_honest_accuracy", honest.map(Tally::estimate));
        add("consultancy_dishonest_accuracy", dishonest.map(Tally::estimate));
        add("consultancy_accuracy", honest.zip(dishonest).map(both));
        add("open_consultancy_accuracy", cell(Protocol::OpenConsultancy).map(Tally::estimate));
    }
    list
}

/// The even mean of two cells. Both were played on the same pictures, so together they count as no more
/// observations than there were pictures.
fn both((a, b): (Tally, Tally)) -> Estimate {
    stats::share(f64::midpoint(a.share(), b.share()), a.of.min(b.of).into())
}

fn metric(name: String, estimate: Estimate) -> Metric {
    Metric { name, mean: estimate.mean, lo: estimate.lo, hi: estimate.hi, n: estimate.n, share: true }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::debate::{
        SPEC,
        event::{Answer, Learned, Verdict},
    };

    fn scenario(preset: &str) -> Scenario {
        Scenario::of_preset(&SPEC, SPEC.preset(preset).expect("a preset"))
    }

    fn answer(pixels: u8, protocol: Protocol, right: u32) -> Event {
        let (truth, judged, lies_won, shown) = (1, 1, 0, Vec::new());
        Event::Answer(Box::new(Answer { picture: 1, truth, pixels, protocol, judged, right, of: 1, lies_won, shown }))
    }

    fn find(list: &[Metric], name: &str) -> (f64, u64) {
        let metric = list.iter().find(|metric| metric.name == name).unwrap_or_else(|| panic!("no {name} in {list:?}"));
        assert!(metric.lo <= metric.mean && metric.mean <= metric.hi);
        (metric.mean, metric.n)
    }

    #[test]
    fn a_tournament_has_the_paper_s_cells() {
        let (honest, liar) = (Protocol::Precommit { first: Side::Honest }, Protocol::Precommit { first: Side::Liar });
        let random = Protocol::RandomPixels;
        let events = [(random, 1), (random, 0), (honest, 0), (honest, 0), (liar, 1), (liar, 0)];
        let list = metrics(&scenario("paper-6px"), &events.map(|(protocol, right)| answer(6, protocol, right)));
        let names: Vec<&str> = list.iter().map(|metric| metric.name.as_str()).collect();
        let expected = ["judge_accuracy_random_pixels", "honest_win_rate_honest_first", "honest_win_rate_liar_first"];
        assert_eq!(names[..3], expected);
        assert_eq!(names[3..], ["honest_win_rate"]);
        assert_eq!(find(&list, "judge_accuracy_random_pixels"), (0.5, 2));
        assert_eq!(find(&list, "honest_win_rate_honest_first"), (0.0, 2));
        assert_eq!(find(&list, "honest_win_rate"), (0.25, 2));
    }

    #[test]
    fn the_whole_table_says_which_cell() {
        let events = [
            answer(4, Protocol::Debate { first: Side::Liar }, 1),
            answer(6, Protocol::HonestAdviser, 1),
            answer(6, Protocol::DishonestAdviser, 0),
        ];
        let list = metrics(&scenario("paper-table"), &events);
        assert_eq!(find(&list, "px4_no_precommit_honest_win_rate_liar_first"), (1.0, 1));
        assert_eq!(find(&list, "px6_consultancy_accuracy"), (0.5, 1));
    }

    #[test]
    fn a_game_and_a_training_have_one_each() {
        let verdict = Event::Verdict(Verdict { winner: Side::Liar, judged: 3, turning: 0 });
        assert_eq!(find(&metrics(&scenario("first"), &[verdict]), "honest_win_rate"), (0.0, 1));
        let learned = |right| Event::Learned(Learned { step: 1, loss: 1.0, right, of: 10 });
        let list = metrics(&scenario("train-judge"), &[learned(2), learned(5)]);
        assert_eq!(find(&list, "judge_accuracy_random_pixels"), (0.5, 10));
    }
}
