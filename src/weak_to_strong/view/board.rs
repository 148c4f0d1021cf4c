//! A chess board with arrows for moves.

use leptos::prelude::*;

/// Filled shapes for both sides, by piece: pawn to king. The mark after each asks for text, not for an emoji.
const SHAPES: [&str; 6] = ["♟\u{fe0e}", "♞\u{fe0e}", "♝\u{fe0e}", "♜\u{fe0e}", "♛\u{fe0e}", "♚\u{fe0e}"];
const NAMES: [&str; 6] = ["pawn", "knight", "bishop", "rook", "queen", "king"];

/// The middle of a square, in squares from the top left.
fn place(square: u8) -> (f64, f64) {
    (f64::from(square % 8) + 0.5, 7.5 - f64::from(square / 8))
}

/// Where the pieces stand, in words.
fn described(pieces: &[u8]) -> String {
    let words = pieces.iter().enumerate().filter_map(|(square, piece)| {
        let kind = usize::from(piece.checked_sub(1)?);
        let side = if kind < 6 { "white" } else { "black" };
        let file = char::from(b'a' + (square % 8) as u8);
        Some(format!("{side} {} {file}{}", NAMES[kind % 6], square / 8 + 1))
    });
    format!("Chess position, White to move: {}", words.collect::<Vec<_>>().join(", "))
}

/// A position of 64 squares from a1 to h8 (see `Shown::Board`), and arrows, each with a class for its look.
#[component]
pub fn Board(pieces: Vec<u8>, arrows: Vec<(Option<(u8, u8)>, &'static str)>) -> impl IntoView {
    let squares = (0..64_u8).filter(|square| (square % 8 + square / 8) % 2 == 0).map(|square| {
        let (x, y) = place(square);
        view! { <rect class="dark" x=x - 0.5 y=y - 0.5 width="1" height="1"/> }
    });
    let men = pieces.iter().enumerate().filter(|(_, piece)| (1..=12).contains(*piece)).map(|(square, piece)| {
        let (x, y) = place(square as u8);
        let kind = usize::from(piece - 1);
        let class = if kind < 6 { "white" } else { "black" };
        view! { <text class=class x=x y=y + 0.31>{SHAPES[kind % 6]}</text> }
    });
    let arrows = arrows.into_iter().filter_map(|(ends, class)| {
        let ((x1, y1), (x2, y2)) = {
            let (from, to) = ends?;
            (place(from), place(to))
        };
        let length = f64::hypot(x2 - x1, y2 - y1).max(0.1);
        let (dx, dy) = ((x2 - x1) / length, (y2 - y1) / length);
        let (bx, by) = (x2 - 0.34 * dx, y2 - 0.34 * dy);
        let head = format!("{x2},{y2} {},{} {},{}", bx - 0.17 * dy, by + 0.17 * dx, bx + 0.17 * dy, by - 0.17 * dx);
        Some(view! { <g class=format!("arrow {class}")><line x1=x1 y1=y1 x2=bx y2=by/><polygon points=head/></g> })
    });
    view! {
        <svg class="board" viewBox="0 0 8 8" role="img" aria-label=described(&pieces)>
            {squares.collect_view()}
            {men.collect_view()}
            {arrows.collect_view()}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_sits_below_and_pieces_are_named() {
        assert_eq!((place(0), place(63)), ((0.5, 7.5), (7.5, 0.5)));
        let mut pieces = [0; 64];
        (pieces[4], pieces[60]) = (6, 12);
        assert_eq!(described(&pieces), "Chess position, White to move: white king e1, black king e8");
    }
}
