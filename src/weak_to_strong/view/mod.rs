//! The weak-to-strong lab on the page. Views read a state and a scenario; they compute nothing but words and places.

mod agreement;
mod chain;
mod curves;
mod earlier;
mod examples;
mod gauge;
mod grid;
mod pair;
mod paper;

use super::State;
use crate::ui;
use leptos::prelude::*;

/// What this lab's views are given.
pub type Desk = ui::Desk<State>;

/// The stage: what the lab shows in the middle of the page.
#[component]
pub fn Stage(desk: Desk) -> impl IntoView {
    let mode = desk.choice("mode");
    move || match mode.get() {
        "grid" => view! { <grid::Grid desk/> }.into_any(),
        _ => view! { <pair::Pair desk/> }.into_any(),
    }
}

/// What stands beside the stage, above the settings.
#[component]
pub fn Beside(desk: Desk) -> impl IntoView {
    let mode = desk.choice("mode");
    move || (mode.get() != "grid").then(|| view! { <pair::Results desk/> })
}
