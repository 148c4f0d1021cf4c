//! A canvas to draw a digit on, by mouse, touch, pen or keyboard.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, KeyboardEvent, PointerEvent};

/// Width and height of the drawing, in its own units and pixels.
const SIZE: u32 = 280;
/// Width of the pen.
const PEN: f64 = 22.0;
/// How far an arrow key moves the pen.
const STEP: f64 = 10.0;

/// A grey picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bitmap {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Ink, row by row: 0 is paper, 255 is full ink.
    pub ink: Vec<u8>,
}

type Place = (f64, f64);

/// Strokes, and the pen that the keyboard moves.
#[derive(Debug, Clone, PartialEq)]
struct Drawing {
    strokes: Vec<Vec<Place>>,
    pen: Place,
    /// Whether the keyboard's pen is on the paper.
    down: bool,
}

impl Default for Drawing {
    fn default() -> Self {
        let middle = f64::from(SIZE) / 2.0;
        Self { strokes: Vec::new(), pen: (middle, middle), down: false }
    }
}

impl Drawing {
    fn begin(&mut self, at: Place) {
        self.strokes.push(vec![at]);
        self.pen = at;
    }

    fn go_on(&mut self, at: Place) {
        if let Some(stroke) = self.strokes.last_mut() {
            stroke.push(at);
        }
        self.pen = at;
    }

    fn undo(&mut self) {
        self.strokes.pop();
        self.down = false;
    }

    /// What a key does; false where it is not one of the drawing's.
    fn key(&mut self, key: &str) -> bool {
        let (dx, dy) = match key {
            "ArrowLeft" => (-STEP, 0.0),
            "ArrowRight" => (STEP, 0.0),
            "ArrowUp" => (0.0, -STEP),
            "ArrowDown" => (0.0, STEP),
            " " => {
                self.down = !self.down;
                if self.down {
                    self.begin(self.pen);
                }
                return true;
            }
            _ => return false,
        };
        let inside = |value: f64| value.clamp(0.0, f64::from(SIZE));
        let to = (inside(self.pen.0 + dx), inside(self.pen.1 + dy));
        if self.down {
            self.go_on(to);
        }
        self.pen = to;
        true
    }

    /// Where the pen is, in tenths of the paper.
    fn words(&self) -> String {
        let tenth = |value: f64| (value / f64::from(SIZE) * 10.0).round();
        let state = if self.down { "Pen down" } else { "Pen up" };
        format!("{state}, {} of 10 across, {} of 10 down.", tenth(self.pen.0), tenth(self.pen.1))
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Draws the strokes, and the keyboard's pen as a ring where `pen` is set.
fn paint(canvas: &HtmlCanvasElement, drawing: &Drawing, pen: bool) -> Result<(), JsValue> {
    let Some(context) = context(canvas) else { return Ok(()) };
    let size = f64::from(SIZE);
    context.clear_rect(0.0, 0.0, size, size);
    let ink = window().get_computed_style(canvas)?.map(|style| style.get_property_value("color")).transpose()?;
    let ink = ink.unwrap_or_else(|| "black".to_owned());
    context.set_stroke_style_str(&ink);
    context.set_line_cap("round");
    context.set_line_join("round");
    context.set_line_width(PEN);
    for stroke in &drawing.strokes {
        context.begin_path();
        for (i, (x, y)) in stroke.iter().enumerate() {
            if i == 0 {
                context.move_to(*x, *y);
            } else {
                context.line_to(*x, *y);
            }
        }
        if let [(x, y)] = stroke[..] {
            // A tap is a dot.
            context.line_to(x + 0.1, y);
        }
        context.stroke();
    }
    if pen {
        context.set_line_width(if drawing.down { 4.0 } else { 2.0 });
        context.begin_path();
        context.arc(drawing.pen.0, drawing.pen.1, PEN * 0.8, 0.0, std::f64::consts::TAU)?;
        context.stroke();
    }
    Ok(())
}

/// The strokes as a picture: the canvas' opacity is the ink.
fn bitmap(canvas: &HtmlCanvasElement, drawing: &Drawing) -> Result<Bitmap, JsValue> {
    paint(canvas, drawing, false)?;
    let context = context(canvas).ok_or(JsValue::NULL)?;
    let image = context.get_image_data(0.0, 0.0, f64::from(SIZE), f64::from(SIZE))?;
    let ink = image.data().0.chunks_exact(4).map(|rgba| rgba[3]).collect();
    Ok(Bitmap { width: SIZE as usize, height: SIZE as usize, ink })
}

/// A canvas for mouse, touch, pen and keyboard, with undo and clear.
#[component]
pub fn Sketch(
    /// Called with the drawing when the reader says that it is done.
    #[prop(into)]
    on_done: Callback<Bitmap>,
    /// What the button says.
    #[prop(default = "Use this drawing".to_owned(), into)]
    done_label: String,
) -> impl IntoView {
    let drawing = RwSignal::new(Drawing::default());
    let by_keys = RwSignal::new(false);
    let pressed = RwSignal::new(false);
    let wrong = RwSignal::new(false);
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            wrong.set(drawing.with(|drawing| paint(&canvas, drawing, by_keys.get())).is_err());
        }
    });
    let place = move |event: &PointerEvent| -> Option<Place> {
        let area = canvas.get()?.get_bounding_client_rect();
        let scale = f64::from(SIZE) / area.width();
        Some(((f64::from(event.client_x()) - area.left()) * scale, (f64::from(event.client_y()) - area.top()) * scale))
    };
    let down = move |event: PointerEvent| {
        event.prevent_default();
        if let (Some(canvas), Some(at)) = (canvas.get(), place(&event)) {
            // Without the capture a stroke only ends at the edge.
            let _ = canvas.set_pointer_capture(event.pointer_id());
            pressed.set(true);
            by_keys.set(false);
            drawing.update(|drawing| {
                drawing.down = false;
                drawing.begin(at);
            });
        }
    };
    let moved = move |event: PointerEvent| {
        if let (true, Some(at)) = (pressed.get(), place(&event)) {
            drawing.update(|drawing| drawing.go_on(at));
        }
    };
    let key = move |event: KeyboardEvent| {
        if drawing.try_update(|drawing| drawing.key(&event.key())) == Some(true) {
            event.prevent_default();
            by_keys.set(true);
        }
    };
    let done = move |_| {
        if let Some(canvas) = canvas.get() {
            match drawing.with(|drawing| bitmap(&canvas, drawing)) {
                Ok(bitmap) => on_done.run(bitmap),
                Err(_) => wrong.set(true),
            }
        }
    };
    let empty = move || drawing.with(|drawing| drawing.strokes.is_empty());
    view! {
        <div class="sketch">
            <canvas node_ref=canvas width=SIZE height=SIZE tabindex="0" data-own-keys="" role="application"
                aria-label="Paper to draw on. Arrow keys move the pen, Space puts it down or lifts it."
                on:pointerdown=down on:pointermove=moved on:pointerup=move |_| pressed.set(false)
                on:pointercancel=move |_| pressed.set(false) on:keydown=key></canvas>
            <p class="hint" aria-live="polite">{move || if by_keys.get() {
                drawing.with(Drawing::words)
            } else {
                "Draw with mouse, finger or pen; or with the arrow keys, Space puts the pen down and lifts it.".to_owned()
            }}</p>
            <div class="sketch-buttons">
                <button type="button" disabled=empty on:click=move |_| drawing.update(Drawing::undo)>"Undo"</button>
                <button type="button" disabled=empty on:click=move |_| drawing.set(Drawing::default())>"Clear"</button>
                <button type="button" class="primary" disabled=empty on:click=done>{done_label}</button>
            </div>
            <p class="error" role="alert" hidden=move || !wrong.get()>"This browser does not let the page draw."</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyboard_draws_a_line() {
        let mut drawing = Drawing::default();
        for key in ["ArrowUp", " ", "ArrowRight", "ArrowRight", " ", "ArrowLeft"] {
            assert!(drawing.key(key));
        }
        assert_eq!(drawing.strokes, [vec![(140.0, 130.0), (150.0, 130.0), (160.0, 130.0)]]);
        assert_eq!(drawing.pen, (150.0, 130.0));
        assert!(!drawing.key("Tab"));
        assert_eq!(drawing.words(), "Pen up, 5 of 10 across, 5 of 10 down.");
    }

    #[test]
    fn the_pen_stays_on_the_paper_and_undo_takes_a_stroke_back() {
        let mut drawing = Drawing::default();
        assert!((0..50).all(|_| drawing.key("ArrowLeft")));
        assert_eq!(drawing.pen, (0.0, 140.0));
        drawing.begin((1.0, 1.0));
        drawing.begin((2.0, 2.0));
        drawing.undo();
        assert_eq!(drawing.strokes, [vec![(1.0, 1.0)]]);
    }
}
