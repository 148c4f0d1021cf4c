#![allow(clippy::unwrap_used)]
use super::*;
use crate::{
    amplification::{SPEC, State, event::By, tree},
    lab::{Breath, Fold as _, experiment::Signal},
};
use std::{cell::RefCell, rc::Rc};

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
    pollster::block_on(run(&scenario, &mut out))?;
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
