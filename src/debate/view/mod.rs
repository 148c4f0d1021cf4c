//! The debate lab on the page. Views read a state and a scenario; they compute nothing but words and places.

mod alternatives;
mod belief;
mod draw;
mod game;
mod protocols;
mod scores;
mod seat;
mod tournament;
mod training;
mod transcript;

use super::State;
use crate::lab::Scenario;
use leptos::prelude::*;

/// What a view is given, and what it may ask for.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What is shown.
    pub state: Signal<State>,
    /// What runs.
    pub scenario: Signal<Scenario>,
    /// Whether more may come.
    pub running: Signal<bool>,
    /// Parts that a teacher took away.
    pub hide: Signal<Vec<&'static str>>,
    /// Changes settings and starts the run afresh.
    pub set: Callback<Vec<(&'static str, String)>>,
    /// Goes on with a person's choice.
    pub choose: Callback<Vec<(&'static str, String)>>,
    /// Shows the state after so many events.
    pub seek: Callback<usize>,
    /// The same with another seed.
    pub reseed: Callback<()>,
}

impl Desk {
    /// A choice of the scenario, as a signal.
    fn choice(self, key: &'static str) -> Memo<&'static str> {
        Memo::new(move |_| self.scenario.with(|scenario| scenario.choice(key)))
    }

    /// Whether the reader judges, and the game is not over: then nothing may give the answer away.
    fn blind(self) -> bool {
        self.scenario.with(|scenario| scenario.choice("seat") == "judge")
            && self.state.with(|state| state.verdict.is_none())
    }

    /// Whether a part of the page is to be shown.
    fn shows(self, part: &'static str) -> bool {
        self.hide.with(|hidden| !hidden.contains(&part))
    }
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
            <Show when=move || !desk.blind()><draw::Draw desk/></Show>
        }
        .into_any(),
        "protocols" => view! { <draw::Draw desk/> }.into_any(),
        _ => ().into_any(),
    }
}
