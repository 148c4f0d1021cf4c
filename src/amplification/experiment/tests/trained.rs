//! Trainings, sweeps and the reader's seat.

use super::*;
use crate::amplification::{
    event::{Measured, Outcome},
    experiment::subject::Subject,
    metrics::metrics,
    tasks::{Move, Reply, Task as _, Wildcard},
};
use std::cell::Cell;

/// Settings that train for a moment.
const SHORT: [(&str, &str); 3] = [("steps", "6"), ("batch", "4"), ("supervised", "0")];

fn trained(preset: &str, settings: &[(&str, &str)]) -> Vec<Event> {
    events(preset, &[&SHORT, settings].concat()).unwrap()
}

fn measured(events: &[Event]) -> Vec<&Measured> {
    events.iter().filter_map(|event| if let Event::Measured(m) = event { Some(&**m) } else { None }).collect()
}

fn ended(events: &[Event]) -> Vec<&Outcome> {
    events.iter().filter_map(|event| if let Event::Ended(outcome) = event { Some(&**outcome) } else { None }).collect()
}

#[test]
fn the_smallest_form_is_learned_wave_after_wave() {
    let events = events("fixed", &[("steps", "250")]).unwrap();
    let outcome: &Outcome = ended(&events)[0];
    assert!(outcome.x.iter().chain(&outcome.supervised).all(|tally| tally.share() > 0.99), "{outcome:?}");
    assert!(outcome.alone[1].share() > 0.99 && outcome.alone[3].share() < 0.3, "{outcome:?}");
    assert!(outcome.steps_to_95.is_sorted() && outcome.queries < 250, "{outcome:?}");
    let rounds = measured(&events);
    // Amplify runs ahead of X, and the human is asked less and less.
    let third = |at: usize| (rounds[at].amplify[2].share(), rounds[at].right[2].share());
    assert!((5..14).all(|at| third(at).0 > third(at).1), "{:?}", (5..14).map(third).collect::<Vec<_>>());
    let queries = |from: u32, to: u32| rounds[to as usize].queries - rounds[from as usize].queries;
    assert!(queries(0, 10) >= queries(30, 40));
}

#[test]
fn the_trees_of_a_round_show_x_beside_the_tree() {
    let events = trained("wildcard", &[("question", "***")]);
    let Some(Event::Snapshot(last)) = events.iter().rev().find(|event| matches!(event, Event::Snapshot(_))) else {
        panic!("no trees")
    };
    assert_eq!((last.step, last.trees.len()), (6, 4));
    let tree = tree::of(&last.trees[0]);
    assert_eq!(tree.len(), 15);
    let root = tree[0].given.as_ref().unwrap();
    assert_eq!(root.right, Some(true));
    assert!(root.direct.is_some() && root.amplified.is_some() && root.by == By::LearnedHuman);
    let shallow = trained("wildcard", &[("question", "***"), ("levels", "1")]);
    let Some(Event::Snapshot(first)) = shallow.iter().find(|event| matches!(event, Event::Snapshot(_))) else {
        panic!("no trees")
    };
    let tree = tree::of(&first.trees[0]);
    assert!(tree.len() == 3 && tree[1].given.as_ref().unwrap().by == By::X);
}

#[test]
fn every_task_and_overseer_trains_and_replays() {
    for preset in ["powering", "fixed", "assignments", "wildcard", "shortest-path", "union-find"] {
        let events = trained(preset, &[("sampled", "1"), ("error", "10")]);
        assert!(measured(&events).iter().all(|round| round.right.len() == round.amplify.len()), "{preset}");
    }
    for overseer in ["h", "learned", "removed", "self"] {
        let settings = [("overseer", overseer), ("remove", "3"), ("supervised", "1")];
        let once = trained("fixed", &settings);
        assert!(once == trained("fixed", &settings), "{overseer}");
        let human: Vec<bool> = measured(&once)[..7].iter().map(|round| round.human).collect();
        let removed = ["removed", "self"].contains(&overseer);
        assert_eq!(human, [0, 1, 2, 3, 4, 5, 6].map(|step| !removed || step < 3), "{overseer}");
    }
}

#[test]
fn a_transformer_trains_on_some_permutations_is_asked_about_others_and_replays() {
    let events = trained("held-out", &[("supervised", "1")]);
    assert!(events == trained("held-out", &[("supervised", "1")]));
    let rounds = measured(&events);
    assert_eq!(rounds.len(), 14);
    // 32 held-out permutations: of each, eight questions for every power.
    assert_eq!(rounds[0].right.iter().map(|tally| tally.of).collect::<Vec<_>>(), [256, 512, 1024, 2048]);
    // Four questions of each depth about each of four permutations, in six steps.
    assert_eq!(rounds[6].labels, 4 * 4 * 4 * 6);
    // H reaches k = 3 with its own look-ups.
    let outcome = ended(&events)[0];
    assert_eq!(outcome.alone[1].right, outcome.alone[1].of);
}

#[test]
fn the_shipped_transformer_knows_powers_of_permutations_it_has_not_seen() {
    let events = events("held-out-trained", &[]).unwrap();
    let (rounds, outcome) = (measured(&events), ended(&events)[0]);
    // One measure before any step, with a tree for every example question.
    assert_eq!((rounds.len(), rounds[0].steps, outcome.x[3].of), (1, 0, 2048));
    assert!(outcome.x.iter().all(|tally| tally.share() > 0.9), "{outcome:?}");
    assert!(matches!(events.iter().rev().nth(1), Some(Event::Snapshot(last)) if last.trees.len() == 4));
    // It can learn on from there.
    let further = trained("held-out-trained", &[]);
    assert!(measured(&further).len() == 7 && measured(&further)[6].loss < 0.5);
}

#[test]
fn a_transformer_does_not_decide_for_h() {
    let refused = events("held-out", &[("overseer", "self"), ("steps", "2")]).unwrap_err().to_string();
    assert!(refused.contains("choose another"), "{refused}");
}

#[test]
fn the_first_repetition_does_not_depend_on_how_many_follow() {
    let (once, twice) = (trained("fixed", &[]), trained("fixed", &[("repeats", "2")]));
    assert!(twice[..once.len()] == once[..]);
    assert_eq!(ended(&twice).iter().map(|outcome| outcome.run).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_training_can_be_cancelled_in_its_middle() {
    let cancelled = Rc::new(Cell::new(false));
    let (flag, breaths) = (cancelled.clone(), Cell::new(0));
    let breath = Breath::new(cancelled, move || {
        breaths.set(breaths.get() + 1);
        flag.set(breaths.get() >= 120);
        None
    });
    let scenario = Scenario::of_preset(&SPEC, SPEC.preset("fixed").unwrap());
    let count = Rc::new(Cell::new(0));
    let seen = count.clone();
    let mut out =
        Outlet::new(breath, move |signal| seen.set(seen.get() + u32::from(matches!(signal, Signal::Event(_)))));
    assert_eq!(pollster::block_on(run(&scenario, &Bare, &mut out)), Err(Failure::Cancelled));
    assert!(count.get() > 0 && count.get() < 60, "{}", count.get());
}

#[test]
fn a_sweep_has_a_cell_for_every_point() {
    let events = events("fixed", &[("mode", "drift"), ("steps", "2")]).unwrap();
    let cells: Vec<_> =
        events.iter().filter_map(|event| if let Event::Cell(c) = event { Some(c) } else { None }).collect();
    // None, and four rates with one answer or three, of both kinds.
    assert_eq!(cells.len(), 1 + 4 * 2 * 2);
    let names: Vec<String> = metrics(&events).into_iter().map(|m| m.name).collect();
    assert!(names.iter().any(|name| name == "systematic_10_vote_3_accuracy_depth_4"), "{names:?}");
}

#[test]
fn the_reader_takes_a_question_apart_and_h_learns_from_it() {
    let play = |moves: &str, mine: &str| {
        let settings = [("mode", "you"), ("moves", moves), ("mine", mine), ("steps", "2"), ("batch", "2")];
        events("wildcard", &settings).unwrap()
    };
    let first = play("", "0");
    let Some(Event::Yours(turn)) = first.last() else { panic!("not the reader's turn") };
    assert_eq!((turn.number, turn.left), (1, 2));
    let Some(Event::Begun(begun)) = first.first() else { panic!("no beginning") };
    // As H would: the first star as 0 and as 1, and the sum.
    let task = Wildcard::new(3);
    let (mut moves, mut replies) = (Vec::new(), Vec::new());
    let question = task.read(&begun.examples[0].link).unwrap();
    let facts = Subject::of(&scenario_of(&[("mode", "you")])).facts;
    for _ in 0..3 {
        moves.push(match task.act(question, &replies) {
            Move::Ask(asked) => {
                replies.push(Reply { asked, answer: task.truth(&facts, asked) });
                format!("q{asked}")
            }
            Move::Answer(answer) => format!("a{answer}"),
        });
    }
    let moves = moves.join("-");
    let second = play(&moves, "0");
    assert_eq!(second[..first.len() - 1], first[..first.len() - 1], "a choice only adds to what has happened");
    let state = state(&second);
    let given = state.tree[0].given.as_ref().unwrap();
    assert_eq!((given.by, given.right), (By::You, Some(true)));
    assert_eq!(state.yours.as_ref().map(|turn| turn.number), Some(2));
    let learned = play(&moves, "1");
    assert!(matches!(learned.last(), Some(Event::Ended(outcome)) if outcome.queries == 1));
}

fn scenario_of(settings: &[(&str, &str)]) -> Scenario {
    let mut scenario = Scenario::of_preset(&SPEC, SPEC.preset("wildcard").unwrap());
    for (key, value) in settings {
        scenario.set(key, value).unwrap();
    }
    scenario
}
