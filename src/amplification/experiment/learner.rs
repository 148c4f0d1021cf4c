//! X: a network of tables, which sees facts as marks, or a transformer, which reads them as tokens; with its average.

#[cfg(feature = "large")]
use crate::models::{device, transformer::on_device};
use crate::{
    amplification::tasks::{Body, Facts, Learned, Place},
    lab::Failure,
    models::{
        mlp::Mlp,
        table::{self, Target},
        transformer::{self, Asked, Transformer},
    },
};

/// See the module's text.
pub enum X {
    /// A network of tables.
    Table(Box<table::Learner>),
    /// A transformer.
    Transformer(Box<transformer::Learner>),
    /// A transformer on a GPU.
    #[cfg(feature = "large")]
    OnDevice(Box<on_device::Learner>),
}

/// X's logits for some sets of facts.
pub struct Beliefs {
    logits: Vec<f32>,
    /// Logits for one set of facts.
    stride: usize,
    /// Logits of one row.
    row: usize,
}

impl Beliefs {
    /// The logits of a question, by where it is answered.
    pub fn of(&self, context: usize, place: Place) -> &[f32] {
        &self.logits[context * self.stride + place.row * self.row + place.from..][..place.answers]
    }
}

impl X {
    /// Before the first step. `more` are inputs and outputs that a table has beside those of the task.
    pub fn new(run: u64, task: &dyn Learned, more: (usize, usize)) -> Self {
        let net = task.net();
        match &net.body {
            Body::Table(hidden) => {
                let sizes = [&[net.inputs + more.0], hidden.as_slice(), &[net.outputs + more.1]].concat();
                Self::Table(Box::new(table::Learner::new(table::initial(run, "X", &sizes, net.on))))
            }
            Body::Transformer(shape) => Self::of(Transformer::initial(run, "X", *shape)),
        }
    }

    /// A transformer that may have learned before; on the GPU, where that is chosen.
    pub fn of(network: Transformer) -> Self {
        #[cfg(feature = "large")]
        if let Some(gpu) = device::gpu() {
            return Self::OnDevice(Box::new(on_device::Learner::new(&network, &gpu)));
        }
        Self::Transformer(Box::new(transformer::Learner::new(network)))
    }

    /// Weights and biases.
    pub fn parameters(&self) -> usize {
        match self {
            Self::Table(learner) => learner.network.parameters(),
            Self::Transformer(learner) => learner.network.parameters(),
            #[cfg(feature = "large")]
            Self::OnDevice(learner) => learner.parameters(),
        }
    }

    /// The average of a table, which can decide in H's place too; none of a transformer.
    pub fn table(&self) -> Option<&Mlp> {
        if let Self::Table(learner) = self { Some(&learner.average) } else { None }
    }

    /// What its average believes about some facts. A table answers everything at once; a transformer is asked the first
    /// so many questions.
    ///
    /// # Errors
    /// Where a GPU fails.
    #[cfg_attr(not(feature = "large"), expect(clippy::unused_async, reason = "only a device is waited for"))]
    pub async fn ask(&self, task: &dyn Learned, contexts: &[Facts], questions: usize) -> Result<Beliefs, Failure> {
        let each = || contexts.iter().flat_map(|_| 0..questions).collect::<Vec<_>>();
        let (logits, rows) = match self {
            Self::Table(learner) => {
                (table::logits(&learner.average, &self.put(task, contexts, &[]).questions), task.net().rows)
            }
            Self::Transformer(learner) => (learner.average.logits(&self.put(task, contexts, &each())), questions),
            #[cfg(feature = "large")]
            Self::OnDevice(learner) => (learner.logits(&self.put(task, contexts, &each())).await?, questions),
        };
        let row = logits.len() / (contexts.len() * rows).max(1);
        Ok(Beliefs { logits, stride: row * rows, row })
    }

    /// These facts as it sees them. To a transformer, questions are put by their index, as many about each context.
    pub fn put(&self, task: &dyn Learned, contexts: &[Facts], questions: &[usize]) -> Asked {
        let mut asked = Asked::default();
        if let Self::Table(_) = self {
            let rows = task.net().rows;
            let all = contexts.iter().flat_map(|facts| (0..rows).map(move |row| (facts, row)));
            all.for_each(|(facts, row)| asked.questions.push(task.encode(facts, row)));
            return asked;
        }
        let each = questions.len() / contexts.len().max(1);
        for (facts, questions) in contexts.iter().zip(questions.chunks_exact(each.max(1))) {
            task.tokens(facts).into_iter().for_each(|token| asked.facts.push(token));
            for index in questions {
                asked.questions.push(task.encode(facts, *index));
            }
        }
        asked
    }

    /// One step towards the targets; returns the loss before it.
    ///
    /// # Errors
    /// Where a GPU fails.
    #[cfg_attr(not(feature = "large"), expect(clippy::unused_async, reason = "only a device is waited for"))]
    pub async fn step(&mut self, asked: &Asked, targets: &[Target], rate: f32, horizon: f32) -> Result<f32, Failure> {
        Ok(match self {
            Self::Table(learner) => learner.step(&asked.questions, targets, rate, horizon),
            Self::Transformer(learner) => learner.step(asked, targets, rate, horizon),
            #[cfg(feature = "large")]
            Self::OnDevice(learner) => learner.step(asked, targets, rate, horizon).await?,
        })
    }
}
