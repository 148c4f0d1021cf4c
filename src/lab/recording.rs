//! The events so far, and the state after the first *n* of them.

/// A state that events change. The page shows a state and nothing else.
pub trait Fold<E>: Clone + Default {
    /// The state after one more event.
    fn apply(&mut self, event: &E);
}

/// How many events lie between two kept states: a scrub replays fewer than this.
const STRIDE: usize = 64;

/// A run's events with a kept state (keyframe) every [`STRIDE`] events, so that going anywhere is instant.
#[derive(Debug, Clone)]
pub struct Recording<E, S> {
    events: Vec<E>,
    keyframes: Vec<S>,
    last: S,
}

impl<E, S: Fold<E>> Default for Recording<E, S> {
    fn default() -> Self {
        Self { events: Vec::new(), keyframes: vec![S::default()], last: S::default() }
    }
}

impl<E, S: Fold<E>> Recording<E, S> {
    /// Adds the next event.
    pub fn push(&mut self, event: E) {
        self.last.apply(&event);
        self.events.push(event);
        if self.events.len().is_multiple_of(STRIDE) {
            self.keyframes.push(self.last.clone());
        }
    }

    /// The events in order.
    pub fn events(&self) -> &[E] {
        &self.events
    }

    /// How many events.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The state after the first `n` events (all of them where `n` is larger).
    pub fn at(&self, n: usize) -> S {
        if n >= self.events.len() {
            return self.last.clone();
        }
        let frame = n / STRIDE;
        let mut state = self.keyframes[frame].clone();
        for event in &self.events[frame * STRIDE..n] {
            state.apply(event);
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Default, PartialEq, Debug)]
    struct Sum(Vec<u8>);
    impl Fold<u8> for Sum {
        fn apply(&mut self, event: &u8) {
            self.0.push(*event);
        }
    }

    proptest! {
        #[test]
        fn any_state_equals_a_replay_from_the_start(events in prop::collection::vec(any::<u8>(), 0..300), at in 0_usize..310) {
            let mut recording = Recording::<u8, Sum>::default();
            for event in &events {
                recording.push(*event);
            }
            prop_assert_eq!(recording.at(at).0, events[..at.min(events.len())].to_vec());
        }
    }
}
