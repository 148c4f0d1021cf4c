#![allow(clippy::unwrap_used)]
use super::*;
use crate::{
    amplification::{SPEC, State, event::By, tree},
    lab::{Breath, Fold as _, Task, experiment::Signal},
    models::pretrain,
    tasks::book::Own,
};
use std::{any::Any, cell::RefCell, rc::Rc};

mod trained;

/// The shipped files, and the reader's own text, which is the same for every test.
struct Bare;
impl Assets for Bare {
    fn model<'a>(&'a self, file: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
        Box::pin(async move { Ok(Rc::new(std::fs::read(pretrain::folder().join(file)).unwrap())) })
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
fn what_cannot_be_asked_is_said_and_another_question_is_asked() {
    let asked = |settings: &[(&str, &str)]| {
        let state = state(&events("expression", settings).unwrap());
        (state.begun.unwrap().instead.clone(), state.tree[0].node.question.clone())
    };
    let (why, question) = asked(&[("question", "(3+4")]);
    let why = why.unwrap();
    assert!(why.contains("At character 1: this parenthesis is never closed"), "{why}");
    assert!(why.ends_with(&format!("Asked instead: {question}.")), "{why}");
    assert_eq!(asked(&[]), (None, question), "the one that the seed draws");
    let stars = "*".repeat(17);
    let refused = [
        ("powering", "17(9)", "an item from 1 to 7"),
        ("wildcard", "2", "the signs 0, 1 and *"),
        ("wildcard", &stars, "at most 16 signs, and this one has 17"),
    ];
    for (task, typed, told) in refused {
        let (why, _) = asked(&[("task", task), ("question", typed)]);
        assert!(why.unwrap().contains(told), "{task}");
    }
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
    assert_eq!((&before.replaced, after.replaced[0].node, after.replaced[0].dropped), (&Vec::new(), 1, None));
    assert!(after.replaced[0].changed.contains(&0));
}

#[test]
fn where_a_summary_of_ones_own_drops_out_is_said() {
    let page = |state: &State| state.tree.iter().position(|node| node.node.question.starts_with("Page 1\n")).unwrap();
    let before = state(&events("book", &[]).unwrap());
    let own = format!("{}:It was so.", page(&before));
    let after = state(&events("book", &[("summaries", &own)]).unwrap());
    let [replaced] = after.replaced.as_slice() else { panic!("one summary is the reader's") };
    assert_eq!(replaced.node as usize, page(&before));
    let answer = |state: &State, at: u32| state.tree[at as usize].given.as_ref().unwrap().answer.clone();
    let path = tree::Shape::of(&after.tree).path(replaced.node);
    for above in &path[..path.len() - 1] {
        assert_eq!(replaced.changed.contains(above), answer(&before, *above) != answer(&after, *above), "{above}");
    }
    let dropped = path.iter().rev().find(|at| !answer(&after, **at).contains("It was so."));
    assert_eq!(replaced.dropped, dropped.copied());
}

#[test]
fn a_summary_of_ones_own_does_nothing_to_another_above_it() {
    let at = |state: &State, name: &str| {
        state.tree.iter().position(|node| node.node.question.starts_with(name)).unwrap() as u32
    };
    let before = state(&events("book", &[]).unwrap());
    let (page, chapter) = (at(&before, "Page 1\n"), at(&before, "Chapter 1"));
    let own = crate::amplification::summaries::with("", page, "It was a page.");
    let own = crate::amplification::summaries::with(&own, chapter, "It was a chapter.");
    let after = state(&events("book", &[("summaries", &own)]).unwrap());
    let of = |node: u32| after.replaced.iter().find(|one| one.node == node).unwrap();
    assert_eq!((of(page).changed.as_slice(), of(page).dropped, of(page).under), ([].as_slice(), None, Some(chapter)));
    assert_eq!(of(chapter).under, None);
    // What the chapter's summary did is what it does by itself.
    let alone = crate::amplification::summaries::with("", chapter, "It was a chapter.");
    let alone = state(&events("book", &[("summaries", &alone)]).unwrap());
    assert_eq!(*of(chapter), alone.replaced[0]);
}

#[test]
fn a_text_without_a_full_stop_becomes_a_tree() {
    let state = state(&events("book", &[("book", "own")]).unwrap());
    assert!(state.tree.len() > 100 && state.tree.iter().all(|node| node.given.is_some()));
    assert_eq!(state.kept[0].words, 20_000);
}
