//! What a key does in a tree, after the ARIA tree pattern.

use super::{lines::Line, shape::Shape};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Go to this node.
    Go(u32),
    /// Show what is below a node.
    Open(u32),
    /// Hide what is below a node.
    Close(u32),
    /// Show what is below a node and all its siblings.
    OpenSiblings(u32),
}

/// What a key does on the row `at`; `None` leaves it to the page. `page`: how many rows are in sight.
pub fn step(key: &str, lines: &[Line], shape: &Shape, at: usize, page: usize) -> Option<Step> {
    let here = lines.get(at)?;
    let go = |to: usize| lines.get(to.min(lines.len() - 1)).map(|line| Step::Go(line.id));
    match key {
        "ArrowDown" => go(at + 1),
        "ArrowUp" => go(at.saturating_sub(1)),
        "PageDown" => go(at + page.max(1)),
        "PageUp" => go(at.saturating_sub(page.max(1))),
        "Home" => go(0),
        "End" => go(lines.len() - 1),
        "ArrowRight" if here.children == 0 => Some(Step::Go(here.id)),
        "ArrowRight" if here.open => go(at + 1),
        "ArrowRight" => Some(Step::Open(here.id)),
        "ArrowLeft" | "Enter" | " " if here.open => Some(Step::Close(here.id)),
        "ArrowLeft" => {
            let above = shape.parent(here.id).filter(|_| here.level > 0);
            Some(Step::Go(above.unwrap_or(here.id)))
        }
        "Enter" | " " if here.children > 0 => Some(Step::Open(here.id)),
        "Enter" | " " => Some(Step::Go(here.id)),
        "*" => Some(Step::OpenSiblings(here.id)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        lines::{Opening, lines},
        shape::tests::small,
    };
    use super::*;

    #[test]
    fn every_key_of_the_pattern() {
        let shape = small();
        let mut opening = Opening::levels(Some(u16::MAX));
        opening.set(&shape, 2, false);
        // 0, 1, 3, 4, 2 (closed)
        let rows = lines(&shape, &opening, None);
        let press = |key, at| step(key, &rows, &shape, at, 3);
        assert_eq!(press("ArrowDown", 0), Some(Step::Go(1)));
        assert_eq!(press("ArrowDown", 4), Some(Step::Go(2)));
        assert_eq!(press("ArrowUp", 0), Some(Step::Go(0)));
        assert_eq!((press("Home", 3), press("End", 0)), (Some(Step::Go(0)), Some(Step::Go(2))));
        assert_eq!((press("PageDown", 0), press("PageUp", 4)), (Some(Step::Go(4)), Some(Step::Go(1))));
        assert_eq!((press("ArrowRight", 4), press("ArrowRight", 0)), (Some(Step::Open(2)), Some(Step::Go(1))));
        assert_eq!(press("ArrowRight", 2), Some(Step::Go(3)));
        assert_eq!((press("ArrowLeft", 1), press("ArrowLeft", 3)), (Some(Step::Close(1)), Some(Step::Go(1))));
        assert_eq!((press("ArrowLeft", 4), press("*", 1)), (Some(Step::Go(0)), Some(Step::OpenSiblings(1))));
        assert_eq!((press("Enter", 4), press(" ", 1)), (Some(Step::Open(2)), Some(Step::Close(1))));
        // Keys of the page stay the page's.
        assert!(["r", "n", "?", "/"].iter().all(|key| press(key, 0).is_none()));
    }

    #[test]
    fn a_branch_is_not_left_upwards_and_an_empty_tree_has_no_keys() {
        let shape = small();
        let rows = lines(&shape, &Opening::levels(Some(0)), Some(1));
        assert_eq!(step("ArrowLeft", &rows, &shape, 0, 3), Some(Step::Go(1)));
        assert_eq!(step("ArrowDown", &[], &shape, 0, 3), None);
    }
}
