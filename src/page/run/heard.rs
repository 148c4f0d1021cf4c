//! What the run on screen hears from its workers.

use super::{Brought, MAX_DEATHS, Progress, Run, Stale, Status, begin::forget_choices, redraw::Redraw};
use crate::{
    data_sets::{self, DataSet},
    lab::{
        Hasher, Recording, Sameness, grouped,
        messages::{ToPage, ToWorker},
    },
    labs::{self, AnyEvent},
    page::{times, wire::Heard},
};
use leptos::prelude::*;
use serde_bytes::ByteBuf;

impl Run {
    /// Hands files of a data set to the workers: names and contents.
    pub fn bring(self, set: &str, files: Vec<(String, Vec<u8>)>) {
        let files = files.into_iter().map(|(name, bytes)| (name, ByteBuf::from(bytes))).collect();
        self.load(set, ToWorker::Load { set: set.to_owned(), files });
    }

    /// Lets the workers fetch a data set from an address.
    pub fn bring_from(self, set: &str, url: String) {
        self.load(set, ToWorker::LoadFrom { set: set.to_owned(), url });
    }

    fn load(self, set: &str, message: ToWorker) {
        self.brought.set((set.to_owned(), Brought::Reading));
        self.client(|client| client.bring(set, message));
    }

    pub(super) fn hear(self, heard: Heard) {
        match heard {
            Heard::Message(message) => self.receive(message),
            Heard::OtherBuild(build) => self.notify(format!(
                "The page and its worker are of different versions (worker: {build}). Reload the page to get both afresh."
            )),
            Heard::Fetched { done, total } => {
                let what = "kB of the larger program, fetched once".to_owned();
                self.progress.set(Some(Progress { done, total, what }));
            }
            Heard::Replaced(why) => self.recover(&why),
        }
    }

    fn recover(self, why: &str) {
        self.lost.update_value(|lost| lost.workers += 1);
        if self.lost.get_value().workers > MAX_DEATHS {
            return self.end(Status::Failed(format!(
                "The worker died {MAX_DEATHS} times on this run ({why}). Change a setting, or reload the page."
            )));
        }
        // Whether it was fetched in vain or its GPU failed: without one there is another way.
        let large = self.large.get_untracked();
        if large {
            self.lost.update_value(|lost| lost.gpu = true);
        }
        self.notify(format!(
            "The worker that computes stopped ({why}). A new one has taken its place, and the run was started again{}.",
            if large { " on the CPU" } else { "" }
        ));
        self.restart();
    }

    fn receive(self, message: ToPage<AnyEvent>) {
        let current = self.number.get_value();
        match message {
            ToPage::Events { run, events } if run == current => self.take(events),
            ToPage::Progress { run, done, total, what } if run == current => {
                self.progress.update_untracked(|progress| *progress = Some(Progress { done, total, what }));
                self.ask_to_draw();
            }
            ToPage::Done { run } if run == current => {
                self.draw_what_waits();
                self.fingerprint.set(Some(self.hasher.with_value(Hasher::finish)));
                self.end(Status::Done);
                self.compare_with_link();
                self.say_what_went();
            }
            ToPage::Cancelled { run } if run == current => {
                self.draw_what_waits();
                self.end(Status::Cancelled);
            }
            ToPage::Failed { run, why } if run == current => {
                self.draw_what_waits();
                if self.stale.get_value() == Stale::Another {
                    self.recording.set(Recording::default());
                    self.show(0);
                }
                self.end(Status::Failed(why));
            }
            ToPage::Computes { run, computed } if run == current => {
                if let Some(network) = self.link.with_untracked(|link| labs::network(&link.scenario)) {
                    times::keep(&network, &computed);
                }
                self.computed.set(Some(computed));
                self.progress.set(None);
            }
            ToPage::Loaded { set, outcome: Ok(loaded) } => {
                let Ok(DataSet { setting: key, .. }) = data_sets::find(&set) else { return };
                self.brought.set((set, Brought::Ready(loaded.summary)));
                // What was chosen was about other data.
                self.link.update(|link| forget_choices(&mut link.scenario));
                if self.link.with_untracked(|link| link.scenario.choice(key)) == loaded.value {
                    self.begin(None);
                } else {
                    self.set(&[(key, loaded.value)]);
                }
            }
            ToPage::Loaded { set, outcome: Err(why) } => self.brought.set((set, Brought::Refused(why))),
            _ => {}
        }
    }

    /// Nothing more comes.
    fn end(self, status: Status) {
        self.status.set(status);
        self.progress.set(None);
        self.rest_at_the_end();
    }

    /// Says where the run that has ended is not what the link promised.
    fn compare_with_link(self) {
        let total = self.recording.with_untracked(Recording::len);
        if let Some(at) = self.link.with_untracked(|link| link.at).filter(|at| *at as usize > total) {
            self.notify(format!("The link asks for event {at}, and this run has {total}: the last one is shown."));
        }
        let from = match untrack(|| self.sameness()) {
            Some(Sameness::Differs { from, to }) if from == to => format!("at event {from}"),
            Some(Sameness::Differs { from, to }) => format!("between events {from} and {to}"),
            _ => return,
        };
        self.notify(format!(
            "This run is not the one that was shared: they part {from}. Another version of the page, or other data, may be why."
        ));
    }

    /// Says from where on every step of a very long run can be gone back to.
    fn say_what_went(self) {
        let gone = self.recording.with_untracked(Recording::gone);
        if gone > 0 {
            let gone = grouped(gone as u64);
            self.notify(format!(
                "This run has so many events that of its first {gone} only a few states are kept: going back there leads to the nearest of them."
            ));
        }
    }

    fn take(self, events: Vec<AnyEvent>) {
        let stale = self.stale.get_value();
        if stale != Stale::No {
            self.stale.set_value(Stale::No);
            self.recording.update_untracked(|recording| *recording = Recording::default());
        }
        if stale == Stale::Another {
            self.at.update_untracked(|at| *at = 0);
        }
        for event in events {
            self.hasher.update_value(|hasher| hasher.push(&event));
            self.recording.update_untracked(|recording| recording.push(event));
        }
        if self.status.with_untracked(|status| *status != Status::Running) {
            self.status.set(Status::Running);
        }
        self.ask_to_draw();
    }

    fn ask_to_draw(self) {
        if self.redraw.try_update_value(|redraw| redraw.ask(move || self.draw_what_waits())) == Some(true) {
            self.draw();
        }
    }

    /// Draws what has come since the last time, if anything has.
    fn draw_what_waits(self) {
        if self.redraw.try_update_value(Redraw::rested) == Some(true) {
            self.ask_to_draw();
        }
    }

    /// Draws what has come: all of it where the newest is followed.
    fn draw(self) {
        self.progress.notify();
        if self.stale.get_value() != Stale::No {
            return;
        }
        self.recording.notify();
        let (total, at, aim) =
            (self.recording.with_untracked(Recording::len), self.at.get_untracked(), self.aim.get_value());
        if self.playing.get_untracked() && untrack(|| self.follows_newest()) {
            self.show(total);
        } else {
            let reached = if at < aim { aim.min(total) } else { at };
            self.show(self.settled(reached));
        }
    }
}
