//! The page's keys: one pure table, and the listener that asks it.

use super::{Dialog, dom};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Play, or pause where it plays.
    PlayPause,
    /// One event back.
    Back,
    /// One event on.
    Step,
    /// To the start.
    Start,
    /// To the end.
    End,
    /// Back to the start, and stop there.
    Reset,
    /// Another seed.
    NewSeed,
    /// To the field that searches the tree.
    Search,
    /// Show the keys.
    Help,
}

/// Where the focus is, as far as keys care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// On nothing that has keys of its own.
    Page,
    /// On a button, link or switch, which Space presses.
    Pressable,
    /// On a slider, radio group, figure or picture, which arrows, Home and End move.
    Movable,
    /// In a field, a list or an editable text, where every key is typed.
    Editable,
    /// In an open dialog.
    Dialog,
}

/// What a key does here; `None` leaves it to the browser. `modified`: Ctrl, Alt or Meta is held.
pub fn action(key: &str, focus: Focus, modified: bool) -> Option<Action> {
    if modified || matches!(focus, Focus::Dialog | Focus::Editable) {
        return None;
    }
    let action = match key {
        " " => Action::PlayPause,
        "ArrowLeft" => Action::Back,
        "ArrowRight" => Action::Step,
        "Home" => Action::Start,
        "End" => Action::End,
        "r" | "R" => Action::Reset,
        "n" | "N" => Action::NewSeed,
        "/" => Action::Search,
        "?" => Action::Help,
        _ => return None,
    };
    let taken = match action {
        Action::PlayPause => focus != Focus::Page,
        Action::Back | Action::Step | Action::Start | Action::End => focus == Focus::Movable,
        _ => false,
    };
    (!taken).then_some(action)
}

/// Sees where a key would go.
fn focus_of(target: Option<Element>) -> Focus {
    let within = |selector: &str| target.as_ref().is_some_and(|e| e.closest(selector).ok().flatten().is_some());
    if document().query_selector("dialog[open]").ok().flatten().is_some() {
        Focus::Dialog
    } else if within(
        "textarea, select, [contenteditable]:not([contenteditable=false]), \
         input:not([type=range]):not([type=checkbox]):not([type=radio]):not([type=button]):not([type=file])",
    ) {
        Focus::Editable
    } else if within("input[type=range], input[type=radio], [role=slider], [data-own-keys]") {
        Focus::Movable
    } else if within("button, a[href], summary, input, [role=button], [role=switch]") {
        Focus::Pressable
    } else {
        Focus::Page
    }
}

/// A tree's search field.
const SEARCH: &str = "[role=search] input";

/// Goes to the field that searches the tree.
pub fn to_search() {
    if let Some(field) = dom::by_selector(SEARCH) {
        // A browser that refuses the focus leaves it where it was.
        let _ = field.focus();
        field.select();
    }
}

/// Listens on the window for as long as the caller's view lives.
pub fn listen(act: Callback<Action>) {
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if event.default_prevented() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let action = action(&event.key(), focus_of(target), modified);
        // Where there is no tree, a browser may have a use of its own for “/”.
        if let Some(action) = action.filter(|action| *action != Action::Search || dom::by_selector(SEARCH).is_some()) {
            event.prevent_default();
            act.run(action);
        }
    });
    on_cleanup(move || handle.remove());
}

/// The keys in words, as the help shows them.
const KEYS: [(&str, &str); 9] = [
    ("Space", "play or pause"),
    ("←", "one step back"),
    ("→", "one step on"),
    ("Home", "to the start"),
    ("End", "to the end, also where it is still being computed"),
    ("R", "reset: back to the start, and pause"),
    ("N", "run again with a new seed"),
    ("/", "search the tree, where there is one"),
    ("?", "these keys"),
];

/// A dialog that lists the keys.
#[component]
pub fn KeysHelp(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let row = |(key, does): (&'static str, &'static str)| {
        view! { <div class="key-row"><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> }
    };
    view! {
        <Dialog open=open title="Keys">
            <dl class="keys">{KEYS.into_iter().map(row).collect_view()}</dl>
            <p class="hint">
                "In a figure, ← and → move the cross-hair; in a picture, the arrows move among the pixels that can be chosen; in \
                 a tree, ↑ and ↓ go from row to row, → opens, ← closes, and * opens all siblings."
            </p>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_does_its_own_thing_on_the_page() {
        let keys = [" ", "ArrowLeft", "ArrowRight", "Home", "End", "r", "n", "/", "?"];
        let actions: Vec<_> = keys.iter().filter_map(|key| action(key, Focus::Page, false)).collect();
        assert_eq!(
            actions,
            [
                Action::PlayPause,
                Action::Back,
                Action::Step,
                Action::Start,
                Action::End,
                Action::Reset,
                Action::NewSeed,
                Action::Search,
                Action::Help
            ]
        );
        assert_eq!(action("R", Focus::Page, false), Some(Action::Reset));
        assert_eq!(action("x", Focus::Page, false), None);
    }

    #[test]
    fn nothing_fires_while_typing_or_in_a_dialog_or_with_a_modifier() {
        for key in [" ", "ArrowLeft", "Home", "r", "n", "?", "/"] {
            assert_eq!(action(key, Focus::Editable, false), None);
            assert_eq!(action(key, Focus::Dialog, false), None);
            assert_eq!(action(key, Focus::Page, true), None);
        }
    }

    #[test]
    fn a_focused_control_keeps_its_own_keys_and_no_others() {
        let button = Focus::Pressable;
        assert_eq!(action(" ", button, false), None);
        assert_eq!(action("ArrowRight", button, false), Some(Action::Step));
        let slider = Focus::Movable;
        for key in [" ", "ArrowLeft", "ArrowRight", "Home", "End"] {
            assert_eq!(action(key, slider, false), None, "{key}");
        }
        assert_eq!(action("r", slider, false), Some(Action::Reset));
        assert_eq!(
            (action("/", slider, false), action("/", button, false)),
            (Some(Action::Search), Some(Action::Search))
        );
    }
}
