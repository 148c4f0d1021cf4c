//! What can be read off a tree of questions and answers. Pure functions of its nodes.

use super::{
    event::Grown,
    replay::{NodeState, answer, extend},
};
use crate::lab::Children;

/// A tree of a snapshot, as the state holds the current one.
pub fn of(grown: &Grown) -> Vec<NodeState> {
    let mut tree = Vec::with_capacity(grown.nodes.len());
    extend(&mut tree, &grown.nodes);
    answer(&mut tree, &grown.given);
    tree
}

/// The children of every node, and the calls below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    children: Children,
    /// Questions below each node.
    costs: Vec<u32>,
}

impl Shape {
    /// The shape of a tree.
    pub fn of(tree: &[NodeState]) -> Self {
        let children = Children::of(tree.iter().map(|node| node.node.parent));
        let mut costs = vec![0; tree.len()];
        for at in (0..tree.len()).rev() {
            if let Some(parent) = children.parent(at as u32) {
                costs[parent as usize] += costs[at] + 1;
            }
        }
        Self { children, costs }
    }

    /// The sub-questions of a node, in the order in which they were asked.
    pub fn children(&self, node: u32) -> &[u32] {
        self.children.children(node)
    }

    /// The nodes from the root down to this one, both included.
    pub fn path(&self, node: u32) -> Vec<u32> {
        self.children.path(node)
    }

    /// How many questions were asked below a node: what its answer cost.
    pub fn cost(&self, node: u32) -> u32 {
        self.costs.get(node as usize).copied().unwrap_or(0)
    }

    /// The path from a wrong node to the mistake that explains it: from each node to its first wrong sub-answer, until
    /// there is none. Empty where the node is right, or nobody knows.
    pub fn blame_path(&self, tree: &[NodeState], from: u32) -> Vec<u32> {
        let mut path = Vec::new();
        let mut at = Some(from).filter(|node| is_wrong(tree, *node));
        while let Some(node) = at {
            path.push(node);
            at = self.children(node).iter().copied().find(|child| is_wrong(tree, *child));
        }
        path
    }

    /// The first mistake in the order of asking: a wrong answer whose sub-answers are all right.
    pub fn first_mistake(&self, tree: &[NodeState]) -> Option<u32> {
        let own =
            |node: &u32| is_wrong(tree, *node) && !self.children(*node).iter().any(|child| is_wrong(tree, *child));
        (0..tree.len() as u32).find(own)
    }
}

/// Whether a node has an answer that is known to be wrong.
pub fn is_wrong(tree: &[NodeState], node: u32) -> bool {
    tree.get(node as usize).and_then(|state| state.given.as_ref()).is_some_and(|given| given.right == Some(false))
}

/// Whether X's own answer and the tree's differ at a node.
pub fn differs(state: &NodeState) -> bool {
    let given = state.given.as_ref();
    given.is_some_and(|given| given.direct.as_ref().is_some_and(|direct| direct.answer != given.answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amplification::event::{By, Given, Node};

    /// A tree from parents and whether each answer is right.
    fn tree(nodes: &[(Option<u32>, Option<bool>)]) -> Vec<NodeState> {
        let node = |parent| Node { parent, question: String::new(), level: 0, truth: None, same_as: None };
        let given = |at: usize, right| Given {
            node: at as u32,
            answer: String::new(),
            by: By::Human,
            right,
            direct: None,
            amplified: None,
            how: String::new(),
        };
        let grown = Grown {
            nodes: nodes.iter().map(|(parent, _)| node(*parent)).collect(),
            given: nodes.iter().enumerate().map(|(at, (_, right))| given(at, *right)).collect(),
        };
        of(&grown)
    }

    const R: Option<bool> = Some(true);
    const W: Option<bool> = Some(false);

    #[test]
    fn children_and_costs_as_drawn() {
        // 0 ── 1 ── 2, 3 below 1; 4 below 0; 5 below 4.
        let tree = tree(&[(None, R), (Some(0), R), (Some(1), R), (Some(1), R), (Some(0), R), (Some(4), R)]);
        let shape = Shape::of(&tree);
        assert_eq!((shape.children(0), shape.children(1), shape.children(5)), (&[1, 4][..], &[2, 3][..], &[][..]));
        assert_eq!([0, 1, 2, 4].map(|node| shape.cost(node)), [5, 2, 0, 1]);
        assert_eq!((shape.children(99), shape.cost(99)), (&[][..], 0));
    }

    #[test]
    fn blame_goes_down_to_the_first_wrong_answer_with_right_sub_answers() {
        let tree = tree(&[(None, W), (Some(0), R), (Some(0), W), (Some(2), R), (Some(2), W), (Some(0), W)]);
        let shape = Shape::of(&tree);
        assert_eq!(shape.blame_path(&tree, 0), [0, 2, 4]);
        assert!(shape.blame_path(&tree, 1).is_empty());
        assert_eq!(shape.first_mistake(&tree), Some(4));
    }

    #[test]
    fn a_right_tree_has_no_mistake_and_an_unknown_one_is_not_called_wrong() {
        let right = tree(&[(None, R), (Some(0), None)]);
        assert_eq!(Shape::of(&right).first_mistake(&right), None);
        assert_eq!(Shape::of(&[]).first_mistake(&[]), None);
    }

    #[test]
    fn a_node_that_names_a_later_parent_does_not_lead_astray() {
        let shape = Shape::of(&tree(&[(Some(1), W), (Some(0), W), (Some(7), R)]));
        assert_eq!((shape.cost(0), shape.cost(2)), (1, 0));
    }
}
