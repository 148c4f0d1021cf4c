//! What the page shows after the first *n* events of a debate run.

use super::event::{Answer, Event, Learned, Opening, Protocol, Side, Turn, Verdict};
use crate::{lab::Fold, stats::Tally};
use std::{collections::BTreeMap, sync::Arc};

/// The state after some events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The picture, the rules and the claims, once a game (or a picture under every protocol) has begun.
    pub opening: Option<Arc<Opening>>,
    /// The turns so far.
    pub turns: Vec<Arc<Turn>>,
    /// A person is to act: choose a pixel for this side, or (`Some(None)`) say what they believe.
    pub yours: Option<Option<Side>>,
    /// The end of the game.
    pub verdict: Option<Verdict>,
    /// What every protocol made of the one picture.
    pub answers: Vec<Arc<Answer>>,
    /// What a tournament has come to.
    pub table: Table,
    /// How the judge in training has come along.
    pub learned: Vec<Learned>,
}

/// A tournament so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// By pixels shown and protocol.
    pub cells: BTreeMap<(u8, Protocol), Tally>,
    /// Lies that won with claims, `[truth][lie]`.
    pub lies_won: [[u32; 10]; 10],
    /// Games with claims by the picture's digit, each of which tried all nine lies.
    pub games: [u32; 10],
}

impl Fold<Event> for State {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Opening(opening) => {
                *self = Self { learned: std::mem::take(&mut self.learned), ..Self::default() };
                self.opening = Some(Arc::new((**opening).clone()));
            }
            Event::Turn(turn) => {
                self.yours = None;
                self.turns.push(Arc::new((**turn).clone()));
            }
            Event::Yours(side) => self.yours = Some(*side),
            Event::Verdict(verdict) => {
                self.yours = None;
                self.verdict = Some(*verdict);
            }
            Event::Answer(answer) if self.opening.is_some() => self.answers.push(Arc::new((**answer).clone())),
            Event::Answer(answer) => self.table.add(answer),
            Event::Learned(learned) => self.learned.push(*learned),
        }
    }
}

impl Table {
    /// Counts one more answer.
    pub fn add(&mut self, answer: &Answer) {
        let cell = self.cells.entry((answer.pixels, answer.protocol)).or_default();
        cell.right += answer.right;
        cell.of += answer.of;
        let truth = usize::from(answer.truth.min(9));
        if matches!(answer.protocol, Protocol::Precommit { .. }) {
            self.games[truth] += 1;
            for lie in (0..10).filter(|lie| answer.lies_won & (1 << lie) != 0) {
                self.lies_won[truth][lie] += 1;
            }
        }
    }

    /// Pictures that at least one protocol has answered for.
    pub fn pictures(&self) -> u32 {
        self.cells.values().map(|tally| tally.of).max().unwrap_or(0)
    }
}

impl State {
    /// The judge's logits and the honest margin after the turns so far.
    pub fn judged(&self) -> Option<(&super::event::Logits, f32)> {
        let opening = self.opening.as_ref()?;
        Some(self.turns.last().map_or((&opening.logits, opening.margin), |turn| (&turn.logits, turn.margin)))
    }

    /// Turns of this game in all: fewer than agreed where the picture has fewer pixels that are not black.
    pub fn turns_in_all(&self) -> usize {
        self.opening.as_ref().map_or(0, |opening| {
            let bright = opening.picture.pixels.iter().filter(|value| **value > 0).count();
            usize::from(opening.rules.pixels).min(bright)
        })
    }

    /// Who moves next, while the game is on.
    pub fn next(&self) -> Option<Side> {
        let opening = self.opening.as_ref()?;
        let first = opening.rules.first;
        let over = self.verdict.is_some() || self.turns.len() >= self.turns_in_all();
        (!over).then_some(if self.turns.len().is_multiple_of(2) { first } else { first.other() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(pixels: u8, protocol: Protocol, truth: u8, right: u32, lies_won: u16) -> Event {
        let shown = Vec::new();
        Event::Answer(Box::new(Answer {
            picture: 1,
            truth,
            pixels,
            protocol,
            judged: truth,
            right,
            of: 1,
            lies_won,
            shown,
        }))
    }

    #[test]
    fn a_tournament_is_counted_cell_by_cell() {
        let precommit = Protocol::Precommit { first: Side::Liar };
        let mut state = State::default();
        for event in [
            answer(6, Protocol::RandomPixels, 3, 1, 0),
            answer(6, precommit, 3, 0, 1 << 8 | 1 << 9),
            answer(6, precommit, 3, 1, 0),
            answer(4, precommit, 5, 1, 0),
        ] {
            state.apply(&event);
        }
        assert_eq!(state.table.cells[&(6, precommit)], Tally { right: 1, of: 2 });
        assert_eq!(state.table.cells[&(4, precommit)], Tally { right: 1, of: 1 });
        assert_eq!((state.table.lies_won[3][8], state.table.lies_won[3][9], state.table.games[3]), (1, 1, 2));
        assert_eq!(state.table.pictures(), 2);
    }
}
