//! What a scenario asks for: pictures, rules and players.

use crate::{
    debate::{
        drawing,
        event::{Picture, Rules, Side},
        judge::PictureJudge,
        players::Player,
        protocols::{Arena, Debaters},
    },
    lab::{Assets, Breath, Failure, Scenario},
    seed,
    tasks::{Digit, Pictures, pictures::TEST_LEN},
};
use rand::Rng as _;

/// Where the pictures come from; beside a drawing the built-in ones.
pub fn pictures(scenario: &Scenario, assets: &dyn Assets) -> Result<Pictures, Failure> {
    Ok(Pictures::chosen(scenario.choice("digits"), assets.data("mnist"))?)
}

/// The one picture of a game: the user's drawing, the test picture of the chosen number, or one drawn by the seed.
pub fn picture(scenario: &Scenario, assets: &dyn Assets) -> Result<Picture, Failure> {
    if scenario.choice("digits") == "drawn" {
        let pixels = drawing::read(&scenario.text("drawing")).filter(|pixels| pixels.iter().any(|value| *value > 0));
        let pixels = pixels.ok_or_else(|| Failure::Because("Nothing is drawn yet: draw a digit first.".to_owned()))?;
        return Ok(Picture { pixels: pixels.into(), truth: scenario.int("truth") as u8, number: 0 });
    }
    let draw = |purpose| seed::rng(scenario.seed, purpose, 0).random_range(0..TEST_LEN);
    let index = match scenario.int("image") {
        // Who judges must not have seen the picture: the same seed shows them another one.
        0 if scenario.choice("seat") == "judge" => draw("picture to judge"),
        0 => draw("picture"),
        number => number as u32 - 1,
    };
    Ok(test_picture(&pictures(scenario, assets)?, index))
}

/// A test picture, by its index from 0.
pub fn test_picture(pictures: &Pictures, index: u32) -> Picture {
    let Digit { pixels, label } = pictures.test(index);
    Picture { pixels: pixels.to_vec().into(), truth: label, number: index + 1 }
}

/// The rules as they are set.
pub fn rules(scenario: &Scenario) -> Rules {
    let first = match scenario.choice("first") {
        // Who judges must not know whose the first pixel is.
        _ if scenario.choice("seat") == "judge" => {
            let honest: bool = seed::rng(scenario.seed, "first to move, unknown to the judge", 0).random();
            if honest { Side::Honest } else { Side::Liar }
        }
        "liar" => Side::Liar,
        _ => Side::Honest,
    };
    Rules { pixels: scenario.int("px") as u8, precommit: scenario.flag("precommit"), first }
}

/// The two debaters.
pub fn debaters(scenario: &Scenario) -> Debaters {
    let player = |key, rollouts| match scenario.choice(key) {
        "random" => Player::Random,
        "greedy" => Player::Greedy,
        "endgame" => Player::Endgame,
        "exact" => Player::Exact,
        _ => Player::Search { rollouts: scenario.int(rollouts) as u32 },
    };
    Debaters { honest: player("honest", "hr"), liar: player("liar", "lr") }
}

/// The games about one picture. Their chances depend on the run's seed and the picture alone, so that a game goes the
/// same way by itself and in a tournament.
pub fn arena<'a>(
    scenario: &Scenario,
    picture: &Picture,
    judge: &'a mut PictureJudge,
    breath: &'a Breath,
    candidates: usize,
) -> Arena<'a> {
    let seed = seed::seed(scenario.seed, "games", picture.number.into());
    Arena { debaters: debaters(scenario), candidates, judge, breath, seed }
}
