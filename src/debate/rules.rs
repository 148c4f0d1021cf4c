//! The rules: which pixels may be shown, who moves, and who has won.
//!
//! A debater may show any pixel that is not black and has not been shown. The game ends after the agreed number of
//! pixels, or earlier where the picture has no more. Nobody can state a false value: it is read from the picture.

use super::event::{Logits, Picture, Rules, Side};
use std::rc::Rc;

/// Most pixels that a game can show.
pub const MOST_SHOWN: usize = 12;

/// The pixels shown so far as a sorted set: what the judge sees, for it is blind to their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    len: u8,
    pixels: [u16; MOST_SHOWN],
}

impl Shown {
    /// The pixels in ascending order.
    pub fn pixels(&self) -> &[u16] {
        &self.pixels[..usize::from(self.len)]
    }

    /// How many.
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// Whether nothing has been shown.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether this pixel is among them.
    pub fn holds(&self, pixel: u16) -> bool {
        self.pixels().contains(&pixel)
    }

    /// The set with one more pixel, which must not be in it. A full set stays as it is.
    #[must_use]
    pub fn with(mut self, pixel: u16) -> Self {
        debug_assert!(self.len() < MOST_SHOWN && !self.holds(pixel));
        let mut at = self.len();
        if at == MOST_SHOWN {
            return self;
        }
        while at > 0 && self.pixels[at - 1] > pixel {
            self.pixels[at] = self.pixels[at - 1];
            at -= 1;
        }
        self.pixels[at] = pixel;
        self.len += 1;
        self
    }

    /// A number that no other set has: ten bits a pixel, four for their count.
    pub fn key(&self) -> u128 {
        self.pixels().iter().fold(u128::from(self.len), |key, pixel| (key << 10) | u128::from(*pixel))
    }
}

/// Who chooses the pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Movers {
    /// A debate.
    Alternate { first: Side },
    /// A consultancy.
    Only(Side),
}

/// What is argued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Claims {
    /// The digit that [`Side::Honest`] argues for.
    honest: u8,
    /// The digit that [`Side::Liar`] argues for; `None`: any other.
    liar: Option<u8>,
}

/// A game in progress.
#[derive(Debug, Clone)]
pub struct Game {
    allowed: Rc<[u16]>,
    movers: Movers,
    claims: Claims,
    turns: u8,
    order: Vec<u16>,
    shown: Shown,
}

impl Game {
    /// A debate. `lie` is the liar's claim; it counts only where the rules ask for claims, and without one the
    /// judge's argmax over ten decides.
    pub fn debate(picture: &Picture, rules: Rules, lie: Option<u8>) -> Self {
        let claims = Claims { honest: picture.truth, liar: lie.filter(|_| rules.precommit) };
        Self::new(picture, Movers::Alternate { first: rules.first }, claims, rules.pixels)
    }

    /// One adviser shows every pixel: `Honest` argues that the picture shows `digit`, `Liar` that it does not.
    pub fn consultancy(picture: &Picture, adviser: Side, digit: u8, pixels: u8) -> Self {
        Self::new(picture, Movers::Only(adviser), Claims { honest: digit, liar: None }, pixels)
    }

    fn new(picture: &Picture, movers: Movers, claims: Claims, pixels: u8) -> Self {
        let allowed: Rc<[u16]> = bright(&picture.pixels).into();
        let turns = usize::from(pixels).min(allowed.len()).min(MOST_SHOWN) as u8;
        Self { allowed, movers, claims, turns, order: Vec::new(), shown: Shown::default() }
    }

    /// Turns in all: the agreed number, or fewer where the picture has fewer pixels that are not black.
    pub fn turns(&self) -> usize {
        usize::from(self.turns)
    }

    /// Who moves when `shown` pixels have been shown.
    pub fn mover_at(&self, shown: usize) -> Side {
        match self.movers {
            Movers::Alternate { first } if shown.is_multiple_of(2) => first,
            Movers::Alternate { first } => first.other(),
            Movers::Only(side) => side,
        }
    }

    /// Who moves now; `None` when the game is over.
    pub fn mover(&self) -> Option<Side> {
        (!self.is_over()).then(|| self.mover_at(self.shown.len()))
    }

    /// Whether all turns have been taken.
    pub fn is_over(&self) -> bool {
        self.shown.len() >= self.turns()
    }

    /// What the judge sees.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// The pixels in the order in which they were shown.
    pub fn order(&self) -> &[u16] {
        &self.order
    }

    /// Every pixel of the picture that is not black, in ascending order, shown or not.
    pub fn allowed(&self) -> &[u16] {
        &self.allowed
    }

    /// The pixels that may be shown now, in ascending order; none when the game is over.
    pub fn open(&self) -> impl Iterator<Item = u16> + '_ {
        let over = self.is_over();
        self.allowed.iter().copied().filter(move |pixel| !over && !self.shown.holds(*pixel))
    }

    /// Shows a pixel. `false`, and nothing happens, where the rules do not allow it.
    pub fn show(&mut self, pixel: u16) -> bool {
        let legal = !self.is_over() && !self.shown.holds(pixel) && self.allowed.binary_search(&pixel).is_ok();
        if legal {
            self.shown = self.shown.with(pixel);
            self.order.push(pixel);
        }
        legal
    }

    /// The honest margin in logits: honest claim − liar's claim, or − the best other digit where the liar made none.
    pub fn margin(&self, logits: &Logits) -> f32 {
        let honest = logits[usize::from(self.claims.honest)];
        let against = match self.claims.liar {
            Some(lie) => logits[usize::from(lie)],
            None => logits[best_other(logits, self.claims.honest)],
        };
        honest - against
    }

    /// The margin from this side's point of view: more is better for it.
    pub fn margin_for(&self, side: Side, logits: &Logits) -> f32 {
        match side {
            Side::Honest => self.margin(logits),
            Side::Liar => -self.margin(logits),
        }
    }

    /// Who wins if the judge ends like this. Even logits go to the liar: the honest side has to convince.
    pub fn winner(&self, logits: &Logits) -> Side {
        if self.margin(logits) > 0.0 { Side::Honest } else { Side::Liar }
    }

    /// The digit that the judge settles on: of the two claims, or of all ten.
    pub fn judged(&self, logits: &Logits) -> u8 {
        match self.winner(logits) {
            Side::Honest => self.claims.honest,
            Side::Liar => self.claims.liar.unwrap_or(best_other(logits, self.claims.honest) as u8),
        }
    }
}

/// The pixels that are not black, in ascending order.
pub fn bright(pixels: &[u8]) -> Vec<u16> {
    (0_u16..).zip(pixels).filter(|(_, value)| **value > 0).map(|(pixel, _)| pixel).collect()
}

/// The digit with the highest logit; of equals the smallest.
pub fn argmax(logits: &Logits) -> u8 {
    (1..10_u8).fold(0, |best, digit| if logits[usize::from(digit)] > logits[usize::from(best)] { digit } else { best })
}

/// The digit other than `digit` with the highest logit; of equals the smallest.
fn best_other(logits: &Logits, digit: u8) -> usize {
    let digit = usize::from(digit);
    let first = usize::from(digit == 0);
    (first + 1..10).filter(|d| *d != digit).fold(first, |best, d| if logits[d] > logits[best] { d } else { best })
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::debate::event::PIXELS;
    use proptest::prelude::*;

    /// A picture with brightness at these pixels only.
    pub fn picture(bright: &[(u16, u8)], truth: u8) -> Picture {
        let mut pixels = vec![0; PIXELS];
        for (pixel, value) in bright {
            pixels[usize::from(*pixel)] = *value;
        }
        Picture { pixels: pixels.into(), truth, number: 1 }
    }

    fn rules(pixels: u8, precommit: bool, first: Side) -> Rules {
        Rules { pixels, precommit, first }
    }

    #[test]
    fn only_bright_pixels_and_each_once() {
        let picture = picture(&[(5, 200), (100, 1), (783, 255)], 3);
        let mut game = Game::debate(&picture, rules(2, true, Side::Honest), Some(8));
        assert_eq!(game.open().collect::<Vec<_>>(), [5, 100, 783]);
        assert!(!game.show(6), "black");
        assert!(!game.show(784), "outside");
        assert!(game.show(100));
        assert!(!game.show(100), "twice");
        assert_eq!(game.mover(), Some(Side::Liar));
        assert!(game.show(5));
        assert!(game.is_over() && game.mover().is_none() && game.open().next().is_none());
        assert!(!game.show(783), "after the end");
        assert_eq!((game.order(), game.shown().pixels()), ([100, 5].as_slice(), [5, 100].as_slice()));
    }

    #[test]
    fn a_sparse_picture_shortens_the_game() {
        let game = Game::debate(&picture(&[(1, 1), (2, 2)], 0), rules(6, true, Side::Liar), Some(1));
        assert_eq!(game.turns(), 2);
        let black = Game::debate(&picture(&[], 0), rules(6, true, Side::Liar), Some(1));
        assert!(black.is_over());
    }

    #[test]
    fn claims_decide_the_winner() {
        let picture = picture(&[(1, 1)], 2);
        let mut logits = [0.0; 10];
        (logits[2], logits[7], logits[9]) = (1.0, 0.5, 3.0);
        let with = Game::debate(&picture, rules(1, true, Side::Honest), Some(7));
        assert_eq!((with.winner(&logits), with.judged(&logits), with.margin(&logits)), (Side::Honest, 2, 0.5));
        let without = Game::debate(&picture, rules(1, false, Side::Honest), Some(7));
        assert_eq!((without.winner(&logits), without.judged(&logits), without.margin(&logits)), (Side::Liar, 9, -2.0));
        let even = Game::debate(&picture, rules(1, true, Side::Honest), Some(3));
        assert_eq!(even.winner(&[0.0; 10]), Side::Liar, "a tie is the liar's");
    }

    #[test]
    fn an_adviser_moves_alone() {
        let game = Game::consultancy(&picture(&[(1, 1), (2, 1), (3, 1)], 2), Side::Liar, 2, 3);
        assert!((0..3).all(|turn| game.mover_at(turn) == Side::Liar));
    }

    proptest! {
        #[test]
        fn sets_are_sorted_and_keys_differ(mut a in prop::collection::btree_set(0_u16..784, 0..13), add in 0_u16..784) {
            let set = |list: &[u16]| list.iter().fold(Shown::default(), |set, pixel| set.with(*pixel));
            let sorted: Vec<u16> = a.iter().copied().collect();
            let backwards: Vec<u16> = a.iter().rev().copied().collect();
            let shown = set(&backwards);
            prop_assert_eq!(shown, set(&sorted));
            prop_assert_eq!(shown.pixels(), sorted.as_slice());
            let key = shown.key();
            if a.remove(&add) || (a.len() < MOST_SHOWN && a.insert(add)) {
                let other: Vec<u16> = a.into_iter().collect();
                prop_assert_ne!(set(&other).key(), key);
            }
        }

        #[test]
        fn the_best_other_digit_is_never_the_claim(logits in prop::array::uniform10(-5.0_f32..5.0), digit in 0_u8..10) {
            let other = best_other(&logits, digit);
            prop_assert_ne!(other, usize::from(digit));
            prop_assert!((0..10).filter(|d| *d != usize::from(digit)).all(|d| logits[d] <= logits[other]));
        }
    }
}
