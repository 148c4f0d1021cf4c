//! The address bar: what it says, when it changes, and writing to it.

use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// A lab's run; the link says which.
    Lab,
    /// The About page.
    About,
}

impl Route {
    /// Where an address leads.
    pub fn of(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        if path == "about" || path.starts_with("about?") { Self::About } else { Self::Lab }
    }
}

/// The part from `#` on; empty where there is none.
pub fn hash() -> String {
    location().and_then(|location| location.hash().ok()).unwrap_or_default()
}

/// The whole address without the part from `#` on.
pub fn base() -> String {
    let href = location().and_then(|location| location.href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Writes an address without going anywhere: a setting was changed, and *back* should not undo it step by step.
pub fn replace(hash: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

/// Calls `changed` whenever a reader or a link goes to another address.
pub fn listen(changed: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(changed);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("hashchange", closure.as_ref().unchecked_ref());
    }
    // The page listens as long as it lives.
    closure.forget();
}

fn location() -> Option<web_sys::Location> {
    web_sys::window().map(|window| window.location())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_is_a_page_and_everything_else_is_a_lab() {
        assert_eq!(Route::of("#/about"), Route::About);
        assert_eq!(Route::of("#/about?x=1"), Route::About);
        for hash in ["", "#", "#/debate/first?v=1", "#/aboutness", "#/nonsense"] {
            assert_eq!(Route::of(hash), Route::Lab, "{hash}");
        }
    }
}
