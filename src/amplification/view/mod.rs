//! The amplification lab on the page. Views read a state and a scenario; they compute nothing but words and places.

use super::{State, words};
use crate::ui;
use leptos::prelude::*;

/// What this lab's views are given.
pub type Desk = ui::Desk<State>;

/// The stage: what the lab shows in the middle of the page.
#[component]
pub fn Stage(desk: Desk) -> impl IntoView {
    let rows = move || {
        let tree = desk.state.with(|state| state.tree.clone());
        let row = |state: &super::replay::NodeState| {
            let answer = state.given.as_ref().map(|given| format!(" = {} ({})", given.answer, words::by(given.by)));
            view! { <li>{state.node.question.clone()}{answer}</li> }
        };
        tree.iter().take(200).map(row).collect_view()
    };
    view! { <ul>{rows}</ul> }
}

/// What stands beside the stage, above the settings.
#[component]
pub fn Beside(desk: Desk) -> impl IntoView {
    let facts = move || desk.state.with(|state| state.begun.as_ref().map(|begun| begun.facts.join(", ")));
    view! { <p class="soft">{facts}</p> }
}
