//! The small worker leaves the large reader out: the page asks the large one.

use crate::{
    lab::{Breath, Failure, Memory},
    weak_to_strong::event::Read,
};

/// There is none.
pub enum Large {}

impl Large {
    /// # Errors
    /// Always.
    pub async fn pretrained(_: u64, _: u32, _: &Breath, _: &mut dyn FnMut(Read)) -> Result<Self, Failure> {
        std::future::ready(Err("This program was built without the large transformer.".to_owned().into())).await
    }

    pub fn name(&self) -> &str {
        match *self {}
    }

    pub fn parameters(&self, _: usize) -> usize {
        match *self {}
    }

    pub async fn features<'a>(
        &self,
        _: &[usize],
        _: impl Fn(usize) -> &'a str,
        _: usize,
        _: &Memory,
        _: &Breath,
    ) -> Result<Vec<Vec<f32>>, Failure> {
        std::future::ready(()).await;
        match *self {}
    }
}
