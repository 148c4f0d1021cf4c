//! Asks a GPU ahead: whatever greedy debaters are going to ask a judge, in all games about some pictures at once.
//!
//! The games are played in step, turn by turn, and the answers are left with each picture's judge. Who plays them
//! afterwards, as without a GPU, finds what it asks already answered.

use super::tournament::Table;
use crate::{
    debate::{
        event::{Picture, Protocol, Rules, Side},
        players::greedy,
        rules::{Game, bright},
    },
    lab::{Breath, Failure},
    models::{
        batched::{Batched, Bright},
        device::Device,
        mlp::Mlp,
    },
};
use std::collections::BTreeMap;

/// Lets a device answer.
///
/// # Errors
/// Where the run is cancelled, or the GPU fails.
pub async fn ask(
    device: &Device,
    judge: &Mlp,
    tables: &mut [Table],
    pixels: u8,
    protocols: &[Protocol],
    breath: &Breath,
) -> Result<(), Failure> {
    let mut places = Places::default();
    let mut games = Vec::new();
    for (at, (picture, _)) in tables.iter().enumerate() {
        places.add(picture);
        games.extend(protocols.iter().flat_map(|protocol| games_of(*protocol, picture, pixels)).map(|game| (at, game)));
    }
    let batched = Batched::new(judge, &places.bright, device);
    while games.iter().any(|(_, game)| !game.is_over()) {
        let stands = stands(&games);
        let turn = stands.values().next().map_or(0, |game| game.shown().len());
        let asked: Vec<i32> = stands.iter().flat_map(|((at, _), game)| places.of_sets(*at, game)).collect();
        let logits = batched.logits(&asked, turn + 1).await?;
        let mut answers = logits.chunks_exact(10);
        for ((at, _), game) in &stands {
            for (pixel, logits) in game.open().zip(&mut answers) {
                tables[*at].1.remember(&game.shown().with(pixel), std::array::from_fn(|digit| logits[digit]));
            }
            breath.take().await?;
        }
        for (at, game) in &mut games {
            if let Some(best) = greedy::choose(game, 1, &mut tables[*at].1).first() {
                game.show(best.pixel);
            }
            breath.take().await?;
        }
    }
    Ok(())
}

/// A game of every set of pixels from which somebody has to move, by picture and set. All have shown equally many.
fn stands(games: &[(usize, Game)]) -> BTreeMap<(usize, u128), Game> {
    let open = games.iter().filter(|(_, game)| !game.is_over());
    open.map(|(at, game)| ((*at, game.shown().key()), game.clone())).collect()
}

/// Where every picture's pixels stand in the list that a judge was given.
#[derive(Default)]
struct Places {
    bright: Vec<Bright>,
    /// The pixels of each picture, ascending, and where they begin.
    pictures: Vec<(usize, Vec<u16>)>,
}

impl Places {
    fn add(&mut self, picture: &Picture) {
        let pixels = bright(&picture.pixels);
        let from = self.bright.len();
        self.bright.extend(pixels.iter().map(|pixel| {
            let value = picture.pixels.get(usize::from(*pixel)).copied().unwrap_or(0);
            (*pixel, f32::from(value) / 255.0)
        }));
        self.pictures.push((from, pixels));
    }

    /// The places of every set that a move can lead to, set by set.
    fn of_sets(&self, picture: usize, game: &Game) -> Vec<i32> {
        let (from, pixels) = &self.pictures[picture];
        let place = |pixel: u16| (from + pixels.partition_point(|other| *other < pixel)) as i32;
        let shown: Vec<i32> = game.shown().pixels().iter().map(|pixel| place(*pixel)).collect();
        game.open().flat_map(|pixel| shown.iter().copied().chain([place(pixel)])).collect()
    }
}

/// The games of a protocol about a picture. Random pixels are no game.
fn games_of(protocol: Protocol, picture: &Picture, pixels: u8) -> Vec<Game> {
    let rules = |precommit, first| Rules { pixels, precommit, first };
    let adviser = |side, digit| Game::consultancy(picture, side, digit, pixels);
    match protocol {
        Protocol::RandomPixels => Vec::new(),
        Protocol::HonestAdviser => vec![adviser(Side::Honest, picture.truth)],
        Protocol::DishonestAdviser => vec![adviser(Side::Liar, picture.truth)],
        Protocol::OpenConsultancy => (0..10).map(|digit| adviser(Side::Honest, digit)).collect(),
        Protocol::Debate { first } => vec![Game::debate(picture, rules(false, first), None)],
        Protocol::Precommit { first } => {
            let lies = (0..10).filter(|lie| *lie != picture.truth);
            lies.map(|lie| Game::debate(picture, rules(true, first), Some(lie))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        debate::{
            judge::{Net, PictureJudge},
            rules::tests::picture,
        },
        models::judge::{SIZES, initial},
    };
    use std::rc::Rc;

    #[test]
    fn whatever_greedy_debaters_ask_is_answered_before() {
        let mlp = initial(5, &SIZES);
        let net = Rc::new(Net::new(&mlp).unwrap());
        let pictures = [picture(&[(5, 200), (90, 30), (91, 255), (400, 120)], 3), picture(&[(700, 255), (701, 9)], 0)];
        let fresh = || pictures.clone().map(|picture| (PictureJudge::new(net.clone(), &picture), picture));
        let mut tables = fresh().map(|(judge, picture)| (picture, judge));
        let protocols = [Protocol::Precommit { first: Side::Liar }, Protocol::OpenConsultancy];
        let (device, breath) = (Device::flex(), Breath::endless());
        let asked = ask(&device, &mlp, &mut tables, 3, &protocols, &breath);
        pollster::block_on(asked).unwrap();
        for ((known, picture), (mut judge, _)) in
            tables.iter_mut().map(|(picture, judge)| (judge, picture)).zip(fresh())
        {
            for mut game in protocols.iter().flat_map(|protocol| games_of(*protocol, picture, 3)) {
                while !game.is_over() {
                    assert!(game.open().all(|pixel| known.knows(&game.shown().with(pixel))));
                    let [ahead, own] =
                        [&mut *known, &mut judge].map(|judge| greedy::choose(&game, 1, judge)[0].clone());
                    assert_eq!(ahead.pixel, own.pixel);
                    assert!((ahead.value - own.value).abs() < 1e-4);
                    game.show(own.pixel);
                }
            }
        }
    }
}
