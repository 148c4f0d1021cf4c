//! What a frozen network made of questions: another repetition, or another method, need not compute it again.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Networks that are remembered: enough for a comparison; all questions’ would fill the memory.
const KEPT: usize = 6;

/// The features of questions by their numbers.
#[derive(Clone, Default)]
pub struct Memory(Rc<RefCell<BTreeMap<usize, Vec<f32>>>>);

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, Memory>> = const { RefCell::new(BTreeMap::new()) };
}

impl Memory {
    /// The memory of a network and its questions, which this name tells from all others.
    pub fn of(name: &str) -> Self {
        MEMORY.with_borrow_mut(|all| {
            if all.len() >= KEPT && !all.contains_key(name) {
                all.clear();
            }
            all.entry(name.to_owned()).or_default().clone()
        })
    }

    /// Whether a question's features are known.
    #[cfg(feature = "large")]
    pub fn knows(&self, number: usize) -> bool {
        self.0.borrow().contains_key(&number)
    }

    /// The features of a question, computed if they are not known.
    pub fn features(&self, number: usize, compute: impl FnOnce() -> Vec<f32>) -> Vec<f32> {
        self.0.borrow_mut().entry(number).or_insert_with(compute).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_computed_is_not_computed_again_until_too_much_is_kept() {
        let keeps = |name: &str, value: f32| Memory::of(name).features(3, || vec![value]) == [value];
        assert!(keeps("a test", 1.0) && !keeps("a test", 2.0) && keeps("another test", 3.0));
        (0..KEPT).for_each(|n| drop(Memory::of(&format!("test {n}"))));
        assert!(keeps("a test", 4.0));
    }
}
