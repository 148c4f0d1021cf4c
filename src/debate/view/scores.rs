//! How good a judge the reader is: a log score for each game, and over games a calibration plot beside the machine's.
//!
//! Only the last belief of each game is kept, in this browser, by the game's seed: judging one twice counts once.

use super::{Desk, blind, leave::LeaveTheSeat};
use crate::{
    debate::{choices, words},
    stats,
    ui::{Axis, LineChart, Point, Series, Term, Tone, Unit, dom},
};
use leptos::prelude::*;

const STORE: &str = "oversight.debate.beliefs";
/// Bins of the calibration plot, over confidences of 50 to 100 %.
const BINS: usize = 5;
const MOST_GAMES: usize = 500;

/// The last beliefs of one game, as shares for the true answer.
#[derive(Debug, Clone, PartialEq)]
struct Game {
    seed: u64,
    person: f64,
    machine: f64,
}

/// The score of the game that has just ended, and of all so far.
#[component]
pub fn Scores(desk: Desk) -> impl IntoView {
    let games = RwSignal::new(read(&dom::stored(STORE).unwrap_or_default()));
    let ended = Memo::new(move |_| ended(desk));
    Effect::new(move || {
        if let Some(game) = ended.get() {
            games.update(|games| {
                games.retain(|other| other.seed != game.seed);
                games.push(game);
                let surplus = games.len().saturating_sub(MOST_GAMES);
                games.drain(..surplus);
            });
            dom::store(STORE, &write(&games.get_untracked()));
        }
    });
    view! {
        {move || ended.get().map(|game| view! {
            <div class="score" role="status">
                <p>
                    "You gave the truth " <strong>{words::percent(game.person)}</strong> ", the machine "
                    <strong>{words::percent(game.machine)}</strong> ". "
                    <Term about="The logarithm of the probability that was given to what turned out true. 0 is perfect; always saying 50 % gives −1; being sure and wrong costs most. Certainty counts as 99.5 %."
                        formula="log₂ p(truth)">"Log score"</Term>
                    {format!(": you {:.2}, machine {:.2}.", stats::log_score(game.person, true), stats::log_score(game.machine, true)).replace('-', "−")}
                </p>
                <button type="button" class="primary" on:click=move |_| desk.reseed.run(())>"Judge another picture"</button>
                <LeaveTheSeat desk/>
            </div>
        })}
        {move || {
            let games = games.get();
            (games.len() > 1 && !blind(desk)).then(|| view! { <Calibration games/> })
        }}
    }
}

#[component]
fn Calibration(games: Vec<Game>) -> impl IntoView {
    let mean = |pick: fn(&Game) -> f64| {
        games.iter().map(|game| stats::log_score(pick(game), true)).sum::<f64>() / games.len() as f64
    };
    let (person, machine) = (mean(|game| game.person), mean(|game| game.machine));
    let line = |name: &str, tone, pick: fn(&Game) -> f64| {
        // Who says fifty-fifty leans to neither answer.
        let sure = games.iter().map(pick).filter(|share| (share - 0.5).abs() > 1e-9);
        let stated: Vec<_> = sure.map(confidence).collect();
        let points = stats::calibration(&stated, 2 * BINS)
            .into_iter()
            .filter(|bin| bin.happened.n > 0)
            .map(|bin| Point { x: bin.stated, y: bin.happened.mean, band: Some((bin.happened.lo, bin.happened.hi)) });
        Series { name: name.to_owned(), tone, points: points.collect() }
    };
    let perfect = [0.5, 1.0].map(|x| Point { x, y: x, band: None }).to_vec();
    let series = vec![
        line("you", Tone::Student, |game| game.person),
        line("machine", Tone::Weak, |game| game.machine),
        Series { name: "calibrated".to_owned(), tone: Tone::Ink, points: perfect },
    ];
    view! {
        <figure class="calibration">
            <LineChart title="How often the answer you leant to was right, by how sure you were"
                x=Axis { label: "how sure".to_owned(), unit: Unit::Percent, range: Some((0.5, 1.0)) }
                y=Axis { label: "how often right".to_owned(), unit: Unit::Percent, range: Some((0.0, 1.0)) }
                series height=200.0/>
            <figcaption>{format!("{} games. Mean log score: you {person:.2}, machine {machine:.2}.", games.len()).replace('-', "−")}</figcaption>
        </figure>
    }
}

/// How sure somebody was of the answer they leant to, and whether it was right.
fn confidence(truth: f64) -> (f64, bool) {
    if truth >= 0.5 { (truth, true) } else { (1.0 - truth, false) }
}

fn ended(desk: Desk) -> Option<Game> {
    let (seed, beliefs) = desk.scenario.with(|scenario| (scenario.seed, choices::read(&scenario.text("beliefs"))));
    desk.state.with(|state| {
        state.verdict?;
        let machine = words::belief(state.turns.last()?.margin);
        let person = f64::from(*beliefs.get(state.turns.len())?) / 100.0;
        Some(Game { seed, person, machine })
    })
}

fn write(games: &[Game]) -> String {
    games.iter().map(|game| format!("{}:{}:{}", game.seed, game.person, game.machine)).collect::<Vec<_>>().join(";")
}

/// Reads what was stored; what cannot be read is left out.
fn read(text: &str) -> Vec<Game> {
    let share = |text: &str| text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    let game = |text: &str| {
        let mut parts = text.split(':');
        let seed = parts.next()?.parse().ok()?;
        Some(Game { seed, person: share(parts.next()?)?, machine: share(parts.next()?)? })
    };
    text.split(';').filter_map(game).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_come_back_and_junk_is_left_out() {
        let games = vec![Game { seed: 7, person: 0.25, machine: 0.5 }, Game { seed: 8, person: 1.0, machine: 0.0 }];
        assert_eq!(read(&write(&games)), games);
        assert_eq!(read("7:0.25:0.5;junk;9:2:0;:::;8:1:0"), games);
        assert_eq!(read(""), Vec::new());
    }
}
