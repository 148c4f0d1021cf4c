//! One debate, turn by turn, by machines or with a person in one of the seats.

use super::{judge, setup};
use crate::{
    debate::{
        choices,
        event::{Event, Heat, LieOutcome, Opening, Picture, Rules, Side, Turn, Verdict},
        judge::PictureJudge,
        players::{MOST_CANDIDATES, Player},
        protocols::{Arena, debate_name},
        rules::Game,
    },
    lab::{Assets, Failure, Outlet, Scenario},
    seed,
};
use rand::Rng as _;

/// Emits [`Event::Opening`], a [`Event::Turn`] for each pixel and [`Event::Verdict`]; or [`Event::Yours`] where a
/// person is to act, which ends this run.
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let (picture, rules) = (setup::picture(scenario, assets)?, setup::rules(scenario));
    let net = judge::find(scenario, assets, rules.pixels, out).await?;
    let mut judge = PictureJudge::new(net, &picture);
    let breath = out.breath.clone();
    let mut arena = setup::arena(scenario, &picture, &mut judge, &breath, MOST_CANDIDATES);
    let person = Person::of(scenario);
    let (lie, lies) = if rules.precommit {
        let (lie, lies) = choose_lie(scenario, person.side, &picture, rules, &mut arena, out).await?;
        (Some(lie), lies)
    } else {
        (None, Vec::new())
    };
    let mut game = Game::debate(&picture, rules, lie);
    out.emit(Event::Opening(Box::new(opening(&picture, rules, lie, lies, &game, arena.judge))));
    play(&mut game, &picture, &debate_name(rules, lie), person, &mut arena, out).await
}

/// How a game begins.
pub fn opening(
    picture: &Picture,
    rules: Rules,
    lie: Option<u8>,
    lies: Vec<LieOutcome>,
    game: &Game,
    judge: &mut PictureJudge,
) -> Opening {
    let logits = judge.logits(&game.shown());
    let (margin, heat) = (game.margin(&logits), heat(game, judge));
    Opening { picture: picture.clone(), rules, lie, lies, logits, margin, heat }
}

/// A person's seat and what they chose so far.
struct Person {
    /// The debater that they are.
    side: Option<Side>,
    /// Whether they are the judge.
    judges: bool,
    moves: std::vec::IntoIter<u32>,
    beliefs: usize,
}

impl Person {
    fn of(scenario: &Scenario) -> Self {
        let (side, judges) = match scenario.choice("seat") {
            "honest" => (Some(Side::Honest), false),
            "liar" => (Some(Side::Liar), false),
            seat => (None, seat == "judge"),
        };
        let moves = choices::read(&scenario.text("moves")).into_iter();
        Self { side, judges, moves, beliefs: choices::read(&scenario.text("beliefs")).len() }
    }

    /// Their next move. With one that the rules do not allow their list ends.
    fn next_move(&mut self, game: &Game) -> Option<u16> {
        let pixel = self.moves.next().and_then(|pixel| u16::try_from(pixel).ok())?;
        game.open().any(|open| open == pixel).then_some(pixel)
    }

    /// Whether they still have to say what they believe after `turns` turns: once before the first, once after each.
    fn owes_belief(&self, turns: usize) -> bool {
        self.judges && self.beliefs <= turns
    }
}

/// The liar's claim and, where all nine were tried by machines that also play the game, how each of them fared.
///
/// - `best`: the one with which the liar does best. Where a person debates, a greedy player takes their part in that.
///   A person who judges gets `any`: the strongest lie would tell them something.
/// - `any`: drawn by the seed.
/// - a digit: that one, or `best` where the picture shows it.
async fn choose_lie(
    scenario: &Scenario,
    person: Option<Side>,
    picture: &Picture,
    rules: Rules,
    arena: &mut Arena<'_>,
    out: &mut Outlet<Event>,
) -> Result<(u8, Vec<LieOutcome>), Failure> {
    let asked = scenario.choice("lie");
    let wrong: Vec<u8> = (0..10).filter(|digit| *digit != picture.truth).collect();
    if let Some(digit) = asked.parse().ok().filter(|digit| wrong.contains(digit)) {
        return Ok((digit, Vec::new()));
    }
    if asked == "any" || scenario.choice("seat") == "judge" {
        let at = seed::rng(scenario.seed, "lie", picture.number.into()).random_range(0..wrong.len() as u32);
        return Ok((wrong[at as usize], Vec::new()));
    }
    let as_set = arena.debaters;
    match person {
        Some(Side::Honest) => arena.debaters.honest = Player::Greedy,
        Some(Side::Liar) => arena.debaters.liar = Player::Greedy,
        None => {}
    }
    arena.candidates = 1;
    let mut lies = Vec::with_capacity(wrong.len());
    for (done, lie) in wrong.iter().enumerate() {
        out.progress(done as u64, wrong.len() as u64, "lies tried");
        let margin = arena.debate(picture, rules, Some(*lie)).await?.margin();
        lies.push(LieOutcome { lie: *lie, margin });
    }
    (arena.debaters, arena.candidates) = (as_set, MOST_CANDIDATES);
    let best = lies.iter().fold(lies[0], |best, lie| if lie.margin < best.margin { *lie } else { best });
    Ok((best.lie, if person.is_some() { Vec::new() } else { lies }))
}

async fn play(
    game: &mut Game,
    picture: &Picture,
    name: &str,
    mut person: Person,
    arena: &mut Arena<'_>,
    out: &mut Outlet<Event>,
) -> Result<(), Failure> {
    let mut rng = arena.rng(name);
    let mut leant = vec![game.winner(&arena.judge.logits(&game.shown()))];
    while let Some(side) = game.mover() {
        if person.owes_belief(game.order().len()) {
            out.emit(Event::Yours(None));
            return Ok(());
        }
        let as_set = arena.debaters;
        let mut chosen = None;
        if person.side == Some(side) {
            chosen = person.next_move(game);
            if chosen.is_none() {
                out.emit(Event::Yours(Some(side)));
                return Ok(());
            }
            // What a machine would have shown stands beside a person's own choice.
            (arena.debaters.honest, arena.debaters.liar) = (Player::Endgame, Player::Endgame);
        }
        let played = arena.turn(game, &mut rng).await?;
        arena.debaters = as_set;
        let Some(mut played) = played else { break };
        played.pixel = chosen.unwrap_or(played.pixel);
        game.show(played.pixel);
        let logits = arena.judge.logits(&game.shown());
        leant.push(game.winner(&logits));
        out.emit(Event::Turn(Box::new(Turn {
            number: game.order().len() as u8,
            side,
            pixel: played.pixel,
            value: picture.pixels[usize::from(played.pixel)],
            logits,
            margin: game.margin(&logits),
            heat: heat(game, arena.judge),
            candidates: played.candidates,
            evaluations: played.evaluations,
        })));
    }
    if person.owes_belief(game.order().len()) {
        out.emit(Event::Yours(None));
        return Ok(());
    }
    let judged = game.judged(&arena.judge.logits(&game.shown()));
    let winner = leant[leant.len() - 1];
    let turning = leant.iter().rposition(|side| *side != winner).map_or(0, |at| at + 1) as u8;
    out.emit(Event::Verdict(Verdict { winner, judged, turning }));
    Ok(())
}

/// What showing each pixel would do to the honest margin.
fn heat(game: &Game, judge: &mut PictureJudge) -> Vec<Heat> {
    let margin = |pixel| game.margin(&judge.logits(&game.shown().with(pixel)));
    let pixels: Vec<u16> = game.open().collect();
    pixels
        .iter()
        .copied()
        .zip(pixels.iter().copied().map(margin))
        .map(|(pixel, margin)| Heat { pixel, margin })
        .collect()
}
