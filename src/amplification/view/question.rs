//! One question asked to the end, step by step; an expression can be typed.

use super::{Desk, calls::Calls, panel::Panel};
use crate::amplification::State;
use leptos::prelude::*;

/// Expressions to begin with.
const EXPRESSIONS: [&str; 3] = ["(3+4)*(2-7)+1", "((8-3)*(8-3)-4)*2", "1+2*(3+4*(5+6*7))"];

/// The tree of a question.
#[component]
pub fn Question(desk: Desk) -> impl IntoView {
    let calls = Memo::new(move |_| Calls::of(desk.state.with(|state| state.tree.clone())));
    let task = desk.choice("task");
    let label = "The tree of the question";
    view! {
        <h1>{move || desk.state.with(title)}</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">{move || lede(task.get())}</p>
        </Show>
        <Show when=move || task.get() == "expression" && desk.shows("settings")><Ask desk/></Show>
        <Panel desk calls label/>
    }
}

/// The question, where it is short enough for a heading.
fn title(state: &State) -> String {
    let root = state.tree.first().map(|root| root.node.question.clone());
    root.filter(|root| root.chars().count() <= 90).unwrap_or_else(|| "A question, taken apart".to_owned())
}

fn lede(task: &str) -> &'static str {
    if task == "expression" {
        "H can add, subtract and multiply two numbers. Whatever is longer it takes apart, and hands the parts to copies \
         of the same helper, who take them apart in turn. Step through the calls, or type an expression."
    } else {
        "H takes the question apart, its sub-questions are taken apart in turn, down to what can be looked up; then the \
         answers are put together on the way back. Step through the calls with → and ←."
    }
}

/// A field for an expression.
#[component]
fn Ask(desk: Desk) -> impl IntoView {
    let typed = RwSignal::new(desk.scenario.with_untracked(|scenario| scenario.text("question")));
    let ask = move |text: String| desk.set.run(vec![("question", text)]);
    let example = move |text: &'static str| {
        let press = move |_| {
            typed.set(text.to_owned());
            ask(text.to_owned());
        };
        view! { <button type="button" class="quiet" on:click=press>{text}</button> }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        ask(typed.get_untracked());
    };
    view! {
        <form class="ask" on:submit=submit>
            <label>"An expression of + − × and brackets"<input type="text" autocomplete="off" spellcheck="false" maxlength="2000"
                prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))/></label>
            <button type="submit" class="primary">"Ask"</button>
            {EXPRESSIONS.into_iter().map(example).collect_view()}
        </form>
    }
}
