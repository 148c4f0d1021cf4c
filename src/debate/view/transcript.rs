//! Turn by turn, in words.

use super::{Desk, blind};
use crate::debate::{
    event::{Opening, Side, Turn},
    words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The list of turns. Each can be pressed to go there.
#[component]
pub fn Transcript(desk: Desk) -> impl IntoView {
    // A judge who has seen nothing has nothing to read.
    let empty = move || blind(desk) && desk.state.with(|state| state.turns.is_empty());
    view! {
        <section class="transcript" aria-labelledby="transcript-title" hidden=empty>
            <h2 id="transcript-title">"Turn by turn"</h2>
            <ol class="turns">
                {move || desk.state.with(|state| {
                    let opening = state.opening.clone()?;
                    let turning = state.verdict.map(|verdict| verdict.turning);
                    let last = state.turns.len();
                    let rows = state.turns.iter().enumerate().map(|(i, turn)| {
                        row(desk, &opening, turn, state.turns.get(i.wrapping_sub(1)), i + 1 == last, turning, blind(desk))
                    });
                    Some(rows.collect_view())
                })}
            </ol>
            {move || desk.state.with(|state| {
                let opening = state.opening.clone()?;
                (state.turns.is_empty() && !blind(desk)).then(|| view! {
                    <p class="soft">{format!("Nothing shown yet. The judge leans {}.", words::leaning(&opening, &opening.logits, opening.margin))}</p>
                })
            })}
            <p class="verdict" role="status">{move || desk.state.with(|state| {
                let (opening, verdict) = (state.opening.as_ref()?, state.verdict?);
                Some(verdict_words(opening, verdict.winner, verdict.judged, verdict.turning))
            })}</p>
        </section>
    }
}

fn verdict_words(opening: &Opening, winner: Side, judged: u8, turning: u8) -> String {
    let who = match winner {
        Side::Honest => "The honest debater wins",
        Side::Liar => "The liar wins",
    };
    let since = match turning {
        0 => "and leant that way from the start".to_owned(),
        turn => format!("and has leant that way since turn {turn}"),
    };
    let truth = opening.picture.truth;
    let right = if judged == truth { String::new() } else { format!(" It is {}.", words::article(truth)) };
    format!("{who}: the judge says {judged}, {since}.{right}")
}

fn row(
    desk: Desk,
    opening: &Opening,
    turn: &Arc<Turn>,
    before: Option<&Arc<Turn>>,
    current: bool,
    turning: Option<u8>,
    blind: bool,
) -> impl IntoView + use<> {
    let was = before.map_or(opening.margin, |turn| turn.margin);
    let was_logits = before.map_or(opening.logits, |turn| turn.logits);
    let from = words::honest_share(opening, &was_logits, was);
    let to = words::honest_share(opening, &turn.logits, turn.margin);
    let truth = opening.picture.truth;
    let line = if blind {
        format!("Pixel {} is at {}", turn.number, words::place(turn.pixel))
    } else {
        format!("{} shows {}", words::name(turn.side), words::place(turn.pixel))
    };
    let detail = if blind {
        format!("brightness {}", words::brightness(turn.value))
    } else {
        format!(
            "brightness {}, judge: {} → {} for {truth}",
            words::brightness(turn.value),
            words::percent(from),
            words::percent(to)
        )
    };
    let turned = turning == Some(turn.number);
    let side = if blind {
        "unknown"
    } else if turn.side == Side::Honest {
        "honest"
    } else {
        "liar"
    };
    let (number, label) = (usize::from(turn.number), words::turn(opening, turn));
    view! {
        <li aria-current=current.then_some("step")>
            <button class="turn" title="Go to this turn" on:click=move |_| desk.seek.run(number + 1)>
                <span class="n" data-side=side aria-hidden="true">{turn.number}</span>
                <span>{line}<br/><small>{detail}{turned.then_some(" (the turning point)")}</small></span>
                {(!blind).then(|| view! { <span class="sr-only">{label}</span> })}
            </button>
        </li>
    }
}
