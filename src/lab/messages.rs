//! Everything that page and worker say to each other, and how it goes over the wire: as bytes, which are written and
//! read far faster than a tree of JavaScript objects, and handed over without a copy.

use super::{
    device::{Computed, Pick},
    experiment::Signal,
    memory,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;

/// Says which build this is: a page and a worker of different builds do not work together.
pub const BUILD: &str = match option_env!("OVERSIGHT_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// From the page to the worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ToWorker {
    /// Start one part of the run of this link (see `labs::parts`); whatever is in progress is cancelled first. `known`
    /// is what a training step takes on CPU and GPU, in milliseconds, where it was measured before; `place` is the
    /// worker's among several (see [`memory::work_as`]).
    Start { run: u32, part: u32, link: String, device: Pick, known: Option<[f64; 2]>, place: Option<u32> },
    /// What another worker has found: packed, [`memory::learn`] takes it.
    Found { found: ByteBuf },
    /// Stop the run, if it is this one.
    Cancel { run: u32 },
    /// Files of the data set `set` that the user brought; names as the user's disk has them.
    Load { set: String, files: Vec<(String, ByteBuf)> },
    /// Are you there?
    Ping,
    /// Fetch the data set's files below this address.
    LoadFrom { set: String, url: String },
}

/// From the worker to the page. `E` is an event of any lab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ToPage<E> {
    /// The first message: the worker's build.
    Hello { build: String },
    /// I am here.
    Pong,
    /// Events in order, batched.
    Events { run: u32, events: Vec<E> },
    /// How far along, in units of `what`.
    Progress { run: u32, done: u64, total: u64, what: String },
    /// What may spare other workers of this run some work, for them alone.
    Found { run: u32, found: ByteBuf },
    /// The run, or the part that was asked for, has ended by itself.
    Done { run: u32 },
    /// The run was cancelled.
    Cancelled { run: u32 },
    /// The run cannot go on; `why` is a sentence for the user.
    Failed { run: u32, why: String },
    /// What computes the run, before its first event; said by a worker that has a choice.
    Computes { run: u32, computed: Computed },
    /// What has become of brought files, or what was wrong with them.
    Loaded { set: String, outcome: Result<Loaded, String> },
}

/// A data set that was brought and can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// A sentence that says what it holds.
    pub summary: String,
    /// The value of the setting that uses it (see `data_sets`).
    pub value: String,
}

impl<E> ToPage<E> {
    /// The run that is over with this message, if it is such a message.
    pub fn ends(&self) -> Option<u32> {
        match self {
            ToPage::Done { run } | ToPage::Cancelled { run } | ToPage::Failed { run, .. } => Some(*run),
            _ => None,
        }
    }
}

/// A message as bytes.
pub fn pack<M: Serialize>(message: &M) -> Vec<u8> {
    // Writing to a Vec cannot fail, and no message holds a type that postcard refuses (tested for every lab's events).
    postcard::to_stdvec(message).unwrap_or_default()
}

/// The message that these bytes are, if they are one.
pub fn unpack<M: DeserializeOwned>(bytes: &[u8]) -> Option<M> {
    postcard::from_bytes(bytes).ok()
}

/// Collects signals between two animation frames.
#[derive(Debug)]
pub struct Batch<E> {
    run: u32,
    events: Vec<E>,
    progress: Option<(u64, u64, String)>,
}

impl<E> Batch<E> {
    /// An empty batch of this run.
    pub fn new(run: u32) -> Self {
        Self { run, events: Vec::new(), progress: None }
    }

    /// Takes a signal in; of progress only the newest counts.
    pub fn push(&mut self, signal: Signal<E>) {
        match signal {
            Signal::Event(event) => self.events.push(event),
            Signal::Progress { done, total, what } => self.progress = Some((done, total, what)),
        }
    }

    /// The messages to send now; the batch is empty afterwards.
    pub fn drain(&mut self) -> Vec<ToPage<E>> {
        let run = self.run;
        let mut messages = Vec::new();
        if !self.events.is_empty() {
            messages.push(ToPage::Events { run, events: std::mem::take(&mut self.events) });
        }
        if let Some((done, total, what)) = self.progress.take() {
            messages.push(ToPage::Progress { run, done, total, what });
        }
        let news = memory::news();
        if !news.is_empty() {
            messages.push(ToPage::Found { run, found: pack(&news).into() });
        }
        messages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_begins_with_the_kind_by_which_scripts_know_it() {
        // tests/e2e/worker.test.ts and tests/e2e/bench/page.bench.ts read these.
        let kind = |message: ToPage<u8>| pack(&message)[0];
        let start =
            ToWorker::Start { run: 7, part: 0, link: String::new(), device: Pick::Cpu, known: None, place: None };
        assert_eq!(pack(&start)[..2], [0, 7]);
        assert_eq!(kind(ToPage::Hello { build: String::new() }), 0);
        assert_eq!(kind(ToPage::Events { run: 7, events: vec![1] }), 2);
        assert_eq!(kind(ToPage::Done { run: 7 }), 5);
    }
}
