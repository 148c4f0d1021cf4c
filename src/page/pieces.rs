//! The pieces of the page that a visit may not need: each is fetched when it is first wanted.
//!
//! `xtask/src/split.rs` takes out of the program what only the functions below lead to. Natively they are plain calls.

// Their macro declares a foreign function for each piece, whose other end it writes too.
#![allow(unsafe_code)]
// What can go wrong is the fetching, which the macro puts in front of them.
#![allow(clippy::unnecessary_wraps)]

use super::run::Run;
use crate::{amplification, debate, ui::Desk, weak_to_strong};
use leptos::{prelude::*, task::spawn_local};
use std::pin::Pin;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// The views of a lab: its stage, and what stands beside it.
pub type Lab<S> = [fn(Desk<S>) -> AnyView; 2];

/// The view of the About page.
pub type About = fn(RwSignal<bool>) -> AnyView;

/// What the share dialog holds.
pub type Share = fn(Run, RwSignal<Vec<&'static str>>) -> AnyView;

#[wasm_split(debate, fallible)]
fn debate() -> Result<Lab<debate::State>, SplitLoaderError> {
    use debate::view::{Beside, Stage};
    Ok([|desk| view! { <Stage desk/> }.into_any(), |desk| view! { <Beside desk/> }.into_any()])
}

#[wasm_split(amplification, fallible)]
fn amplification() -> Result<Lab<amplification::State>, SplitLoaderError> {
    use amplification::view::{Beside, Stage};
    Ok([|desk| view! { <Stage desk/> }.into_any(), |desk| view! { <Beside desk/> }.into_any()])
}

#[wasm_split(weak_to_strong, fallible)]
fn weak_to_strong() -> Result<Lab<weak_to_strong::State>, SplitLoaderError> {
    use weak_to_strong::view::{Beside, Stage};
    Ok([|desk| view! { <Stage desk/> }.into_any(), |desk| view! { <Beside desk/> }.into_any()])
}

#[wasm_split(aside, fallible)]
fn about() -> Result<About, SplitLoaderError> {
    use super::about::About;
    Ok(|kept| view! { <About kept/> }.into_any())
}

#[wasm_split(aside, fallible)]
fn share() -> Result<Share, SplitLoaderError> {
    use super::share::Share;
    Ok(|run, hide| view! { <Share run hide/> }.into_any())
}

/// All of them.
#[derive(Clone, Copy)]
pub struct Pieces {
    /// The debate lab.
    pub debate: Piece<Lab<debate::State>>,
    /// The amplification lab.
    pub amplification: Piece<Lab<amplification::State>>,
    /// The weak-to-strong lab.
    pub weak_to_strong: Piece<Lab<weak_to_strong::State>>,
    /// The About page.
    pub about: Piece<About>,
    /// What the share dialog holds.
    pub share: Piece<Share>,
}

impl Pieces {
    /// None of them here yet.
    pub fn new() -> Self {
        Self {
            debate: Piece::new(|| Box::pin(debate())),
            amplification: Piece::new(|| Box::pin(amplification())),
            weak_to_strong: Piece::new(|| Box::pin(weak_to_strong())),
            about: Piece::new(|| Box::pin(about())),
            share: Piece::new(|| Box::pin(share())),
        }
    }

    /// Fetches a lab's views before there is anything to show.
    pub fn want(self, lab: &str) {
        match lab {
            "debate" => self.debate.want(),
            "amplification" => self.amplification.want(),
            _ => self.weak_to_strong.want(),
        }
    }

    /// Whether a lab's views are here.
    pub fn has(self, lab: &str) -> bool {
        match lab {
            "debate" => self.debate.here().is_some(),
            "amplification" => self.amplification.here().is_some(),
            _ => self.weak_to_strong.here().is_some(),
        }
    }
}

type Loading<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// One of them, as far as it is here. A handle: copies share it.
pub struct Piece<T: 'static> {
    load: fn() -> Loading<T>,
    state: RwSignal<State<T>>,
}

impl<T> Clone for Piece<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Piece<T> {}

#[derive(Clone, Copy)]
enum State<T> {
    /// Nobody has wanted it yet.
    Elsewhere,
    /// It is on its way.
    Coming,
    /// It is here.
    Here(T),
    /// It could not be fetched.
    Missing,
}

impl<T: Copy + Send + Sync> Piece<T> {
    fn new(load: fn() -> Loading<T>) -> Self {
        Self { load, state: RwSignal::new(State::Elsewhere) }
    }

    /// Fetches it, unless that was done.
    pub fn want(self) {
        if matches!(self.state.get_untracked(), State::Coming | State::Here(_)) {
            return;
        }
        self.state.set(State::Coming);
        spawn_local(async move {
            self.state.set((self.load)().await.map_or(State::Missing, State::Here));
        });
    }

    /// It, if it is here.
    pub fn here(self) -> Option<T> {
        match self.state.get() {
            State::Here(piece) => Some(piece),
            _ => None,
        }
    }

    /// What it shows; until it is here, what has become of it.
    pub fn show(self, view: impl Fn(T) -> AnyView + Send + 'static) -> impl IntoView {
        self.want();
        move || match self.state.get() {
            State::Here(piece) => view(piece),
            State::Missing => view! {
                <div class="trouble" role="alert">
                    <p>"This part of the page could not be fetched. Is there a connection?"</p>
                    <button type="button" on:click=move |_| self.want()>"Try again"</button>
                </div>
            }
            .into_any(),
            _ => view! { <p class="waiting soft" role="status">"Fetching this part of the page …"</p> }.into_any(),
        }
    }
}
