//! A term or number that can be asked what it is.

use super::dom;
use leptos::{html, prelude::*};

/// A dotted underline that opens a definition; closes with Escape or a click elsewhere.
#[component]
pub fn Term(
    /// What it is, in a sentence or two for somebody who meets it for the first time.
    #[prop(into)]
    about: Signal<String>,
    /// How it is computed.
    #[prop(optional, into)]
    formula: Option<String>,
    /// Where it comes from, such as a paper's section.
    #[prop(optional, into)]
    source: Option<String>,
    /// The term or number as it stands in the text.
    children: Children,
) -> impl IntoView {
    let id = dom::unique("term");
    let button = NodeRef::<html::Button>::new();
    let popover = NodeRef::<html::Div>::new();
    // The browser puts a popover in the middle of the window; it belongs beside its term, and scrolls with it.
    let place = move |_| {
        if let (Some(button), Some(popover)) = (button.get(), popover.get()) {
            let (at, own) = (button.get_bounding_client_rect(), popover.get_bounding_client_rect());
            let (width, height) = dom::window_size();
            let (left, top) = beside((at.left(), at.top(), at.bottom()), (own.width(), own.height()), (width, height));
            let style = web_sys::HtmlElement::style(&popover);
            // Lengths written by ourselves are always accepted.
            let (x, y) = dom::scrolled();
            let _ = style.set_property("left", &format!("{:.0}px", left + x));
            let _ = style.set_property("top", &format!("{:.0}px", top + y));
        }
    };
    view! {
        <button type="button" class="term" node_ref=button popovertarget=id.clone()>{children()}</button>
        <div class="popover" popover="auto" id=id node_ref=popover on:toggle=place>
            <p>{about}</p>
            {formula.map(|formula| view! { <p class="formula">{formula}</p> })}
            {source.map(|source| view! { <p class="source">{source}</p> })}
        </div>
    }
}

/// Where a box of `(width, height)` goes: under the term, or above where there is no room, and inside the window.
fn beside((left, top, bottom): (f64, f64, f64), (width, height): (f64, f64), (wide, high): (f64, f64)) -> (f64, f64) {
    const GAP: f64 = 8.0;
    let x = left.min(wide - width - GAP).max(GAP);
    let under = bottom + GAP;
    let y = if under + height + GAP <= high { under } else { (top - GAP - height).max(GAP) };
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_popover_stays_in_the_window() {
        assert_eq!(beside((100.0, 50.0, 70.0), (200.0, 80.0), (800.0, 600.0)), (100.0, 78.0));
        assert_eq!(beside((700.0, 550.0, 570.0), (200.0, 80.0), (800.0, 600.0)), (592.0, 462.0));
        assert_eq!(beside((0.0, 10.0, 30.0), (400.0, 900.0), (320.0, 600.0)), (8.0, 8.0));
    }
}
