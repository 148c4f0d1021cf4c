//! The same picture under every protocol.

use super::{game, judge, setup};
use crate::{
    debate::{
        event::{Answer, Event, Picture, Protocol, Rules, Side},
        judge::PictureJudge,
        protocols::{Arena, Finished, strongest},
        rules::Game,
    },
    lab::{Assets, Failure, Outlet, Scenario},
};

/// Draws of random pixels of the one picture.
const DRAWS: u32 = 200;

/// Every protocol, in the order of the page.
const EVERY: [Protocol; 8] = [
    Protocol::RandomPixels,
    Protocol::HonestAdviser,
    Protocol::DishonestAdviser,
    Protocol::OpenConsultancy,
    Protocol::Debate { first: Side::Honest },
    Protocol::Debate { first: Side::Liar },
    Protocol::Precommit { first: Side::Honest },
    Protocol::Precommit { first: Side::Liar },
];

/// Emits an [`Event::Opening`] that shows the picture and an [`Event::Answer`] for each protocol.
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let (picture, rules) = (setup::picture(scenario, assets)?, setup::rules(scenario));
    let net = judge::find(scenario, assets, rules.pixels, out).await?;
    let mut judge = PictureJudge::new(net, &picture);
    let rules = Rules { precommit: false, ..rules };
    let before = Game::debate(&picture, rules, None);
    out.emit(Event::Opening(Box::new(game::opening(&picture, rules, None, Vec::new(), &before, &mut judge))));
    let breath = out.breath.clone();
    let mut arena = setup::arena(scenario, &picture, &mut judge, &breath, 1);
    for (done, protocol) in EVERY.into_iter().enumerate() {
        out.progress(done as u64, EVERY.len() as u64, "protocols");
        let answer = answer(&mut arena, &picture, rules.pixels, protocol, DRAWS).await?;
        out.emit(Event::Answer(Box::new(answer)));
    }
    Ok(())
}

/// What a protocol makes of a picture; random pixels are drawn `draws` times.
pub async fn answer(
    arena: &mut Arena<'_>,
    picture: &Picture,
    pixels: u8,
    protocol: Protocol,
    draws: u32,
) -> Result<Answer, Failure> {
    let rules = |precommit, first| Rules { pixels, precommit, first };
    let finished = match protocol {
        Protocol::RandomPixels => return Ok(at_random(arena, picture, pixels, draws)),
        Protocol::Precommit { first } => {
            return precommit(arena, picture, rules(true, first), protocol).await;
        }
        Protocol::Debate { first } => arena.debate(picture, rules(false, first), None).await?,
        Protocol::HonestAdviser => arena.consultancy(picture, Side::Honest, pixels).await?,
        Protocol::DishonestAdviser => arena.consultancy(picture, Side::Liar, pixels).await?,
        Protocol::OpenConsultancy => arena.open_consultancy(picture, pixels).await?,
    };
    let judged = finished.judged();
    Ok(of_one(picture, pixels, protocol, judged, finished.shown()))
}

/// The judge alone. `judged` is its most frequent answer, of equals the smallest digit; `shown` is the first draw.
fn at_random(arena: &mut Arena<'_>, picture: &Picture, pixels: u8, draws: u32) -> Answer {
    let mut votes = [0_u32; 10];
    let mut shown = Vec::new();
    for draw in 0..draws {
        let (order, judged) = arena.random_pixels(picture, pixels, u64::from(draw));
        votes[usize::from(judged)] += 1;
        if draw == 0 {
            shown = order.into_iter().map(|pixel| (pixel, Side::Honest)).collect();
        }
    }
    let judged = (1..10_u8).fold(0, |best, d| if votes[usize::from(d)] > votes[usize::from(best)] { d } else { best });
    let right = votes[usize::from(picture.truth)];
    Answer { right, of: draws, ..of_one(picture, pixels, Protocol::RandomPixels, judged, shown) }
}

/// Nine debates, of which honest must win every one; `shown` is the one in which the liar does best.
async fn precommit(
    arena: &mut Arena<'_>,
    picture: &Picture,
    rules: Rules,
    protocol: Protocol,
) -> Result<Answer, Failure> {
    let games = arena.nine_lies(picture, rules).await?;
    let won = |(lie, game): &(u8, Finished)| u16::from(game.winner() == Side::Liar) << lie;
    let lies_won = games.iter().map(won).fold(0, |all, lie| all | lie);
    let (judged, shown) =
        strongest(&games).map_or((picture.truth, Vec::new()), |(_, game)| (game.judged(), game.shown()));
    Ok(Answer { lies_won, ..of_one(picture, rules.pixels, protocol, judged, shown) })
}

fn of_one(picture: &Picture, pixels: u8, protocol: Protocol, judged: u8, shown: Vec<(u16, Side)>) -> Answer {
    let Picture { truth, number, .. } = *picture;
    Answer {
        picture: number,
        truth,
        pixels,
        protocol,
        judged,
        right: u32::from(judged == truth),
        of: 1,
        lies_won: 0,
        shown,
    }
}
