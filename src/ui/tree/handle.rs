//! What the reader looks at in a tree. A lab's view holds the handle, to show what belongs to the row in focus and to
//! lead to a node.

use super::{find, lines::Opening, shape::Shape};
use crate::ui::dom;
use leptos::prelude::*;

/// See the module's text. Copies share everything.
#[derive(Clone, Copy)]
pub struct TreeHandle {
    /// The row in focus.
    pub active: RwSignal<u32>,
    /// The branch on screen; `None` for everything.
    pub branch: RwSignal<Option<u32>>,
    pub(super) opening: RwSignal<Opening>,
    pub(super) query: RwSignal<String>,
    /// Counts up whenever the row in focus has to be brought into sight.
    pub(super) aim: RwSignal<u32>,
    /// Counts up whenever somebody asked for a node: what is said of it should be in sight too.
    pub asked: RwSignal<u32>,
    /// A node that somebody else wants to see, before the tree has looked.
    pub(super) wanted: RwSignal<Option<u32>>,
}

impl TreeHandle {
    /// Of a tree with its first row in focus.
    pub fn new() -> Self {
        Self {
            active: RwSignal::new(0),
            branch: RwSignal::new(None),
            opening: RwSignal::new(Opening::default()),
            query: RwSignal::new(String::new()),
            aim: RwSignal::new(0),
            asked: RwSignal::new(0),
            wanted: RwSignal::new(None),
        }
    }

    /// Shows a node: opens what is above it, and brings it into sight.
    pub fn show(self, id: u32) {
        self.wanted.set(Some(id));
    }

    pub(super) fn go(self, id: u32) {
        self.active.set(id);
        self.aim.update(|aim| *aim += 1);
    }

    pub(super) fn reveal(self, shape: &Shape, id: u32) {
        if self.branch.get_untracked().is_some_and(|branch| !shape.path(id).contains(&branch)) {
            self.branch.set(None);
        }
        self.opening.update(|opening| opening.reveal(shape, id));
        self.go(id);
    }

    /// Goes along with what happens, unless somebody walks in the tree.
    pub fn follow(self, id: u32) {
        if !dom::has_focus("[role=tree]") {
            self.active.set(id);
        }
    }

    /// Looks at the beginning, as if nothing had been opened or closed.
    pub fn reset(self) {
        self.active.set(0);
        self.branch.set(None);
        self.opening.set(Opening::default());
        self.query.set(String::new());
    }

    /// Reveals a node because somebody asked for it.
    pub(super) fn present(self, shape: &Shape, id: u32) {
        self.reveal(shape, id);
        self.asked.update(|asked| *asked += 1);
    }

    pub(super) fn open(self, shape: &Shape, id: u32, open: bool) {
        self.opening.update(|opening| opening.set(shape, id, open));
    }

    /// To the next or previous hit.
    pub(super) fn hunt(self, shape: &Shape, hits: &[u32], forward: bool) {
        if let Some(hit) = find::next(hits, shape, self.active.get_untracked(), forward) {
            self.reveal(shape, hit);
        }
    }
}

impl Default for TreeHandle {
    fn default() -> Self {
        Self::new()
    }
}
