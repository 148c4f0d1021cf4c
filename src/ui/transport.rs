//! The transport bar that every lab has: where a recording stands, and the buttons that move it.

use leptos::prelude::*;

/// The speeds offered, as multiples of the normal one.
pub const SPEEDS: [f64; 4] = [0.5, 1.0, 2.0, 4.0];

/// A speed as written on the button.
fn times(speed: f64) -> String {
    format!("{speed}×")
}

/// The speed after this one; after the fastest comes the slowest.
fn next_speed(speed: f64) -> f64 {
    SPEEDS.into_iter().find(|known| *known > speed).unwrap_or(SPEEDS[0])
}

/// Reset, step back, play or pause, step, run to end, speed, scrubber, status and new seed.
///
/// The bar moves nothing itself: it calls back, and shows what the signals say.
#[component]
pub fn Transport(
    /// How many events the page shows now.
    #[prop(into)]
    position: Signal<usize>,
    /// How many events have come so far.
    #[prop(into)]
    total: Signal<usize>,
    /// Whether more may come.
    #[prop(into)]
    running: Signal<bool>,
    /// Whether playing follows what comes, in place of going on from here.
    #[prop(into)]
    live: Signal<bool>,
    /// Whether the recording plays now.
    #[prop(into)]
    playing: Signal<bool>,
    /// The position in words, such as "turn 3 of 6".
    #[prop(into)]
    label: Signal<String>,
    /// What else to know about the run, such as "seed 7 · replays exactly".
    #[prop(into)]
    status: Signal<String>,
    /// The speed, one of [`SPEEDS`].
    speed: RwSignal<f64>,
    /// Go to this event; one past `total` where more may come means: as soon as it is there.
    #[prop(into)]
    on_seek: Callback<usize>,
    /// Play from here, or stay here.
    #[prop(into)]
    on_toggle: Callback<()>,
    /// Go to the end, also where it has yet to come.
    #[prop(into)]
    on_end: Callback<()>,
    /// Run again with another seed; without it there is no such button.
    #[prop(optional, into)]
    on_new_seed: Option<Callback<()>>,
) -> impl IntoView {
    let at_start = move || position.get() <= 1;
    let at_end = move || position.get() >= total.get() && !running.get();
    let scrub = move |ev| {
        if let Ok(to) = event_target_value(&ev).parse() {
            on_seek.run(to);
        }
    };
    // A phone's bar shows the rest of the buttons on demand.
    let more = RwSignal::new(false);
    let filled = move || format!("{:.2}%", 100.0 * position.get() as f64 / total.get().max(1) as f64);
    view! {
        <div class="transport" class:more=move || more.get() role="group" aria-label="Replay">
            <button type="button" class="icon-button wide-only" aria-label="Reset" title="Reset (R)"
                aria-disabled=move || at_start().to_string() on:click=move |_| on_seek.run(0)><Icon of="reset" /></button>
            <button type="button" class="icon-button" aria-label="Step back" title="Step back (←)"
                aria-disabled=move || at_start().to_string() on:click=move |_| on_seek.run(position.get().saturating_sub(1))><Icon of="back" /></button>
            <button type="button" class="primary play" title="Play or pause (Space)" on:click=move |_| on_toggle.run(())
                disabled=move || at_end() && !playing.get() && total.get() == 0>
                {move || if playing.get() { view! { <Icon of="pause" /> } } else { view! { <Icon of="play" /> } }}
                <span>{move || {
                    if playing.get() {
                        "Pause"
                    } else if live.get() {
                        "Follow"
                    } else if at_end() && !at_start() {
                        "Replay"
                    } else {
                        "Play"
                    }
                }}</span>
            </button>
            <button type="button" class="icon-button" aria-label="Step" title="Step (→)"
                aria-disabled=move || at_end().to_string() on:click=move |_| on_seek.run(position.get() + 1)><Icon of="step" /></button>
            <button type="button" class="icon-button wide-only" aria-label="Run to end" title="Run to end (End)"
                aria-disabled=move || at_end().to_string() on:click=move |_| on_end.run(())><Icon of="end" /></button>
            <button type="button" class="quiet speed wide-only" title="Speed"
                aria-label=move || format!("Speed {}, change to {}", times(speed.get()), times(next_speed(speed.get())))
                on:click=move |_| speed.update(|s| *s = next_speed(*s))>{move || times(speed.get())}</button>
            <input type="range" class="scrubber" min="0" step="1" aria-label="Position" style:--filled=filled
                max=move || total.get() prop:value=move || position.get().to_string()
                aria-valuetext=label on:input=scrub />
            <span class="where" aria-hidden="true">{label}</span>
            <span class="status wide-only">{status}</span>
            {on_new_seed.map(|fresh| view! {
                <button type="button" class="quiet wide-only" title="New seed (N)" on:click=move |_| fresh.run(())>"New seed"</button>
            })}
            <button type="button" class="icon-button more-button" aria-label="More buttons"
                aria-expanded=move || more.get().to_string() on:click=move |_| more.update(|on| *on = !*on)>
                <span aria-hidden="true">"⋯"</span>
            </button>
        </div>
    }
}

/// A sign on a button, drawn so that it looks the same with every font.
#[component]
fn Icon(
    /// Which sign.
    of: &'static str,
) -> impl IntoView {
    let d = match of {
        "reset" => "M3.5 8a4.5 4.5 0 1 0 1.4-3.3M4.6 1.8v3.2h3.2",
        "back" => "M10.5 3.5 6 8l4.5 4.5",
        "step" => "M5.5 3.5 10 8l-4.5 4.5",
        "end" => "M4 3.5 8.5 8 4 12.5M11.5 3.5v9",
        "pause" => "M5.5 3.5v9M10.5 3.5v9",
        _ => "M5 3.2v9.6L12.6 8z",
    };
    let filled = of == "play";
    view! {
        <svg class="icon" class:filled=filled viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=d />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speed_button_goes_round() {
        let round: Vec<_> = std::iter::successors(Some(0.5), |speed| Some(next_speed(*speed))).take(5).collect();
        assert_eq!(round, [0.5, 1.0, 2.0, 4.0, 0.5]);
        assert_eq!(times(0.5), "0.5×");
        assert_eq!(times(2.0), "2×");
    }
}
