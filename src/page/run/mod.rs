//! The run on screen: a recording that grows, the step that is shown, and what the reader may do with both.

mod begin;
mod heard;
mod redraw;

pub use begin::CHOICES;

use super::client::Client;
use crate::{
    lab::{Fingerprint, Hasher, Link, Notice, Recording, Sameness, Scenario, device::Computed},
    labs::{self, AnyEvent, AnyState, LABS, Pace, pace},
};
use gloo_timers::callback::Interval;
use leptos::{prelude::*, reactive::graph::Source as _};
use redraw::Redraw;

/// How long a step stays on screen at normal speed, in milliseconds.
const STEP_MS: f64 = 1_500.0;
/// A run of which the newest is followed is played again in so many steps, each of [`GLIDE_MS`].
const GLIDE: usize = 40;
const GLIDE_MS: f64 = 375.0;

/// A run that kills its worker this often is given up.
const MAX_DEATHS: u32 = 2;

/// Where a run stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Status {
    /// The worker, or what it needs, is on its way.
    Starting,
    /// Events come in.
    Running,
    /// The run has ended by itself.
    Done,
    /// The reader stopped it.
    Cancelled,
    /// It cannot go on, for this reason.
    Failed(String),
}

/// How far along the worker is.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Units done.
    pub done: u64,
    /// Units in all.
    pub total: u64,
    /// What is counted.
    pub what: String,
}

/// Whether what is shown is of the run before, until this one's first events are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stale {
    No,
    /// It is, and this run goes on from where that one stands.
    GoesOn,
    /// It is, and this run begins at its own start.
    Another,
}

/// What has failed.
#[derive(Debug, Clone, Copy, Default)]
struct Lost {
    /// Workers of this run.
    workers: u32,
    /// A GPU, on this page: it is not asked again.
    gpu: bool,
}

/// What has become of the data that the reader brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Brought {
    /// None yet.
    Nothing,
    /// Being read.
    Reading,
    /// Ready: a sentence that says what it holds.
    Ready(String),
    /// Refused: a sentence that says why.
    Refused(String),
}

/// The run on screen. A handle: copies share everything.
#[derive(Clone, Copy)]
pub struct Run {
    /// What the address says, and what runs.
    pub link: RwSignal<Link>,
    /// What has happened.
    pub recording: RwSignal<Recording<AnyEvent, AnyState>>,
    /// How many events are shown.
    pub at: RwSignal<usize>,
    /// The state that is shown.
    pub state: RwSignal<AnyState>,
    /// Whether steps go on by themselves.
    pub playing: RwSignal<bool>,
    /// Times the normal speed.
    pub speed: RwSignal<f64>,
    /// Where the run stands.
    pub status: RwSignal<Status>,
    /// How far along.
    pub progress: RwSignal<Option<Progress>>,
    /// Over the events so far.
    pub fingerprint: RwSignal<Option<Fingerprint>>,
    /// Whether it needs the large worker.
    pub large: RwSignal<bool>,
    /// What computes it, where there is a choice and it has been made.
    pub computed: RwSignal<Option<Computed>>,
    /// What the reader should know.
    pub notices: RwSignal<Vec<Notice>>,
    /// The data set that was brought last, by name, and what has become of it.
    pub brought: RwSignal<(String, Brought)>,
    /// Whether there are views to watch it with: before that nothing plays.
    pub watched: StoredValue<bool>,
    number: StoredValue<u32>,
    hasher: StoredValue<Hasher>,
    /// The step to show once there are as many: where the link or the reader wants to be.
    aim: StoredValue<usize>,
    lost: StoredValue<Lost>,
    stale: StoredValue<Stale>,
    redraw: StoredValue<Redraw, LocalStorage>,
    client: StoredValue<Option<Client>, LocalStorage>,
}

impl Run {
    /// The run of an address. The worker is started at once.
    pub fn new(link: Link, notices: Vec<Notice>) -> Self {
        let run = Self {
            link: RwSignal::new(link),
            recording: RwSignal::new(Recording::default()),
            at: RwSignal::new(0),
            state: RwSignal::new(AnyState::default()),
            playing: RwSignal::new(false),
            speed: RwSignal::new(1.0),
            status: RwSignal::new(Status::Starting),
            progress: RwSignal::new(None),
            fingerprint: RwSignal::new(None),
            large: RwSignal::new(false),
            computed: RwSignal::new(None),
            notices: RwSignal::new(notices),
            brought: RwSignal::new((String::new(), Brought::Nothing)),
            watched: StoredValue::new(false),
            number: StoredValue::new(0),
            hasher: StoredValue::new(Hasher::default()),
            aim: StoredValue::new(0),
            lost: StoredValue::new(Lost::default()),
            stale: StoredValue::new(Stale::No),
            redraw: StoredValue::new_local(Redraw::of(false)),
            client: StoredValue::new_local(None),
        };
        run.client.set_value(Some(Client::start(move |heard| run.hear(heard))));
        run.begin(None);
        run.keep_time();
        run
    }

    /// The scenario that runs.
    pub fn scenario(self) -> Scenario {
        self.link.with(|link| link.scenario.clone())
    }

    /// How many events there are.
    pub fn total(self) -> usize {
        self.recording.with(Recording::len)
    }

    /// Whether more events may come.
    pub fn is_running(self) -> bool {
        self.status.with(|status| matches!(status, Status::Starting | Status::Running))
    }

    /// How this run compares with the one that was shared, once it is over.
    pub fn sameness(self) -> Option<Sameness> {
        let promised = self.link.with(|link| link.fp.clone())?;
        // A GPU comes near the CPU's numbers, and not to the same bits.
        let over = !self.on_gpu() && self.status.get() == Status::Done;
        self.fingerprint.get().filter(|_| over).map(|here| promised.compare(&here))
    }

    /// Whether a GPU computes it.
    pub fn on_gpu(self) -> bool {
        self.computed.with(|computed| computed.as_ref().is_some_and(|computed| computed.gpu))
    }

    /// Whether it is still open what computes it: the large worker is being fetched, or tries.
    pub fn is_undecided(self) -> bool {
        self.large.get() && self.computed.with(Option::is_none) && self.is_running()
    }

    /// Stops the worker; what has happened so far stays.
    pub fn cancel(self) {
        // A large worker hears nothing before it is there, and little while it tries devices.
        let deaf = untrack(|| self.is_undecided());
        self.client(|client| client.cancel(self.number.get_value(), deaf));
    }

    /// Shows the state after `n` events, as soon as there are as many, and stands still there.
    pub fn seek(self, n: usize) {
        self.playing.set(false);
        self.aim.set_value(n);
        // Before the first event there is nothing to see.
        self.show(self.recording.with_untracked(|recording| recording.near(n)).max(1));
    }

    /// Shows the last state, and while more comes always the newest.
    pub fn seek_end(self) {
        self.seek(usize::MAX);
        self.playing.set(untrack(|| self.is_running()));
    }

    /// Whether playing follows what is computed right now.
    pub fn is_live(self) -> bool {
        self.follows_newest() && self.is_running()
    }

    fn follows_newest(self) -> bool {
        self.link.with(|link| pace(&link.scenario)) == Pace::Newest
    }

    /// Plays, or stands still. At the end of a finished run playing starts over.
    pub fn toggle(self) {
        let over = self.at.get_untracked() >= self.recording.with_untracked(Recording::len);
        if !self.playing.get_untracked() && over && !untrack(|| self.is_running()) {
            self.show(1);
        }
        self.aim.set_value(self.at.get_untracked());
        self.playing.update(|playing| *playing = !*playing);
    }

    /// Shows the state after `at` events.
    fn show(self, at: usize) {
        self.at.set(at);
        let state = self.recording.with_untracked(|recording| recording.at(at));
        if self.state.with_untracked(|shown| *shown != state) {
            self.state.update_untracked(|shown| *shown = state);
            forget_readers(self.state);
        }
    }

    /// Lets go of the views of the run before this one.
    fn forget_views(self) {
        forget_readers(self.link);
        forget_readers(self.recording);
        forget_readers(self.at);
        forget_readers(self.playing);
        forget_readers(self.status);
        forget_readers(self.progress);
        forget_readers(self.fingerprint);
        forget_readers(self.large);
        forget_readers(self.computed);
    }

    fn client(self, act: impl FnOnce(&Client)) {
        self.client.with_value(|client| client.as_ref().map(act));
    }

    fn notify(self, text: String) {
        self.notices.update(|notices| notices.push(Notice(text)));
    }

    /// Past what is shown together with the event before it.
    fn settled(self, at: usize) -> usize {
        self.recording.with_untracked(|recording| {
            let next = recording.event(at);
            if at > 0 && next.is_some_and(labs::is_instant) { at + 1 } else { at }
        })
    }

    /// Shows the next step every so often while playing.
    fn keep_time(self) {
        let beat = StoredValue::new_local(None::<Interval>);
        Effect::new(move || {
            let period = if self.follows_newest() { GLIDE_MS } else { STEP_MS } / self.speed.get();
            beat.set_value(self.playing.get().then(|| Interval::new(period as u32, move || self.tick())));
        });
    }

    fn tick(self) {
        if !self.watched.get_value() {
            return;
        }
        let total = self.recording.with_untracked(Recording::len);
        let at = self.at.get_untracked();
        if at < total {
            self.show(match untrack(|| (self.follows_newest(), self.is_running())) {
                (true, true) => total,
                (true, false) => total.min(at + total.div_ceil(GLIDE)),
                (false, _) => self.settled(at + 1),
            });
        }
        self.rest_at_the_end();
    }

    /// Where nothing more can come, nothing plays.
    fn rest_at_the_end(self) {
        let over = self.at.get_untracked() >= self.recording.with_untracked(Recording::len);
        if over && !untrack(|| self.is_running()) {
            self.playing.set(false);
        }
    }
}

/// Tells those who have read a signal that it changed, and forgets them. By itself a signal forgets nobody, also no view
/// that is gone; and those of a run go with it, many of them with every event. Who is still there reads again, and is
/// known again.
fn forget_readers<T: Send + Sync + 'static>(signal: RwSignal<T>) {
    signal.notify();
    signal.clear_subscribers();
}

/// The link that an address leads to, and what was wrong with it.
pub fn read(address: &str) -> (Link, Vec<Notice>) {
    Link::read(address, LABS)
}
