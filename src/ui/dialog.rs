//! A modal window on the browser's own `<dialog>`, which keeps the focus inside and closes on Escape.

use super::dom;
use leptos::{html, prelude::*};

/// A titled modal dialog. `open` opens and closes it, and follows when the reader closes it.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its heading, which also names it.
    #[prop(into)]
    title: Signal<String>,
    /// What it holds; built anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = dom::unique("dialog");
    let labelled_by = heading.clone();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // A click on the backdrop has the dialog itself as its target: everything else lies in the inner box.
    let backdrop = move |event: web_sys::MouseEvent| {
        if let Some(dialog) = node.get()
            && event.target().as_ref() == Some(dialog.as_ref())
        {
            open.set(false);
        }
    };
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=labelled_by on:close=move |_| open.set(false) on:click=backdrop>
            <div class="dialog-box">
                <header>
                    <h2 id=heading>{title}</h2>
                    <button type="button" class="icon-button" aria-label="Close" on:click=move |_| open.set(false)>
                        <span aria-hidden="true">"×"</span>
                    </button>
                </header>
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </dialog>
    }
}
