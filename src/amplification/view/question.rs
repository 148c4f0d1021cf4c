//! One question asked to the end, step by step; an expression can be typed.

use super::{Desk, calls::Calls, panel::Panel};
use crate::{
    amplification::{State, words},
    ui::dom,
};
use leptos::prelude::*;

/// What the field for a question of a task is called, and questions to begin with.
fn asked_for(task: &str) -> (&'static str, [&'static str; 3]) {
    match task {
        "expression" => {
            ("An expression of + − × and brackets", ["(3+4)*(2-7)+1", "((8-3)*(8-3)-4)*2", "1+2*(3+4*(5+6*7))"])
        }
        "assignments" => ("A variable", ["c", "e", "f"]),
        "wildcard" => ("A pattern of 0, 1 and *", ["0*1", "****", "1*0**0*"]),
        "path" => ("“distance” or “step”, and two vertices", ["distance A C", "distance D B", "step A E"]),
        "union" => ("“label”, “parent” or “depth”, and a vertex", ["label B", "parent C", "depth D"]),
        _ => ("A power, and the item to begin at", ["5(2)", "15(7)", "1000(3)"]),
    }
}

/// The field, and the sentence that says what is wrong with what is typed there.
const FIELD: &str = "question-field";
const WHY: &str = "question-why";

/// The tree of a question.
#[component]
pub fn Question(desk: Desk) -> impl IntoView {
    let calls = Memo::new(move |_| Calls::of(desk.state.with(|state| state.tree.clone())));
    let task = desk.choice("task");
    let label = "The tree of the question";
    view! {
        <h1>{move || desk.state.with(title)}</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">{move || lede(task.get())}" "{move || words::task(task.get())}</p>
        </Show>
        <Show when=move || desk.shows("settings") && desk.shows("question") fallback=move || view! { <Instead desk/> }><Ask desk/></Show>
        <Panel desk calls label/>
    }
}

/// The question, where it is the one that was asked for and short enough for a heading.
fn title(state: &State) -> String {
    let root = state.tree.first().map(|root| root.node.question.clone()).filter(|_| instead(state).is_none());
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

/// Why the question that was typed is not the one that is asked.
#[component]
pub fn Instead(desk: Desk) -> impl IntoView {
    let instead = Memo::new(move |_| desk.state.with(instead));
    move || instead.get().map(|why| view! { <p class="wrong" id=WHY role="alert">{why}</p> })
}

fn instead(state: &State) -> Option<String> {
    state.begun.as_ref().and_then(|begun| begun.instead.clone())
}

/// A field for a question. It stays as it is while another question is asked, also where that one cannot be.
#[component]
fn Ask(desk: Desk) -> impl IntoView {
    let task = desk.choice("task");
    move || view! { <AskOf desk task=task.get()/> }
}

#[component]
fn AskOf(desk: Desk, task: &'static str) -> impl IntoView {
    let (label, examples) = asked_for(task);
    let typed = RwSignal::new(desk.scenario.with_untracked(|scenario| scenario.text("question")));
    let wrong = Memo::new(move |_| desk.state.with(instead).is_some());
    let empty = Memo::new(move |_| desk.scenario.with(|scenario| scenario.text("question").is_empty()));
    // Whoever has asked goes on with the keys of the replay, unless there is something to put right.
    let asked = RwSignal::new(false);
    Effect::new(move || {
        if wrong.get() && asked.get_untracked() {
            dom::focus(FIELD);
        }
    });
    let ask = move |text: String| {
        asked.set(true);
        desk.ask.run(vec![("question", text)]);
    };
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
            <label>{label}<input type="text" id=FIELD autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="2000"
                aria-invalid=move || wrong.get().then_some("true") aria-describedby=move || wrong.get().then_some(WHY)
                prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))/></label>
            <button type="submit" class="primary">"Ask"</button>
            {examples.into_iter().map(example).collect_view()}
            <Show when=move || asked.get() && empty.get()>
                <p class="soft" role="status">"Nothing was typed, so the seed drew a question."</p>
            </Show>
            <Instead desk/>
        </form>
    }
}
