//! The same picture under every protocol: where is the judge right?

use super::Desk;
use crate::{
    debate::{
        event::{Answer, Protocol, Side},
        words,
    },
    ui::{PixelGrid, Reveal, Tone},
};
use leptos::prelude::*;
use std::sync::Arc;

/// How many cards there are in the end.
const PROTOCOLS: usize = 8;

/// The picture and a card for every protocol.
#[component]
pub fn Protocols(desk: Desk) -> impl IntoView {
    let opening = Memo::new(move |_| desk.state.with(|state| state.opening.clone()));
    let chosen = RwSignal::new(None::<Protocol>);
    let shades = Signal::derive(move || {
        opening.get().map_or_else(Vec::new, |opening| {
            opening.picture.pixels.iter().map(|value| f32::from(*value) / 255.0).collect()
        })
    });
    let title = move || {
        opening.get().map_or_else(String::new, |opening| {
            format!("For this {}: under which protocol is the judge right?", opening.picture.truth)
        })
    };
    let shown = Signal::derive(move || {
        desk.state.with(|state| {
            let answer = state.answers.iter().find(|answer| Some(answer.protocol) == chosen.get());
            answer.or(state.answers.last()).map_or_else(Vec::new, reveals)
        })
    });
    let pictured = Signal::derive(move || {
        chosen.get().or(desk.state.with(|state| state.answers.last().map(|answer| answer.protocol)))
    });
    let which =
        move || pictured.get().map(|protocol| format!("Pixels shown: {}", words::protocol(protocol).0.to_lowercase()));
    let summary = move || {
        desk.state.with(|state| {
            let right = state.answers.iter().filter(|answer| answer.right * 2 > answer.of).count();
            (state.answers.len() == PROTOCOLS).then(|| format!(
                "On this picture the judge is right under {right} of {PROTOCOLS} protocols. One picture proves little: over \
                 many, a judge with one adviser is right about half of the time, and more often with two who argue."
            ))
        })
    };
    view! {
        <h1>{title}</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">"A lone adviser can lead the judge anywhere; an opponent can answer. Press a protocol to see the pixels that were shown."</p>
        </Show>
        <div class="stage two">
            <figure>
                <PixelGrid label="The picture" shades reveals=shown/>
                <figcaption>{which}</figcaption>
            </figure>
            <ul class="protocols">
                {move || desk.state.with(|state| state.answers.iter().map(|answer| card(answer, chosen, pictured)).collect_view())}
            </ul>
        </div>
        <Show when=move || summary().is_some()>
            <p class="summary">
                {summary} " "
                <button type="button" on:click=move |_| desk.set.run(vec![("mode", "tournament".to_owned()), ("scope", "table".to_owned())])>"Play many pictures"</button>
            </p>
        </Show>
    }
}

fn reveals(answer: &Arc<Answer>) -> Vec<Reveal> {
    answer
        .shown
        .iter()
        .enumerate()
        .map(|(i, (pixel, side))| Reveal {
            pixel: usize::from(*pixel),
            number: i + 1,
            tone: match (answer.protocol, side) {
                (Protocol::RandomPixels, _) => Tone::Ink,
                (_, Side::Honest) => Tone::Honest,
                (_, Side::Liar) => Tone::Liar,
            },
            brightness: 1.0,
        })
        .collect()
}

fn card(
    answer: &Arc<Answer>,
    chosen: RwSignal<Option<Protocol>>,
    pictured: Signal<Option<Protocol>>,
) -> impl IntoView + use<> {
    let protocol = answer.protocol;
    let (name, about) = words::protocol(protocol);
    let right = answer.right * 2 > answer.of;
    let verdict = match protocol {
        Protocol::RandomPixels => format!("right in {} of {} draws", answer.right, answer.of),
        Protocol::Precommit { .. } if right => "right: all nine lies lose".to_owned(),
        Protocol::Precommit { .. } => {
            let lies: Vec<_> =
                (0..10).filter(|lie| answer.lies_won & (1 << lie) != 0).map(|lie| lie.to_string()).collect();
            format!("wrong: the lie {} wins", lies.join(", "))
        }
        _ if right => format!("right: says {}", answer.judged),
        _ => format!("wrong: says {}", answer.judged),
    };
    view! {
        <li data-right=right.to_string()>
            <button type="button" aria-pressed=move || (pictured.get() == Some(protocol)).to_string() on:click=move |_| chosen.set(Some(protocol))>
                <strong>{name}</strong>
                <span class="outcome"><span aria-hidden="true">{if right { "✓ " } else { "✗ " }}</span>{verdict}</span>
                <small>{about}</small>
            </button>
        </li>
    }
}
