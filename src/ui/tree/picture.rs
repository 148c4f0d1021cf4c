//! The open rows as an SVG file of its own. It is written in pieces, so that a tree of any size can be saved without
//! the page standing still. On paper it is always light.

use super::{Columns, Row, lines::Line, words};
use crate::lab::grouped;

/// Height of a row.
pub const ROW: f64 = 26.0;
/// Width of the picture.
pub const WIDTH: f64 = 1000.0;
const TOP: f64 = 44.0;
const STEP: f64 = 20.0;
/// Left ends of the columns behind the label; values that are sentences begin further left.
const ANSWER: f64 = 560.0;
const SENTENCE: f64 = 260.0;
const BY: f64 = 720.0;
const ASIDE: f64 = 790.0;
const COST: f64 = 990.0;

const INK: &str = "#1d1c1a";
const SOFT: &str = "#5f5b54";
const RULE: &str = "#dcd8ce";
const RIGHT: &str = "#0063a3";
const WRONG: &str = "#b04600";

/// The most pixels of a PNG, high and in all: some browsers draw no larger pictures.
pub const MOST_HIGH: f64 = 16_384.0;
const MOST_PIXELS: f64 = 16_777_216.0;

/// Height of a picture of so many rows, and of a line for those that are `left_out`.
pub fn height(rows: usize, left_out: usize) -> f64 {
    TOP + ROW * (rows + usize::from(left_out > 0)) as f64 + 16.0
}

/// How many of so many rows a PNG holds, and its pixels for each unit: two where that fits.
pub fn fit(rows: usize) -> (usize, f64) {
    let fits = |scale: f64| {
        let high = scale * height(rows, 0);
        high <= MOST_HIGH && scale * WIDTH * high <= MOST_PIXELS
    };
    match [2.0, 1.0].into_iter().find(|scale| fits(*scale)) {
        Some(scale) => (rows, scale),
        None => (((MOST_HIGH - height(0, 1)) / ROW) as usize, 1.0),
    }
}

/// The beginning of a file that shows the picture, or so much of it from `top` downwards.
pub fn frame(top: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 {top} {WIDTH} {height}\" \
         font-family=\"Georgia, serif\" font-size=\"14\"><rect y=\"{top}\" width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>"
    )
}

/// The names of the columns.
pub fn head(columns: &Columns) -> String {
    let heads = [(16.0, columns.label, "start"), (answer(columns), columns.answer, "start"), (BY, "by", "start")];
    let rest = [(ASIDE, columns.aside, "start"), (COST, columns.cost, "end")];
    let named = heads.into_iter().chain(rest).filter(|(_, name, _)| !name.is_empty());
    named.map(|(x, name, anchor)| write((x, 26.0), name, SOFT, anchor)).collect()
}

/// Where a row begins.
pub fn top_of(at: usize) -> f64 {
    TOP + ROW * at as f64
}

/// The line below the last row, where some are left out.
pub fn left_out(at: usize, count: usize) -> String {
    let text = format!("… and {} more rows, which the SVG has", grouped(count as u64));
    if count > 0 { write((16.0, top_of(at) + 18.0), &text, SOFT, "start") } else { String::new() }
}

/// One row, the `at`-th from above.
pub fn row(at: usize, line: &Line, row: &Row, columns: &Columns) -> String {
    let y = top_of(at);
    let x = 16.0 + STEP * f64::from(line.level.min(16));
    let middle = y + 18.0;
    let mut text = format!("<path d=\"M16 {y}H{COST}\" stroke=\"{RULE}\" stroke-width=\"0.6\"/>");
    let fold = match (line.children, line.open) {
        (0, _) => "·",
        (_, true) => "▾",
        (_, false) => "▸",
    };
    text += &write((x, middle), fold, SOFT, "start");
    let hidden = if line.children > 0 && !line.open { format!(" ({})", line.children) } else { String::new() };
    let (left, long) = (answer(columns), columns.prose);
    let room = ((left - x - 24.0) / 7.2) as usize;
    text += &write((x + 16.0, middle), &(short(&row.label, room) + &hidden), INK, "start");
    let colour = |right: Option<bool>| match right {
        Some(true) => RIGHT,
        Some(false) => WRONG,
        None => INK,
    };
    let judged =
        |answer: &str, right: Option<bool>, room: usize| format!("{} {}", short(answer, room), words::sign(right));
    let most = if long { 64 } else { 18 };
    text += &write((left, middle), &judged(&row.answer, row.right, most), colour(row.right), "start");
    text += &write((BY, middle), &short(&row.by, 8), SOFT, "start");
    if let Some(aside) = &row.aside {
        text += &write((ASIDE, middle), &judged(&aside.answer, aside.right, 18), colour(aside.right), "start");
    }
    if row.cost > 0 && !columns.cost.is_empty() {
        text += &write((COST, middle), &row.cost.to_string(), SOFT, "end");
    }
    text
}

/// Where values begin.
fn answer(columns: &Columns) -> f64 {
    if columns.prose { SENTENCE } else { ANSWER }
}

/// The end of the file.
pub const TAIL: &str = "</svg>";

fn write((x, y): (f64, f64), text: &str, fill: &str, anchor: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    format!("<text x=\"{x}\" y=\"{y}\" fill=\"{fill}\" text-anchor=\"{anchor}\">{}</text>", escaped(text))
}

fn short(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars().take(room.saturating_sub(1)).chain(['…']).collect()
}

/// Text as XML allows it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns = Columns { label: "Question", answer: "Answer", aside: "", cost: "calls", prose: false };

    #[test]
    fn a_picture_has_its_heads_and_rows_and_breaks_on_no_text() {
        let line = Line { id: 0, level: 2, place: 1, of: 1, children: 3, open: false };
        let nasty = Row {
            label: "<a> & \"b\" \u{0}".to_owned(),
            answer: "7".to_owned(),
            right: Some(false),
            cost: 4,
            ..Row::default()
        };
        let text =
            [frame(0.0, height(1, 0)), head(&COLUMNS), row(0, &line, &nasty, &COLUMNS), TAIL.to_owned()].concat();
        assert!(
            text.contains("&lt;a&gt; &amp; &quot;b&quot;  ") && text.contains("(3)") && text.contains("7 ✗"),
            "{text}"
        );
        assert!(
            text.contains(">Question<") && text.contains(">calls<") && !text.contains("text-anchor=\"start\"></text>")
        );
        assert_eq!(text.matches("<text").count(), text.matches("</text>").count());
    }

    #[test]
    fn a_png_holds_what_browsers_draw_and_says_what_it_leaves_out() {
        assert_eq!((fit(19), fit(400)), ((19, 2.0), (400, 1.0)));
        let (rows, scale) = fit(30_000);
        assert!(rows > 600 && scale * height(rows, 1) <= MOST_HIGH && scale * WIDTH * height(rows, 1) <= MOST_PIXELS);
        assert!(left_out(rows, 30_000 - rows).contains("more rows") && left_out(19, 0).is_empty());
        let (rows, scale) = fit(159);
        assert!(rows == 159 && scale * scale * WIDTH * height(rows, 0) <= MOST_PIXELS);
    }

    #[test]
    fn long_labels_are_cut_and_deep_rows_stay_on_the_paper() {
        let line = Line { id: 0, level: 400, place: 1, of: 1, children: 0, open: false };
        let long = Row { label: "word ".repeat(100), ..Row::default() };
        let text = row(0, &line, &long, &COLUMNS);
        assert!(text.contains('…') && text.len() < 900, "{text}");
        assert_eq!(short("žluťoučký", 4), "žlu…");
    }
}
