//! A tree of questions as the tree widget wants it.

use crate::{
    amplification::{
        event::{By, Given},
        replay::NodeState,
        tree::{self, Shape},
        words,
    },
    ui::{
        Tone,
        tree::{Aside, Columns, Forest, Row, SharedForest},
    },
};
use std::sync::Arc;

/// The columns where X stands beside the tree.
pub const WITH_X: Columns =
    Columns { label: "Question", answer: "Tree’s answer", aside: "X alone", cost: "calls", prose: false };
/// The columns without X.
pub const WITHOUT_X: Columns = Columns { aside: "", ..WITH_X };
/// The columns of a text's summary.
pub const SUMMARIES: Columns = Columns { label: "Part", answer: "Summary", aside: "", cost: "parts", prose: true };

/// A tree with what can be read off it; copies share everything.
#[derive(Clone)]
pub struct Calls {
    /// The nodes.
    pub tree: Arc<Vec<NodeState>>,
    /// The nodes as the widget takes them.
    pub forest: SharedForest,
    /// From the root to the first mistake.
    pub blame: Vec<u32>,
}

impl PartialEq for Calls {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.tree, &other.tree)
    }
}

impl Calls {
    /// Of these nodes.
    pub fn of(tree: Arc<Vec<NodeState>>) -> Self {
        let shape = Shape::of(&tree);
        let blame = shape.blame_path(&tree, 0);
        let forest = SharedForest(Arc::new(Nodes { tree: tree.clone(), shape }));
        Self { tree, forest, blame }
    }

    /// A node, where there is one of this number.
    pub fn node(&self, id: u32) -> Option<&NodeState> {
        self.tree.get(id as usize)
    }

    /// How many questions X alone answers otherwise than the tree, and how many it was asked.
    pub fn differences(&self) -> (usize, usize) {
        let asked = self.tree.iter().filter(|node| node.given.as_ref().is_some_and(|given| given.direct.is_some()));
        (self.tree.iter().filter(|node| tree::differs(node)).count(), asked.count())
    }

    /// The next node, after this one and going round, where X alone answers otherwise.
    pub fn next_difference(&self, after: u32) -> Option<u32> {
        let count = self.tree.len() as u32;
        (1..=count).map(|step| (after + step) % count).find(|id| self.node(*id).is_some_and(tree::differs))
    }
}

struct Nodes {
    tree: Arc<Vec<NodeState>>,
    shape: Shape,
}

impl Forest for Nodes {
    fn count(&self) -> u32 {
        self.tree.len() as u32
    }

    fn parent(&self, id: u32) -> Option<u32> {
        self.tree[id as usize].node.parent
    }

    fn row(&self, id: u32) -> Row {
        let NodeState { node, given } = &self.tree[id as usize];
        let given = given.as_deref();
        Row {
            // What stands below the first line is the text that is asked about.
            label: node.question.lines().next().unwrap_or_default().to_owned(),
            answer: given.map_or(String::new(), |given| given.answer.clone()),
            right: given.and_then(|given| given.right),
            by: given.map_or("", |given| words::by(given.by)).to_owned(),
            tone: given.map_or(Tone::Ink, |given| tone(given.by)),
            aside: given.and_then(aside),
            cost: self.shape.cost(id),
            same_as: node.same_as,
        }
    }

    fn texts(&self, id: u32) -> [&str; 2] {
        let NodeState { node, given } = &self.tree[id as usize];
        [&node.question, given.as_ref().map_or("", |given| &given.answer)]
    }

    fn json(&self, id: u32) -> serde_json::Value {
        let NodeState { node, given } = &self.tree[id as usize];
        let given = given.as_deref();
        serde_json::json!({
            "id": id,
            "parent": node.parent,
            "question": node.question,
            "truth": node.truth,
            "same_as": node.same_as,
            "answer": given.map(|given| &given.answer),
            "by": given.map(|given| words::by(given.by)),
            "right": given.and_then(|given| given.right),
            "x_alone": given.and_then(|given| given.direct.as_ref()).map(|direct| &direct.answer),
            "amplified": given.and_then(|given| given.amplified.as_ref()).map(|direct| &direct.answer),
            "how": given.map(|given| &given.how),
            "calls": self.shape.cost(id),
        })
    }
}

fn aside(given: &Given) -> Option<Aside> {
    let direct = given.direct.as_ref()?;
    let differs = direct.answer != given.answer;
    Some(Aside { answer: direct.answer.clone(), right: Some(direct.right), differs })
}

/// The colour of whoever answers.
pub fn tone(by: By) -> Tone {
    match by {
        By::Human | By::LearnedHuman | By::Own => Tone::Weak,
        By::X => Tone::Student,
        By::You => Tone::Honest,
        By::LookUp | By::Cache | By::Rule => Tone::Ink,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amplification::event::{Direct, Node};

    fn calls() -> Calls {
        let node = |parent, question: &str, same_as| {
            Arc::new(Node { parent, question: question.to_owned(), level: 0, truth: None, same_as })
        };
        let given = |at: u32, right, direct: &str| {
            Some(Arc::new(Given {
                node: at,
                answer: "3".to_owned(),
                by: By::Human,
                right: Some(right),
                direct: Some(Direct { answer: direct.to_owned(), right: false }),
                amplified: None,
                how: String::new(),
            }))
        };
        Calls::of(Arc::new(vec![
            NodeState { node: node(None, "root\nwith text below", None), given: given(0, false, "3") },
            NodeState { node: node(Some(0), "left", None), given: given(1, false, "4") },
            NodeState { node: node(Some(0), "right", Some(1)), given: None },
        ]))
    }

    #[test]
    fn rows_say_who_and_what_and_where_x_differs() {
        let calls = calls();
        let row = calls.forest.0.row(0);
        assert_eq!((row.label.as_str(), row.by.as_str(), row.cost, row.right), ("root", "H", 2, Some(false)));
        assert_eq!(calls.forest.0.row(2).same_as, Some(1));
        assert!(calls.forest.0.row(1).aside.is_some_and(|aside| aside.differs));
        assert!(calls.forest.0.texts(0)[0].contains("below"));
        assert_eq!(calls.blame, [0, 1]);
        assert_eq!(
            (calls.differences(), calls.next_difference(1), calls.next_difference(0)),
            ((1, 2), Some(1), Some(1))
        );
        assert_eq!(calls.forest.0.json(1)["x_alone"], "4");
    }

    #[test]
    fn an_empty_tree_has_nothing_to_go_to() {
        assert_eq!(Calls::of(Arc::default()).next_difference(0), None);
    }
}
