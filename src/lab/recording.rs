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
/// So many events are kept at most: the older half of them then goes, and of that time the kept states remain.
const EVENTS: usize = 1 << 18;

/// A run's events with states kept at even distances (keyframes), so that going anywhere is instant.
#[derive(Debug, Clone)]
pub struct Recording<E, S> {
    /// All but the first `gone`.
    events: Vec<E>,
    gone: usize,
    /// After `gone` events.
    first: S,
    /// After 0, `stride`, 2 · `stride` … events.
    keyframes: Vec<S>,
    stride: usize,
    last: S,
}

impl<E, S: Fold<E>> Default for Recording<E, S> {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            gone: 0,
            first: S::default(),
            keyframes: vec![S::default()],
            stride: STRIDE,
            last: S::default(),
        }
    }
}

impl<E, S: Fold<E>> Recording<E, S> {
    /// Adds the next event.
    pub fn push(&mut self, event: E) {
        self.last.apply(&event);
        self.events.push(event);
        if self.len().is_multiple_of(self.stride) {
            if self.keyframes.len() == KEYFRAMES {
                self.thin();
            }
            if self.len().is_multiple_of(self.stride) {
                self.keyframes.push(self.last.clone());
            }
        }
        if self.events.len() == EVENTS {
            self.forget(EVENTS / 2);
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

    /// Lets the oldest of the kept events go.
    fn forget(&mut self, count: usize) {
        for event in self.events.drain(..count) {
            self.first.apply(&event);
        }
        self.gone += count;
    }

    /// Of the first so many events only some states are kept.
    pub fn gone(&self) -> usize {
        self.gone
    }

    /// The event after the first `n`, if it is kept.
    pub fn event(&self, n: usize) -> Option<&E> {
        self.events.get(n.checked_sub(self.gone)?)
    }

    /// How many events there were.
    pub fn len(&self) -> usize {
        self.gone + self.events.len()
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nearest place at or before `n` whose state is known; all places are, unless so much has happened that
    /// events had to go.
    pub fn near(&self, n: usize) -> usize {
        if n < self.gone { n / self.stride * self.stride } else { n.min(self.len()) }
    }

    /// The state after the first `n` events (all of them where `n` is larger), or at the place [`Self::near`] it.
    pub fn at(&self, n: usize) -> S {
        let n = self.near(n);
        if n == self.len() {
            return self.last.clone();
        }
        let frame = n / self.stride;
        if n < self.gone {
            return self.keyframes[frame].clone();
        }
        let (from, state) = match frame * self.stride {
            from if from > self.gone => (from, &self.keyframes[frame]),
            _ => (self.gone, &self.first),
        };
        let mut state = state.clone();
        for event in &self.events[from - self.gone..n - self.gone] {
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

    /// How many there were.
    #[derive(Clone, Default)]
    struct Count(usize);
    impl<E> Fold<E> for Count {
        fn apply(&mut self, _: &E) {
            self.0 += 1;
        }
    }

    #[test]
    fn a_long_run_keeps_few_states_and_finds_every_one() {
        let mut recording = Recording::<u8, Count>::default();
        for _ in 0..100_000 {
            recording.push(0);
            assert!(recording.keyframes.len() <= KEYFRAMES);
        }
        for n in (0..100_000).step_by(977) {
            assert_eq!(recording.at(n).0, n);
        }
        assert!(recording.keyframes.len() >= KEYFRAMES / 2);
        assert_eq!(recording.gone(), 0);
    }

    #[test]
    fn of_a_very_long_run_the_newest_events_and_states_of_the_whole_are_kept() {
        let many = 3 * EVENTS + 12_345;
        let mut recording = Recording::<u32, Count>::default();
        for n in 0..many {
            recording.push(n as u32);
            assert!(recording.events.len() < EVENTS);
        }
        assert_eq!((recording.len(), recording.at(usize::MAX).0), (many, many));
        let gone = recording.gone();
        assert!(many - gone >= EVENTS / 2);
        for n in (gone..many).step_by(9_973) {
            assert_eq!((recording.near(n), recording.at(n).0), (n, n));
            assert_eq!(recording.event(n), Some(&(n as u32)));
        }
        let mut kept = std::collections::BTreeSet::new();
        for n in (0..gone).step_by(997) {
            assert!(recording.near(n) <= n && recording.event(n).is_none());
            assert_eq!(recording.at(n).0, recording.near(n));
            kept.insert(recording.near(n));
        }
        assert!(kept.len() >= 4, "only the states after {kept:?} events are left");
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
