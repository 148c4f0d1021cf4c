//! What was made of questions, by a frozen network say: no other part of a run need compute it again, and no other run,
//! here or in another worker.

use super::{Breath, Failure};
use crate::seed;
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Memories that are kept: a grid of all pairs has six; those of all runs would fill the worker's memory.
const KEPT: usize = 8;

type Features = BTreeMap<usize, Vec<f32>>;

/// The features of questions by their numbers.
#[derive(Clone)]
pub struct Memory {
    name: Rc<str>,
    known: Rc<RefCell<Features>>,
}

/// Some of a memory's features, as one worker tells them to others.
#[derive(Debug, Serialize, Deserialize)]
pub struct Found {
    memory: String,
    features: Features,
}

/// Others who compute for the same runs.
struct Company {
    /// This worker's place among them; `None`: there is nobody.
    place: Option<u32>,
    /// What they have not been told yet.
    news: Vec<Found>,
}

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, Memory>> = const { RefCell::new(BTreeMap::new()) };
    static COMPANY: RefCell<Company> = const { RefCell::new(Company { place: None, news: Vec::new() }) };
}

/// Says which of several workers this one is, if there are others: what is found from now on is kept for them.
pub fn work_as(place: Option<u32>) {
    COMPANY.set(Company { place, news: Vec::new() });
}

/// What was found since the last time.
pub fn news() -> Vec<Found> {
    COMPANY.with_borrow_mut(|company| std::mem::take(&mut company.news))
}

/// Takes in what another worker has found.
pub fn learn(news: Vec<Found>) {
    for found in news {
        Memory::of(&found.memory).known.borrow_mut().extend(found.features);
    }
}

impl Memory {
    /// The memory of what is made in one way of some questions: this name tells it from all others, in all workers.
    pub fn of(name: &str) -> Self {
        MEMORY.with_borrow_mut(|all| {
            if all.len() >= KEPT && !all.contains_key(name) {
                all.clear();
            }
            let new = || Self { name: name.into(), known: Rc::default() };
            all.entry(name.to_owned()).or_insert_with(new).clone()
        })
    }

    /// Those questions that are not known. Each of several workers begins elsewhere, so that they meet what others
    /// have found and not each other.
    pub fn unknown(&self, numbers: &[usize]) -> Vec<usize> {
        let known = self.known.borrow();
        let mut unknown: Vec<usize> = numbers.iter().copied().filter(|number| !known.contains_key(number)).collect();
        if let Some(place) = COMPANY.with_borrow(|company| company.place) {
            unknown.shuffle(&mut seed::rng(u64::from(place), "who begins where", 0));
        }
        unknown
    }

    /// Remembers a question's features.
    pub fn keep(&self, number: usize, features: Vec<f32>) {
        COMPANY.with_borrow_mut(|Company { place, news }| {
            if place.is_none() {
                return;
            }
            if news.last().is_none_or(|found| *found.memory != *self.name) {
                news.push(Found { memory: self.name.to_string(), features: Features::new() });
            }
            news.last_mut().map(|found| found.features.insert(number, features.clone()));
        });
        self.known.borrow_mut().insert(number, features);
    }

    /// The features of some questions, in their order; `compute` gives those that are not known.
    ///
    /// # Errors
    /// Where the run is cancelled.
    pub async fn features(
        &self,
        numbers: &[usize],
        compute: impl Fn(usize) -> Vec<f32>,
        breath: &Breath,
    ) -> Result<Vec<Vec<f32>>, Failure> {
        for number in self.unknown(numbers) {
            // Another worker may have told it meanwhile.
            if !self.known.borrow().contains_key(&number) {
                self.keep(number, compute(number));
            }
            breath.take().await?;
        }
        Ok(self.known(numbers))
    }

    /// The features of known questions, in their order; nothing of others.
    pub fn known(&self, numbers: &[usize]) -> Vec<Vec<f32>> {
        let known = self.known.borrow();
        numbers.iter().map(|number| known.get(number).cloned().unwrap_or_default()).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::cell::Cell;

    /// What comes of some questions, and how many of them had to be computed.
    fn ask(name: &str, numbers: &[usize], value: f32) -> (Vec<Vec<f32>>, usize) {
        let computed = Cell::new(0);
        let compute = |number| {
            computed.set(computed.get() + 1);
            vec![number as f32, value]
        };
        let (memory, breath) = (Memory::of(name), Breath::endless());
        (pollster::block_on(memory.features(numbers, compute, &breath)).unwrap(), computed.get())
    }

    #[test]
    fn what_was_computed_is_not_computed_again_until_too_much_is_kept() {
        assert_eq!(ask("a test", &[3, 1], 1.0), (vec![vec![3.0, 1.0], vec![1.0, 1.0]], 2));
        assert_eq!(ask("a test", &[1, 2, 3], 2.0), (vec![vec![1.0, 1.0], vec![2.0, 2.0], vec![3.0, 1.0]], 1));
        assert_eq!(ask("another test", &[3], 3.0).1, 1);
        (0..KEPT).for_each(|n| drop(Memory::of(&format!("test {n}"))));
        assert_eq!(ask("a test", &[3], 4.0).1, 1);
    }

    #[test]
    fn what_one_worker_finds_another_need_not_compute() {
        ask("alone", &[1], 1.0);
        assert!(news().is_empty(), "nobody is there to be told");
        work_as(Some(1));
        ask("x", &[5, 6], 1.0);
        ask("y", &[7], 2.0);
        let news = news();
        assert_eq!(
            news.iter().map(|found| (&*found.memory, found.features.len())).collect::<Vec<_>>(),
            [("x", 2), ("y", 1)]
        );
        MEMORY.with_borrow_mut(BTreeMap::clear);
        learn(news);
        assert_eq!(ask("x", &[6, 5, 4], 9.0), (vec![vec![6.0, 1.0], vec![5.0, 1.0], vec![4.0, 9.0]], 1));
        assert_eq!(ask("y", &[7], 9.0).1, 0);
    }

    #[test]
    fn workers_begin_elsewhere() {
        let numbers: Vec<usize> = (0..100).collect();
        let order = |place| {
            work_as(place);
            Memory::of("order").unknown(&numbers)
        };
        assert_eq!(order(None), numbers);
        let [first, second] = [order(Some(0)), order(Some(1))];
        assert!(first != second && first != numbers);
        let mut sorted = first;
        sorted.sort_unstable();
        assert_eq!(sorted, numbers);
    }
}
