//! A few choices side by side, of which one holds.

use super::dom;
use leptos::prelude::*;

/// A group of radio buttons drawn as one bar.
#[component]
pub fn Segmented(
    /// What is chosen, for screen readers.
    #[prop(into)]
    legend: String,
    /// Each option's key and its label.
    options: Vec<(String, String)>,
    /// The key that holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new key.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let name = dom::unique("segmented");
    let option = move |(key, label): (String, String)| {
        let (own, picked) = (key.clone(), key.clone());
        view! {
            <label>
                <input type="radio" name=name.clone() value=key prop:checked=move || value.get() == own
                    on:change=move |_| on_change.run(picked.clone()) />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <div class="segmented" role="radiogroup" aria-label=legend>{options.into_iter().map(option).collect_view()}</div>
    }
}
