//! Every player against the rules, and the searches against plain minimax.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::{
    debate::{
        event::{Picture, Rules, Side},
        judge::tests::random_net,
        rules::{MOST_SHOWN, tests::picture},
    },
    seed,
};
use proptest::prelude::*;
use std::{
    cell::Cell,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

/// Runs a task that never has to wait.
pub fn now<T>(task: impl Future<Output = T>) -> T {
    let mut task = pin!(task);
    loop {
        if let Poll::Ready(value) = task.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}

/// Plain minimax without any cleverness: the honest margin under best play.
fn minimax(game: &Game, judge: &mut PictureJudge) -> f32 {
    let Some(mover) = game.mover() else { return game.margin(&judge.logits(&game.shown())) };
    let values = game.open().map(|pixel| {
        let mut next = game.clone();
        next.show(pixel);
        minimax(&next, judge)
    });
    match mover {
        Side::Honest => values.fold(f32::NEG_INFINITY, f32::max),
        Side::Liar => values.fold(f32::INFINITY, f32::min),
    }
}

fn small_picture(run: u64, bright: u16) -> Picture {
    let pixels: Vec<(u16, u8)> =
        (0..bright).map(|at| ((at * 97 + (run % 50) as u16) % 784, (at * 31 % 200 + 55) as u8)).collect();
    picture(&pixels, (run % 10) as u8)
}

/// A small game with one of the nine lies.
fn small(run: u64, bright: u16, pixels: u8, precommit: bool, first: Side) -> (Game, PictureJudge) {
    let picture = small_picture(run, bright);
    let rules = Rules { pixels, precommit, first };
    let game = Game::debate(&picture, rules, Some(((run + 1 + run / 10 % 9) % 10) as u8));
    (game, PictureJudge::new(random_net(run), &picture))
}

/// The margin for `mover` when both go on as `player` does.
fn play_out(mut game: Game, player: Player, judge: &mut PictureJudge) -> f32 {
    let mut rng = seed::rng(1, "test", 0);
    while let Some(choice) = now(player.choose(&game, 1, judge, &Breath::endless(), &mut rng)).unwrap() {
        assert!(game.show(choice.pixel));
    }
    game.margin(&judge.logits(&game.shown()))
}

fn sides() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Honest), Just(Side::Liar)]
}

fn players() -> impl Strategy<Value = Player> {
    prop_oneof![
        Just(Player::Random),
        Just(Player::Greedy),
        Just(Player::Endgame),
        Just(Player::Exact),
        (10_u32..60).prop_map(|rollouts| Player::Search { rollouts })
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn everybody_shows_legal_pixels_to_the_end(
        run in 0_u64..1000, bright in 1_u16..8, pixels in 1_u8..=12, precommit: bool, first in sides(), player in players(),
    ) {
        let (mut game, mut judge) = small(run, bright, pixels, precommit, first);
        let mut rng = seed::rng(run, "test", 0);
        let mut shown = Vec::new();
        while let Some(choice) = now(player.choose(&game, 5, &mut judge, &Breath::endless(), &mut rng)).unwrap() {
            prop_assert!(game.open().any(|pixel| pixel == choice.pixel));
            prop_assert!(!shown.contains(&choice.pixel));
            prop_assert_eq!(choice.candidates[0].pixel, choice.pixel);
            prop_assert!(choice.candidates.len() <= MOST_CANDIDATES);
            shown.push(choice.pixel);
            prop_assert!(game.show(choice.pixel));
        }
        prop_assert_eq!(shown.len(), usize::from(bright.min(pixels.into())).min(MOST_SHOWN));
    }

    #[test]
    fn exact_play_is_minimax(run in 0_u64..1000, pixels in 1_u8..=5, precommit: bool, first in sides()) {
        let (game, mut judge) = small(run, 6, pixels, precommit, first);
        let value = minimax(&game, &mut judge);
        let mover = game.mover().unwrap();
        let mut rng = seed::rng(run, "test", 0);
        let five = now(Player::Exact.choose(&game, 5, &mut judge, &Breath::endless(), &mut rng)).unwrap().unwrap();
        let one = now(Player::Exact.choose(&game, 1, &mut judge, &Breath::endless(), &mut rng)).unwrap().unwrap();
        let honest = if mover == Side::Honest { five.candidates[0].value } else { -five.candidates[0].value };
        prop_assert_eq!(honest.to_bits(), value.to_bits());
        prop_assert_eq!(one.pixel, five.pixel, "how much is reported changes nothing");
        prop_assert_eq!(play_out(game.clone(), Player::Exact, &mut judge).to_bits(), value.to_bits());
        // Every candidate is worth what minimax says of it, and its line is that play.
        for candidate in &five.candidates {
            let mut next = game.clone();
            next.show(candidate.pixel);
            let truly = minimax(&next, &mut judge);
            prop_assert_eq!(candidate.value.to_bits(), (if mover == Side::Honest { truly } else { -truly }).to_bits());
            candidate.line.iter().for_each(|pixel| assert!(next.show(*pixel)));
            prop_assert!(next.is_over());
            prop_assert_eq!(next.margin(&judge.logits(&next.shown())).to_bits(), truly.to_bits());
        }
    }

    #[test]
    fn the_endgame_is_exact_for_two_turns(run in 0_u64..1000, pixels in 1_u8..=2, precommit: bool, first in sides()) {
        let (game, mut judge) = small(run, 12, pixels, precommit, first);
        let value = minimax(&game, &mut judge);
        prop_assert_eq!(play_out(game, Player::Endgame, &mut judge).to_bits(), value.to_bits());
    }

    #[test]
    fn an_adviser_who_solves_the_end_finds_the_best_pair(run in 0_u64..1000, side in sides()) {
        let picture = small_picture(run, 9);
        let mut judge = PictureJudge::new(random_net(run), &picture);
        let game = Game::consultancy(&picture, side, picture.truth, 2);
        let value = minimax(&game, &mut judge);
        prop_assert_eq!(play_out(game, Player::Endgame, &mut judge).to_bits(), value.to_bits());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn a_long_search_wins_what_can_be_won(run in 0_u64..1000, pixels in 2_u8..=4, first in sides()) {
        let (mut game, mut judge) = small(run, 7, pixels, true, first);
        let mut rng = seed::rng(run, "test", 0);
        while !game.is_over() {
            let mover = game.mover().unwrap();
            let winnable = (minimax(&game, &mut judge) > 0.0) == (mover == Side::Honest);
            let search = Player::Search { rollouts: 4000 };
            let choice = now(search.choose(&game, 1, &mut judge, &Breath::endless(), &mut rng)).unwrap().unwrap();
            game.show(choice.pixel);
            let won = (minimax(&game, &mut judge) > 0.0) == (mover == Side::Honest);
            prop_assert_eq!(won, winnable, "a won position must stay won");
        }
    }
}

#[test]
fn a_cancelled_search_stops_within_a_stretch() {
    for player in [Player::Endgame, Player::Exact, Player::Search { rollouts: 10_000 }] {
        let (game, mut judge) = small(3, 60, 2, true, Side::Honest);
        let left = Rc::new(Cell::new(2));
        let cancelled = Rc::new(Cell::new(false));
        let (count, flag) = (left.clone(), cancelled.clone());
        let breath = Breath::new(cancelled, move || {
            count.set(count.get() - 1);
            flag.set(count.get() == 0);
            None
        });
        let mut rng = seed::rng(3, "test", 0);
        let outcome = now(player.choose(&game, 5, &mut judge, &breath, &mut rng));
        assert_eq!(outcome, Err(Failure::Cancelled), "{player:?}");
        assert!(judge.asked() <= 1024, "{player:?} asked {} times", judge.asked());
    }
}

#[test]
fn the_same_seed_searches_the_same() {
    let choose = || {
        let (game, mut judge) = small(5, 40, 6, true, Side::Liar);
        let mut rng = seed::rng(5, "test", 0);
        now(Player::Search { rollouts: 500 }.choose(&game, 5, &mut judge, &Breath::endless(), &mut rng))
            .unwrap()
            .unwrap()
    };
    let first = choose();
    assert_eq!(first, choose());
    assert_eq!(first.candidates.len(), 5);
    assert!(first.candidates.windows(2).all(|pair| pair[0].visits >= pair[1].visits));
    assert_eq!(first.evaluations, 500);
}
