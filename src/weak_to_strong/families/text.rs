//! A question of yes or no about a text. The supervisor sees which of the most frequent words stand in it; the student
//! sees the sum of word vectors that were learned from unlabelled texts, or what a transformer makes of it.

use super::{
    EXAMPLES, Eyes, Family, Numbers, Order, Set, TEST,
    large::Large,
    reading::{Reading, read},
    rows, yes_or_no,
};
use crate::{
    lab::{Assets, Breath, Failure, Memory, Scenario},
    models::{
        head::{self, Matrix},
        mlp::Mlp,
        reader::{LARGE, Reader, SMALL},
        shipped,
    },
    tasks::{
        sentences::{Sentence, Texts},
        world,
    },
    weak_to_strong::{
        event::{Example, Read, Shown},
        words,
    },
};
use std::rc::Rc;

/// Built-in texts of a question: enough for a chain of three.
const BUILT_IN: usize = 17_000;
/// Texts that word vectors are learned from, at most; none of them is a test text.
const UNLABELLED: usize = 10_000;

/// Most frequent words that a supervisor sees, by its size.
const WORDS: [usize; 3] = [20, 60, 200];
/// Dimensions of the word vectors that a student sees, and its hidden units, by its size.
pub const DIMENSIONS: [usize; 3] = [10, 30, 60];
const HIDDEN: [&[usize]; 3] = [&[], &[32], &[32]];
/// Hidden units above a transformer, of which a student's size says how many blocks it sees.
const ABOVE: &[usize] = &[32];

/// See the module's text.
pub struct Text {
    order: Order,
    numbers: Numbers,
    library: Library,
    reading: Reading,
    eyes: Students,
}

/// What students see texts through.
enum Students {
    /// The sum of their words' vectors.
    Vectors,
    /// The shipped transformer.
    Small(Reader),
    /// One that was pretrained here.
    Large(Large),
}

/// Texts with their true answers.
struct Library {
    name: String,
    asks: String,
    answers: [String; 2],
    texts: Vec<Sentence>,
}

impl Text {
    /// The texts that a scenario chooses.
    ///
    /// # Errors
    /// Where the run is cancelled, or texts that the user was to bring are missing.
    pub async fn open(
        scenario: &Scenario,
        assets: &dyn Assets,
        order: Order,
        breath: &Breath,
        on_read: &mut dyn FnMut(Read),
    ) -> Result<Self, Failure> {
        let library = match scenario.choice("text") {
            "builtin" => Library::of_world(scenario.choice("question")),
            from => Library::brought(from, assets)?,
        };
        // A fifth of a small set is for the test.
        let all = library.texts.len();
        let pool = all - TEST.min(all / 5);
        let texts = || library.texts.iter().map(|sentence| sentence.text.clone()).collect();
        let reading = read(&library.name, texts, pool.min(UNLABELLED), breath).await?;
        let numbers = Numbers::draw(order, pool, (pool..all).collect());
        let eyes = if words::reads_with_large(scenario) {
            Students::Large(Large::pretrained(scenario.seed, scenario.int("pretrain") as u32, breath, on_read).await?)
        } else if words::reads_with_transformer(scenario) {
            Students::Small(Reader::from_file(&assets.model(&shipped::find("reader-builtin")?.file).await?)?)
        } else {
            Students::Vectors
        };
        Ok(Self { order, numbers, library, reading, eyes })
    }

    /// What a student of some size sees of some texts.
    async fn features(&self, numbers: &[usize], size: usize, breath: &Breath) -> Result<Vec<Vec<f32>>, Failure> {
        let text = |number: usize| self.library.texts[number].text.as_str();
        let memory = |name| Memory::of(&format!("{}, {size}, {name}", self.library.name));
        match &self.eyes {
            Students::Vectors => rows(numbers, |number| self.reading.vector(number, DIMENSIONS[size]), breath).await,
            Students::Small(reader) => {
                let compute = |number| reader.features(text(number), size);
                memory("small transformer").features(numbers, compute, breath).await
            }
            Students::Large(reader) => reader.features(numbers, text, size, &memory(reader.name()), breath).await,
        }
    }
}

impl Library {
    fn of_world(name: &str) -> Self {
        let question = world::find(name);
        let text = |index| {
            let (text, yes) = world::text(question, index);
            Sentence { text, yes }
        };
        Self {
            name: format!("the world, {name}"),
            asks: question.asks.to_owned(),
            answers: ["no", "yes"].map(str::to_owned),
            texts: (0..BUILT_IN as u64).map(text).collect(),
        }
    }

    fn brought(from: &str, assets: &dyn Assets) -> Result<Self, Failure> {
        let texts: Option<Rc<Texts>> = assets.data("text").and_then(|set| set.downcast().ok());
        let set = texts.as_ref().and_then(|texts| texts.set(from)).ok_or_else(|| {
            let file = if from == "own" { String::new() } else { format!(" (a file named {from}.csv)") };
            format!(
                "This run needs texts that are not part of the playground{file}: bring a file of label,text lines, or \
                 use the built-in texts."
            )
        })?;
        Ok(Self {
            name: format!("{from} {:016x}", set.identity),
            asks: format!("Is this “{}”?", set.classes[1]),
            answers: set.classes.clone(),
            texts: set.list.clone(),
        })
    }
}

impl Family for Text {
    type Net = Mlp;

    fn untrained(&self, eyes: Eyes) -> Mlp {
        match eyes {
            Eyes::Weak => head::initial(self.order.seed, "supervisor", WORDS[self.order.weak], &[]),
            Eyes::Strong(size) => {
                let (inputs, hidden) = match self.eyes {
                    Students::Vectors => (DIMENSIONS[size], HIDDEN[size]),
                    Students::Small(_) => (2 * SMALL.width, ABOVE),
                    Students::Large(_) => (2 * LARGE.width, ABOVE),
                };
                head::initial(self.order.seed, "student", inputs, hidden)
            }
        }
    }

    fn frozen(&self, size: usize) -> u32 {
        let weights = match &self.eyes {
            Students::Vectors => self.reading.words() * DIMENSIONS[size],
            Students::Small(reader) => reader.parameters(size),
            Students::Large(reader) => reader.parameters(size),
        };
        weights as u32
    }

    fn rate(&self, eyes: Eyes) -> f32 {
        if eyes == Eyes::Weak { 0.02 } else { 2e-3 }
    }

    fn weak_epochs(&self) -> u32 {
        20
    }

    async fn see(&self, eyes: Eyes, set: Set, breath: &Breath) -> Result<Matrix, Failure> {
        let numbers = self.numbers.of(set);
        let words = |number| self.reading.presence(number, WORDS[self.order.weak]);
        Ok(Matrix::of_rows(match eyes {
            Eyes::Weak => rows(numbers, words, breath).await?,
            Eyes::Strong(size) => self.features(numbers, size, breath).await?,
        }))
    }

    fn right(&self, set: Set) -> Vec<Vec<u8>> {
        self.numbers.of(set).iter().map(|number| yes_or_no(self.library.texts[*number].yes)).collect()
    }

    fn examples(&self) -> Vec<Example> {
        let example = |number: &usize| {
            let Sentence { text, yes } = &self.library.texts[*number];
            Example {
                shown: Shown::Text { asks: self.library.asks.clone(), text: text.clone() },
                answers: self.library.answers.to_vec(),
                right: yes_or_no(*yes),
            }
        };
        self.numbers.of(Set::Test).iter().take(EXAMPLES).map(example).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::lab::Task;
    use std::any::Any;

    /// A file that was brought, and no model.
    struct File(Rc<Texts>);

    impl Assets for File {
        fn model<'a>(&'a self, _: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
            Box::pin(async { Err("none".to_owned()) })
        }

        fn data(&self, _: &str) -> Option<Rc<dyn Any>> {
            Some(self.0.clone())
        }
    }

    #[test]
    fn a_file_that_was_changed_is_not_answered_from_memory() {
        let library = |changed: &str| {
            let line = |n| format!("{},day number {n}{}\n", n % 2, if n == 200 { changed } else { "" });
            let file = (0..400).map(line).collect::<String>().into_bytes();
            let texts = Texts::from_files(vec![("own.csv".to_owned(), file)]).unwrap();
            Library::brought("own", &File(Rc::new(texts))).ok().unwrap()
        };
        let (first, same, other) = (library(""), library(""), library(" was warm"));
        assert_eq!((first.texts.len(), &first.name), (other.texts.len(), &same.name));
        assert_ne!(first.name, other.name);
    }
}
