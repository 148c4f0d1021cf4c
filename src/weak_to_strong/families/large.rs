//! The large reader: pretrained before anything else, then frozen, and asked where Burn computes, many texts at once.

use crate::{
    lab::{Breath, Failure, Memory},
    models::{
        device,
        reader::{LARGE, Reader, masked::Learner},
    },
    weak_to_strong::event::Read,
};
use std::{cell::RefCell, rc::Rc};

/// Events of a pretraining.
const TOLD: u32 = 60;
/// Texts that are read at once.
const TOGETHER: usize = 64;

/// See the module's text.
#[derive(Clone)]
pub struct Large {
    learner: Rc<Learner>,
    name: String,
    /// What was told of its pretraining: a run that finds it ready tells the same.
    told: Vec<Read>,
}

thread_local! {
    /// The one that was pretrained last: another repetition reads with it too.
    static LAST: RefCell<Option<Large>> = const { RefCell::new(None) };
}

impl Large {
    /// The reader of a run, after so many steps; `on_read` hears how it learns.
    ///
    /// # Errors
    /// Where the run is cancelled, or the device fails.
    pub async fn pretrained(
        run: u64,
        steps: u32,
        breath: &Breath,
        on_read: &mut dyn FnMut(Read),
    ) -> Result<Self, Failure> {
        // What a GPU has trained is not, to the bit, what a CPU would have.
        let name =
            format!("large transformer {run}, {steps} steps{}", if device::gpu().is_some() { " of a GPU" } else { "" });
        if let Some(last) = LAST.with_borrow(|last| last.clone().filter(|last| last.name == name)) {
            last.told.iter().copied().for_each(on_read);
            return Ok(last);
        }
        let mut learner = Learner::new(Reader::initial(run, LARGE), &device::current());
        let (mut losses, mut since, mut told) = (0.0, 0, Vec::new());
        for step in 1..=steps {
            losses += learner.advance(run, step - 1, steps).await?;
            since += 1;
            if step.is_multiple_of(steps.div_ceil(TOLD)) || step == steps {
                let read = Read { step, steps, loss: losses / since as f32 };
                told.push(read);
                on_read(read);
                (losses, since) = (0.0, 0);
            }
            breath.take().await?;
        }
        let large = Self { learner: Rc::new(learner), name, told };
        LAST.set(Some(large.clone()));
        Ok(large)
    }

    /// What tells it from other readers.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Weights and biases below what a student of this size sees.
    pub fn parameters(&self, size: usize) -> usize {
        self.learner.parameters(blocks(size))
    }

    /// The features of some texts, in their order; those that are not in the memory yet are read.
    ///
    /// # Errors
    /// Where the run is cancelled, or the device fails.
    pub async fn features<'a>(
        &self,
        numbers: &[usize],
        text: impl Fn(usize) -> &'a str,
        size: usize,
        memory: &Memory,
        breath: &Breath,
    ) -> Result<Vec<Vec<f32>>, Failure> {
        for numbers in memory.unknown(numbers).chunks(TOGETHER) {
            let texts: Vec<&str> = numbers.iter().map(|number| text(*number)).collect();
            let features = self.learner.features(&texts, blocks(size)).await?;
            for (number, features) in numbers.iter().zip(features) {
                memory.keep(*number, features);
            }
            breath.take().await?;
        }
        Ok(memory.known(numbers))
    }
}

/// Blocks that a student of this size sees.
fn blocks(size: usize) -> usize {
    size * LARGE.blocks / 2
}
