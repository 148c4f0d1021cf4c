//! What the share dialog holds: a link, an embed code, a QR code, and what to hide in them.

use super::{address, run::Run};
use crate::{
    lab::{Link, link::PARTS},
    ui::{ShareChoice, Sharing},
};
use leptos::prelude::*;

/// See the module's text.
#[component]
pub fn Share(run: Run, hide: RwSignal<Vec<&'static str>>) -> impl IntoView {
    let hideable: Vec<_> = PARTS.iter().map(|part| (*part, words(part).to_owned())).collect();
    let link = Callback::new(move |choice: ShareChoice| {
        let link = Link {
            at: Some(run.at.get() as u32),
            // A GPU's numbers are not to the bit those of whoever opens the link.
            fp: run.fingerprint.get().filter(|_| !run.on_gpu()),
            hide: choice.hide,
            embed: choice.embed,
            ..run.link.get()
        };
        format!("{}{}", address::base(), link.write())
    });
    view! { <Sharing hideable hide link near=Signal::derive(move || run.on_gpu())/> }
}

/// What a part of the page is called in the dialog.
fn words(part: &str) -> &'static str {
    match part {
        "tabs" => "the tabs",
        "settings" => "the settings",
        "transport" => "the transport bar",
        "share" => "the share button",
        "presets" => "the list of presets",
        "text" => "the text beside the figure",
        _ => "everything below the figure",
    }
}
