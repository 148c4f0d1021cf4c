//! Taking part: a debater's pixel, or the judge's belief.

use super::{Desk, leave::LeaveTheSeat, scores::Scores};
use crate::{
    debate::{
        choices,
        event::{Opening, Side},
        words,
    },
    ui::dom,
};
use leptos::prelude::*;

/// What the person in a seat can do now; nothing while watching.
#[component]
pub fn Seat(desk: Desk, hints: RwSignal<bool>) -> impl IntoView {
    let seat = desk.choice("seat");
    let yours = Memo::new(move |_| desk.state.with(|state| state.yours));
    view! {
        {move || match (seat.get(), yours.get()) {
            ("judge", Some(None)) => view! { <Believe desk/> }.into_any(),
            ("honest" | "liar", Some(Some(side))) => view! { <Choose desk side hints/> }.into_any(),
            ("honest" | "liar", None) => view! { <Result desk/> }.into_any(),
            ("none", _) => view! { <TakeASeat desk/> }.into_any(),
            _ => ().into_any(),
        }}
        <Show when=move || seat.get() == "judge"><Scores desk/></Show>
    }
}

/// The way in.
#[component]
fn TakeASeat(desk: Desk) -> impl IntoView {
    let sit = move |seat: &'static str| {
        let mut changes = vec![("seat", seat.to_owned()), ("moves", String::new()), ("beliefs", String::new())];
        if seat == "judge" {
            // A picture that has been seen cannot be judged: the seed draws the judge another one.
            changes.push(("image", "0".to_owned()));
        }
        desk.set.run(changes);
    };
    view! {
        <div class="take-seat">
            <p id="take-seat">"Take a seat:"</p>
            <button type="button" aria-describedby="take-seat" on:click=move |_| sit("judge")>"Judge"</button>
            <button type="button" aria-describedby="take-seat" on:click=move |_| sit("honest")>"Honest"</button>
            <button type="button" aria-describedby="take-seat" on:click=move |_| sit("liar")>"Liar"</button>
        </div>
    }
}

#[component]
fn Choose(desk: Desk, side: Side, hints: RwSignal<bool>) -> impl IntoView {
    let claim = desk.state.with_untracked(|state| state.opening.as_ref().and_then(|opening| opening.claim(side)));
    let what = claim
        .map_or_else(|| "that it is anything else".to_owned(), |digit| format!("that it is {}", words::article(digit)));
    view! {
        <div class="seat" role="status">
            <p><strong>"Your move. "</strong>{format!("Show the judge a pixel that speaks for your claim, {what}: press one with ink on the debaters’ picture, or reach it with Tab and the arrow keys.")}</p>
            <button type="button" aria-pressed=move || hints.get().to_string() on:click=move |_| hints.update(|on| *on = !*on)>
                {move || if hints.get() { "Hide hints" } else { "Show hints" }}
            </button>
        </div>
    }
}

/// How the game ended for the debater in the seat.
#[component]
fn Result(desk: Desk) -> impl IntoView {
    move || {
        desk.state.with(|state| {
            let (verdict, (_, margin)) = (state.verdict?, state.judged()?);
            let mine = if desk.scenario.with(|scenario| scenario.choice("seat")) == "honest" { Side::Honest } else { Side::Liar };
            let share = words::belief(if mine == Side::Honest { margin } else { -margin });
            let won = if verdict.winner == mine { "You won" } else { "You lost" };
            let precommit = state.opening.as_ref()?.lie.is_some();
            let how = if precommit { format!(": the judge gives your claim {}.", words::percent(share)) } else { ".".to_owned() };
            Some(view! {
                <div class="seat" role="status">
                    <p><strong>{won}</strong>{how}</p>
                    <button type="button" class="primary" on:click=move |_| desk.reseed.run(())>"Play another picture"</button>
                    <LeaveTheSeat desk/>
                </div>
            })
        })
    }
}

/// Adds the pixel to the person's choices.
pub fn show_pixel(desk: Desk, pixel: usize) {
    desk.choose.run(vec![("moves", append(desk, "moves", pixel as u32))]);
}

fn append(desk: Desk, key: &'static str, choice: u32) -> String {
    let mut list = desk.scenario.with_untracked(|scenario| choices::read(&scenario.text(key)));
    list.push(choice);
    choices::write(&list)
}

/// The two claims in the order that says nothing.
fn in_order(opening: &Opening) -> Option<(u8, u8)> {
    let (truth, lie) = (opening.picture.truth, opening.lie?);
    Some((truth.min(lie), truth.max(lie)))
}

#[component]
fn Believe(desk: Desk) -> impl IntoView {
    let Some(opening) = desk.state.with_untracked(|state| state.opening.clone()) else { return ().into_any() };
    let Some((first, second)) = in_order(&opening) else {
        return view! {
            <div class="seat">
                <p>"To judge, both debaters have to name their digits first."</p>
                <button type="button" on:click=move |_| desk.set.run(vec![("precommit", "1".to_owned()), ("beliefs", String::new())])>"Let them name their digits"</button>
            </div>
        }.into_any();
    };
    let truth = opening.picture.truth;
    let stated = desk.scenario.with_untracked(|scenario| choices::read(&scenario.text("beliefs")).last().copied());
    // The thumb stands nearer to the digit that one believes in: its place is the belief in the second.
    let belief = RwSignal::new(stated.map_or(50, |honest| if truth == second { honest } else { 100 - honest }));
    let say = move |_| {
        let honest = if truth == second { belief.get_untracked() } else { 100 - belief.get_untracked() };
        desk.choose.run(vec![("beliefs", append(desk, "beliefs", honest))]);
        dom::focus("belief");
    };
    let (shown, of) = (move || desk.state.with(|state| state.turns.len()), usize::from(opening.rules.pixels));
    let when = move || if shown() == 0 { "Before any pixel".to_owned() } else { format!("After pixel {}", shown()) };
    let next = move || if shown() < of { "Say so, and see the next pixel" } else { "Say so, and see the picture" };
    view! {
        <div class="seat">
            <label for="belief" class="belief-label"><strong>{when}</strong>": what do you believe?"</label>
            <input id="belief" type="range" min="0" max="100" step="1" prop:value=move || belief.get().to_string()
                style:--filled=move || format!("{}%", belief.get())
                aria-valuetext=move || format!("{} % for {first}, {} % for {second}", 100 - belief.get(), belief.get())
                on:input=move |event| if let Ok(value) = event_target_value(&event).parse() { belief.set(value) }/>
            <p class="belief-words"><span>{move || format!("{} % for {first}", 100 - belief.get())}</span><span>{move || format!("{} % for {second}", belief.get())}</span></p>
            <button type="button" class="primary" on:click=say>{next}</button>
            <p class="soft">"Your last belief is scored: the surer of the truth, the better; sure and wrong costs most."</p>
        </div>
    }.into_any()
}
