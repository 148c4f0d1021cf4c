//! Sentences that tell what happened, until they are dismissed.

use leptos::prelude::*;

/// A list of notices, announced to screen readers as they come.
#[component]
pub fn Notices(
    /// The sentences; dismissing one takes it out of the list.
    list: RwSignal<Vec<String>>,
) -> impl IntoView {
    let dismiss = move |index: usize| {
        list.update(|all| {
            if index < all.len() {
                all.remove(index);
            }
        });
    };
    view! {
        <div class="notices" role="status" aria-live="polite">
            {move || list.get().into_iter().enumerate().map(|(index, text)| view! {
                <p class="notice">
                    <span>{text}</span>
                    <button type="button" class="icon-button" aria-label="Dismiss this notice" on:click=move |_| dismiss(index)>
                        <span aria-hidden="true">"×"</span>
                    </button>
                </p>
            }).collect_view()}
        </div>
    }
}
