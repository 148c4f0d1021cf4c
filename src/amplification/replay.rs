//! What the page shows after the first *n* events of an amplification run.

use super::event::{Begun, Cell, Event, Given, Kept, Learner, Measured, Node, Outcome, Replaced, Snapshot, Turn};
use crate::lab::Fold;
use std::{collections::BTreeMap, sync::Arc};

/// The state after some events. Copies are cheap: everything large is shared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// What the run is about.
    pub begun: Option<Arc<Begun>>,
    /// The tree so far: see [`super::tree`] for what can be read off it.
    pub tree: Arc<Vec<NodeState>>,
    /// The measures of every training: by whose it is, for each repetition in order.
    pub rounds: BTreeMap<Learner, Vec<Vec<Arc<Measured>>>>,
    /// The newest measure.
    pub current: Option<Arc<Measured>>,
    /// The trees of the example questions, in the order of the measures.
    pub snapshots: Vec<Arc<Snapshot>>,
    /// Repetitions that have ended.
    pub outcomes: Vec<Arc<Outcome>>,
    /// Points of the drift sweep.
    pub cells: Vec<Arc<Cell>>,
    /// What the reader is to do next.
    pub yours: Option<Arc<Turn>>,
    /// What is left of a text on each level, the text first.
    pub kept: Vec<Kept>,
    /// What the reader's own summaries did to those above them.
    pub replaced: Vec<Replaced>,
}

/// A node of a tree with its answer, once there is one. (`Eq` lets shared trees be compared by their address.)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeState {
    /// The question.
    pub node: Arc<Node>,
    /// The answer.
    pub given: Option<Arc<Given>>,
}

impl Fold<Event> for State {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Begun(begun) => self.begun = Some(Arc::new((**begun).clone())),
            Event::Asked(nodes) => {
                self.yours = None;
                extend(Arc::make_mut(&mut self.tree), nodes);
            }
            Event::Answered(given) => answer(Arc::make_mut(&mut self.tree).as_mut_slice(), given),
            Event::Measured(measured) => {
                let measured = Arc::new((**measured).clone());
                let runs = self.rounds.entry(measured.who).or_default();
                let run = usize::from(measured.run);
                if runs.len() <= run {
                    runs.resize(run + 1, Vec::new());
                }
                runs[run].push(measured.clone());
                self.current = Some(measured);
                self.yours = None;
            }
            Event::Snapshot(snapshot) => self.snapshots.push(Arc::new((**snapshot).clone())),
            Event::Ended(outcome) => self.outcomes.push(Arc::new((**outcome).clone())),
            Event::Cell(cell) => self.cells.push(Arc::new((**cell).clone())),
            Event::Kept(kept) => self.kept.clone_from(kept),
            Event::Replaced(replaced) => self.replaced.clone_from(replaced),
            Event::Yours(turn) => self.yours = Some(Arc::new((**turn).clone())),
        }
    }
}

/// Adds questions to a tree.
pub fn extend(tree: &mut Vec<NodeState>, nodes: &[Node]) {
    tree.extend(nodes.iter().map(|node| NodeState { node: Arc::new(node.clone()), given: None }));
}

/// Adds answers to a tree.
pub fn answer(tree: &mut [NodeState], given: &[Given]) {
    for given in given {
        if let Some(state) = tree.get_mut(given.node as usize) {
            state.given = Some(Arc::new(given.clone()));
        }
    }
}

impl State {
    /// The newest measure of a training in the newest repetition that has one.
    pub fn newest(&self, who: Learner) -> Option<&Measured> {
        self.rounds.get(&who)?.last()?.last().map(|measured| &**measured)
    }
}
