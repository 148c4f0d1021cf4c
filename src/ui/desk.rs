//! What a lab's view is given, and what it may ask for.

use crate::lab::Scenario;
use leptos::prelude::*;

/// See the module's text. `S` is the lab's state.
pub struct Desk<S: Send + Sync + 'static> {
    /// What is shown.
    pub state: Signal<S>,
    /// What runs.
    pub scenario: Signal<Scenario>,
    /// Parts that a teacher took away.
    pub hide: Signal<Vec<&'static str>>,
    /// Changes settings and starts the run afresh.
    pub set: Callback<Vec<(&'static str, String)>>,
    /// Changes settings likewise, but what is shown stays until the new run has something to show.
    pub ask: Callback<Vec<(&'static str, String)>>,
    /// Goes on with a person's choice.
    pub choose: Callback<Vec<(&'static str, String)>>,
    /// Shows the state after so many events.
    pub seek: Callback<usize>,
    /// The same with another seed.
    pub reseed: Callback<()>,
}

impl<S: Send + Sync + 'static> Clone for Desk<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Send + Sync + 'static> Copy for Desk<S> {}

impl<S: Send + Sync + 'static> Desk<S> {
    /// A choice of the scenario, as a signal.
    pub fn choice(self, key: &'static str) -> Memo<&'static str> {
        Memo::new(move |_| self.scenario.with(|scenario| scenario.choice(key)))
    }

    /// Whether a part of the page is to be shown.
    pub fn shows(self, part: &'static str) -> bool {
        self.hide.with(|hidden| !hidden.contains(&part))
    }
}
