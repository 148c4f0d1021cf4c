//! One debate: the picture as the debaters see it, as the judge sees it, the claims, and what the judge believes.

use super::{Desk, alternatives::Alternatives, belief::Belief, blind, seat};
use crate::{
    debate::{
        State,
        event::{Heat, PIXELS, Side},
        words,
    },
    ui::{Chance, ChanceBars, PixelGrid, Reveal, Term, Tone},
};
use leptos::prelude::*;

/// The stage of one debate.
#[component]
pub fn Game(desk: Desk) -> impl IntoView {
    let hints = RwSignal::new(false);
    let question = move || desk.state.with(|state| state.opening.as_ref().map(|opening| words::question(opening)));
    view! {
        <h1>{question}</h1>
        <Show when=move || desk.shows("text")>
            <p class="lede">{move || lede(desk)}</p>
        </Show>
        <div class="stage" class:blind=move || blind(desk)>
            <Show when=move || !blind(desk)><DebatersPicture desk hints/></Show>
            <JudgesPicture desk/>
            <div class="claims">
                <Claims desk/>
                <seat::Seat desk hints/>
            </div>
        </div>
        <Belief desk/>
        <Show when=move || desk.shows("extras") && !blind(desk)>
            <div class="extras">
                <TenDigits desk/>
                <Alternatives desk/>
                <OtherLies desk/>
            </div>
        </Show>
    }
}

fn lede(desk: Desk) -> String {
    let (px, seat) = desk.scenario.with(|scenario| (scenario.int("px"), scenario.choice("seat")));
    let pixels = words::pixels(px as u8);
    let odd = if px % 2 == 1 && px > 1 { " With an odd number, whoever starts also has the last word." } else { "" };
    match seat {
        "judge" => format!(
            "You are the judge, and the picture is hidden. Two debaters, one honest and one not, show you {pixels} in all. \
             Neither can lie about a pixel, only choose it. Say what you believe after each."
        ),
        "honest" => format!(
            "You defend the truth. You and the liar show the judge {pixels} in all; choose yours on the debaters’ picture, where there is ink.{odd}"
        ),
        "liar" => format!(
            "You defend the lie. You and the honest debater show the judge {pixels} in all; choose yours on the debaters’ picture, where there is ink.{odd}"
        ),
        _ => format!(
            "Can a judge learn the truth from stronger AIs by letting two of them argue? Here it sees only the {pixels} that \
             an honest debater and a liar choose to show it. No pixel can be faked.{odd}"
        ),
    }
}

/// The pixels shown so far, for either picture. In the judge's seat they bear no side.
fn reveals(desk: Desk, state: &State) -> Vec<Reveal> {
    let blind = blind(desk);
    state
        .turns
        .iter()
        .map(|turn| Reveal {
            pixel: usize::from(turn.pixel),
            number: usize::from(turn.number),
            tone: match (blind, turn.side) {
                (true, _) => Tone::Ink,
                (false, Side::Honest) => Tone::Honest,
                (false, Side::Liar) => Tone::Liar,
            },
            brightness: f32::from(turn.value) / 255.0,
        })
        .collect()
}

#[component]
fn DebatersPicture(desk: Desk, hints: RwSignal<bool>) -> impl IntoView {
    // The picture is the same for a whole game: it is drawn once.
    let opening = Memo::new(move |_| desk.state.with(|state| state.opening.clone()));
    let shades = Signal::derive(move || match opening.get() {
        Some(opening) => opening.picture.pixels.iter().map(|value| f32::from(*value) / 255.0).collect(),
        None => Vec::new(),
    });
    let selectable = Signal::derive(move || {
        let mine = desk.state.with(|state| matches!(state.yours, Some(Some(_))));
        if mine { current_heat(desk).iter().map(|heat| usize::from(heat.pixel)).collect() } else { Vec::new() }
    });
    let none_left = move || current_heat(desk).is_empty();
    let heat = Signal::derive(move || if hints.get() && !none_left() { heat_map(desk) } else { Vec::new() });
    let pick = Callback::new(move |pixel: usize| seat::show_pixel(desk, pixel));
    view! {
        <figure>
            <PixelGrid label="The picture, as the debaters see it" shades
                reveals=Signal::derive(move || desk.state.with(|state| reveals(desk, state))) heat selectable on_pick=pick/>
            <figcaption>
                "What the debaters see"
                <label class="switch-line">
                    <input type="checkbox" role="switch" prop:checked=move || hints.get()
                        on:change=move |event| hints.set(event_target_checked(&event))/>
                    {move || if hints.get() && none_left() { " no pixel left: step back" } else { " each pixel’s effect" }}
                </label>
            </figcaption>
        </figure>
    }
}

#[component]
fn JudgesPicture(desk: Desk) -> impl IntoView {
    let shades = Signal::derive(move || {
        desk.state.with(|state| {
            let mut shades = vec![0.0; PIXELS];
            for turn in &state.turns {
                if let Some(shade) = shades.get_mut(usize::from(turn.pixel)) {
                    *shade = f32::from(turn.value) / 255.0;
                }
            }
            shades
        })
    });
    let caption = move || {
        desk.state.with(|state| {
            let of = state.opening.as_ref().map_or(0, |opening| opening.rules.pixels);
            format!("What the judge sees: {} of {of}", state.turns.len())
        })
    };
    view! {
        <figure>
            <PixelGrid label="The picture, as the judge sees it" shades
                reveals=Signal::derive(move || desk.state.with(|state| reveals(desk, state)))/>
            <figcaption>{caption}</figcaption>
        </figure>
    }
}

/// The two claims; in the judge's seat without saying whose is whose.
#[component]
fn Claims(desk: Desk) -> impl IntoView {
    move || {
        desk.state.with(|state| {
        let opening = state.opening.clone()?;
        let truth = opening.picture.truth;
        let blind = blind(desk);
        let lean = state.judged().map(|(logits, margin)| words::leaning(&opening, logits, margin));
        let cards = match opening.lie {
            Some(lie) if blind => vec![("unknown", truth.min(lie).to_string(), "says one debater"), ("unknown", truth.max(lie).to_string(), "says the other")],
            Some(lie) => vec![("honest", truth.to_string(), "says the honest debater"), ("liar", lie.to_string(), "says the liar")],
            None => vec![("honest", truth.to_string(), "is the truth"), ("liar", "any other".to_owned(), "is the liar’s win")],
        };
        Some(view! {
            {cards.into_iter().map(|(side, digit, text)| view! {
                <div class="claim" data-side=side>
                    <strong>{digit}<span class="sign" aria-hidden="true">{sign(side)}</span></strong><span>{text}</span>
                </div>
            }).collect_view()}
            {(!blind).then(|| lean.map(|lean| view! {
                <p class="leaning">
                    <Term about="The judge is a small network that was trained on random pixels only and then frozen. Its belief is the softmax of its outputs, over the two claims where they were named, else over all ten digits."
                        formula="p = exp(z₁) / (exp(z₁) + exp(z₂))" source="Irving, Christiano and Amodei 2018, section 3">"The judge leans"</Term>
                    " " <strong>{lean}</strong>
                </p>
            }))}
        })
    })
    }
}

/// The shape that a side has besides its colour.
fn sign(side: &str) -> &'static str {
    match side {
        "honest" => " ●",
        "liar" => " ■",
        _ => "",
    }
}

/// What the judge makes of all ten digits.
#[component]
fn TenDigits(desk: Desk) -> impl IntoView {
    let chances = Signal::derive(move || {
        desk.state.with(|state| {
            let (Some(opening), Some((logits, _))) = (&state.opening, state.judged()) else { return Vec::new() };
            let tone = |digit: u8| match digit {
                digit if digit == opening.picture.truth => Tone::Honest,
                digit if Some(digit) == opening.lie => Tone::Liar,
                _ => Tone::Ink,
            };
            let shares = words::probabilities(logits);
            (0..10_u8)
                .map(|digit| Chance { label: digit.to_string(), p: shares[usize::from(digit)], tone: tone(digit) })
                .collect()
        })
    });
    view! {
        <section class="ten-digits">
            <h2>"All ten digits"</h2>
            <ChanceBars label="The judge’s ten probabilities" chances/>
        </section>
    }
}

/// How the lies compare, where all nine were played.
#[component]
fn OtherLies(desk: Desk) -> impl IntoView {
    move || {
        desk.state.with(|state| {
        let opening = state.opening.clone()?;
        (!opening.lies.is_empty()).then(|| {
            let mut lies = opening.lies.clone();
            lies.sort_by(|a, b| a.margin.total_cmp(&b.margin));
            let won = lies.iter().filter(|lie| lie.margin < 0.0).count();
            let items = lies.iter().map(|lie| {
                let verdict = if lie.margin < 0.0 { "wins" } else { "loses" };
                let shown = Some(lie.lie) == opening.lie;
                view! {
                    <li class:shown=shown><button type="button" class="quiet" title="Show this lie’s game"
                        on:click={ let lie = lie.lie; move |_| desk.set.run(vec![("lie", lie.to_string())]) }>
                        <strong>{lie.lie}</strong>{format!(" {verdict}, {:.0} %", (1.0 - words::belief(lie.margin)) * 100.0)}
                    </button></li>
                }
            });
            view! {
                <section class="lies">
                    <h2>"All nine lies, strongest first"</h2>
                    <ul>{items.collect_view()}</ul>
                    <p class="soft">{format!(
                        "{won} of {} would have won. The percentage is what the judge gives the lie at the end; the strongest one is shown.",
                        opening.lies.len(),
                    )}</p>
                </section>
            }
        })
    })
    }
}

fn current_heat(desk: Desk) -> Vec<Heat> {
    desk.state.with(|state| match (state.turns.last(), &state.opening) {
        (Some(turn), _) => turn.heat.clone(),
        (None, Some(opening)) => opening.heat.clone(),
        (None, None) => Vec::new(),
    })
}

/// For every pixel that may be shown: how far it would move the judge, as a share of the largest move.
fn heat_map(desk: Desk) -> Vec<Option<f32>> {
    let now = desk.state.with(|state| state.judged().map_or(0.0, |(_, margin)| margin));
    let heat = current_heat(desk);
    let most = heat.iter().map(|heat| (heat.margin - now).abs()).fold(f32::MIN_POSITIVE, f32::max);
    let mut map = vec![None; PIXELS];
    for heat in heat {
        if let Some(cell) = map.get_mut(usize::from(heat.pixel)) {
            *cell = Some((heat.margin - now) / most);
        }
    }
    map
}
