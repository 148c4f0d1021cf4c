//! Bringing MNIST: four files from the reader's disk, or an address to fetch them from.

use super::run::{Brought, Run};
use crate::ui::{Dialog, FileDrop};
use leptos::prelude::*;

/// A button, the dialog behind it, and what has become of the files.
#[component]
pub fn Bring(run: Run, open: RwSignal<bool>) -> impl IntoView {
    let url = RwSignal::new(String::new());
    let said = move || match run.mnist.get() {
        Brought::Nothing => String::new(),
        Brought::Reading => "Reading …".to_owned(),
        Brought::Ready(summary) => summary,
        Brought::Refused(why) => why,
    };
    let refused = move || matches!(run.mnist.get(), Brought::Refused(_));
    Effect::new(move || {
        if matches!(run.mnist.get(), Brought::Ready(_)) {
            open.set(false);
        }
    });
    view! {
        <section class="bring">
            <button type="button" on:click=move |_| open.set(true)>"Bring MNIST …"</button>
            <p class="soft" role="status" class:wrong=refused>{said}</p>
            <Dialog open title="Bring MNIST">
                <p>
                    "The page does not contain MNIST. Drop its IDX files here: the two of the test set are enough to play, \
                     the two of the training set are needed to train anything. They never leave this browser; after a reload it needs them again."
                </p>
                <FileDrop label="the MNIST files" on_files=Callback::new(move |files| run.bring(files))/>
                <form class="by-address" on:submit=move |event| {
                    event.prevent_default();
                    run.bring_from(url.get_untracked());
                }>
                    <label>
                        "Or a folder’s address, which your browser will ask for the four files: "
                        <input type="url" required placeholder="https://…" prop:value=move || url.get()
                            on:input=move |event| url.set(event_target_value(&event))/>
                    </label>
                    <button type="submit">"Fetch"</button>
                </form>
                <p role="status" class:wrong=refused>{said}</p>
            </Dialog>
        </section>
    }
}
