//! What the parts of the widget share.

use super::{
    Columns, SharedForest, TreeHandle, find,
    lines::{self, Line},
    shape::Shape,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Everything is computed once for each change.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub forest: Memo<SharedForest>,
    pub shape: Memo<Arc<Shape>>,
    pub lines: Memo<Arc<Vec<Line>>>,
    pub hits: Memo<Arc<Vec<u32>>>,
    pub blame: Signal<Vec<u32>>,
    pub now: Signal<Option<u32>>,
    pub columns: Columns,
    pub handle: TreeHandle,
}

impl Parts {
    /// Of a forest and what is to be seen of it.
    pub fn of(
        forest: Signal<SharedForest>,
        columns: Columns,
        blame: Signal<Vec<u32>>,
        now: Signal<Option<u32>>,
        handle: TreeHandle,
    ) -> Self {
        let forest = Memo::new(move |_| forest.get());
        // Comparing thousands of rows costs as much as making them: a change of what they are made of is one of theirs.
        let shape = Memo::new_with_compare(move |_| forest.with(|forest| Arc::new(Shape::of(&*forest.0))), |_, _| true);
        let lines = Memo::new_with_compare(
            move |_| {
                shape.with(|shape| {
                    let branch = handle.branch.get();
                    handle.opening.with(|opening| Arc::new(lines::lines(shape, opening, branch)))
                })
            },
            |_, _| true,
        );
        let hits = Memo::new(move |_| {
            let wanted = handle.query.get();
            forest.with(|forest| shape.with(|shape| Arc::new(find::hits(&*forest.0, shape, &wanted))))
        });
        Self { forest, shape, lines, hits, blame, now, columns, handle }
    }

    /// The branch on screen, where it exists.
    pub fn branch(self) -> Option<u32> {
        self.handle.branch.get().filter(|branch| (*branch as usize) < self.shape.with(|shape| shape.len()))
    }

    /// The row in focus, or the nearest above it.
    pub fn active_index(self) -> usize {
        let active = self.handle.active.get();
        self.lines.with(|lines| self.shape.with(|shape| lines::index_of(lines, shape, active)))
    }
}
