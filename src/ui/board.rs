//! A chess board with arrows, drawn in the page's own colours.

use super::tone::Tone;
use leptos::prelude::*;

const SIDE: usize = 8;
/// Width and height of a square, in the drawing's own unit.
const SQUARE: f64 = 10.0;

/// An arrow from square to square, as the board is shown (0 to 63 from the corner below left, rank by rank).
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// Where it starts.
    pub from: u8,
    /// Where it points.
    pub to: u8,
    /// Whose it is.
    pub tone: Tone,
}

/// The pieces' outlines in a square of 10 × 10, by kind: pawn, knight, bishop, rook, queen, king.
const OUTLINES: [&str; 6] = [
    "M5 2a1.35 1.35 0 0 1 .9 2.35c.3 1.5 1 2.3 1.6 3.65H2.5c.6-1.35 1.3-2.15 1.6-3.65A1.35 1.35 0 0 1 5 2z",
    "M3.6 1.4 4.6 2c2.1.2 3.4 2.2 3.2 6H2.7c0-1.6 1.5-2.2 1.9-3.6-.7.6-1.2.7-1.9 1.2L1.9 4.8c.8-1 .9-1.7 1.6-2.3z",
    "M5 1a.55.55 0 0 1 .4 1C6.7 2.8 7.1 4 6.3 5.2L6.1 6c.2.8.9 1.2 1.2 2H2.7c.3-.8 1-1.2 1.2-2l-.2-.8C2.9 4 3.3 2.8 4.6 2A.55.55 0 0 1 5 1z",
    "M2.5 1.8h1.2v.8h.7v-.8h1.2v.8h.7v-.8h1.2v2l-.8.6v2l.8 1.6h-5l.8-1.6v-2l-.8-.6z",
    "M5 1l1 3 1.2-2.6.1 2.8L8.6 2.4 7.5 6v2h-5V6L1.4 2.4l1.3 1.8.1-2.8L4 4z",
    "M4.6.6h.8v.7h.7v.8h-.7v.8C6.6 2.5 8.4 3 8.2 4.6 8.1 5.6 7.4 6 7.3 8H2.7c-.1-2-.8-2.4-.9-3.4C1.6 3 3.4 2.5 4.6 2.9v-.8h-.7v-.8h.7z",
];

/// A position from the mover's side.
#[component]
pub fn ChessBoard(
    /// What stands on each of 64 squares: 0 nothing, 1 to 6 the mover's pawn, knight, bishop, rook, queen and king, 7 to
    /// 12 the other side's.
    squares: Vec<u8>,
    /// Whether the mover has the black pieces.
    black: bool,
    /// Moves to point at, the most important last.
    arrows: Vec<Arrow>,
    /// What is shown, for screen readers.
    label: String,
) -> impl IntoView {
    let corner = move |square: usize| corner(square, black);
    let dark = (0..SIDE * SIDE).filter(|square| is_dark(*square, black));
    let dark: Vec<String> = dark.map(corner).map(|(x, y)| format!("M{x} {y}h10v10h-10z")).collect();
    let pieces = squares.into_iter().enumerate().filter(|(_, kind)| *kind > 0).map(|(square, kind)| {
        let kind = usize::from(kind - 1);
        let (x, y) = corner(square);
        let is_black = (kind >= OUTLINES.len()) != black;
        view! {
            <path class=if is_black { "piece black" } else { "piece" } transform=format!("translate({x} {})", y + 0.6)
                d=OUTLINES[kind % OUTLINES.len()]/>
        }
    });
    view! {
        <svg class="chess-board" viewBox="-6 0 86 86" role="img" aria-label=label>
            <rect class="field" width="80" height="80"/>
            <path class="field dark" d=dark.concat()/>
            {pieces.collect_view()}
            {arrows.into_iter().map(|one| arrow(one, black)).collect_view()}
            {(0..SIDE).map(|at| names(at, black)).collect_view()}
        </svg>
    }
}

/// A square's upper left corner. Who has the black pieces sits on the other side, with the h-file at the left hand.
fn corner(square: usize, black: bool) -> (f64, f64) {
    let file = square % SIDE;
    let column = if black { SIDE - 1 - file } else { file };
    (column as f64 * SQUARE, (SIDE - 1 - square / SIDE) as f64 * SQUARE)
}

/// The first square of White's first rank is dark, and so is the last of the rank that Black calls its first.
fn is_dark(square: usize, black: bool) -> bool {
    (square / SIDE + square % SIDE).is_multiple_of(2) != black
}

/// What the column and the row at a distance from the mover's left hand are called.
fn names(at: usize, black: bool) -> impl IntoView {
    let place = if black { SIDE - 1 - at } else { at };
    let middle = at as f64 * SQUARE + SQUARE / 2.0;
    let file = char::from(b'a' + place as u8).to_string();
    view! {
        <text x=middle y="84.5" aria-hidden="true">{file}</text>
        <text x="-3" y=80.0 - middle + 1.4 aria-hidden="true">{place + 1}</text>
    }
}

fn arrow(arrow: Arrow, black: bool) -> impl IntoView {
    let middle = |square: u8| {
        let (x, y) = corner(usize::from(square), black);
        (x + SQUARE / 2.0, y + SQUARE / 2.0)
    };
    let ((x, y), (to_x, to_y)) = (middle(arrow.from), middle(arrow.to));
    let (along, across) = (to_x - x, to_y - y);
    let length = along.hypot(across).max(1.0);
    let (along, across) = (along / length, across / length);
    // The head: a triangle of length 4 whose tip is the middle of the square.
    let (back_x, back_y) = (to_x - 4.0 * along, to_y - 4.0 * across);
    let head = format!(
        "{to_x:.2},{to_y:.2} {:.2},{:.2} {:.2},{:.2}",
        back_x - 2.2 * across,
        back_y + 2.2 * along,
        back_x + 2.2 * across,
        back_y - 2.2 * along
    );
    view! {
        <g class=format!("board-arrow {}", arrow.tone.class())>
            <line x1=x y1=y x2=format!("{back_x:.2}") y2=format!("{back_y:.2}") stroke-dasharray=arrow.tone.dash()/>
            <polygon points=head/>
        </g>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_square_is_below_left_and_the_last_above_right() {
        let corners = |black| [0, 7, 63].map(|square| corner(square, black));
        assert_eq!(corners(false), [(0.0, 70.0), (70.0, 70.0), (70.0, 0.0)]);
        // Black's own rank 8 is below, and its a-file at the right hand; a8 is a light square.
        assert_eq!(corners(true), [(70.0, 70.0), (0.0, 70.0), (0.0, 0.0)]);
        assert!(is_dark(0, false) && !is_dark(0, true));
    }
}
