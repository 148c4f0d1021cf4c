//! What happens in a run of the debate lab.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

/// Width and height of a picture, in pixels.
pub const WIDTH: usize = 28;
/// Pixels of a picture; pixel `p` is at row `p / 28`, column `p % 28`, both from 0.
pub const PIXELS: usize = WIDTH * WIDTH;

/// The judge's ten logits, one a digit.
pub type Logits = [f32; 10];

/// Who moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// Argues for what the picture shows.
    Honest,
    /// Argues for something else.
    Liar,
}

impl Side {
    /// The opponent.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Side::Honest => Side::Liar,
            Side::Liar => Side::Honest,
        }
    }
}

/// A picture with what it shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// 784 brightness values, 0 black to 255 white, row by row.
    pub pixels: ByteBuf,
    /// The digit it shows.
    pub truth: u8,
    /// Its number in the test set, from 1; 0 for a drawing.
    pub number: u32,
}

/// The rules of one game.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Pixels shown in all, 1 to 12.
    pub pixels: u8,
    /// Both name a digit up front, and only these two count.
    pub precommit: bool,
    /// Who moves first.
    pub first: Side,
}

/// What showing one pixel would do: the honest margin afterwards (see [`Opening::margin`]).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// The pixel.
    pub pixel: u16,
    /// The honest margin, in logits, if it were shown now.
    pub margin: f32,
}

/// How one lie fared; the best one is the game that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LieOutcome {
    /// The digit claimed.
    pub lie: u8,
    /// The honest margin after the last pixel: above 0 honest won.
    pub margin: f32,
}

/// A game begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// The picture.
    pub picture: Picture,
    /// The rules.
    pub rules: Rules,
    /// The liar's claim, where the rules ask for one.
    pub lie: Option<u8>,
    /// Every lie that was tried, where all nine were played to find the strongest; else empty.
    pub lies: Vec<LieOutcome>,
    /// The judge before any pixel.
    pub logits: Logits,
    /// The honest margin before any pixel, in logits: with claims, truth − lie; without, truth − best wrong digit.
    pub margin: f32,
    /// For every pixel that may be shown now.
    pub heat: Vec<Heat>,
}

impl Opening {
    /// The digit that this side argues for, if it is one.
    pub fn claim(&self, side: Side) -> Option<u8> {
        match side {
            Side::Honest => Some(self.picture.truth),
            Side::Liar => self.lie,
        }
    }
}

/// A move that a debater looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The pixel to show.
    pub pixel: u16,
    /// How often a search tried it (0 where the player does not count visits).
    pub visits: u32,
    /// What the player expects of it: for a search the mover's share of wins, 0 to 1; else the mover's margin in logits.
    pub value: f32,
    /// The moves expected afterwards, best first.
    pub line: Vec<u16>,
}

/// A debater shows a pixel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// From 1.
    pub number: u8,
    /// Who moved.
    pub side: Side,
    /// Which pixel.
    pub pixel: u16,
    /// Its brightness.
    pub value: u8,
    /// The judge afterwards.
    pub logits: Logits,
    /// The honest margin afterwards.
    pub margin: f32,
    /// For every pixel that may be shown next; empty after the last turn.
    pub heat: Vec<Heat>,
    /// The moves that the mover preferred, best first, at most five; the first is the one played, except for a person.
    pub candidates: Vec<Candidate>,
    /// Judge evaluations that the choice took.
    pub evaluations: u32,
}

/// The game is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who won.
    pub winner: Side,
    /// The digit that the judge settles on: of the two claims, or of all ten.
    pub judged: u8,
    /// The turn after which the judge never changed sides again (0: it leant that way from the start).
    pub turning: u8,
}

/// A way to ask the judge about one picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Protocol {
    /// The judge alone, on nonzero pixels drawn at random.
    RandomPixels,
    /// One adviser who argues for the truth chooses every pixel.
    HonestAdviser,
    /// One adviser who argues against the truth chooses every pixel.
    DishonestAdviser,
    /// One adviser who may pick the answer to argue for, and picks the one that it can make most convincing.
    OpenConsultancy,
    /// Two debaters, all ten digits open.
    Debate { first: Side },
    /// Two debaters who named their digits first; the liar tries all nine lies and needs one to win.
    Precommit { first: Side },
}

/// What one protocol made of one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The picture's number in the test set, from 1; 0 for a drawing.
    pub picture: u32,
    /// What it shows.
    pub truth: u8,
    /// Pixels shown.
    pub pixels: u8,
    /// The protocol.
    pub protocol: Protocol,
    /// The digit that the judge settled on: for [`Protocol::Precommit`] the truth, or the lie with the largest margin;
    /// for random pixels drawn more than once its most frequent answer.
    pub judged: u8,
    /// In how many of `of` repetitions the judge was right (one repetition but for random pixels on one picture).
    pub right: u32,
    /// Repetitions.
    pub of: u32,
    /// The lies that won, as a set of bits (bit d: digit d); for precommit only.
    pub lies_won: u16,
    /// The pixels shown, in order, with who showed each; empty in a tournament. For [`Protocol::Precommit`] the game
    /// in which the liar did best; for random pixels the first draw, where the side says nothing.
    pub shown: Vec<(u16, Side)>,
}

/// How far a judge trained in the page has come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// Mini-batches seen.
    pub step: u32,
    /// Mean cross-entropy of the batches since the last event, in nats; `NaN`-free.
    pub loss: f32,
    /// Right answers on held-out pictures with random pixels.
    pub right: u32,
    /// How many held-out pictures were asked.
    pub of: u32,
}

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A game begins.
    Opening(Box<Opening>),
    /// A debater shows a pixel.
    Turn(Box<Turn>),
    /// A person is to act: choose a pixel (`None`: say what they believe as judge). The run goes on in the scenario
    /// that also holds their choice.
    Yours(Option<Side>),
    /// The game is over.
    Verdict(Verdict),
    /// One protocol has answered for one picture.
    Answer(Box<Answer>),
    /// The judge in training was measured.
    Learned(Learned),
}
