//! The picture on the page.

use super::{
    Reveal, SIDE, cell,
    place::{self, RADIUS},
    shape,
    walk::{self, Way},
    words,
};
use crate::ui::Tone;
use leptos::{prelude::*, svg};
use web_sys::{KeyboardEvent, PointerEvent};

/// How far from a pixel a finger may be, in cells; a mouse has to be nearer.
const FINGER: f64 = 3.0;
const MOUSE: f64 = 1.2;

/// A 28 × 28 picture: brightness, numbered markers, an optional heat overlay, and pixels to choose by mouse, touch
/// or keyboard.
#[component]
pub fn PixelGrid(
    /// What the picture is, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// 784 brightnesses in `0..=1`, row by row; empty where the picture stays hidden.
    #[prop(into)]
    shades: Signal<Vec<f32>>,
    /// The pixels shown so far.
    #[prop(into)]
    reveals: Signal<Vec<Reveal>>,
    /// What each pixel would do, in `-1..=1` (towards the liar … towards the honest); 784 values, or empty for none.
    #[prop(optional, into)]
    heat: Signal<Vec<Option<f32>>>,
    /// Pixels that can be chosen now.
    #[prop(optional, into)]
    selectable: Signal<Vec<usize>>,
    /// Called with the pixel that was chosen.
    #[prop(optional, into)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    // Memos: a new event redraws only the part of the picture that it changes.
    let shades = Memo::new(move |_| shades.get());
    let heat = Memo::new(move |_| heat.get());
    let reveals = Memo::new(move |_| reveals.get());
    let choices = Memo::new(move |_| if on_pick.is_some() { selectable.get() } else { Vec::new() });
    let choosing = move || choices.with(|all| !all.is_empty());
    // The pixel under consideration, and whether a finger chose it (which then has to confirm).
    let cursor = RwSignal::new(None::<usize>);
    let touched = RwSignal::new(false);
    let current = move || cursor.get().filter(|pixel| choices.with(|all| all.contains(pixel)));
    let pick = move || {
        if let (Some(pixel), Some(on_pick)) = (current(), on_pick) {
            cursor.set(None);
            touched.set(false);
            on_pick.run(pixel);
        }
    };
    let go = move |way: Way| {
        let next = choices.with(|all| match current() {
            Some(from) => Some(walk::next(all, from, way)),
            None => all.first().copied(),
        });
        cursor.set(next);
    };
    let node = NodeRef::<svg::Svg>::new();
    let under = move |event: &PointerEvent, reach: f64| {
        let area = node.get()?.get_bounding_client_rect();
        let scale = SIDE as f64 / area.width();
        let at =
            ((f64::from(event.client_x()) - area.left()) * scale, (f64::from(event.client_y()) - area.top()) * scale);
        choices.with(|all| walk::at(all, at, reach))
    };
    let hover = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" && choosing() {
            cursor.set(under(&event, MOUSE));
        }
    };
    let press = move |event: PointerEvent| {
        if !choosing() {
            return;
        }
        let mouse = event.pointer_type() == "mouse";
        cursor.set(under(&event, if mouse { MOUSE } else { FINGER }));
        if mouse {
            pick();
        } else {
            touched.set(true);
        }
    };
    let key = move |event: KeyboardEvent| {
        if !choosing() {
            return;
        }
        match (walk::way(&event.key()), event.key().as_str()) {
            (Some(way), _) => go(way),
            (None, "Enter" | " ") => pick(),
            (None, "Escape") if current().is_some() => cursor.set(None),
            _ => return,
        }
        event.prevent_default();
    };
    let brightness = move |pixel: usize| shades.with(|all| all.get(pixel).copied());
    let says = move || match current() {
        Some(pixel) => sentence(&words(pixel, brightness(pixel)), heat.with(|all| all.get(pixel).copied().flatten())),
        None => "Choose a pixel: press one, or use the arrow keys and Enter.".to_owned(),
    };
    let described = move || reveals.with(|all| format!("{}. {}", label.get(), list(all)));
    let adjust = move |name: &'static str, sign: &'static str, way: Way| {
        view! { <button type="button" aria-label=name on:click=move |_| go(way)><span aria-hidden="true">{sign}</span></button> }
    };
    view! {
        <div class="pixels">
            <svg class="pixels-svg" class:choosing=choosing node_ref=node viewBox="0 0 28 28" aria-label=described
                role=move || if choosing() { "application" } else { "img" }
                tabindex=move || if choosing() { "0" } else { "-1" } data-own-keys=move || choosing().then_some("")
                on:pointermove=hover on:pointerup=press on:keydown=key
                on:pointerleave=move |event| if event.pointer_type() == "mouse" { cursor.set(None) }>
                <path class="pixel-grid" d=grid() />
                <g opacity=move || if heat.with(Vec::is_empty) { "1" } else { "0.22" }>
                    {move || shades.with(|all| brightness_paths(all))}
                </g>
                {move || heat.with(|all| heat_paths(all))}
                {move || choices.with(|all| (!all.is_empty()).then(|| outline(all)))}
                {move || reveals.with(|all| markers(all))}
                {move || current().map(cursor_box)}
            </svg>
            <Show when=choosing>
                <p class="pixel-says" aria-live="polite">{says}</p>
                <div class="pixel-adjust" class:open=move || touched.get()>
                    {adjust("Left", "←", Way::Left)} {adjust("Up", "↑", Way::Up)}
                    {adjust("Down", "↓", Way::Down)} {adjust("Right", "→", Way::Right)}
                    <button type="button" class="primary" disabled=move || current().is_none() on:click=move |_| pick()>"Show it"</button>
                </div>
            </Show>
            <Show when=move || heat.with(|all| !all.is_empty())>
                <div class="heat-legend">"■ liar"<span class="ramp" aria-hidden="true"></span>"honest ●"</div>
            </Show>
        </div>
    }
}

/// The pixel under consideration, with a capital, and which side it would help.
fn sentence(words: &str, heat: Option<f32>) -> String {
    let place = words.replacen("row", "Row", 1);
    let Some(heat) = heat else { return place };
    if heat.abs() < 0.005 {
        return format!("{place}, changes nothing");
    }
    let side = if heat > 0.0 { "honest" } else { "liar" };
    format!("{place}, helps the {side}: {:.0}\u{a0}% of the strongest move", heat.abs() * 100.0)
}

fn list(reveals: &[Reveal]) -> String {
    if reveals.is_empty() {
        return "No pixel is shown yet.".to_owned();
    }
    let one = |reveal: &Reveal| format!("{}: {}", reveal.number, words(reveal.pixel, Some(reveal.brightness)));
    format!("Pixels shown: {}.", reveals.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// A faint line every fourth cell.
fn grid() -> String {
    let pair = |i: usize| format!("M{0} 0V28M0 {0}H28", i * 4);
    (1..SIDE / 4).map(pair).collect()
}

fn brightness_paths(all: &[f32]) -> impl IntoView + use<> {
    let shades = shape::shades(|pixel| all.get(pixel).copied().unwrap_or(0.0));
    shades.into_iter().map(|s| view! { <path class="pixel-shade" fill-opacity=s.opacity d=s.path /> }).collect_view()
}

fn heat_paths(all: &[Option<f32>]) -> impl IntoView + use<> {
    let side = |tone: Tone, sign: f32| {
        let strength = |pixel: usize| all.get(pixel).copied().flatten().map_or(0.0, |heat| heat * sign);
        let path = move |s: shape::Shade| {
            view! { <path class=format!("pixel-heat {}", tone.class()) fill-opacity=s.opacity d=s.path /> }
        };
        shape::shades(strength).into_iter().map(path).collect_view()
    };
    view! { {side(Tone::Honest, 1.0)} {side(Tone::Liar, -1.0)} }
}

/// A thin frame around every pixel that can be chosen.
fn outline(choices: &[usize]) -> impl IntoView + use<> {
    let frame = |pixel: &usize| {
        let (row, column) = cell(*pixel);
        format!("M{column} {row}h1v1h-1z")
    };
    let frames: String = choices.iter().map(frame).collect();
    view! { <path class="pixel-choice" d=frames /> }
}

/// The pixels shown with their brightness, and above all of them the numbers, each joined to its pixel.
fn markers(reveals: &[Reveal]) -> impl IntoView + use<> {
    let places: Vec<_> = reveals.iter().zip(place::markers(reveals)).collect();
    let pixel = |(reveal, (x, y)): &(&Reveal, (f64, f64))| {
        let (px, py) = place::middle(reveal.pixel);
        let square = move |class: &'static str, opacity: f32| {
            view! { <rect class=class x=px - 0.65 y=py - 0.65 width="1.3" height="1.3" fill-opacity=opacity /> }
        };
        view! {
            <g class=reveal.tone.class()>
                <path class="reveal-leader" d=format!("M{x:.2} {y:.2}L{px} {py}") />
                {square("reveal-paper", 1.0)}
                {square("reveal-pixel", reveal.brightness)}
            </g>
        }
    };
    let number = |(reveal, (x, y)): &(&Reveal, (f64, f64))| {
        view! {
            <g class=reveal.tone.class()>
                <path class="reveal-shape" d=reveal.tone.marker(*x, *y, RADIUS) />
                <text class="reveal-number" font-size="1.7" x=*x y=*y dy="0.36em">{reveal.number}</text>
            </g>
        }
    };
    view! { {places.iter().map(pixel).collect_view()} {places.iter().map(number).collect_view()} }
}

fn cursor_box(pixel: usize) -> impl IntoView {
    let (row, column) = cell(pixel);
    let frame = move |class: &'static str| {
        view! { <rect class=class x=column as f64 - 0.3 y=row as f64 - 0.3 width="1.6" height="1.6" rx="0.2" /> }
    };
    view! { {frame("pixel-cursor-halo")} {frame("pixel-cursor")} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_described_in_words() {
        let reveal = Reveal { pixel: 11 * SIDE + 8, number: 1, tone: Tone::Honest, brightness: 0.93 };
        assert_eq!(list(&[reveal]), "Pixels shown: 1: row 12, column 9, brightness 0.93.");
        assert_eq!(list(&[]), "No pixel is shown yet.");
        assert_eq!(
            sentence("row 12, column 9", Some(-0.5)),
            "Row 12, column 9, helps the liar: 50\u{a0}% of the strongest move"
        );
        assert_eq!(sentence("row 1, column 1", Some(0.0)), "Row 1, column 1, changes nothing");
    }
}
