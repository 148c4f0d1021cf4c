//! Bringing a data set: files from the reader's disk, or an address to fetch them from.

use super::run::{Brought, Run};
use crate::{
    labs,
    ui::{Dialog, FileDrop},
};
use leptos::prelude::*;

/// What to say of a data set.
struct Words {
    name: &'static str,
    about: &'static str,
    files: &'static str,
    address: &'static str,
}

fn words(set: &str) -> Words {
    match set {
        "text" => Words {
            name: "your own texts",
            about: "A file of label,text lines (CSV), or of JSON lines with “label” and “text”, with two labels and at \
                    least 300 texts; gzip or not. Its name chooses the set: subj, sst2, cr, or any other.",
            files: "the file of texts",
            address: "Or the file’s address, which your browser will ask for it: ",
        },
        "book" => Words {
            name: "your own text",
            about: "A text to summarise: a .txt file of up to 5 MB, gzip or not, in any language. Headings such as \
                    “Chapter 3” or lines that begin with # divide it; several files are joined in the order of their \
                    names.",
            files: "the text file",
            address: "Or the file’s address, which your browser will ask for it: ",
        },
        "lichess" => Words {
            name: "Lichess puzzles",
            about: "A file of lines PuzzleId,FEN,Moves like that of the Lichess open database, gzip or not, up to \
                    256 MB. Puzzles with a mate in one are used, whatever else is in it; a thousand are needed.",
            files: "the file of puzzles",
            address: "Or the file’s address, which your browser will ask for it: ",
        },
        _ => Words {
            name: "MNIST",
            about: "The page does not contain MNIST. Drop its IDX files here: the two of the test set are enough to \
                    play, the two of the training set are needed to train anything.",
            files: "the MNIST files",
            address: "Or a folder’s address, which your browser will ask for the four files: ",
        },
    }
}

/// A button, the dialog behind it, and what has become of the files; nothing where everything is built in.
#[component]
pub fn Bring(run: Run, open: RwSignal<bool>) -> impl IntoView {
    let set = Memo::new(move |_| run.link.with(|link| labs::data_set(&link.scenario).map(|set| set.name)));
    Effect::new(move || {
        if matches!(run.brought.get().1, Brought::Ready(_)) {
            open.set(false);
        }
    });
    move || set.get().map(|set| view! { <BringSet run open set/> })
}

#[component]
fn BringSet(run: Run, open: RwSignal<bool>, set: &'static str) -> impl IntoView {
    let url = RwSignal::new(String::new());
    let words = words(set);
    let said = move || match run.brought.get() {
        (brought, state) if brought == set => match state {
            Brought::Nothing => None,
            Brought::Reading => Some("Reading …".to_owned()),
            Brought::Ready(said) | Brought::Refused(said) => Some(said),
        },
        _ => None,
    };
    let refused = move || matches!(run.brought.get(), (brought, Brought::Refused(_)) if brought == set);
    view! {
        <section class="bring">
            <button type="button" on:click=move |_| open.set(true)>{format!("Bring {} …", words.name)}</button>
            <p class="soft" role="status" class:wrong=refused>{said}</p>
            <Dialog open title=format!("Bring {}", words.name)>
                <p>{words.about}" They never leave this browser; after a reload it needs them again."</p>
                <FileDrop label=words.files on_files=Callback::new(move |files| run.bring(set, files))/>
                <p role="status" class:wrong=refused>{said}</p>
                {(set == "book").then(|| view! { <Paste run/> })}
                <form class="by-address" on:submit=move |event| {
                    event.prevent_default();
                    run.bring_from(set, url.get_untracked());
                }>
                    <label>
                        {words.address}
                        <input type="url" required placeholder="https://…" prop:value=move || url.get()
                            on:input=move |event| url.set(event_target_value(&event))/>
                    </label>
                    <button type="submit">"Fetch"</button>
                </form>
            </Dialog>
        </section>
    }
}

/// A text that is pasted or typed.
#[component]
fn Paste(run: Run) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let take = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        run.bring("book", vec![("Your text".to_owned(), text.get_untracked().into_bytes())]);
    };
    view! {
        <form class="paste" on:submit=take>
            <label>"Or paste it here:"<textarea dir="auto" required prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))></textarea></label>
            <div><button type="submit">"Summarise this text"</button></div>
        </form>
    }
}
