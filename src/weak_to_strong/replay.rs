//! What the page shows after the first *n* events of a run.

use super::event::{Begun, Cell, Event, Measured, Outcome, Read, Who};
use crate::lab::Fold;
use std::{collections::BTreeMap, sync::Arc};

/// The state after some events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// A reader's pretraining: its first and its newest measure.
    pub read: Option<(Read, Read)>,
    /// Test questions to look at.
    pub begun: Option<Arc<Begun>>,
    /// The measures of every training: by whose it is, for each repetition in order.
    pub curves: BTreeMap<Who, Vec<Vec<Arc<Measured>>>>,
    /// The training that was measured last.
    pub current: Option<Arc<Measured>>,
    /// Repetitions that have ended.
    pub outcomes: Vec<Arc<Outcome>>,
    /// Pairs of the grid that have been run.
    pub cells: Vec<Arc<Cell>>,
}

impl Fold<Event> for State {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Begun(begun) => self.begun = Some(Arc::new((**begun).clone())),
            Event::Measured(measured) => {
                let measured = Arc::new((**measured).clone());
                let runs = self.curves.entry(measured.who).or_default();
                let run = usize::from(measured.run);
                if runs.len() <= run {
                    runs.resize(run + 1, Vec::new());
                }
                runs[run].push(measured.clone());
                self.current = Some(measured);
            }
            Event::Ended(outcome) => self.outcomes.push(Arc::new((**outcome).clone())),
            Event::Read(read) => self.read = Some((self.read.map_or(*read, |(first, _)| first), *read)),
            Event::Cell(cell) => self.cells.push(Arc::new(cell.clone())),
        }
    }
}

impl State {
    /// The newest measure of a training in the newest repetition that has one.
    pub fn newest(&self, who: Who) -> Option<&Measured> {
        self.curves.get(&who)?.last()?.last().map(|measured| &**measured)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Tally;
    use serde_bytes::ByteBuf;

    #[test]
    fn curves_are_kept_by_training_and_repetition() {
        let measured = |run, who, step| {
            let none = Tally::default();
            Event::Measured(Box::new(Measured {
                run,
                who,
                step,
                steps: 10,
                loss: 0.5,
                alpha: 0.0,
                right: Tally { right: step, of: 10 },
                agrees_right: none,
                agrees_wrong: none,
                answers: ByteBuf::new(),
                beliefs: ByteBuf::new(),
            }))
        };
        let mut state = State::default();
        for (run, who, step) in [(0, Who::Weak, 0), (0, Who::Weak, 5), (0, Who::Student, 3), (1, Who::Weak, 7)] {
            state.apply(&measured(run, who, step));
        }
        assert_eq!(state.curves[&Who::Weak].iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(state.newest(Who::Weak).map(|measured| measured.step), Some(7));
        assert_eq!(state.newest(Who::Student).map(|measured| measured.right.share()), Some(0.3));
        assert_eq!(state.newest(Who::Ceiling), None);
        assert_eq!(state.current.map(|measured| measured.run), Some(1));
    }
}
