//! What an experiment is given: an outlet for its events, a breath to take, and assets.
//!
//! An experiment is an `async fn(&Scenario, &dyn Assets, &mut Outlet<Event>) -> Result<(), Failure>`. It must call
//! [`Breath::take`] at least every few milliseconds of work: in the browser that is where the worker hears
//! *cancel*; in the terminal it costs nothing.

use std::{any::Any, cell::Cell, fmt, future::Future, pin::Pin, rc::Rc};

/// A future without `Send`, as both sides here are single-threaded.
pub type Task<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Why an experiment ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Somebody asked for it.
    Cancelled,
    /// A sentence for the user that says what was wrong.
    Because(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Cancelled => f.write_str("cancelled"),
            Failure::Because(why) => f.write_str(why),
        }
    }
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Failure::Because(why)
    }
}

/// A place to look up and listen, in the middle of long work.
#[derive(Clone)]
pub struct Breath {
    cancelled: Rc<Cell<bool>>,
    rest: Rc<dyn Fn() -> Option<Task<'static, ()>>>,
}

impl Breath {
    /// `rest` is asked at every breath: `None` means carry on, a task means that the thread should be given up
    /// until it is done. `cancelled` is looked at after it.
    pub fn new(cancelled: Rc<Cell<bool>>, rest: impl Fn() -> Option<Task<'static, ()>> + 'static) -> Self {
        Self { cancelled, rest: Rc::new(rest) }
    }

    /// Never rests and is never cancelled: for the terminal and tests.
    pub fn endless() -> Self {
        Self::new(Rc::new(Cell::new(false)), || None)
    }

    /// Rests where that is due.
    ///
    /// # Errors
    /// [`Failure::Cancelled`], where the run was cancelled.
    pub async fn take(&self) -> Result<(), Failure> {
        if let Some(rest) = (self.rest)() {
            rest.await;
        }
        if self.cancelled.get() { Err(Failure::Cancelled) } else { Ok(()) }
    }
}

/// What comes out of an experiment.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal<E> {
    /// The next event.
    Event(E),
    /// How far along, in units of `what`; no part of the run.
    Progress { done: u64, total: u64, what: String },
}

impl<E> Signal<E> {
    /// The same signal of another event type.
    pub fn map<F>(self, wrap: impl FnOnce(E) -> F) -> Signal<F> {
        match self {
            Signal::Event(event) => Signal::Event(wrap(event)),
            Signal::Progress { done, total, what } => Signal::Progress { done, total, what },
        }
    }
}

/// Where an experiment puts its events.
pub struct Outlet<E> {
    sink: Box<dyn FnMut(Signal<E>)>,
    /// The breath of this run.
    pub breath: Breath,
}

impl<E> Outlet<E> {
    /// Every signal goes to `sink`, in order.
    pub fn new(breath: Breath, sink: impl FnMut(Signal<E>) + 'static) -> Self {
        Self { sink: Box::new(sink), breath }
    }

    /// Puts out the next event.
    pub fn emit(&mut self, event: E) {
        (self.sink)(Signal::Event(event));
    }

    /// Says how far along the run is.
    pub fn progress(&mut self, done: u64, total: u64, what: &str) {
        (self.sink)(Signal::Progress { done, total, what: what.to_owned() });
    }
}

/// Files that an experiment may ask for: shipped weights, and data that the user brought.
pub trait Assets {
    /// The bytes of a shipped file below `public/models/`, as they came. The error is a sentence.
    fn model<'a>(&'a self, file: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>>;
    /// A data set that the user brought, parsed once (`data("mnist")` is a `tasks::mnist::Mnist`); `None` without.
    fn data(&self, set: &str) -> Option<Rc<dyn Any>>;
}
