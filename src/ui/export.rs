//! Figures and tables as files.

use leptos::{prelude::*, svg, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlAnchorElement, HtmlCanvasElement};
use web_sys::{HtmlImageElement, Url, XmlSerializer};

/// What of an element's look is written into an SVG that has to stand alone.
const LOOK: [&str; 7] =
    ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity"];
/// The same for text.
const TYPE: [&str; 5] = ["font-family", "font-size", "font-weight", "text-anchor", "paint-order"];

/// PNG pixels for each CSS pixel.
const SCALE: f64 = 2.0;

/// Rows as CSV (RFC 4180), with a newline at the end of each.
pub fn csv(rows: impl Iterator<Item = Vec<String>>) -> String {
    let field = |text: String| {
        if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    rows.map(|row| row.into_iter().map(field).collect::<Vec<_>>().join(",") + "\n").collect()
}

/// A file name made from a title: lower-case letters, digits and hyphens, at most 60 characters.
pub fn file_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.chars().take(60).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "figure".to_owned() } else { name.to_owned() }
}

/// Offers bytes as a file to save.
fn download(name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let address = object_url(mime, bytes)?;
    let saved = click_download(name, &address);
    // The browser has taken what it needs once the click is handled.
    set_timeout(move || drop(Url::revoke_object_url(&address)), std::time::Duration::from_secs(10));
    saved
}

fn object_url(mime: &str, bytes: &[u8]) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

fn click_download(name: &str, address: &str) -> Result<(), JsValue> {
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(address);
    link.set_download(name);
    link.click();
    Ok(())
}

/// A figure as an SVG file of its own: colours resolved, on the page's card colour, nothing that is only for the
/// screen (`data-export="no"`).
fn svg_string(figure: &Element) -> Result<String, JsValue> {
    let copy: Element = figure.clone_node_with_deep(true)?.unchecked_into();
    copy.set_attribute("xmlns", "http://www.w3.org/2000/svg")?;
    freeze(figure, &copy)?;
    let paper = document().create_element_ns(Some("http://www.w3.org/2000/svg"), "rect")?;
    for (name, value) in [("width", "100%"), ("height", "100%"), ("fill", &colour_of(figure, "background-color"))] {
        paper.set_attribute(name, value)?;
    }
    copy.prepend_with_node_1(&paper)?;
    // The page's own place marks are empty comments.
    Ok(XmlSerializer::new()?.serialize_to_string(&copy)?.replace("<!---->", ""))
}

/// Writes the look that the style sheet gives `here` and all in it into `there`, its copy.
fn freeze(here: &Element, there: &Element) -> Result<(), JsValue> {
    if let Some(style) = window().get_computed_style(here)? {
        let of_text: &[&str] = if here.tag_name() == "text" { &TYPE } else { &[] };
        for name in LOOK.iter().chain(of_text) {
            let value = style.get_property_value(name)?;
            if !value.is_empty() {
                there.set_attribute(name, &value)?;
            }
        }
    }
    there.remove_attribute("class")?;
    let (mut here, mut there) = (here.first_element_child(), there.first_element_child());
    while let (Some(original), Some(copy)) = (here, there) {
        (here, there) = (original.next_element_sibling(), copy.next_element_sibling());
        if copy.get_attribute("data-export").as_deref() == Some("no") {
            copy.remove();
        } else {
            freeze(&original, &copy)?;
        }
    }
    Ok(())
}

fn colour_of(element: &Element, property: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(property).ok()).unwrap_or_default().trim().to_owned()
}

/// A figure as a PNG at twice its size, as a data address.
async fn png_address(figure: &Element) -> Result<String, JsValue> {
    let size = figure.get_bounding_client_rect();
    let source = object_url("image/svg+xml", svg_string(figure)?.as_bytes())?;
    let image = HtmlImageElement::new()?;
    image.set_src(&source);
    let loaded = JsFuture::from(image.decode()).await;
    Url::revoke_object_url(&source)?;
    loaded?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    let (width, height) = (size.width() * SCALE, size.height() * SCALE);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into::<CanvasRenderingContext2d>();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    canvas.to_data_url_with_type("image/png")
}

/// A small menu that saves a figure as SVG, PNG or CSV, and JSON where there is any.
#[component]
pub fn ExportMenu(
    /// The files' name, or a title to make it from.
    #[prop(into)]
    name: Signal<String>,
    /// The figure; without it only the numbers can be saved.
    #[prop(optional)]
    figure: Option<NodeRef<svg::Svg>>,
    /// The numbers behind it as CSV.
    #[prop(into)]
    csv: Callback<(), String>,
    /// The numbers behind it as JSON, where there are any.
    #[prop(optional, into)]
    json: Option<Callback<(), String>>,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    let file = move |ending: &str| format!("{}.{ending}", file_name(&name.get_untracked()));
    let text = move |ending: &'static str, mime: &'static str, content: String| {
        failed.set(download(&file(ending), mime, content.as_bytes()).is_err());
    };
    let picture = move |figure: NodeRef<svg::Svg>| {
        let save_svg = move |_| {
            if let Some(figure) = figure.get() {
                match svg_string(&figure) {
                    Ok(content) => text("svg", "image/svg+xml", content),
                    Err(_) => failed.set(true),
                }
            }
        };
        let save_png = move |_| {
            let Some(figure) = figure.get() else { return };
            spawn_local(async move {
                let saved = png_address(&figure).await.and_then(|address| click_download(&file("png"), &address));
                failed.set(saved.is_err());
            });
        };
        view! {
            <button type="button" on:click=save_svg>"SVG"</button>
            <button type="button" on:click=save_png>"PNG"</button>
        }
    };
    view! {
        <details class="export">
            <summary>"Save"<span class="sr-only">" "{name}</span></summary>
            <div class="export-choices">
                {figure.map(picture)}
                <button type="button" on:click=move |_| text("csv", "text/csv", csv.run(()))>"CSV"</button>
                {json.map(|json| view! {
                    <button type="button" on:click=move |_| text("json", "application/json", json.run(()))>"JSON"</button>
                })}
            </div>
            <p role="alert" class="error" hidden=move || !failed.get()>"This browser did not allow the file to be saved."</p>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_field_with_a_comma_or_quote_is_quoted() {
        let rows = [vec!["a".to_owned(), "b,c".to_owned()], vec!["say \"hi\"".to_owned(), "two\nlines".to_owned()]];
        assert_eq!(csv(rows.into_iter()), "a,\"b,c\"\n\"say \"\"hi\"\"\",\"two\nlines\"\n");
    }

    #[test]
    fn a_title_becomes_a_file_name() {
        assert_eq!(file_name("What the judge believes, turn by turn."), "what-the-judge-believes-turn-by-turn");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_name("?!"), "figure");
    }
}
