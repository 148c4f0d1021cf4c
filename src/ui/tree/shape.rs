//! Rows in their order: levels and ranks of a forest, in time and room proportional to its nodes.

use super::Forest;
use crate::lab::Children;

/// The structure of a forest. Children are in the order of their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    children: Children,
    level: Vec<u16>,
    /// All nodes from top to bottom, as if everything were open.
    order: Vec<u32>,
    rank: Vec<u32>,
    per_level: Vec<usize>,
}

impl Shape {
    /// Reads a forest's structure. A node whose parent is not an earlier one counts as a root.
    pub fn of(forest: &dyn Forest) -> Self {
        let children = Children::of((0..forest.count()).map(|id| forest.parent(id)));
        let (mut level, mut per_level) = (vec![0_u16; children.len()], Vec::new());
        for id in 0..children.len() {
            level[id] = children.parent(id as u32).map_or(0, |above| level[above as usize].saturating_add(1));
            let level = usize::from(level[id]);
            per_level.resize(per_level.len().max(level + 1), 0);
            per_level[level] += 1;
        }
        let mut shape = Self { children, level, order: Vec::new(), rank: Vec::new(), per_level };
        shape.order = shape.top_down();
        shape.rank = vec![0; shape.order.len()];
        for (rank, id) in (0..).zip(&shape.order) {
            shape.rank[*id as usize] = rank;
        }
        shape
    }

    fn top_down(&self) -> Vec<u32> {
        let mut stack: Vec<u32> = self.roots().iter().rev().copied().collect();
        let mut order = Vec::with_capacity(self.len());
        while let Some(id) = stack.pop() {
            order.push(id);
            stack.extend(self.children(id).iter().rev());
        }
        order
    }

    /// How many nodes.
    pub fn len(&self) -> usize {
        self.children.len()
    }

    /// The nodes without a parent.
    pub fn roots(&self) -> &[u32] {
        self.children.roots()
    }

    /// The nodes right below one.
    pub fn children(&self, id: u32) -> &[u32] {
        self.children.children(id)
    }

    /// The node above.
    pub fn parent(&self, id: u32) -> Option<u32> {
        self.children.parent(id)
    }

    /// How many nodes are above.
    pub fn level(&self, id: u32) -> u16 {
        self.level.get(id as usize).copied().unwrap_or(0)
    }

    /// The node and all above it, from the root down.
    pub fn path(&self, id: u32) -> Vec<u32> {
        self.children.path(id)
    }

    /// All nodes from top to bottom.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// A node's place in that order.
    pub fn rank(&self, id: u32) -> u32 {
        self.rank.get(id as usize).copied().unwrap_or(0)
    }

    /// The levels below the roots.
    pub fn depth(&self) -> u16 {
        self.per_level.len().saturating_sub(1) as u16
    }

    /// How many nodes there are on each level.
    pub fn per_level(&self) -> &[usize] {
        &self.per_level
    }
}

#[cfg(test)]
pub mod tests {
    use super::super::Row;
    use super::*;
    use proptest::prelude::*;

    /// A forest of given parents, whose labels are their ids in words.
    pub struct Given(pub Vec<Option<u32>>);

    impl Forest for Given {
        fn count(&self) -> u32 {
            self.0.len() as u32
        }
        fn parent(&self, id: u32) -> Option<u32> {
            self.0[id as usize]
        }
        fn row(&self, id: u32) -> Row {
            Row { label: format!("node {id}"), ..Row::default() }
        }
        fn texts(&self, _: u32) -> [&str; 2] {
            ["a label", ""]
        }
        fn json(&self, id: u32) -> serde_json::Value {
            serde_json::json!({ "id": id })
        }
    }

    /// 0 ─ 1 ─ 3, 4; 0 ─ 2 ─ 5.
    pub fn small() -> Shape {
        Shape::of(&Given(vec![None, Some(0), Some(0), Some(1), Some(1), Some(2)]))
    }

    #[test]
    fn children_order_levels_and_paths() {
        let shape = small();
        assert_eq!((shape.roots(), shape.children(0), shape.children(3)), (&[0][..], &[1, 2][..], &[][..]));
        assert_eq!(shape.order(), [0, 1, 3, 4, 2, 5]);
        assert_eq!((shape.path(4), shape.depth(), shape.per_level()), (vec![0, 1, 4], 2, &[1, 2, 3][..]));
        assert_eq!(shape.children(99), [0_u32; 0]);
    }

    #[test]
    fn nothing_has_no_rows() {
        let shape = Shape::of(&Given(Vec::new()));
        assert_eq!((shape.len(), shape.roots().len(), shape.depth()), (0, 0, 0));
    }

    proptest! {
        #[test]
        fn every_node_stands_once_after_its_parent(parents in prop::collection::vec(any::<u32>(), 0..200)) {
            let parents: Vec<_> = parents.iter().enumerate().map(|(id, p)| (id > 0).then(|| p % id as u32)).collect();
            let shape = Shape::of(&Given(parents.clone()));
            let mut seen = shape.order().to_vec();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..parents.len() as u32).collect::<Vec<_>>());
            for (id, parent) in (0..).zip(parents) {
                prop_assert!(parent.is_none_or(|parent| shape.rank(parent) < shape.rank(id)));
                prop_assert!(parent.is_none_or(|parent| shape.children(parent).contains(&id)));
            }
        }
    }
}
