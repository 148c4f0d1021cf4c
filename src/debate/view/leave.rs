//! The way out of a seat.

use super::Desk;
use leptos::prelude::*;

/// Back to watching.
#[component]
pub fn LeaveTheSeat(desk: Desk) -> impl IntoView {
    let leave = move |_| {
        desk.set.run(vec![("seat", "none".to_owned()), ("moves", String::new()), ("beliefs", String::new())]);
    };
    view! { <button type="button" on:click=leave>"Leave the seat"</button> }
}
