//! What the share dialog holds: link, embed code, QR code, and what to hide.

use leptos::{html, prelude::*, task::spawn_local};
use qrcode::{Color, EcLevel, QrCode};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A code with more modules along a side than this is hard to scan from a screen.
const MOST_MODULES: usize = 117;
/// The quiet zone around a code, in modules.
const QUIET: usize = 4;

/// What a link is good for.
const EXACT: &str = "The link holds everything that decides the run: whoever opens it sees the same, step for step.";
const NEAR: &str = "The link holds everything that decides the run, but this one was computed on a GPU: whoever opens it sees \
    nearly the same, as the last digits differ.";

/// What the sharer chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShareChoice {
    /// Names of what to hide.
    pub hide: Vec<&'static str>,
    /// Whether the link shows the figure alone.
    pub embed: bool,
}

/// A QR code as an SVG path, and its width in modules with the quiet zone; `None` where the text is too long.
fn qr(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let side = code.width();
    if side > MOST_MODULES {
        return None;
    }
    let dark = |(_, color): &(usize, Color)| *color == Color::Dark;
    let module = |(i, _): (usize, Color)| format!("M{} {}h1v1h-1z", i % side + QUIET, i / side + QUIET);
    let path = code.to_colors().into_iter().enumerate().filter(dark).map(module).collect();
    Some((side + 2 * QUIET, path))
}

/// The HTML that shows an address inside another page.
fn embed_code(address: &str) -> String {
    let address = address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    format!(
        "<iframe src=\"{address}\" title=\"Oversight Playground\" width=\"960\" height=\"640\" style=\"border:0;max-width:100%\" loading=\"lazy\"></iframe>"
    )
}

/// Puts text on the clipboard; an error where the browser does not allow it.
async fn copy(text: String) -> Result<(), JsValue> {
    let navigator = window().navigator();
    // Pages that were not fetched safely have no clipboard at all.
    if js_sys::Reflect::get(&navigator, &"clipboard".into())?.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    JsFuture::from(navigator.clipboard().write_text(&text)).await.map(drop)
}

/// The link, an embed code, a QR code, and boxes to tick for what to hide.
#[component]
pub fn Sharing(
    /// What can be hidden: name and label.
    #[prop(into)]
    hideable: Signal<Vec<(&'static str, String)>>,
    /// Names of what is hidden.
    hide: RwSignal<Vec<&'static str>>,
    /// Makes the address for a choice.
    #[prop(into)]
    link: Callback<ShareChoice, String>,
    /// Whether the run comes out a little differently elsewhere.
    #[prop(into)]
    near: Signal<bool>,
) -> impl IntoView {
    let address = move |embed: bool| link.run(ShareChoice { hide: hide.get(), embed });
    let toggle = move |name: &'static str, on: bool| {
        hide.update(|all| {
            all.retain(|other| *other != name);
            if on {
                all.push(name);
            }
        });
    };
    let check = move |(name, label): (&'static str, String)| {
        view! {
            <label>
                <input type="checkbox" prop:checked=move || hide.with(|all| all.contains(&name))
                    on:change=move |event| toggle(name, event_target_checked(&event)) />
                <span>{label}</span>
            </label>
        }
    };
    let code = Memo::new(move |_| qr(&address(false)));
    view! {
        <div class="share">
            <p class="hint">{move || if near.get() { NEAR } else { EXACT }}</p>
            <CopyField label="Link" text=Signal::derive(move || address(false)) />
            <fieldset>
                <legend>"Leave out (for a lesson)"</legend>
                <div class="checks">{move || hideable.get().into_iter().map(check).collect_view()}</div>
            </fieldset>
            <CopyField label="To embed in a page or slides" long=true text=Signal::derive(move || embed_code(&address(true))) />
            {move || match code.get() {
                Some((side, path)) => view! {
                    <div class="qr">
                        <svg viewBox=format!("0 0 {side} {side}") role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
                            <path d=path fill="#000" />
                        </svg>
                        <span>"Point a phone’s camera at this to open the same run there."</span>
                    </div>
                }.into_any(),
                None => view! { <p class="hint">"The link is too long for a QR code that a camera could read."</p> }.into_any(),
            }}
        </div>
    }
}

/// A text to take away: selected when it is focused, with a copy button that says what it did.
#[component]
fn CopyField(
    /// What it is.
    label: &'static str,
    /// The text.
    text: Signal<String>,
    /// Whether it needs several lines.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let said = RwSignal::new("");
    let (line, area) = (NodeRef::<html::Input>::new(), NodeRef::<html::Textarea>::new());
    let press = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = copy(text).await.is_ok();
            if !copied {
                // The reader can still copy what is selected.
                if let Some(line) = line.get_untracked() {
                    line.select();
                }
                if let Some(area) = area.get_untracked() {
                    area.select();
                }
            }
            said.set(if copied { "Copied." } else { "Selected: press Ctrl+C (⌘C) to copy." });
        });
    };
    // What was copied is no longer what stands here.
    Effect::new(move |_| {
        text.track();
        said.set("");
    });
    view! {
        <div class="share-field">
            <label>
                <span>{label}</span>
                {if long {
                    view! { <textarea readonly node_ref=area prop:value=text on:focus=move |_| { area.get().inspect(web_sys::HtmlTextAreaElement::select); }></textarea> }.into_any()
                } else {
                    view! { <input type="text" readonly node_ref=line prop:value=text on:focus=move |_| { line.get().inspect(web_sys::HtmlInputElement::select); } /> }.into_any()
                }}
            </label>
            <span class="share-row">
                <button type="button" on:click=press>"Copy"<span class="sr-only">{format!(" {label}")}</span></button>
                <span role="status">{said}</span>
            </span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_link_fits_into_a_code_and_a_book_does_not() {
        let (side, path) = qr("https://example.org/#/debate/first?v=1&seed=7").unwrap();
        // The finder pattern's corner is dark, and nothing is drawn in the quiet zone.
        assert!(path.starts_with(&format!("M{QUIET} {QUIET}h1v1h-1z")));
        assert!(side > 2 * QUIET + 20);
        assert_eq!(qr(&"x".repeat(2_000)), None);
        assert_eq!(qr(&"x".repeat(10_000)), None);
    }

    #[test]
    fn an_address_cannot_break_out_of_the_embed_code() {
        let code = embed_code("https://example.org/#/debate/first?v=1&seed=7\"><script>");
        assert!(code.contains("v=1&amp;seed=7&quot;>&lt;script>\" title"));
        assert_eq!(code.matches("<script").count(), 0);
    }
}
