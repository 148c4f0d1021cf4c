//! The page: its shell, the run on screen, and the wire to the worker.

mod about;
mod address;
mod app;
mod bring;
mod client;
mod device;
mod offline;
mod pieces;
mod run;
mod share;
mod times;
mod wire;

use wasm_bindgen::JsCast as _;

/// Puts the page where `index.html` says that it is loading.
pub fn mount() {
    let place = leptos::prelude::document().get_element_by_id("app");
    if let Some(place) = place.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        place.set_inner_html("");
        leptos::mount::mount_to(place, app::App).forget();
    }
}
