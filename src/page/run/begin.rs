//! How a run begins: what is asked for, and which worker computes it.

use super::{Run, Stale, Status, redraw::Redraw};
use crate::{
    lab::{
        Hasher, Link, Notice, Recording, Scenario,
        device::{Computed, Gain, Pick},
    },
    labs::{self, Pace, pace},
    page::{client::Wanted, times},
    webgpu,
};
use leptos::{prelude::*, task::spawn_local};

impl Run {
    /// Shows another address.
    pub fn open(self, link: Link, notices: Vec<Notice>) {
        self.notices.set(notices);
        self.link.set(link);
        self.begin(None);
    }

    /// Changes settings and runs the new scenario. What cannot be used is said.
    pub fn set(self, changes: &[(&'static str, String)]) {
        self.change(changes);
        self.begin(None);
    }

    /// The same, but what is shown stays until there is something else: a form that asks keeps what is typed in it.
    pub fn ask(self, changes: &[(&'static str, String)]) {
        self.change(changes);
        self.lost.update_value(|lost| lost.workers = 0);
        self.start(None, Stale::Another);
    }

    /// Goes on with a choice of the person who takes part: the run up to here is the same, so nothing jumps.
    pub fn choose(self, changes: &[(&'static str, String)]) {
        let seen = self.recording.with_untracked(Recording::len).saturating_sub(1);
        self.change(changes);
        self.begin(Some(seen + 1));
    }

    /// The same scenario with another seed.
    pub fn reseed(self, seed: u64) {
        self.link.update(|link| {
            link.scenario.seed = seed;
            forget_choices(&mut link.scenario);
            link.fp = None;
            link.at = None;
        });
        self.begin(None);
    }

    /// Runs the scenario again from its start.
    pub fn begin(self, aim: Option<usize>) {
        self.lost.update_value(|lost| lost.workers = 0);
        // With an aim the new run begins like the one before: nothing need vanish, and the focus stays where it is.
        self.start(aim, if aim.is_some() { Stale::GoesOn } else { Stale::No });
    }

    /// The run that lost its worker, from its start: what is shown stays until there is as much again.
    pub(super) fn restart(self) {
        let (stale, at, playing) = (self.stale.get_value(), self.at.get_untracked(), self.playing.get_untracked());
        let (stale, aim) = match stale {
            Stale::Another => (Stale::Another, self.aim.get_value()),
            _ if at == 0 => (Stale::No, self.aim.get_value()),
            _ => (Stale::GoesOn, self.aim.get_value().max(at)),
        };
        self.start(Some(aim), stale);
        self.playing.set(playing);
    }

    fn start(self, aim: Option<usize>, stale: Stale) {
        let link = self.link.get_untracked();
        let steps = pace(&link.scenario) == Pace::Steps;
        // A debate that has already begun: its opening and first turn are there at once.
        let first = link.at.map_or(if steps { 2 } else { 0 }, |at| at as usize);
        self.aim.set_value(aim.unwrap_or(first));
        self.playing.set(link.at.is_none() && (aim.is_some() || !steps || !reduced_motion()));
        self.number.update_value(|number| *number += 1);
        self.hasher.set_value(Hasher::default());
        self.stale.set_value(stale);
        if stale == Stale::No {
            self.recording.set(Recording::default());
            self.show(0);
        }
        self.progress.set(None);
        self.fingerprint.set(None);
        self.computed.set(None);
        self.status.set(Status::Starting);
        self.forget_views();
        let device = if self.lost.get_value().gpu { Pick::Cpu } else { link.device };
        let gain = labs::gain(&link.scenario);
        let wanted = Wanted {
            parts: labs::parts(&link.scenario),
            large: gain == Some(Gain::Needed),
            device,
            known: None,
            link: Link::of(link.scenario).write(),
        };
        self.redraw.set_value(Redraw::of(wanted.parts.count() > 1));
        let number = self.number.get_value();
        if let Some(gain) = gain.filter(|gain| looks_for_gpu(*gain, device)) {
            return self.look_for_gpu(number, gain, wanted);
        }
        // The large worker says itself what it chose.
        if gain.is_some() && !wanted.large {
            self.computed.set(Some(Computed { why: self.why_no_gpu(device), ..Computed::default() }));
        }
        self.hand_out(number, wanted);
    }

    /// Why a GPU is not even looked for; nothing where somebody chose so.
    fn why_no_gpu(self, device: Pick) -> Option<String> {
        let why = match device {
            _ if self.lost.get_value().gpu => "The larger program, which can use a GPU, failed.",
            Pick::Auto => "So small a network is trained faster there than on a GPU.",
            _ => return None,
        };
        Some(why.to_owned())
    }

    /// Lets the large worker compute where there is a GPU, and the small one where there is none, or where it was found
    /// to be slower on an earlier visit.
    fn look_for_gpu(self, number: u32, gain: Gain, wanted: Wanted) {
        spawn_local(async move {
            let found = webgpu::usable(wanted.device).await;
            // Another run may have been started meanwhile.
            if self.number.try_get_value() != Some(number) {
                return;
            }
            let network = self.link.with_untracked(|link| labs::network(&link.scenario));
            let free = found.as_ref().ok().filter(|_| wanted.device == Pick::Auto);
            let known = free.zip(network).and_then(|(gpu, network)| times::known(&network, gpu));
            let helps = found.is_ok() && known.is_none_or(|[cpu, gpu]| gpu < cpu);
            let large = helps || gain == Gain::Needed;
            if !large {
                let (name, why) = found.map_or_else(|why| (String::new(), Some(why)), |name| (name, None));
                self.computed.set(Some(Computed { name, why, step_ms: known, ..Computed::default() }));
            }
            self.hand_out(number, Wanted { large, known, ..wanted });
        });
    }

    fn hand_out(self, number: u32, wanted: Wanted) {
        self.large.set(wanted.large);
        self.client(|client| client.run(number, wanted));
    }

    /// Measures again what computes it faster.
    pub fn measure(self) {
        if let Some(network) = self.link.with_untracked(|link| labs::network(&link.scenario)) {
            times::forget(&network);
        }
        self.begin(None);
    }

    /// Lets another device compute it.
    pub fn pick(self, device: Pick) {
        self.link.update(|link| link.device = device);
        self.lost.update_value(|lost| lost.gpu = false);
        self.begin(None);
    }

    fn change(self, changes: &[(&'static str, String)]) {
        let mut said = Vec::new();
        self.link.update(|link| {
            for (key, text) in changes {
                said.extend(link.scenario.set(key, text).err().map(Notice));
            }
            link.fp = None;
            link.at = None;
        });
        self.notices.set(said);
    }
}

/// Whether a run asks the browser for a GPU.
fn looks_for_gpu(gain: Gain, device: Pick) -> bool {
    device == Pick::Gpu || device == Pick::Auto && gain != Gain::Little
}

/// The settings that hold a person's choices.
pub const CHOICES: [&str; 3] = ["moves", "beliefs", "summaries"];

/// Takes a person's choices back, as far as the lab has such settings.
pub(super) fn forget_choices(scenario: &mut Scenario) {
    for key in CHOICES.into_iter().filter(|key| scenario.lab.setting(key).is_some()) {
        // An empty text is one that every such setting takes.
        let _ = scenario.set(key, "");
    }
}

fn reduced_motion() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}
