//! A tree as files. Large ones are written in pieces, with a rest between them, so that the page goes on.

use super::{picture, view::Parts};
use crate::ui::{
    SaveMenu,
    export::{self, Pieces},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

/// Rows or nodes written between two rests.
const AT_ONCE: usize = 250;
/// A PNG holds no more rows than these: browsers draw no larger pictures at once.
const MOST_PNG_ROWS: usize = 60;

/// A menu that saves what is open as SVG or PNG, and everything as JSON.
#[component]
pub(super) fn SaveTree(parts: Parts, label: Signal<String>) -> impl IntoView {
    let failed = RwSignal::new(false);
    let name = move |ending: &str| format!("{}.{ending}", export::file_name(&label.get_untracked()));
    let save_svg = move |_| {
        spawn_local(async move {
            let rows = parts.lines.with_untracked(|lines| lines.len());
            let saved = svg(parts, rows).await.and_then(|pieces| pieces.save(&name("svg"), "image/svg+xml"));
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
        (rows > MOST_PNG_ROWS).then(|| view! { <p class="hint">{format!("PNG: the first {MOST_PNG_ROWS} rows")}</p> })
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

/// The first rows as an SVG file.
async fn svg(parts: Parts, rows: usize) -> Result<Pieces, JsValue> {
    let (lines, forest, columns) = (parts.lines.get_untracked(), parts.forest.get_untracked(), parts.columns);
    let pieces = Pieces::default();
    pieces.push(&picture::head(rows, &columns))?;
    for (piece, chunk) in lines.get(..rows).unwrap_or(&lines).chunks(AT_ONCE).enumerate() {
        let row = |(at, line)| picture::row(piece * AT_ONCE + at, line, &forest.0.row(line.id), &columns);
        pieces.push(&chunk.iter().enumerate().map(row).collect::<String>())?;
        TimeoutFuture::new(0).await;
    }
    pieces.push(picture::TAIL)?;
    Ok(pieces)
}

async fn png(parts: Parts, name: &str) -> Result<(), JsValue> {
    let rows = parts.lines.with_untracked(|lines| lines.len()).min(MOST_PNG_ROWS);
    let source = svg(parts, rows).await?;
    source.save_as_png(name, (picture::WIDTH, picture::height(rows))).await
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
