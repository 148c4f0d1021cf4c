//! SVG drawn into a PNG, strip by strip, so that a large picture does not hold up the page.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

/// A picture in the making. Sizes are in CSS pixels.
pub struct Paint {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    scale: f64,
}

impl Paint {
    /// An empty picture of this size, with `scale` pixels for each CSS pixel.
    ///
    /// # Errors
    /// Where the browser draws nothing, or nothing so large.
    pub fn of((width, height): (f64, f64), scale: f64) -> Result<Self, JsValue> {
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
        canvas.set_width((width * scale) as u32);
        canvas.set_height((height * scale) as u32);
        // Drawn by the processor at once, strip by strip: otherwise all strips are drawn together when the whole is read.
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE)?;
        let context = canvas.get_context_with_context_options("2d", &options)?.ok_or(JsValue::NULL)?.unchecked_into();
        Ok(Self { canvas, context, scale })
    }

    /// Draws an SVG of this size, from `top` downwards.
    ///
    /// # Errors
    /// Where the browser cannot draw it.
    pub async fn draw(&self, svg: &Blob, top: f64, (width, height): (f64, f64)) -> Result<(), JsValue> {
        let source = Url::create_object_url_with_blob(svg)?;
        let image = HtmlImageElement::new()?;
        image.set_src(&source);
        let loaded = JsFuture::from(image.decode()).await;
        Url::revoke_object_url(&source)?;
        loaded?;
        let [top, width, height] = [top, width, height].map(|length| length * self.scale);
        self.context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, top, width, height)
    }

    /// The picture as a PNG. The browser packs it while the page goes on.
    ///
    /// # Errors
    /// Where the browser cannot.
    pub async fn packed(&self) -> Result<Blob, JsValue> {
        let packed = js_sys::Promise::new(&mut |resolve, reject| {
            if let Err(error) = self.canvas.to_blob_with_type(&resolve, "image/png") {
                // Nobody waits for what this call returns.
                let _ = reject.call1(&JsValue::NULL, &error);
            }
        });
        JsFuture::from(packed).await?.dyn_into()
    }
}
