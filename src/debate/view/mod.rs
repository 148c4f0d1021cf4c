//! The debate lab on the page. Views read a state and a scenario; they compute nothing but words and places.

mod alternatives;
mod belief;
mod draw;
mod game;
mod leave;
mod protocols;
mod scores;
mod seat;
mod tournament;
mod training;
mod transcript;

use super::State;
use crate::ui;
use leptos::prelude::*;

/// What this lab's views are given.
pub type Desk = ui::Desk<State>;

/// Whether the reader judges, and the game is not over: then nothing may give the answer away.
fn blind(desk: Desk) -> bool {
    desk.scenario.with(|scenario| scenario.choice("seat") == "judge")
        && desk.state.with(|state| state.verdict.is_none())
}

/// The stage: what the lab shows in the middle of the page.
#[component]
pub fn Stage(desk: Desk) -> impl IntoView {
    let mode = desk.choice("mode");
    move || match mode.get() {
        "protocols" => view! { <protocols::Protocols desk/> }.into_any(),
        "tournament" => view! { <tournament::Tournament desk/> }.into_any(),
        "training" => view! { <training::Training desk/> }.into_any(),
        _ => view! { <game::Game desk/> }.into_any(),
    }
}

/// What stands beside the stage, above the settings.
#[component]
pub fn Beside(desk: Desk) -> impl IntoView {
    let mode = desk.choice("mode");
    move || match mode.get() {
        "game" => view! {
            <transcript::Transcript desk/>
            // Whoever judges must not know the picture.
            <Show when=move || !blind(desk)><draw::Draw desk/></Show>
        }
        .into_any(),
        "protocols" => view! { <draw::Draw desk/> }.into_any(),
        _ => ().into_any(),
    }
}
