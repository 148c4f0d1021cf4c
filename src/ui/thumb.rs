//! A small picture of a digit, drawn in the page's ink.

use leptos::prelude::*;
use std::fmt::Write as _;

const SIDE: usize = 28;

/// 28 × 28 brightnesses (0 to 255, row by row) in three shades.
#[component]
pub fn Thumb(
    /// The brightnesses.
    pixels: Vec<u8>,
    /// What the picture shows, for screen readers.
    label: String,
) -> impl IntoView {
    view! {
        <svg class="thumb" viewBox="0 0 28 28" role="img" aria-label=label shape-rendering="crispEdges">
            <path d=shade(&pixels, 30..110) opacity="0.3"/>
            <path d=shade(&pixels, 110..190) opacity="0.65"/>
            <path d=shade(&pixels, 190..256)/>
        </svg>
    }
}

/// Every run of neighbouring pixels in this range of brightness, as a path.
fn shade(pixels: &[u8], range: std::ops::Range<u16>) -> String {
    let mut path = String::new();
    for (y, row) in pixels.chunks_exact(SIDE).enumerate() {
        let mut start = None;
        for x in 0..=SIDE {
            let inside = row.get(x).is_some_and(|value| range.contains(&u16::from(*value)));
            match (inside, start) {
                (true, None) => start = Some(x),
                (false, Some(from)) => {
                    let _ = write!(path, "M{from} {y}h{}v1h-{0}z", x - from);
                    start = None;
                }
                _ => {}
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_pixels_become_boxes() {
        let mut pixels = vec![0; SIDE * SIDE];
        pixels[30..33].fill(200);
        pixels[55] = 200;
        assert_eq!(shade(&pixels, 190..256), "M2 1h3v1h-3zM27 1h1v1h-1z");
        assert_eq!(shade(&pixels, 30..110), "");
    }
}
