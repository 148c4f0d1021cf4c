//! The ways to ask the judge about one picture, each played to its end.

use super::{
    event::{Candidate, Logits, Picture, Rules, Side},
    judge::PictureJudge,
    players::Player,
    rules::{Game, MOST_SHOWN, Shown, argmax, bright},
};
use crate::{
    lab::{Breath, Failure},
    seed::{self, Rng},
};
use rand::Rng as _;

/// Who plays the two sides. An adviser plays as the side whose interest it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debaters {
    /// Argues for what the picture shows.
    pub honest: Player,
    /// Argues for something else.
    pub liar: Player,
}

impl Debaters {
    /// Who plays this side.
    pub fn of(self, side: Side) -> Player {
        match side {
            Side::Honest => self.honest,
            Side::Liar => self.liar,
        }
    }
}

/// One move as it was played.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// Who moved.
    pub side: Side,
    /// The pixel shown.
    pub pixel: u16,
    /// What the mover preferred, best first.
    pub candidates: Vec<Candidate>,
    /// Judge evaluations that the choice took.
    pub evaluations: u32,
}

/// A game with its end.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The game.
    pub game: Game,
    /// Its moves.
    pub moves: Vec<Played>,
    /// The judge after the last of them.
    pub logits: Logits,
}

impl Finished {
    /// The honest margin at the end.
    pub fn margin(&self) -> f32 {
        self.game.margin(&self.logits)
    }

    /// Who won.
    pub fn winner(&self) -> Side {
        self.game.winner(&self.logits)
    }

    /// The digit that the judge settled on.
    pub fn judged(&self) -> u8 {
        self.game.judged(&self.logits)
    }

    /// Who showed which pixel, in order.
    pub fn shown(&self) -> Vec<(u16, Side)> {
        self.moves.iter().map(|played| (played.pixel, played.side)).collect()
    }
}

/// What a game is played with: the debaters, how many candidates they report, and the run's chances.
pub struct Arena<'a> {
    /// Who plays.
    pub debaters: Debaters,
    /// Candidates that each move reports, 1 to 5.
    pub candidates: usize,
    /// The judge at the picture.
    pub judge: &'a mut PictureJudge,
    /// The run's breath.
    pub breath: &'a Breath,
    /// Decides every draw of chance in these games; another value for each picture.
    pub seed: u64,
}

impl Arena<'_> {
    /// Plays the game from where it stands to its end. `name` keys its chances apart from those of other games.
    ///
    /// # Errors
    /// [`Failure::Cancelled`].
    pub async fn play(&mut self, mut game: Game, name: &str) -> Result<Finished, Failure> {
        let mut rng = self.rng(name);
        let mut moves = Vec::new();
        while let Some(played) = self.turn(&game, &mut rng).await? {
            game.show(played.pixel);
            moves.push(played);
        }
        let logits = self.judge.logits(&game.shown());
        Ok(Finished { game, moves, logits })
    }

    /// What the side to move plays; `None` when the game is over.
    ///
    /// # Errors
    /// [`Failure::Cancelled`].
    pub async fn turn(&mut self, game: &Game, rng: &mut Rng) -> Result<Option<Played>, Failure> {
        let Some(side) = game.mover() else { return Ok(None) };
        let choice = self.debaters.of(side).choose(game, self.candidates, self.judge, self.breath, rng).await?;
        Ok(choice.map(|choice| Played {
            side,
            pixel: choice.pixel,
            candidates: choice.candidates,
            evaluations: choice.evaluations,
        }))
    }

    /// The chances of the game of this name.
    pub fn rng(&self, name: &str) -> Rng {
        seed::rng(self.seed, name, 0)
    }

    /// The debate against one lie.
    ///
    /// # Errors
    /// [`Failure::Cancelled`].
    pub async fn debate(&mut self, picture: &Picture, rules: Rules, lie: Option<u8>) -> Result<Finished, Failure> {
        self.play(Game::debate(picture, rules, lie), &debate_name(rules, lie)).await
    }

    /// With precommit, the debate against each of the nine lies, by digit.
    ///
    /// # Errors
    /// [`Failure::Cancelled`].
    pub async fn nine_lies(&mut self, picture: &Picture, rules: Rules) -> Result<Vec<(u8, Finished)>, Failure> {
        let mut games = Vec::with_capacity(9);
        for lie in (0..10).filter(|lie| *lie != picture.truth) {
            games.push((lie, self.debate(picture, rules, Some(lie)).await?));
        }
        Ok(games)
    }

    /// One adviser shows every pixel: an honest one raises truth − best other digit, a dishonest one lowers it.
    ///
    /// # Errors
    /// [`Failure::Cancelled`].
    pub async fn consultancy(&mut self, picture: &Picture, adviser: Side, pixels: u8) -> Result<Finished, Failure> {
        let game = Game::consultancy(picture, adviser, picture.truth, pixels);
        self.play(game, if adviser == Side::Honest { "honest adviser" } else { "dishonest adviser" }).await
    }

    /// One adviser who may argue for any digit: it prepares the case for each of the ten, playing like the honest
    /// debater, and presents the one that ends with the largest margin.
    ///
    /// # Errors
    /// [`Failure::Cancelled`].
    pub async fn open_consultancy(&mut self, picture: &Picture, pixels: u8) -> Result<Finished, Failure> {
        let mut best: Option<Finished> = None;
        for digit in 0..10 {
            let game = Game::consultancy(picture, Side::Honest, digit, pixels);
            let case = self.play(game, &format!("open consultancy, {digit}")).await?;
            if best.as_ref().is_none_or(|best| case.margin() > best.margin()) {
                best = Some(case);
            }
        }
        best.ok_or_else(|| Failure::Because("There is no digit to argue for.".to_owned()))
    }

    /// The judge alone: as many pixels as a game shows, drawn without replacement. Returns them in the order drawn
    /// and the digit that the judge takes it for. `index` separates repetitions.
    pub fn random_pixels(&mut self, picture: &Picture, pixels: u8, index: u64) -> (Vec<u16>, u8) {
        let mut rng = seed::rng(self.seed, "random pixels", index);
        let mut open = bright(&picture.pixels);
        let count = usize::from(pixels).min(open.len()).min(MOST_SHOWN);
        for at in 0..count {
            let other = rng.random_range(at as u32..open.len() as u32) as usize;
            open.swap(at, other);
        }
        open.truncate(count);
        let shown = open.iter().fold(Shown::default(), |shown, pixel| shown.with(*pixel));
        (open, argmax(&self.judge.logits(&shown)))
    }
}

/// The key of a debate's chances: the same game has the same moves wherever it is played.
pub fn debate_name(rules: Rules, lie: Option<u8>) -> String {
    format!("debate {} {} {:?} {:?}", rules.pixels, rules.precommit, rules.first, lie.filter(|_| rules.precommit))
}

/// Of the nine games the one in which the liar does best; of equals the smallest lie.
pub fn strongest(games: &[(u8, Finished)]) -> Option<&(u8, Finished)> {
    games.iter().reduce(|best, game| if game.1.margin() < best.1.margin() { game } else { best })
}
