//! Drawing a digit for the debaters to argue about.

use super::Desk;
use crate::{
    debate::drawing,
    tasks::preprocess,
    ui::{Bitmap, Dialog, Segmented, Sketch},
};
use leptos::prelude::*;

/// A button, and the dialog behind it.
#[component]
pub fn Draw(desk: Desk) -> impl IntoView {
    let open = RwSignal::new(false);
    let truth = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let done = Callback::new(move |bitmap: Bitmap| {
        let said = truth.get_untracked();
        let picture = if said.is_empty() {
            Err("Say first what it is: the honest debater has to know.".to_owned())
        } else {
            preprocess::to_picture(&bitmap.ink, bitmap.width, bitmap.height)
        };
        match picture {
            Ok(picture) => {
                wrong.set(String::new());
                open.set(false);
                desk.set.run(vec![
                    ("digits", "drawn".to_owned()),
                    ("drawing", drawing::write(&picture)),
                    ("truth", said),
                    ("moves", String::new()),
                    ("beliefs", String::new()),
                ]);
            }
            Err(why) => wrong.set(why),
        }
    });
    let digits: Vec<_> = (0..10).map(|digit| (digit.to_string(), digit.to_string())).collect();
    view! {
        <section class="draw">
            <button type="button" on:click=move |_| open.set(true)>"Draw a digit …"</button>
            <Dialog open title="Draw a digit">
                <p>"It is scaled and centred like the others, and travels in the link."</p>
                <p class="soft" aria-hidden="true">"What will it be? The honest debater will defend it."</p>
                <Segmented legend="What will it be?" options=digits.clone() value=Signal::derive(move || truth.get())
                    on_change=Callback::new(move |digit| truth.set(digit))/>
                <Sketch on_done=done done_label="Debate this drawing"/>
                <p class="wrong" role="alert">{move || wrong.get()}</p>
            </Dialog>
        </section>
    }
}
