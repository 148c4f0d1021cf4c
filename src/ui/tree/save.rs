//! A tree as files. Large ones are written in pieces, with a rest between them, so that the page goes on.

use super::{lines::Line, parts::Parts, picture};
use crate::ui::{
    SaveMenu,
    export::{self, Pieces},
    paint::Paint,
    progress::grouped,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

/// Rows or nodes written between two rests.
const AT_ONCE: usize = 250;
/// Rows of a PNG drawn between two rests.
const STRIP: usize = 10;

/// A menu that saves what is open as SVG or PNG, and everything as JSON.
#[component]
pub(super) fn SaveTree(parts: Parts, label: Signal<String>) -> impl IntoView {
    let failed = RwSignal::new(false);
    let name = move |ending: &str| format!("{}.{ending}", export::file_name(&label.get_untracked()));
    let save_svg = move |_| {
        spawn_local(async move {
            let saved = svg(parts).await.and_then(|pieces| pieces.save(&name("svg"), export::SVG));
            failed.set(saved.is_err());
        });
    };
    let save_png = move |_| spawn_local(async move { failed.set(png(parts, &name("png")).await.is_err()) });
    let save_json = move |_| {
        spawn_local(async move {
            let saved = json(parts).await.and_then(|pieces| pieces.save(&name("json"), "application/json"));
            failed.set(saved.is_err());
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

/// The rows from one to another, as SVG.
fn rows(parts: Parts, lines: &[Line], range: std::ops::Range<usize>) -> String {
    let forest = parts.forest.get_untracked();
    let row = |at: usize| lines.get(at).map(|line| picture::row(at, line, &forest.0.row(line.id), &parts.columns));
    range.filter_map(row).collect()
}

/// The places of so many rows, in pieces of at most so many.
fn pieces(count: usize, most: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..count).step_by(most).map(move |from| from..(from + most).min(count))
}

/// All open rows as an SVG file.
async fn svg(parts: Parts) -> Result<Pieces, JsValue> {
    let lines = parts.lines.get_untracked();
    let file = Pieces::of(&(picture::frame(0.0, picture::height(lines.len(), 0)) + &picture::head(&parts.columns)))?;
    for range in pieces(lines.len(), AT_ONCE) {
        file.push(&rows(parts, &lines, range))?;
        TimeoutFuture::new(0).await;
    }
    file.push(picture::TAIL)?;
    Ok(file)
}

/// As many open rows as fit into a PNG, and a line that says how many do not.
async fn png(parts: Parts, name: &str) -> Result<(), JsValue> {
    let lines = parts.lines.get_untracked();
    let (fit, scale) = picture::fit(lines.len());
    let left_out = lines.len() - fit;
    let whole = picture::height(fit, left_out);
    let paint = Paint::of((picture::WIDTH, whole), scale)?;
    for range in pieces(fit, STRIP) {
        let (first, last) = (range.start == 0, range.end == fit);
        let top = if first { 0.0 } else { picture::top_of(range.start) };
        let bottom = if last { whole } else { picture::top_of(range.end) };
        let mut strip = picture::frame(top, bottom - top);
        if first {
            strip += &picture::head(&parts.columns);
        }
        strip += &rows(parts, &lines, range);
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
async fn json(parts: Parts) -> Result<Pieces, JsValue> {
    let forest = parts.forest.get_untracked();
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
