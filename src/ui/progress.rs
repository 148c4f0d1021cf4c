//! How far a long piece of work is, in words and as a bar, with a way to stop it.

use crate::lab::grouped;
use leptos::prelude::*;

/// "12 of 200 games", or only what is being done where the end is unknown.
fn words(done: u64, total: u64, what: &str) -> String {
    if total == 0 { what.to_owned() } else { format!("{} of {} {what}", grouped(done), grouped(total)) }
}

/// A progress bar with words and a cancel button.
#[component]
pub fn ProgressBar(
    /// How much is done, in units of `what`.
    #[prop(into)]
    done: Signal<u64>,
    /// How much there is; 0 where nobody knows.
    #[prop(into)]
    total: Signal<u64>,
    /// The unit in words, such as "games".
    #[prop(into)]
    what: Signal<String>,
    /// Stops the work; without it there is no button.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let text = move || words(done.get(), total.get(), &what.get());
    // A progress element without a value shows that something goes on.
    let value = move || (total.get() > 0).then(|| done.get().to_string());
    view! {
        <div class="progress">
            <span class="progress-words">{text}</span>
            <progress max=move || total.get().max(1) value=value aria-label=text></progress>
            {on_cancel.map(|cancel| view! {
                <button type="button" class="quiet" on:click=move |_| cancel.run(())>"Cancel"</button>
            })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_said_in_words() {
        assert_eq!(words(12, 1200, "games"), "12 of 1,200 games");
        assert_eq!(words(3, 0, "loading the judge"), "loading the judge");
    }
}
