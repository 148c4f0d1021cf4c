//! Where an experiment's pictures come from, built in or MNIST, with the same three parts either way.
//!
//! 55,000 pictures to learn from, 5,000 held out for every choice made on the way, and 10,000 test pictures that
//! nothing is chosen by.

use super::{
    digits::{self, Digit, Split},
    mnist::Mnist,
};
use std::{any::Any, rc::Rc};

/// Pictures to learn from.
pub const TRAIN_LEN: u32 = 55_000;
/// Pictures held out from learning.
pub const HELD_OUT_LEN: u32 = 5_000;
/// Pictures for the results.
pub const TEST_LEN: u32 = 10_000;

/// A source of pictures.
#[derive(Debug, Clone)]
pub enum Pictures {
    /// Written by this program.
    Builtin,
    /// Brought by the user.
    Mnist(Rc<Mnist>),
}

impl Pictures {
    /// The pictures of this name ([`Pictures::name`]); `mnist` is what the user brought. Any other name: the built-in
    /// ones.
    ///
    /// # Errors
    /// A sentence, where MNIST is asked for and was not brought.
    pub fn chosen(name: &str, mnist: Option<Rc<dyn Any>>) -> Result<Self, String> {
        if name != "mnist" {
            return Ok(Pictures::Builtin);
        }
        let mnist: Option<Rc<Mnist>> = mnist.and_then(|set| set.downcast().ok());
        mnist.map(Pictures::Mnist).ok_or_else(|| {
            "This run needs MNIST, which is not part of the playground: bring its files, or use the built-in digits."
                .to_owned()
        })
    }

    /// As the setting `digits` and the names of models write it.
    pub fn name(&self) -> &'static str {
        match self {
            Pictures::Builtin => "builtin",
            Pictures::Mnist(_) => "mnist",
        }
    }

    /// Tells these pictures from all others, also from other files that were brought as MNIST.
    pub fn identity(&self) -> u64 {
        match self {
            Pictures::Builtin => 0,
            Pictures::Mnist(mnist) => mnist.identity(),
        }
    }

    /// A picture to learn from; numbers start over after [`TRAIN_LEN`]. `None` where the user brought the test
    /// pictures only.
    pub fn train(&self, index: u32) -> Option<Digit> {
        self.for_training(index % TRAIN_LEN)
    }

    /// A held-out picture; numbers start over after [`HELD_OUT_LEN`]. `None` as for [`Pictures::train`].
    pub fn held_out(&self, index: u32) -> Option<Digit> {
        self.for_training(TRAIN_LEN + index % HELD_OUT_LEN)
    }

    /// A test picture; numbers start over after [`TEST_LEN`].
    pub fn test(&self, index: u32) -> Digit {
        let index = index % TEST_LEN;
        let own = || digits::builtin(Split::Test, u64::from(index));
        match self {
            Pictures::Builtin => own(),
            // A data set always holds its 10,000 test pictures.
            Pictures::Mnist(mnist) => mnist.test(index as usize).unwrap_or_else(own),
        }
    }

    /// What a picture to learn from shows, which costs less than the picture.
    pub fn train_label(&self, index: u32) -> Option<u8> {
        match self {
            Pictures::Builtin => Some(digits::label(Split::Train, u64::from(index % TRAIN_LEN))),
            Pictures::Mnist(_) => self.train(index).map(|digit| digit.label),
        }
    }

    /// What a test picture shows, which costs less than the picture.
    pub fn test_label(&self, index: u32) -> u8 {
        match self {
            Pictures::Builtin => digits::label(Split::Test, u64::from(index % TEST_LEN)),
            Pictures::Mnist(_) => self.test(index).label,
        }
    }

    fn for_training(&self, index: u32) -> Option<Digit> {
        match self {
            Pictures::Builtin => Some(digits::builtin(Split::Train, u64::from(index))),
            Pictures::Mnist(mnist) => mnist.train(index as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_parts_share_no_picture() {
        let pictures = Pictures::Builtin;
        assert_ne!(pictures.train(0), pictures.held_out(0));
        assert_ne!(pictures.train(0), Some(pictures.test(0)));
        assert_eq!(pictures.train(TRAIN_LEN), pictures.train(0));
        assert_eq!(pictures.held_out(HELD_OUT_LEN), pictures.held_out(0));
        assert_eq!(pictures.test(TEST_LEN), pictures.test(0));
    }

    #[test]
    fn a_label_is_its_pictures() {
        for index in (0..20).chain([TRAIN_LEN + 3, TEST_LEN + 3]) {
            let pictures = Pictures::Builtin;
            assert_eq!(pictures.train_label(index), pictures.train(index).map(|digit| digit.label));
            assert_eq!(pictures.test_label(index), pictures.test(index).label);
        }
    }
}
