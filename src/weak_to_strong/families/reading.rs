//! What can be read in texts without labels; kept, so that another repetition need not read them again.

use crate::{
    lab::{Breath, Failure},
    models::words::{Embedding, Vocabulary, tokens},
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Numbers in a word vector.
const DIMENSIONS: usize = 60;
/// Readings that are kept: enough for a comparison; the 22 of all questions would fill the memory.
const KEPT: usize = 3;

/// What can be read in some texts: their words, and a vector for every word.
#[derive(Clone)]
pub struct Reading {
    vocabulary: Rc<Vocabulary>,
    embedding: Rc<Embedding>,
    /// The places of every text's words.
    texts: Rc<Vec<Vec<u32>>>,
    /// Texts before the first that can be asked for.
    first: usize,
}

thread_local! {
    static READ: RefCell<BTreeMap<String, Reading>> = const { RefCell::new(BTreeMap::new()) };
}

/// Reads texts; words and their vectors are learned from the first `unlabelled` of them. Texts of one name are equal,
/// and read once.
///
/// # Errors
/// Where the run is cancelled.
pub async fn read(
    name: &str,
    texts: impl FnOnce() -> Vec<String>,
    unlabelled: usize,
    breath: &Breath,
) -> Result<Reading, Failure> {
    if let Some(reading) = READ.with_borrow(|read| read.get(name).cloned()) {
        return Ok(reading);
    }
    let mut words = Vec::new();
    for text in texts() {
        words.push(tokens(&text));
        breath.take().await?;
    }
    let unlabelled = unlabelled.min(words.len());
    let vocabulary = Vocabulary::of(&words[..unlabelled]);
    let texts: Vec<Vec<u32>> = words.iter().map(|text| vocabulary.places(text)).collect();
    let embedding = Embedding::learn(&vocabulary, &texts[..unlabelled], DIMENSIONS, 1, breath).await?;
    let reading =
        Reading { vocabulary: Rc::new(vocabulary), embedding: Rc::new(embedding), texts: Rc::new(texts), first: 0 };
    READ.with_borrow_mut(|read| {
        if read.len() >= KEPT {
            read.clear();
        }
        read.insert(name.to_owned(), reading.clone());
    });
    Ok(reading)
}

impl Reading {
    /// The same without the first texts: numbers begin after them.
    pub fn without(self, first: usize) -> Self {
        Self { first, ..self }
    }

    /// How many words have a vector.
    pub fn words(&self) -> usize {
        self.vocabulary.len()
    }

    /// Whether each of the `k` most frequent words stands in a text: 1 or 0.
    pub fn presence(&self, number: usize, k: usize) -> Vec<f32> {
        self.vocabulary.presence(&self.texts[self.first + number], k)
    }

    /// A text's vector of `dimensions` numbers.
    pub fn vector(&self, number: usize, dimensions: usize) -> Vec<f32> {
        self.embedding.text(&self.vocabulary, &self.texts[self.first + number], dimensions)
    }
}
