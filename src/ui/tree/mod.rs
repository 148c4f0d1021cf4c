//! A tree of any size that knows no lab: only the rows in sight are in the page.
//!
//! | file | what it decides |
//! |---|---|
//! | `shape` | who is whose child, and in which order |
//! | `lines` | the visible rows, given what is open |
//! | `walk` | what a key does |
//! | `find` | which nodes a text is found in |
//! | `words` | a row as a sentence |
//! | `picture` | the open rows as SVG |
//! | `handle` | what the reader looks at: the row in focus, what is open, the branch on screen |
//! | `parts` | what the next four share |
//! | `view`, `rows`, `tools`, `save` | the widget, its rows, what stands above it, its files |

mod find;
mod handle;
mod lines;
mod parts;
mod picture;
mod rows;
mod save;
mod shape;
mod tools;
mod view;
mod walk;
mod words;

pub use handle::TreeHandle;
pub use view::Tree;

use super::Tone;
use std::sync::Arc;

/// The nodes of a tree. Structure is asked for as a whole; words only of rows that come into sight, or for a search.
pub trait Forest: Send + Sync {
    /// How many nodes; their ids are the numbers below this.
    fn count(&self) -> u32;
    /// The node above, whose id is smaller; `None` for a root.
    fn parent(&self, id: u32) -> Option<u32>;
    /// What the row says.
    fn row(&self, id: u32) -> Row;
    /// The texts that a search looks at.
    fn texts(&self, id: u32) -> [&str; 2];
    /// The node in full, for a JSON file.
    fn json(&self, id: u32) -> serde_json::Value;
}

/// A forest to hand around; two are equal where they are the same one.
#[derive(Clone)]
pub struct SharedForest(pub Arc<dyn Forest>);

impl PartialEq for SharedForest {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(Arc::as_ptr(&self.0), Arc::as_ptr(&other.0))
    }
}

/// What a row says. Hashed as a whole: a row is drawn anew only where it changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Row {
    /// The node's name, such as a question.
    pub label: String,
    /// Its value, such as the answer; empty where there is none yet.
    pub answer: String,
    /// Whether that is right, where it is known.
    pub right: Option<bool>,
    /// Who gave it; empty for nobody.
    pub by: String,
    /// The colour of whoever gave it.
    pub tone: Tone,
    /// A second value to stand beside it.
    pub aside: Option<Aside>,
    /// What it cost, in the widget's unit.
    pub cost: u32,
    /// The node that is the same one, seen before.
    pub same_as: Option<u32>,
}

/// A second value of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Aside {
    /// The value.
    pub answer: String,
    /// Whether it is right, where that is known.
    pub right: Option<bool>,
    /// Whether it is another one than the row's own.
    pub differs: bool,
}

/// What the columns are called; an empty name leaves the column out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// Of the labels, such as "Question".
    pub label: &'static str,
    /// Of the values, such as "Tree’s answer".
    pub answer: &'static str,
    /// Of the second values, such as "X alone".
    pub aside: &'static str,
    /// Of the costs, such as "calls".
    pub cost: &'static str,
    /// Values are sentences, and labels short.
    pub prose: bool,
}
