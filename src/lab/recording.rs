//! The events so far, and the state after the first *n* of them.

/// A state that events change. The page shows a state and nothing else.
pub trait Fold<E>: Clone + Default {
    /// The state after one more event.
    fn apply(&mut self, event: &E);
}

/// How many events lie between two kept states to begin with: a scrub replays fewer than this.
const STRIDE: usize = 64;
/// So many states are kept at most: a state grows with the run, so that more of them the longer it is would take room
/// that grows with the square of its length.
const KEYFRAMES: usize = 16;

/// A run's events with states kept at even distances (keyframes), so that going anywhere is instant.
#[derive(Debug, Clone)]
pub struct Recording<E, S> {
    events: Vec<E>,
    /// After 0, `stride`, 2 · `stride` … events.
    keyframes: Vec<S>,
    stride: usize,
    last: S,
}

impl<E, S: Fold<E>> Default for Recording<E, S> {
    fn default() -> Self {
        Self { events: Vec::new(), keyframes: vec![S::default()], stride: STRIDE, last: S::default() }
    }
}

impl<E, S: Fold<E>> Recording<E, S> {
    /// Adds the next event.
    pub fn push(&mut self, event: E) {
        self.last.apply(&event);
        self.events.push(event);
        if self.events.len().is_multiple_of(self.stride) {
            if self.keyframes.len() == KEYFRAMES {
                self.thin();
            }
            if self.events.len().is_multiple_of(self.stride) {
                self.keyframes.push(self.last.clone());
            }
        }
    }

    /// Keeps every second state.
    fn thin(&mut self) {
        let mut place = 0;
        self.keyframes.retain(|_| {
            place += 1;
            place % 2 == 1
        });
        self.stride *= 2;
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
        let frame = n / self.stride;
        let mut state = self.keyframes[frame].clone();
        for event in &self.events[frame * self.stride..n] {
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

    #[test]
    fn a_long_run_keeps_few_states_and_finds_every_one() {
        #[derive(Clone, Default)]
        struct Count(usize);
        impl Fold<u8> for Count {
            fn apply(&mut self, _: &u8) {
                self.0 += 1;
            }
        }
        let mut recording = Recording::<u8, Count>::default();
        for _ in 0..100_000 {
            recording.push(0);
            assert!(recording.keyframes.len() <= KEYFRAMES);
        }
        for n in (0..100_000).step_by(977) {
            assert_eq!(recording.at(n).0, n);
        }
        assert!(recording.keyframes.len() >= KEYFRAMES / 2);
    }

    proptest! {
        #[test]
        fn any_state_equals_a_replay_from_the_start(events in prop::collection::vec(any::<u8>(), 0..2500), at in 0_usize..2600) {
            let mut recording = Recording::<u8, Sum>::default();
            for event in &events {
                recording.push(*event);
            }
            prop_assert_eq!(recording.at(at).0, events[..at.min(events.len())].to_vec());
        }
    }
}
