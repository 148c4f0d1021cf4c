#![allow(clippy::unwrap_used)]
use super::{subject::Subject, *};
use crate::{
    amplification::{SPEC, State, event::By, tree},
    lab::{Breath, Fold as _, Task, experiment::Signal},
    tasks::book::Own,
};
use std::{any::Any, cell::RefCell, rc::Rc};

/// No files but the reader's own text, which is the same for every test.
struct Bare;
impl Assets for Bare {
    fn model<'a>(&'a self, file: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
        Box::pin(async move { Err(format!("{file} is not here")) })
    }
    fn data(&self, _: &str) -> Option<Rc<dyn Any>> {
        let text = "word ".repeat(20_000);
        Some(Rc::new(Own { name: "own.txt".to_owned(), text }))
    }
}

/// The events of a preset with some settings.
pub fn events(preset: &str, settings: &[(&str, &str)]) -> Result<Vec<Event>, Failure> {
    let mut scenario = Scenario::of_preset(&SPEC, SPEC.preset(preset).unwrap());
    for (key, value) in settings {
        scenario.set(key, value).unwrap();
    }
    let list = Rc::new(RefCell::new(Vec::new()));
    let sink = list.clone();
    let mut out = Outlet::new(Breath::endless(), move |signal| {
        if let Signal::Event(event) = signal {
            sink.borrow_mut().push(event);
        }
    });
    pollster::block_on(run(&scenario, &Bare, &mut out))?;
    drop(out);
    Ok(list.take())
}

fn state(events: &[Event]) -> State {
    let mut state = State::default();
    for event in events {
        state.apply(event);
    }
    state
}

fn root(state: &State) -> (String, Option<bool>) {
    let given = state.tree[0].given.as_ref().unwrap();
    (given.answer.clone(), given.right)
}

#[test]
fn an_expression_is_taken_apart_call_by_call() {
    let events = events("expression", &[("question", "(3+4)*(2-7)+1")]).unwrap();
    let state = state(&events);
    assert_eq!(root(&state), ("−34".to_owned(), Some(true)));
    let asked: Vec<&str> = state.tree.iter().map(|node| node.node.question.as_str()).collect();
    assert_eq!(asked, ["(3 + 4) · (2 − 7) + 1", "(3 + 4) · (2 − 7)", "3 + 4", "3", "4", "2 − 7", "2", "7", "1"]);
    // A beginning, nine questions and nine answers, each a step.
    assert_eq!(events.len(), 19);
    assert_eq!(state.tree[5].given.as_ref().unwrap().how, "2 − 7");
}

#[test]
fn what_was_asked_before_is_not_asked_again() {
    let tree_of =
        |cache| state(&events("powering", &[("mode", "tree"), ("question", "8(1)"), ("cache", cache)]).unwrap());
    let (with, without) = (tree_of("1"), tree_of("0"));
    assert!(root(&with).1.unwrap() && root(&without) == root(&with));
    // σ⁸ of a 7-cycle is σ: 8 look-ups go once round the cycle and one further.
    assert_eq!(without.tree.len(), 15);
    assert!(with.tree.len() <= without.tree.len());
    assert!(without.tree.iter().all(|node| node.given.as_ref().unwrap().by != By::Cache));
}

#[test]
fn mistakes_are_found_on_the_blame_path() {
    let settings = [("mode", "tree"), ("question", "15(2)"), ("error", "50"), ("cache", "0")];
    let state = state(&events("powering", &settings).unwrap());
    let shape = tree::Shape::of(&state.tree);
    let first = shape.first_mistake(&state.tree).unwrap();
    assert_eq!(state.tree[first as usize].given.as_ref().unwrap().how, "H made a mistake here");
}

#[test]
fn a_large_tree_comes_in_chunks() {
    let events = events("powering", &[("mode", "tree"), ("question", "24000(3)"), ("cache", "0")]).unwrap();
    let state = state(&events);
    assert!(state.tree.len() > 30_000 && events.len() < 900, "{} {}", state.tree.len(), events.len());
    assert_eq!(root(&state).1, Some(true));
    assert_eq!(tree::Shape::of(&state.tree).cost(0) as usize, state.tree.len() - 1);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let why = |task, question| events("expression", &[("task", task), ("question", question)]).unwrap_err().to_string();
    assert!(why("expression", "(3+4").contains("At character 1: this parenthesis is never closed"));
    assert!(why("powering", "17(9)").contains("an item from 1 to 7"));
}

/// Settings that train for a moment.
const SHORT: [(&str, &str); 3] = [("steps", "6"), ("batch", "4"), ("supervised", "0")];

fn trained(preset: &str, settings: &[(&str, &str)]) -> Vec<Event> {
    events(preset, &[&SHORT, settings].concat()).unwrap()
}

fn measured(events: &[Event]) -> Vec<&crate::amplification::event::Measured> {
    events.iter().filter_map(|event| if let Event::Measured(m) = event { Some(&**m) } else { None }).collect()
}

#[test]
fn the_smallest_form_is_learned_wave_after_wave() {
    let events = events("fixed", &[("steps", "250")]).unwrap();
    let Some(Event::Ended(outcome)) = events.last() else { panic!("no outcome") };
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
fn the_first_repetition_does_not_depend_on_how_many_follow() {
    let (once, twice) = (trained("fixed", &[]), trained("fixed", &[("repeats", "2")]));
    assert!(twice[..once.len()] == once[..]);
    let ended: Vec<_> =
        twice.iter().filter_map(|event| if let Event::Ended(o) = event { Some(o) } else { None }).collect();
    assert_eq!(ended.iter().map(|outcome| outcome.run).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_training_can_be_cancelled_in_its_middle() {
    let cancelled = Rc::new(std::cell::Cell::new(false));
    let (flag, breaths) = (cancelled.clone(), std::cell::Cell::new(0));
    let breath = Breath::new(cancelled, move || {
        breaths.set(breaths.get() + 1);
        flag.set(breaths.get() >= 120);
        None
    });
    let scenario = Scenario::of_preset(&SPEC, SPEC.preset("fixed").unwrap());
    let count = Rc::new(std::cell::Cell::new(0));
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
    let names: Vec<String> = crate::amplification::metrics::metrics(&events).into_iter().map(|m| m.name).collect();
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
    let task = crate::amplification::tasks::Wildcard::new(3);
    let (mut moves, mut replies) = (String::new(), Vec::new());
    let question = crate::amplification::tasks::Task::read(&task, &begun.examples[0].link).unwrap();
    let facts = Subject::of(&scenario_of(&[("mode", "you")])).unwrap().facts;
    for _ in 0..3 {
        use crate::amplification::tasks::{Move, Reply, Task as _};
        moves += &match task.act(question, &replies) {
            Move::Ask(asked) => {
                replies.push(Reply { asked, answer: task.truth(&facts, asked) });
                format!("q{asked}-")
            }
            Move::Answer(answer) => format!("a{answer}-"),
        };
    }
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

#[test]
fn a_story_is_summarised_upwards_within_its_budgets() {
    let events = events("book", &[("leaf", "30"), ("middle", "50"), ("top", "60")]).unwrap();
    let state = state(&events);
    assert!(state.tree.len() > 20 && state.tree.iter().all(|node| node.given.is_some()));
    let levels: Vec<_> = state.kept.iter().map(|kept| kept.level).collect();
    assert_eq!(levels, [None, Some(2), Some(1), Some(0)]);
    assert!(state.kept.is_sorted_by(|below, above| below.words > above.words), "{:?}", state.kept);
    assert!(state.kept[3].words <= 60 && state.kept[0].words > 2_000);
    // Every sentence of a summary stands in what it was made of.
    let answer = |at: usize| state.tree[at].given.as_ref().unwrap().answer.clone();
    let page = state.tree.iter().position(|node| node.node.question.contains('\n')).unwrap();
    assert!(state.tree[page].node.question.contains(answer(page).split(". ").next().unwrap()));
}

#[test]
fn facts_are_lost_on_the_way_up_and_a_summary_of_ones_own_reaches_the_top() {
    let before = state(&events("book", &[("book", "generated")]).unwrap());
    let told: Vec<_> = before.kept.iter().map(|kept| kept.facts).collect();
    assert_eq!((told[0].right, told[0].of), (90, 90));
    assert!(told.is_sorted_by(|below, above| below.right > above.right), "{told:?}");
    let own = [
        ("book", "generated"),
        ("summaries", "1:The zeppelin rose over the zeppelin field."),
        ("middle", "500"),
        ("top", "1000"),
    ];
    let after = state(&events("book", &own).unwrap());
    let given = |at: usize| after.tree[at].given.clone().unwrap();
    assert_eq!(given(1).by, By::You);
    assert!(given(0).answer.contains("zeppelin"), "{}", given(0).answer);
}

#[test]
fn a_text_without_a_full_stop_becomes_a_tree() {
    let state = state(&events("book", &[("book", "own")]).unwrap());
    assert!(state.tree.len() > 100 && state.tree.iter().all(|node| node.given.is_some()));
    assert_eq!(state.kept[0].words, 20_000);
}
