//! Sentences that tell what happened, until they are dismissed.

use leptos::prelude::*;

/// More notices than this are folded, so that they do not push the stage away.
const MOST: usize = 2;

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
    let all = RwSignal::new(false);
    let more = move || list.with(|list| list.len().saturating_sub(MOST));
    let shown = move || {
        let most = if all.get() { usize::MAX } else { MOST };
        list.get().into_iter().enumerate().take(most)
    };
    view! {
        <div class="notices" role="status" aria-live="polite">
            {move || shown().map(|(index, text)| view! {
                <p class="notice">
                    <span>{text}</span>
                    <button type="button" class="icon-button" aria-label="Dismiss this notice" on:click=move |_| dismiss(index)>
                        <span aria-hidden="true">"×"</span>
                    </button>
                </p>
            }).collect_view()}
            {move || (more() > 0 && !all.get()).then(|| view! {
                <button type="button" class="quiet" on:click=move |_| all.set(true)>{match more() {
                    1 => "One more notice".to_owned(),
                    n => format!("{n} more notices"),
                }}</button>
            })}
        </div>
    }
}
