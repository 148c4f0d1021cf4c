//! The visible rows of a tree, given what is open.

use super::shape::Shape;
use std::collections::BTreeSet;

/// So many rows may be open before the reader has opened or closed anything.
const FITS: usize = 60;

/// What is open: the first levels, but for single nodes that were opened or closed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opening {
    /// Nodes above this level are open; `None`: as many levels as fit.
    levels: Option<u16>,
    by_hand: BTreeSet<u32>,
}

impl Opening {
    /// So many levels, all for [`u16::MAX`], as many as fit for `None`; what was done by hand is forgotten.
    pub fn levels(levels: Option<u16>) -> Self {
        Self { levels, by_hand: BTreeSet::new() }
    }

    /// How many levels are open.
    pub fn open_levels(&self) -> Option<u16> {
        self.levels
    }

    /// Whether what is below a node is shown.
    pub fn is_open(&self, shape: &Shape, id: u32) -> bool {
        let levels = self.levels.unwrap_or_else(|| fitting(shape));
        (shape.level(id) < levels) != self.by_hand.contains(&id)
    }

    /// Opens or closes a node.
    pub fn set(&mut self, shape: &Shape, id: u32, open: bool) {
        // What fits changes while a tree grows: a choice by hand fixes it.
        self.levels = Some(self.levels.unwrap_or_else(|| fitting(shape)));
        if self.is_open(shape, id) != open && !self.by_hand.insert(id) {
            self.by_hand.remove(&id);
        }
    }

    /// Opens everything above a node.
    pub fn reveal(&mut self, shape: &Shape, id: u32) {
        for above in shape.path(id) {
            if above != id && !self.is_open(shape, above) {
                self.set(shape, above, true);
            }
        }
    }
}

/// The most levels that can be open with at most [`FITS`] rows; at least one.
fn fitting(shape: &Shape) -> u16 {
    let mut rows = 0;
    let mut fits = |count: &usize| {
        rows += count;
        rows <= FITS
    };
    let levels = shape.per_level().iter().take_while(|count| fits(count)).count();
    (levels.saturating_sub(1)).max(1) as u16
}

/// A visible row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Line {
    /// Which node.
    pub id: u32,
    /// How far it is indented, from 0.
    pub level: u16,
    /// Its place among its siblings, from 1.
    pub place: u32,
    /// How many siblings there are, itself included.
    pub of: u32,
    /// How many nodes are right below it.
    pub children: u32,
    /// Whether they are shown.
    pub open: bool,
}

/// The rows from top to bottom: of everything, or of the branch below `root`.
pub fn lines(shape: &Shape, opening: &Opening, root: Option<u32>) -> Vec<Line> {
    let top = root.map_or(0, |root| shape.level(root));
    let mut stack = Vec::new();
    match root {
        Some(root) if (root as usize) < shape.len() => stack.push((root, 1, 1)),
        _ => push(shape.roots(), &mut stack),
    }
    let mut lines = Vec::new();
    while let Some((id, place, of)) = stack.pop() {
        let children = shape.children(id);
        let open = !children.is_empty() && opening.is_open(shape, id);
        let level = shape.level(id).saturating_sub(top);
        lines.push(Line { id, level, place, of, children: children.len() as u32, open });
        if open {
            push(children, &mut stack);
        }
    }
    lines
}

/// Siblings with their places, the first on top.
fn push(siblings: &[u32], stack: &mut Vec<(u32, u32, u32)>) {
    let of = siblings.len() as u32;
    stack.extend(siblings.iter().enumerate().rev().map(|(at, id)| (*id, at as u32 + 1, of)));
}

/// The row of a node, or of the nearest one above it that is shown; the first where there is none.
pub fn index_of(lines: &[Line], shape: &Shape, id: u32) -> usize {
    let at = |id: u32| lines.iter().position(|line| line.id == id);
    std::iter::successors(Some(id), |id| shape.parent(*id)).find_map(at).unwrap_or(0)
}

/// The rows to draw: those in a window of `height` that begins `top` below the first row, and a few around it.
pub fn window(count: usize, row: f64, top: f64, height: f64) -> std::ops::Range<usize> {
    const AROUND: usize = 6;
    let first = (top.max(0.0) / row) as usize;
    let last = ((top + height).max(0.0) / row).ceil() as usize;
    first.saturating_sub(AROUND).min(count)..(last + AROUND).min(count)
}

#[cfg(test)]
mod tests {
    use super::super::shape::tests::{Given, small};
    use super::*;

    fn ids(shape: &Shape, opening: &Opening, root: Option<u32>) -> Vec<u32> {
        lines(shape, opening, root).iter().map(|line| line.id).collect()
    }

    #[test]
    fn levels_open_and_single_nodes_are_opened_and_closed_by_hand() {
        let shape = small();
        let mut opening = Opening::levels(Some(1));
        assert_eq!(ids(&shape, &opening, None), [0, 1, 2]);
        opening.set(&shape, 2, true);
        assert_eq!(ids(&shape, &opening, None), [0, 1, 2, 5]);
        opening.set(&shape, 2, true);
        opening.set(&shape, 0, false);
        assert_eq!(ids(&shape, &opening, None), [0]);
        opening.set(&shape, 0, true);
        assert_eq!(ids(&shape, &opening, None), [0, 1, 2, 5]);
        assert_eq!(ids(&shape, &Opening::levels(Some(u16::MAX)), None), [0, 1, 3, 4, 2, 5]);
        assert_eq!(ids(&shape, &Opening::levels(Some(0)), None), [0]);
    }

    #[test]
    fn a_branch_stands_alone_and_begins_at_the_margin() {
        let shape = small();
        let branch = lines(&shape, &Opening::levels(Some(u16::MAX)), Some(1));
        let seen: Vec<_> = branch.iter().map(|line| (line.id, line.level, line.place, line.of)).collect();
        assert_eq!(seen, [(1, 0, 1, 1), (3, 1, 1, 2), (4, 1, 2, 2)]);
        assert_eq!(ids(&shape, &Opening::default(), Some(99)), [0, 1, 3, 4, 2, 5]);
    }

    #[test]
    fn revealing_opens_what_is_above_and_no_more() {
        let shape = small();
        let mut opening = Opening::levels(Some(0));
        opening.reveal(&shape, 5);
        assert_eq!(ids(&shape, &opening, None), [0, 1, 2, 5]);
    }

    #[test]
    fn as_many_levels_as_fit_are_open_at_first() {
        assert_eq!(ids(&small(), &Opening::default(), None).len(), 6);
        let wide = Given((0..1000).map(|id| (id > 0).then(|| (id - 1) / 10)).collect());
        let shape = Shape::of(&wide);
        assert_eq!(ids(&shape, &Opening::default(), None).len(), 11);
    }

    #[test]
    fn a_hidden_node_is_found_at_the_nearest_row_above() {
        let shape = small();
        let rows = lines(&shape, &Opening::levels(Some(1)), None);
        assert_eq!((index_of(&rows, &shape, 5), index_of(&rows, &shape, 1), index_of(&rows, &shape, 99)), (2, 1, 0));
    }

    #[test]
    fn only_what_is_in_sight_is_drawn() {
        assert_eq!(window(30_000, 34.0, 0.0, 560.0), 0..23);
        assert_eq!(window(30_000, 34.0, 340_000.0, 560.0), 9_994..10_023);
        assert_eq!(window(5, 34.0, 9_000.0, 560.0), 5..5);
        assert_eq!(window(0, 34.0, 0.0, 560.0), 0..0);
    }
}
