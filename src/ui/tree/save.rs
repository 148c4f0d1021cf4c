//! A tree as files. Large ones are written in pieces, with a rest between them, so that the page goes on.

use super::{Columns, SharedForest, lines::Line, parts::Parts, picture};
use crate::{
    lab::grouped,
    ui::{
        SaveMenu,
        export::{self, Pieces},
        paint::Paint,
    },
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// Rows or nodes written between two rests.
const AT_ONCE: usize = 250;
/// Rows of a PNG drawn between two rests.
const STRIP: usize = 10;

/// A menu that saves what is open as SVG or PNG, and everything as JSON.
#[component]
pub(super) fn SaveTree(parts: Parts, label: Signal<String>) -> impl IntoView {
    let failed = RwSignal::new(false);
    // The tree may have gone by the time that it is saved.
    let told = move |saved: Result<(), JsValue>| {
        let _ = failed.try_set(saved.is_err());
    };
    let name = move |ending: &str| format!("{}.{ending}", export::file_name(&label.get_untracked()));
    let save_svg = move |_| {
        let (drawing, name) = (Drawing::of(parts), name("svg"));
        spawn_local(async move {
            let saved = svg(drawing).await.and_then(|pieces| pieces.save(&name, export::SVG));
            told(saved);
        });
    };
    let save_png = move |_| {
        let (drawing, name) = (Drawing::of(parts), name("png"));
        spawn_local(async move { told(png(drawing, &name).await) });
    };
    let save_json = move |_| {
        let (forest, name) = (parts.forest.get_untracked(), name("json"));
        spawn_local(async move {
            let saved = json(forest).await.and_then(|pieces| pieces.save(&name, "application/json"));
            told(saved);
        });
    };
    let cut = move || {
        let rows = parts.lines.with(|lines| lines.len());
        let (fit, _) = picture::fit(rows);
        let [fit, all, high] = [fit as u64, rows as u64, picture::MOST_HIGH as u64].map(grouped);
        (fit != all).then(|| {
            let said =
                format!("PNG: the first {fit} of {all} rows, as a picture may be {high} pixels high. SVG: all rows.");
            view! { <p class="hint">{said}</p> }
        })
    };
    view! {
        <SaveMenu name=label failed>
            <button type="button" on:click=save_svg>"SVG"</button>
            <button type="button" on:click=save_png>"PNG"</button>
            <button type="button" on:click=save_json>"JSON"</button>
            {cut}
        </SaveMenu>
    }
}

/// What a picture is made of, as it was when it was asked for.
struct Drawing {
    forest: SharedForest,
    lines: Arc<Vec<Line>>,
    columns: Columns,
}

impl Drawing {
    fn of(parts: Parts) -> Self {
        Self { forest: parts.forest.get_untracked(), lines: parts.lines.get_untracked(), columns: parts.columns }
    }

    /// The rows from one to another, as SVG.
    fn rows(&self, range: std::ops::Range<usize>) -> String {
        let row = |at: usize| {
            self.lines.get(at).map(|line| picture::row(at, line, &self.forest.0.row(line.id), &self.columns))
        };
        range.filter_map(row).collect()
    }
}

/// The places of so many rows, in pieces of at most so many.
fn pieces(count: usize, most: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..count).step_by(most).map(move |from| from..(from + most).min(count))
}

/// All open rows as an SVG file.
async fn svg(drawing: Drawing) -> Result<Pieces, JsValue> {
    let count = drawing.lines.len();
    let file = Pieces::of(&(picture::frame(0.0, picture::height(count, 0)) + &picture::head(&drawing.columns)))?;
    for range in pieces(count, AT_ONCE) {
        file.push(&drawing.rows(range))?;
        TimeoutFuture::new(0).await;
    }
    file.push(picture::TAIL)?;
    Ok(file)
}

/// As many open rows as fit into a PNG, and a line that says how many do not.
async fn png(drawing: Drawing, name: &str) -> Result<(), JsValue> {
    let (fit, scale) = picture::fit(drawing.lines.len());
    let left_out = drawing.lines.len() - fit;
    let whole = picture::height(fit, left_out);
    let paint = Paint::of((picture::WIDTH, whole), scale)?;
    for range in pieces(fit, STRIP) {
        let (first, last) = (range.start == 0, range.end == fit);
        let top = if first { 0.0 } else { picture::top_of(range.start) };
        let bottom = if last { whole } else { picture::top_of(range.end) };
        let mut strip = picture::frame(top, bottom - top);
        if first {
            strip += &picture::head(&drawing.columns);
        }
        strip += &drawing.rows(range);
        if last {
            strip += &picture::left_out(fit, left_out);
        }
        strip += picture::TAIL;
        paint.draw(&Pieces::of(&strip)?.blob(export::SVG)?, top, (picture::WIDTH, bottom - top)).await?;
        TimeoutFuture::new(0).await;
    }
    export::download(name, &paint.packed().await?)
}

/// Every node, in the order of their ids.
async fn json(forest: SharedForest) -> Result<Pieces, JsValue> {
    let pieces = Pieces::default();
    pieces.push("[")?;
    let ids: Vec<u32> = (0..forest.0.count()).collect();
    for chunk in ids.chunks(AT_ONCE) {
        let nodes: Vec<String> = chunk.iter().map(|id| forest.0.json(*id).to_string()).collect();
        pieces.push(if chunk[0] == 0 { "\n" } else { ",\n" })?;
        pieces.push(&nodes.join(",\n"))?;
        TimeoutFuture::new(0).await;
    }
    pieces.push("\n]\n")?;
    Ok(pieces)
}
