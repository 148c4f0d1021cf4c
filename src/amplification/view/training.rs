//! The stage of a training: the tree of a question at any recorded round, and the curves.

use super::{
    Desk,
    calls::Calls,
    curves::{ByDepth, Gaps, Queries},
    panel::Panel,
    question::Instead,
    study::Study,
};
use crate::amplification::{State, event::Snapshot, spec::only_asks, tree, words};
use leptos::prelude::*;
use std::sync::Arc;

/// Tree and curves.
#[component]
pub fn Training(desk: Desk) -> impl IntoView {
    view! {
        <h1>"Can a weak overseer train a model to do what neither can do alone?"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">{move || lede(desk)}</p>
        </Show>
        <Rounds desk/>
        <ByDepth desk/>
        <Show when=move || desk.shows("extras") && trains(desk)>
            <Queries desk/>
            <Gaps desk/>
            <Study desk/>
        </Show>
    }
}

fn lede(desk: Desk) -> String {
    let begin = "H can look facts up and put a few answers together, no more. It takes a question apart, copies of the \
                 model X answer the parts, and H combines them. X learns to give that answer at once; so the next round \
                 begins with a better X.";
    let end = match desk.scenario.with(|scenario| scenario.choice("overseer")) {
        "h" => "Shallow questions come first, deeper ones wave after wave.",
        "removed" => "After some steps no human is asked any more. Does it hold?",
        "self" => "Here one network M plays both parts, and in the end M oversees M.",
        _ => "H′ learns H’s part, and asks the human less and less.",
    };
    let (task, start) = desk.scenario.with(|scenario| (scenario.choice("task"), scenario.choice("start")));
    let unseen = "X is a small transformer, and every question shown is about a permutation that it was never trained \
                  on.";
    let about = words::task(task);
    match (task, start) {
        ("held-out", "trained") if !trains(desk) => format!(
            "X has been trained beforehand and is only asked here: nothing is trained now. {unseen} H can put three \
             answers together, no more; by iterated amplification X has learned from it to answer at once. {about}"
        ),
        ("held-out", _) => format!("{begin} {end} {about} {unseen} That takes it a few thousand steps."),
        _ => format!("{begin} {end} {about}"),
    }
}

/// Whether X takes any step.
fn trains(desk: Desk) -> bool {
    !desk.scenario.with(only_asks)
}

/// The tree of an example question, at the newest round or at one that was recorded before.
#[component]
fn Rounds(desk: Desk) -> impl IntoView {
    let example = RwSignal::new(0_usize);
    // The round that the reader went back to, by its place; none follows the newest.
    let picked = RwSignal::new(None::<usize>);
    let snapshots = Memo::new_with_compare(move |_| desk.state.with(own), |_, _| true);
    let last = move || snapshots.with(|all| all.len().saturating_sub(1));
    let place = move || picked.get().map_or_else(last, |place| place.min(last()));
    let current = Memo::new_with_compare(
        move |_| snapshots.with(|all| all.get(place()).cloned()),
        |old: Option<&Option<Arc<Snapshot>>>, new| !same(old.and_then(Option::as_ref), new.and_then(Option::as_ref)),
    );
    let calls = Memo::new(move |_| {
        let snapshot = current.get();
        let grown = snapshot.as_ref().and_then(|snapshot| snapshot.trees.get(example.get()));
        Calls::of(Arc::new(grown.map_or_else(|| desk.state.with(|state| (*state.tree).clone()), tree::of)))
    });
    let step = move || current.with(|snapshot| snapshot.as_ref().map_or(0, |snapshot| snapshot.step));
    let label = Signal::derive(move || format!("The tree of a question, after step {}", step()));
    let pick = move |event| {
        if let Ok(place) = event_target_value(&event).parse::<usize>() {
            picked.set((place < last()).then_some(place));
        }
    };
    view! {
        <Instead desk/>
        <div class="rounds">
            <Questions desk example/>
            <Show when=move || trains(desk)>
                <label for="round">"X as it was"</label>
                <input type="range" id="round" min="0" max=last prop:value=move || place().to_string() on:input=pick
                    style:--filled=move || format!("{}%", 100 * place() / last().max(1))
                    aria-valuetext=move || format!("after step {}", step())/>
                <output for="round">{move || format!("after step {}", step())}</output>
            </Show>
        </div>
        <Panel desk calls label/>
    }
}

/// The snapshots of the first repetition.
fn own(state: &State) -> Vec<Arc<Snapshot>> {
    state.snapshots.iter().filter(|snapshot| snapshot.run == 0).cloned().collect()
}

fn same(old: Option<&Arc<Snapshot>>, new: Option<&Arc<Snapshot>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new),
        (None, None) => true,
        _ => false,
    }
}

/// Which of the example questions.
#[component]
fn Questions(desk: Desk, example: RwSignal<usize>) -> impl IntoView {
    let names = Memo::new(move |_| {
        desk.state.with(|state| {
            state
                .begun
                .as_ref()
                .map_or(Vec::new(), |begun| begun.examples.iter().map(|one| one.question.clone()).collect())
        })
    });
    let option = move |(at, name): (usize, String)| {
        view! { <option value=at.to_string() selected=move || example.get() == at>{name}</option> }
    };
    let choose = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            example.set(at);
        }
    };
    move || {
        (names.with(Vec::len) > 1).then(|| {
            view! {
                <select aria-label="Which question" on:change=choose prop:value=move || example.get().to_string()>
                    {names.get().into_iter().enumerate().map(option).collect_view()}
                </select>
            }
        })
    }
}
