//! You are H: a question, forms for sub-questions and answers, and the tree that comes of it.

use super::{
    Desk,
    calls::Calls,
    curves::{ByDepth, Queries},
    panel::Panel,
};
use crate::{
    amplification::{
        State,
        event::{Field, Form, Turn},
        moves, words,
    },
    ui::dom,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The seat, the tree so far, and what was learned from the reader's decisions where that was asked for.
#[component]
pub fn Seat(desk: Desk) -> impl IntoView {
    let calls = Memo::new(move |_| Calls::of(desk.state.with(|state| state.tree.clone())));
    let task = desk.choice("task");
    let trained = Memo::new(move |_| desk.state.with(|state| !state.rounds.is_empty()));
    view! {
        <h1>"You are H"</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">
                "Do as H does, who sees no list of facts and cannot answer these questions at once: look a fact up, or ask an \
                 easier question, which copies of H take apart in turn; then put the answers together. What you decide can \
                 train H′. "
                {move || words::task(task.get())}
            </p>
        </Show>
        <YourTurn desk/>
        <Panel desk calls label="Your questions, and what came back"/>
        <Show when=move || trained.get()>
            <ByDepth desk/>
            <Queries desk/>
        </Show>
    }
}

/// The question that waits for the reader, or how it ended.
#[component]
fn YourTurn(desk: Desk) -> impl IntoView {
    let yours = Memo::new(move |_| desk.state.with(|state| state.yours.clone()));
    // After a move of the reader's the focus goes to the next form, which has just been made.
    let moved = RwSignal::new(false);
    Effect::new(move || {
        if yours.with(Option::is_some) && moved.get_untracked() {
            moved.set(false);
            request_animation_frame(|| dom::focus("your-turn"));
        }
    });
    move || match yours.get() {
        Some(turn) => view! { <Forms desk turn moved/> }.into_any(),
        None if is_over(desk) => view! { <Done desk/> }.into_any(),
        None => {
            view! { <div class="turn-of"><p class="soft" role="status">"Your question is being answered …"</p></div> }
                .into_any()
        }
    }
}

/// Whether the reader has answered every question.
fn is_over(desk: Desk) -> bool {
    desk.state.with(|state| {
        let mine = state.tree.iter().filter(|node| node.node.parent.is_none() && node.given.is_some()).count();
        state.begun.as_ref().is_some_and(|begun| mine >= begun.examples.len())
    })
}

#[component]
fn Forms(desk: Desk, turn: Arc<Turn>, moved: RwSignal<bool>) -> impl IntoView {
    let left = match turn.left {
        0 => "You may ask nothing more: answer now.".to_owned(),
        1 => "You may ask one more sub-question.".to_owned(),
        n => format!("You may ask {n} more sub-questions."),
    };
    let (before, replies) = desk.state.with_untracked(|state| (verdict(state, turn.node), replies(state, turn.node)));
    let forms = turn.forms.iter().map(|form| view! { <OneForm desk form=form.clone() moved/> }).collect_view();
    view! {
        <section class="turn-of" aria-label="Your turn">
            <h2 id="your-turn" tabindex="-1"><small>{format!("Question {} of {}: ", turn.number, turn.of)}</small>{turn.question.clone()}</h2>
            <p role="status">{before}<span class="soft">{left}</span></p>
            {(!replies.is_empty()).then(|| view! { <ul class="replies-so-far" aria-label="What came back">{replies}</ul> })}
            {forms}
        </section>
    }
}

/// How the reader answered the question before this one.
fn verdict(state: &State, node: u32) -> Option<impl IntoView + use<>> {
    let before = state.tree.iter().take(node as usize).rev().find(|node| node.node.parent.is_none())?;
    let given = before.given.as_ref()?;
    let (judged, said) = match (given.right, &before.node.truth) {
        (Some(true), _) => ("yes", "right ✓".to_owned()),
        (_, Some(truth)) => ("no", format!("wrong ✗, it is {truth}")),
        _ => return None,
    };
    let answered = format!("Your answer to {}, {}, was ", before.node.question, given.answer);
    Some(view! { <span class="verdict-before">{answered}<b data-right=judged>{said}</b>". "</span> })
}

/// What came back to the sub-questions of a question.
fn replies(state: &State, node: u32) -> Vec<impl IntoView + use<>> {
    let asked = state.tree.iter().skip(node as usize).filter(|sub| sub.node.parent == Some(node));
    let given = asked.filter_map(|sub| Some((sub.node.question.clone(), sub.given.as_ref()?.answer.clone())));
    given.map(|(question, answer)| view! { <li>{question}" = "<b>{answer}</b></li> }).collect()
}

/// A sentence with gaps to fill in. Nothing is filled in beforehand: what stands there would be taken for advice.
#[component]
fn OneForm(desk: Desk, form: Form, moved: RwSignal<bool>) -> impl IntoView {
    let choices: Vec<RwSignal<Option<i64>>> = form.fields.iter().map(|_| RwSignal::new(None)).collect();
    let mut gaps = form.fields.iter().zip(&choices).map(|(field, choice)| gap(field, *choice));
    let mut parts = Vec::new();
    for (at, text) in form.label.split('_').enumerate() {
        if at > 0 {
            parts.extend(gaps.next());
        }
        parts.push(view! { <span>{text.trim().to_owned()}</span> }.into_any());
    }
    parts.extend(gaps);
    let name = if form.prefix == 'q' { "Ask" } else { "Answer" };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // The browser has asked for what was missing.
        let Some(chosen) = choices.iter().map(|choice| choice.get_untracked()).collect::<Option<Vec<i64>>>() else {
            return;
        };
        let before = desk.scenario.with_untracked(|scenario| scenario.text("moves"));
        moved.set(true);
        desk.choose.run(vec![("moves", moves::with(&before, &form, &chosen))]);
    };
    view! {
        <form on:submit=send>
            {parts}
            <button type="submit" class=if name == "Answer" { "primary" } else { "" }>{name}</button>
        </form>
    }
}

fn gap(field: &Field, choice: RwSignal<Option<i64>>) -> AnyView {
    let take = move |event| choice.set(event_target_value(&event).parse().ok());
    if field.options.is_empty() {
        return view! {
            <input type="number" step="1" required placeholder="number" aria-label=field.label.clone() on:input=take/>
        }
        .into_any();
    }
    let option = |(at, name): (usize, &String)| view! { <option value=at.to_string()>{name.clone()}</option> };
    view! {
        <select aria-label=field.label.clone() required on:change=take>
            <option value="" selected>{format!("{} …", field.label)}</option>
            {field.options.iter().enumerate().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// What can be done once all questions are answered.
#[component]
fn Done(desk: Desk) -> impl IntoView {
    let roots = move || {
        desk.state.with(|state| {
            let mine = state.tree.iter().filter(|node| node.node.parent.is_none());
            let given = mine.filter_map(|node| node.given.as_ref()).collect::<Vec<_>>();
            let right = given.iter().filter(|given| given.right == Some(true)).count();
            (!given.is_empty()).then(|| format!("You answered {} of {} questions right.", right, given.len()))
        })
    };
    let mine = desk.choice("task");
    view! {
        <div class="turn-of" role="status">
            <p><strong>{roots}</strong></p>
            <div class="take-seat">
                <button type="button" class="primary" on:click=move |_| desk.reseed.run(())>"Other questions"</button>
                <button type="button" on:click=move |_| desk.set.run(vec![("moves", String::new())])>"The same again"</button>
                <Show when=move || mine.get() != "expression" && !desk.scenario.with(|scenario| scenario.flag("mine"))>
                    <button type="button" on:click=move |_| desk.set.run(vec![("mine", "1".to_owned())])>"Train H′ on what you did"</button>
                </Show>
            </div>
        </div>
    }
}
