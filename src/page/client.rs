//! The page's end of the wires: a pool of workers that share the parts of a run, and are replaced when they die.
//!
//! Whoever listens hears one run, in its order, as if a single worker had computed it.

use super::wire::{Heard, Wire};
use crate::{
    lab::{
        Parts,
        device::Pick,
        messages::{ToPage, ToWorker},
        parts::Schedule,
    },
    labs::AnyEvent,
};
use gloo_timers::callback::{Interval, Timeout};
use std::{cell::RefCell, rc::Rc};

/// A worker that says nothing for this long while it owes an answer is asked whether it lives, in milliseconds.
const SILENCE_MS: u32 = 3_000;

/// After so many silent periods it is taken for dead. A step of the large worker's network takes seconds where a
/// processor is slow or has other work, and nothing is heard before it ends.
const PATIENCE: u32 = 3;
const PATIENCE_LARGE: u32 = 20;

/// More workers than this would need more memory than a browser gives.
const MOST_WORKERS: usize = 8;

/// A larger data set is read by one worker only: each keeps a copy of its own. In bytes.
const SHARED_BYTES: usize = 32_000_000;

/// A handle that can be cloned; all clones share the workers.
#[derive(Clone)]
pub struct Client(Rc<RefCell<Inner>>);

struct Inner {
    /// The first is always there; the others are started for the first run that has work for them.
    workers: Vec<Member>,
    /// Whether they are large ones, which can use a GPU.
    large: bool,
    job: Option<Job>,
    /// Data sets that were brought, for workers that are started later.
    brought: Vec<(String, ToWorker)>,
    hear: Rc<dyn Fn(Heard)>,
    /// Looks after the workers as long as the client lives.
    watch: Option<Interval>,
}

struct Member {
    wire: Wire,
    /// The run and the part whose end it owes.
    owed: Option<(u32, u32)>,
    /// How many silent periods have passed since it last spoke.
    silent: u32,
}

/// What a run asks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its link.
    pub link: String,
    /// How it falls into parts.
    pub parts: Parts,
    /// Whether it needs the large worker.
    pub large: bool,
    /// What shall compute it.
    pub device: Pick,
    /// What a step is known to take on CPU and GPU, in milliseconds.
    pub known: Option<[f64; 2]>,
}

/// The run that was asked for last.
struct Job {
    run: u32,
    wanted: Wanted,
    schedule: Schedule<AnyEvent>,
    is_cancelled: bool,
}

impl Job {
    /// How far all parts are together, if they are counted.
    fn progress(&self) -> Vec<ToPage<AnyEvent>> {
        let told =
            |(done, total, what): (_, _, &str)| ToPage::Progress { run: self.run, done, total, what: what.to_owned() };
        self.schedule.progress().map(told).into_iter().collect()
    }
}

impl Client {
    /// Starts a worker; everything that is heard goes to `hear`.
    pub fn start(hear: impl Fn(Heard) + 'static) -> Self {
        let inner = Inner {
            workers: Vec::new(),
            large: false,
            job: None,
            brought: Vec::new(),
            hear: Rc::new(hear),
            watch: None,
        };
        let client = Self(Rc::new(RefCell::new(inner)));
        let first = client.member(0);
        let watched = client.clone();
        let mut inner = client.0.borrow_mut();
        inner.workers.push(first);
        inner.watch = Some(Interval::new(SILENCE_MS, move || watched.watch()));
        drop(inner);
        client
    }

    /// Starts a run; the run before it ends.
    pub fn run(&self, run: u32, wanted: Wanted) {
        self.change_to(wanted.large);
        let (here, most) = {
            let inner = self.0.borrow();
            (inner.workers.len(), inner.most_workers())
        };
        let parts = wanted.parts;
        let more: Vec<Member> = (here..most.min(parts.count() as usize)).map(|place| self.member(place)).collect();
        let inner = &mut *self.0.borrow_mut();
        inner.stop();
        inner.workers.drain(most.min(here)..).for_each(|member| member.wire.end());
        inner.workers.extend(more);
        inner.job = Some(Job { run, wanted, schedule: Schedule::new(parts), is_cancelled: false });
        (0..inner.workers.len()).for_each(|place| inner.deal(place));
    }

    /// Ends workers of the other size, and starts one of this.
    fn change_to(&self, large: bool) {
        if self.0.borrow().large == large {
            return;
        }
        self.0.borrow_mut().large = large;
        let first = self.member(0);
        let old = std::mem::replace(&mut self.0.borrow_mut().workers, vec![first]);
        for member in old {
            member.wire.end();
        }
    }

    /// Ends this run, if it is still going on; with its worker, where it could not be heard there soon.
    pub fn cancel(&self, run: u32, deaf: bool) {
        let mut inner = self.0.borrow_mut();
        let Some(job) = inner.job.as_mut().filter(|job| job.run == run) else { return };
        job.is_cancelled = true;
        inner.stop();
        if deaf {
            inner.job = None;
            let hear = inner.hear.clone();
            drop(inner);
            self.change_to(false);
            hear(Heard::Message(ToPage::Cancelled { run }));
        }
    }

    /// Hands a data set to every worker, present and future: a message that loads it.
    pub fn bring(&self, set: &str, message: ToWorker) {
        let inner = &mut *self.0.borrow_mut();
        inner.brought.retain(|(other, _)| other != set);
        inner.brought.push((set.to_owned(), message));
        let readers = inner.most_workers().min(inner.workers.len());
        for member in &inner.workers[..readers] {
            if let Some((_, message)) = inner.brought.last() {
                member.wire.send(message);
            }
        }
    }

    /// A new worker for this place, which knows what was brought.
    fn member(&self, place: usize) -> Member {
        let (heard, died) = (self.clone(), self.clone());
        let large = self.0.borrow().large;
        let wire = Wire::start(large, move |said| heard.receive(place, said), move |why| died.replace(place, why));
        for (_, message) in &self.0.borrow().brought {
            wire.send(message);
        }
        Member { wire, owed: None, silent: 0 }
    }

    fn receive(&self, place: usize, said: Heard) {
        let (now, hear) = {
            let inner = &mut *self.0.borrow_mut();
            inner.workers[place].silent = 0;
            let now = match said {
                Heard::Message(message) => inner.sort(place, message),
                other => vec![other],
            };
            (now, inner.hear.clone())
        };
        for heard in now {
            hear(heard);
        }
    }

    /// Asks silent workers whether they live; replaces those that do not answer.
    fn watch(&self) {
        let mut dead = None;
        let mut inner = self.0.borrow_mut();
        let patience = if inner.large { PATIENCE_LARGE } else { PATIENCE };
        for (place, member) in inner.workers.iter_mut().enumerate() {
            member.silent = if member.wire.listens() && member.owed.is_some() { member.silent + 1 } else { 0 };
            match member.silent {
                0 | 1 => {}
                silent if silent <= patience => member.wire.send(&ToWorker::Ping),
                _ => dead = Some(place),
            }
        }
        drop(inner);
        if let Some(place) = dead {
            self.replace(place, "it stopped answering");
        }
    }

    fn replace(&self, place: usize, why: &str) {
        let new = self.member(place);
        let (old, hear) = {
            let inner = &mut *self.0.borrow_mut();
            inner.job = None;
            inner.stop();
            (std::mem::replace(&mut inner.workers[place], new), inner.hear.clone())
        };
        old.wire.end();
        // The closures of the dead worker may be on the stack right now: they go when this turn is over.
        Timeout::new(0, move || drop(old)).forget();
        hear(Heard::Replaced(why.to_owned()));
    }
}

impl Inner {
    /// One worker less than the browser has cores for us, as the page needs one itself; at least one. One where what
    /// was brought is too much to be kept by several, or where they would share a GPU.
    fn most_workers(&self) -> usize {
        if self.large {
            return 1;
        }
        let bytes = self.brought.iter().map(|(_, message)| match message {
            ToWorker::Load { files, .. } => files.iter().map(|(_, file)| file.len()).sum(),
            _ => 0,
        });
        if bytes.sum::<usize>() > SHARED_BYTES {
            return 1;
        }
        let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
        (cores as usize).saturating_sub(1).clamp(1, MOST_WORKERS)
    }

    /// Tells everybody who works to stop.
    fn stop(&self) {
        for member in &self.workers {
            if let Some((run, _)) = member.owed {
                member.wire.send(&ToWorker::Cancel { run });
            }
        }
    }

    /// Gives a worker the next part, if there is one.
    fn deal(&mut self, place: usize) {
        let Some(job) = self.job.as_mut().filter(|job| !job.is_cancelled) else { return };
        if let Some(part) = job.schedule.deal() {
            let among_several = (self.workers.len() > 1).then_some(place as u32);
            let member = &mut self.workers[place];
            member.owed = Some((job.run, part));
            let Wanted { link, device, known, .. } = job.wanted.clone();
            member.wire.send(&ToWorker::Start { run: job.run, part, link, device, known, place: among_several });
        }
    }

    /// What a worker's message means for the whole run.
    fn sort(&mut self, place: usize, message: ToPage<AnyEvent>) -> Vec<Heard> {
        let owed = self.workers[place].owed;
        if message.ends().is_some() && message.ends() == owed.map(|(run, _)| run) {
            self.workers[place].owed = None;
        }
        let is_idle = self.workers.iter().all(|member| member.owed.is_none());
        let said = match (message, owed, &mut self.job) {
            // Every worker reads what was brought; the first one answers for all.
            (message @ ToPage::Loaded { .. }, ..) => (place == 0).then_some(message).into_iter().collect(),
            (ToPage::Events { run, events }, Some((_, part)), Some(job)) if job.run == run => {
                events_of(run, job.schedule.take(part, events))
            }
            (ToPage::Found { run, found }, _, Some(job)) if job.run == run => {
                let message = ToWorker::Found { found };
                let others = self.workers.iter().enumerate().filter(|(other, _)| *other != place);
                others.for_each(|(_, member)| member.wire.send(&message));
                Vec::new()
            }
            (ToPage::Progress { run, done, total, what }, Some((_, part)), Some(job)) if job.run == run => {
                if job.wanted.parts.count() == 1 {
                    vec![ToPage::Progress { run, done, total, what }]
                } else {
                    // Of several parts none knows how far the others are.
                    job.schedule.reach(part, done);
                    job.progress()
                }
            }
            (ToPage::Done { run }, Some((_, part)), Some(job)) if job.run == run => {
                let mut said = events_of(run, job.schedule.end(part));
                said.extend(job.progress());
                if job.schedule.is_over() {
                    said.push(ToPage::Done { run });
                } else if job.is_cancelled && is_idle {
                    said.push(ToPage::Cancelled { run });
                }
                self.deal(place);
                said
            }
            (ToPage::Cancelled { run }, _, Some(job)) if job.run == run && job.is_cancelled && is_idle => {
                vec![ToPage::Cancelled { run }]
            }
            (message @ ToPage::Failed { .. }, _, Some(job)) if message.ends() == Some(job.run) => {
                self.job = None;
                self.stop();
                vec![message]
            }
            (ToPage::Computes { run, computed }, _, Some(job)) if job.run == run => {
                vec![ToPage::Computes { run, computed }]
            }
            // An answer to *ping*, or something of a run that is over.
            _ => Vec::new(),
        };
        said.into_iter().map(Heard::Message).collect()
    }
}

fn events_of(run: u32, events: Vec<AnyEvent>) -> Vec<ToPage<AnyEvent>> {
    if events.is_empty() { Vec::new() } else { vec![ToPage::Events { run, events }] }
}
