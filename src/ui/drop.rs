//! Files from the reader: dropped or chosen.

use leptos::{ev::DragEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList, HtmlInputElement};

/// Larger files are not read: no data set for this page is near it, and a tab has only so much memory.
const MOST_BYTES: f64 = 256.0 * 1024.0 * 1024.0;

/// Why files of these names and sizes are not read, if so.
fn refusal(files: &[(String, f64)]) -> Option<String> {
    if files.is_empty() {
        return Some("There was no file in that: please drop files, not text or folders.".to_owned());
    }
    let (name, bytes) = files.iter().find(|(_, bytes)| *bytes > MOST_BYTES)?;
    Some(format!("“{name}” has {:.0} MB, more than the {:.0} MB that are read here.", bytes / 1e6, MOST_BYTES / 1e6))
}

fn listed(files: Option<FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|i| files.item(i)).collect()).unwrap_or_default()
}

async fn read(files: Vec<File>) -> Result<Vec<(String, Vec<u8>)>, String> {
    let sizes: Vec<_> = files.iter().map(|file| (file.name(), file.size())).collect();
    if let Some(why) = refusal(&sizes) {
        return Err(why);
    }
    let mut contents = Vec::new();
    for file in files {
        let name = file.name();
        let buffer = JsFuture::from(file.array_buffer()).await;
        let buffer = buffer.map_err(|_| format!("“{name}” could not be read (a folder, or a file that has gone)."))?;
        contents.push((name, js_sys::Uint8Array::new(&buffer).to_vec()));
    }
    Ok(contents)
}

/// A place to drop files, and a button to choose them.
#[component]
pub fn FileDrop(
    /// What is wanted, such as "the four MNIST files".
    #[prop(into)]
    label: String,
    /// Which names a file dialog offers, such as `.gz,.ubyte`; empty offers all.
    #[prop(optional, into)]
    accept: String,
    /// Called with names and contents once all are read.
    #[prop(into)]
    on_files: Callback<Vec<(String, Vec<u8>)>>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let take = move |files: Vec<File>| {
        wrong.set(String::new());
        said.set("Reading …".to_owned());
        spawn_local(async move {
            match read(files).await {
                // What becomes of them, whoever takes them says: they may be of no use.
                Ok(files) => {
                    said.set(String::new());
                    on_files.run(files);
                }
                Err(why) => {
                    said.set(String::new());
                    wrong.set(why);
                }
            }
        });
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(listed(event.data_transfer().and_then(|data| data.files())));
    };
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        take(listed(input.files()));
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <div class="drop" class:over=move || over.get() on:drop=dropped on:dragleave=move |_| over.set(false)
            on:dragover=move |event| { event.prevent_default(); over.set(true); }>
            <span>{format!("Drop {label} here, or")}</span>
            <label class="pick">
                "Choose files …"
                <input type="file" multiple accept=(!accept.is_empty()).then_some(accept) on:change=chosen />
            </label>
            <span class="hint" role="status">{said}</span>
            <span class="error" role="alert" hidden=move || wrong.with(String::is_empty)>{wrong}</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_too_much_are_refused_with_a_reason() {
        assert!(refusal(&[]).is_some_and(|why| why.contains("no file")));
        let huge = refusal(&[("small".to_owned(), 10.0), ("huge.gz".to_owned(), 4e9)]);
        assert!(huge.is_some_and(|why| why.contains("huge.gz") && why.contains("4000 MB")));
        assert_eq!(refusal(&[("t10k-images-idx3-ubyte.gz".to_owned(), 1.6e6)]), None);
    }
}
