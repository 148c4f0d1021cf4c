//! Figures and tables as files.

use super::paint::Paint;
use leptos::{prelude::*, svg, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, Url, XmlSerializer};

/// What of an element's look is written into an SVG that has to stand alone.
const LOOK: [&str; 7] =
    ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity"];
/// The same for text.
const TYPE: [&str; 5] = ["font-family", "font-size", "font-weight", "text-anchor", "paint-order"];

/// PNG pixels for each CSS pixel.
const SCALE: f64 = 2.0;
/// The kind of file that figures are.
pub const SVG: &str = "image/svg+xml";

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

/// A file in the making, written piece by piece.
#[derive(Default)]
pub struct Pieces(js_sys::Array);

impl Pieces {
    /// A file with these words alone.
    ///
    /// # Errors
    /// Where the browser has no room for it.
    pub fn of(text: &str) -> Result<Self, JsValue> {
        let pieces = Self::default();
        pieces.push(text)?;
        Ok(pieces)
    }

    /// Adds the next piece. It becomes a blob at once: joining blobs takes no time, writing a long text into one does.
    ///
    /// # Errors
    /// Where the browser has no room for it.
    pub fn push(&self, text: &str) -> Result<(), JsValue> {
        self.0.push(Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(text)))?.as_ref());
        Ok(())
    }

    /// All of it.
    ///
    /// # Errors
    /// Where the browser has no room for it.
    pub fn blob(&self, mime: &str) -> Result<Blob, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        Blob::new_with_blob_sequence_and_options(&self.0, &options)
    }

    /// Offers it as a file to save.
    ///
    /// # Errors
    /// Where the browser does not allow it.
    pub fn save(&self, name: &str, mime: &str) -> Result<(), JsValue> {
        download(name, &self.blob(mime)?)
    }
}

/// Offers a file to save.
///
/// # Errors
/// Where the browser does not allow it.
pub fn download(name: &str, file: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has taken what it needs once the click is handled.
    set_timeout(move || drop(Url::revoke_object_url(&address)), std::time::Duration::from_secs(10));
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

/// Offers an SVG of this size as a PNG at twice its size.
async fn save_png(name: &str, svg: &str, size: (f64, f64)) -> Result<(), JsValue> {
    let paint = Paint::of(size, SCALE)?;
    paint.draw(&Pieces::of(svg)?.blob(SVG)?, 0.0, size).await?;
    download(name, &paint.packed().await?)
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
        failed.set(Pieces::of(&content).and_then(|pieces| pieces.save(&file(ending), mime)).is_err());
    };
    let picture = move |figure: NodeRef<svg::Svg>| {
        let save_svg = move |_| {
            if let Some(figure) = figure.get() {
                match svg_string(&figure) {
                    Ok(content) => text("svg", SVG, content),
                    Err(_) => failed.set(true),
                }
            }
        };
        let as_png = move |_| {
            let Some(figure) = figure.get() else { return };
            spawn_local(async move {
                let size = figure.get_bounding_client_rect();
                let saved = match svg_string(&figure) {
                    Ok(content) => save_png(&file("png"), &content, (size.width(), size.height())).await,
                    Err(error) => Err(error),
                };
                failed.set(saved.is_err());
            });
        };
        view! {
            <button type="button" on:click=save_svg>"SVG"</button>
            <button type="button" on:click=as_png>"PNG"</button>
        }
    };
    view! {
        <SaveMenu name failed>
            {figure.map(picture)}
            <button type="button" on:click=move |_| text("csv", "text/csv", csv.run(()))>"CSV"</button>
            {json.map(|json| view! {
                <button type="button" on:click=move |_| text("json", "application/json", json.run(()))>"JSON"</button>
            })}
        </SaveMenu>
    }
}

/// The button that opens a menu of files to save, and what is said where that fails.
#[component]
pub fn SaveMenu(
    /// What is saved, for screen readers.
    name: Signal<String>,
    /// Whether the last file could not be saved.
    failed: RwSignal<bool>,
    /// A button for each kind of file.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="export">
            <summary>"Save"<span class="sr-only">" "{name}</span></summary>
            <div class="export-choices">{children()}</div>
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
