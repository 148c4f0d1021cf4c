//! The move that was played beside the best ones that the mover looked at: one strong path stands for the tree.

use super::Desk;
use crate::debate::{
    event::{Candidate, Side, Turn},
    words,
};
use crate::{lab::grouped, ui::Term};
use leptos::prelude::*;

const WINS: &str = "The share of the games tried in the mover’s head, from this pixel on, that the mover won.";
const LEAD: &str =
    "How far the judge would lean to the mover’s claim at the end, in log-odds: 0 is undecided, 1 is 73 %, −1 is 27 %.";

/// A table for the turn on screen.
#[component]
pub fn Alternatives(desk: Desk) -> impl IntoView {
    move || {
        desk.state.with(|state| {
            let turn = state.turns.last()?.clone();
            let opening = state.opening.clone()?;
            (!turn.candidates.is_empty()).then(|| {
                let counted = turn.candidates.iter().any(|candidate| candidate.visits > 0);
                let rows = turn.candidates.iter().map(|candidate| row(&turn, candidate, counted)).collect_view();
                let who = if turn.side == Side::Honest { "honest" } else { "the liar" };
                view! {
                    <section class="alternatives">
                        <h2>{format!("Turn {}: what {who} considered", turn.number)}</h2>
                        <div class="scroll-x">
                        <table class="facts">
                            <thead><tr>
                                <th scope="col">"Pixel"</th>
                                {counted.then(|| view! { <th scope="col" class="num">"Tried"</th> })}
                                <th scope="col" class="num">{if counted {
                                    view! { <Term about=WINS>"Wins"</Term> }
                                } else {
                                    view! { <Term about=LEAD>"Lead"</Term> }
                                }}</th>
                                <th scope="col">"Then, with best play"</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                        </div>
                        <p class="soft">{format!(
                            "{} judge evaluations. The whole tree holds about {} games; one strong path through it stands for the rest.",
                            grouped(turn.evaluations.into()),
                            games(opening.heat.len(), opening.rules.pixels),
                        )}</p>
                    </section>
                }
            })
        })
    }
}

fn row(turn: &Turn, candidate: &Candidate, counted: bool) -> impl IntoView + use<> {
    let played = candidate.pixel == turn.pixel;
    let value = if counted {
        words::percent(f64::from(candidate.value))
    } else {
        format!("{:+.2}", candidate.value).replace('-', "−")
    };
    let line: Vec<_> = candidate.line.iter().map(|pixel| words::place(*pixel)).collect();
    let line = if line.is_empty() { "the end".to_owned() } else { line.join(" · ") };
    let side = if turn.side == Side::Honest { "honest" } else { "liar" };
    view! {
        <tr class:played=played data-side=side>
            <th scope="row">{words::place(candidate.pixel)}{played.then_some(" (played)")}</th>
            {counted.then(|| view! { <td class="num">{grouped(candidate.visits.into())}</td> })}
            <td class="num">{value}</td>
            <td class="line">{line}</td>
        </tr>
    }
}

/// How many games there are, in powers of ten: n · (n − 1) · … over the turns.
fn games(pixels: usize, turns: u8) -> String {
    let log10: f64 = (0..usize::from(turns)).map(|i| libm::log10(pixels.saturating_sub(i).max(1) as f64)).sum();
    if log10 < 4.0 { grouped(libm::pow(10.0, log10).round() as u64) } else { format!("10^{log10:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_are_counted_without_repetition() {
        assert_eq!(games(10, 2), "90");
        assert_eq!(games(150, 6), "10^13");
    }
}
