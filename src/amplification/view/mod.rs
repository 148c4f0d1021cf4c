//! The amplification lab on the page. Views read a state and a scenario; they compute nothing but words and places.

mod beside;
mod book;
mod calls;
mod curves;
mod drift;
mod drift_table;
mod panel;
mod question;
mod seat;
mod study;
mod training;

use super::State;
use crate::ui;
use leptos::prelude::*;

/// What this lab's views are given.
pub type Desk = ui::Desk<State>;

/// The stage: what the lab shows in the middle of the page.
#[component]
pub fn Stage(desk: Desk) -> impl IntoView {
    let mode = desk.choice("mode");
    // A task that is not trained shows the tree of a question instead.
    let tree =
        Memo::new(move |_| mode.get() == "tree" || mode.get() == "train" && desk.choice("task").get() == "expression");
    move || match mode.get() {
        "book" => view! { <book::Book desk/> }.into_any(),
        "drift" => view! { <drift::Drift desk/> }.into_any(),
        "you" => view! { <seat::Seat desk/> }.into_any(),
        _ if tree.get() => view! { <question::Question desk/> }.into_any(),
        _ => view! { <training::Training desk/> }.into_any(),
    }
}

/// What stands beside the stage, above the settings.
#[component]
pub fn Beside(desk: Desk) -> impl IntoView {
    let mode = desk.choice("mode");
    view! {
        <Show when=move || mode.get() != "book" && desk.shows("text")><beside::Who/></Show>
        <beside::Facts desk/>
        <Show when=move || mode.get() == "train"><beside::Numbers desk/></Show>
    }
}
