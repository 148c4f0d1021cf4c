//! Small doors to the browser that several widgets use. Nothing here panics where a door is locked.

use leptos::{html, prelude::*};
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{
    FocusOptions, HtmlElement, HtmlInputElement, ResizeObserver, ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// An id no other element has, to tie a label or a description to its element.
pub fn unique(stem: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("{stem}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus, where the element exists.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id) {
        // A browser that refuses the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// Moves the focus, and nothing else: for a button that goes with its press.
pub fn hand_focus(id: &str) {
    if let Some(element) = by_id(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// The first field that fits a selector.
pub fn by_selector(selector: &str) -> Option<HtmlInputElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Whether the focus is on such an element, or in one.
pub fn has_focus(selector: &str) -> bool {
    document().active_element().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// Scrolls the page no further than needed to have the element with this id in sight.
pub fn bring_into_sight(id: &str) {
    if let Some(element) = by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls the list that holds the first such element sideways until it can be seen.
pub fn reveal(selector: &str) {
    let found =
        document().query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some((element, list)) = found.and_then(|element| element.parent_element().map(|list| (element, list))) {
        let (own, around) = (element.get_bounding_client_rect(), list.get_bounding_client_rect());
        let off = own.left() + own.width() / 2.0 - around.left() - around.width() / 2.0;
        list.set_scroll_left(list.scroll_left() + off as i32);
    }
}

/// Reads from the browser's storage; `None` where it is empty or blocked.
pub fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Writes to the browser's storage, where it is allowed.
pub fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or blocked storage only means that the choice is forgotten.
        let _ = storage.set_item(key, value);
    }
}

/// The window's width and height in CSS pixels.
pub fn window_size() -> (f64, f64) {
    let number = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or_default();
    (number(window().inner_width()), number(window().inner_height()))
}

/// How far the page is scrolled, to the right and down, in CSS pixels.
pub fn scrolled() -> (f64, f64) {
    (window().scroll_x().unwrap_or_default(), window().scroll_y().unwrap_or_default())
}

/// Does something once the page has been laid out, unless whoever asks for it has gone by then.
pub fn in_next_frame(act: impl FnOnce() + 'static) {
    if let Ok(frame) = request_animation_frame_with_handle(act) {
        on_cleanup(move || frame.cancel());
    }
}

/// The width of an element in CSS pixels, measured when it appears and whenever it changes.
pub fn width_of(element: NodeRef<html::Div>) -> Signal<f64> {
    let width = RwSignal::new(640.0);
    let observer = StoredValue::new_local(None::<ResizeObserver>);
    let measure = move || {
        // The news may come after the component has gone.
        if let Some(Some(element)) = element.try_get_untracked()
            && element.client_width() > 0
        {
            let _ = width.try_set(f64::from(element.client_width()));
        }
    };
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let changed = Closure::<dyn FnMut()>::new(measure).into_js_value();
        // It tells of the first layout too.
        if let Ok(watching) = ResizeObserver::new(changed.unchecked_ref()) {
            watching.observe(&element);
            observer.set_value(Some(watching));
        }
    });
    on_cleanup(move || {
        if let Some(Some(watching)) = observer.try_get_value() {
            watching.disconnect();
        }
    });
    width.into()
}
