//! MNIST, from the four files that a user brings.

use super::{
    digits::Digit,
    idx::{self, Idx},
    preprocess::{MIN_INK, PIXELS},
};

/// Pictures for learning.
pub const TRAIN: usize = 60_000;
/// Pictures for asking afterwards.
pub const TEST: usize = 10_000;

/// The data set: always the test pictures, and those for training where they were brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mnist {
    train: Option<Set>,
    test: Set,
    identity: u64,
}

/// Pictures with their labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Set {
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl Mnist {
    /// From the four files, or from the two test files alone; each a name and its bytes, gzip or not. What a file is
    /// is seen from its content; the names are used in messages only.
    ///
    /// # Errors
    /// A sentence that says which file is wrong or missing.
    pub fn from_files(files: Vec<(String, Vec<u8>)>) -> Result<Self, String> {
        let mut found = Found::default();
        for (name, bytes) in files {
            found.take(&name, idx::read(&name, &bytes)?)?;
        }
        let test =
            found.test.set("test")?.ok_or("MNIST's two test files (t10k-images and t10k-labels) are missing.")?;
        let train = found.train.set("training")?;
        let identity = super::identity(&(&train, &test));
        Ok(Self { train, test, identity })
    }

    /// A sentence that says what is there.
    pub fn summary(&self) -> String {
        let train = if self.train.is_some() { "60,000 training and " } else { "" };
        format!("MNIST: {train}10,000 test pictures.")
    }

    /// Tells this data set from others that came in the same form, such as pictures of clothes.
    pub fn identity(&self) -> u64 {
        self.identity
    }

    /// How many pictures there are for learning: 60,000, or 0 where they were not brought.
    pub fn train_len(&self) -> usize {
        self.train.as_ref().map_or(0, |set| set.labels.len())
    }

    /// A picture for learning, by its number from 0.
    pub fn train(&self, index: usize) -> Option<Digit> {
        self.train.as_ref()?.get(index)
    }

    /// A test picture, by its number from 0 to 9,999.
    pub fn test(&self, index: usize) -> Option<Digit> {
        self.test.get(index)
    }
}

impl Set {
    fn get(&self, index: usize) -> Option<Digit> {
        let label = *self.labels.get(index)?;
        let pixels = self.pixels.chunks_exact(PIXELS).nth(index)?.try_into().ok()?;
        Some(Digit { pixels, label })
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    train: Halves,
    test: Halves,
}

#[derive(Default)]
struct Halves {
    pixels: Option<Vec<u8>>,
    labels: Option<Vec<u8>>,
}

impl Found {
    fn take(&mut self, name: &str, idx: Idx) -> Result<(), String> {
        let (bytes, each, what) = match idx {
            Idx::Pictures(pixels) => (pixels, PIXELS, "pictures"),
            Idx::Labels(labels) => (labels, 1, "labels"),
        };
        let half = match bytes.len() / each {
            TRAIN => &mut self.train,
            TEST => &mut self.test,
            count => {
                return Err(format!(
                    "{name} holds {count} {what}; MNIST has 60,000 for training and 10,000 for testing."
                ));
            }
        };
        let place = if each == PIXELS { &mut half.pixels } else { &mut half.labels };
        if place.is_some() {
            return Err(format!("{name} holds the same kind of {what} as another of the files."));
        }
        *place = Some(bytes);
        Ok(())
    }
}

impl Halves {
    /// Both halves together; `None` where neither is there.
    fn set(self, which: &str) -> Result<Option<Set>, String> {
        let (pixels, labels) = match (self.pixels, self.labels) {
            (Some(pixels), Some(labels)) => (pixels, labels),
            (None, None) => return Ok(None),
            (Some(_), None) => return Err(format!("The labels of the {which} pictures are missing.")),
            (None, Some(_)) => return Err(format!("The pictures for the {which} labels are missing.")),
        };
        let faint = |picture: &[u8]| picture.iter().filter(|pixel| **pixel > 0).count() < MIN_INK;
        match pixels.chunks_exact(PIXELS).position(faint) {
            Some(at) => Err(format!("Number {} of the {which} pictures is nearly empty: this is not MNIST.", at + 1)),
            None => Ok(Some(Set { pixels, labels })),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn file(name: &str, words: &[u32], body: Vec<u8>) -> (String, Vec<u8>) {
        let header = words.iter().flat_map(|word| word.to_be_bytes());
        (name.to_owned(), header.chain(body).collect())
    }

    fn pictures(count: usize) -> (String, Vec<u8>) {
        file("pictures", &[0x803, count as u32, 28, 28], vec![200; count * PIXELS])
    }

    fn labels(count: usize) -> (String, Vec<u8>) {
        file("labels", &[0x801, count as u32], (0..count).map(|at| (at % 10) as u8).collect())
    }

    #[test]
    fn files_are_told_apart_by_their_content_in_any_order() {
        let all = vec![labels(TRAIN), pictures(TEST), pictures(TRAIN), labels(TEST)];
        let mnist = Mnist::from_files(all).unwrap();
        assert_eq!(mnist.train_len(), TRAIN);
        assert_eq!(mnist.summary(), "MNIST: 60,000 training and 10,000 test pictures.");
        assert_eq!(mnist.train(59_999).unwrap().label, 9);
        assert_eq!(mnist.test(3).unwrap().label, 3);
        assert_eq!((mnist.train(TRAIN), mnist.test(TEST)), (None, None));
        let again = Mnist::from_files(vec![pictures(TRAIN), labels(TRAIN), pictures(TEST), labels(TEST)]);
        assert_eq!(again.unwrap().identity(), mnist.identity());
    }

    #[test]
    fn the_test_files_alone_will_do() {
        let mnist = Mnist::from_files(vec![pictures(TEST), labels(TEST)]).unwrap();
        assert_eq!((mnist.train_len(), mnist.train(0)), (0, None));
        assert_eq!(mnist.summary(), "MNIST: 10,000 test pictures.");
        assert!(mnist.test(9_999).is_some());
        let mut other = pictures(TEST);
        other.1[16] = 201;
        assert_ne!(Mnist::from_files(vec![other, labels(TEST)]).unwrap().identity(), mnist.identity());
    }

    #[test]
    fn what_is_missing_double_or_wrong_is_said() {
        let mut blank = pictures(TEST);
        blank.1[16 + 5 * PIXELS..][..PIXELS].fill(0);
        let faults: [(Vec<_>, &str); 7] = [
            (vec![], "test files (t10k-images and t10k-labels) are missing"),
            (vec![pictures(TEST)], "labels of the test pictures are missing"),
            (vec![labels(TEST)], "pictures for the test labels are missing"),
            (vec![pictures(TEST), labels(TEST), labels(TRAIN)], "pictures for the training labels are missing"),
            (vec![labels(TEST), labels(TEST)], "same kind of labels"),
            (vec![labels(500)], "labels holds 500 labels"),
            (vec![blank, labels(TEST)], "Number 6 of the test pictures is nearly empty"),
        ];
        for (files, sentence) in faults {
            let error = Mnist::from_files(files).unwrap_err();
            assert!(error.contains(sentence), "{error}");
        }
    }

    #[test]
    fn the_real_files_are_read() {
        let Some(data) = std::env::var_os("OVERSIGHT_DATA") else {
            println!("skipped: no data");
            return;
        };
        let folder = std::path::Path::new(&data).join("mnist");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), std::fs::read(path).unwrap())
        });
        let mnist = Mnist::from_files(files.collect()).unwrap();
        let first: Vec<u8> = (0..10).map(|at| mnist.test(at).unwrap().label).collect();
        assert_eq!((mnist.train_len(), first), (TRAIN, vec![7, 2, 1, 0, 4, 1, 4, 9, 5, 9]));
    }
}
