//! The run on screen: a recording that grows, the step that is shown, and what the reader may do with both.

use super::client::{Client, Heard, Wanted};
use crate::{
    data_sets::{self, DataSet},
    lab::{
        Fingerprint, Hasher, Link, Notice, Recording, Sameness, Scenario,
        device::{Computed, Gain, Pick},
        messages::{ToPage, ToWorker},
    },
    labs::{self, AnyEvent, AnyState, LABS, Pace, pace},
    webgpu,
};
use gloo_timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};
use serde_bytes::ByteBuf;

/// How long a step stays on screen at normal speed, in milliseconds.
const STEP_MS: f64 = 1_500.0;

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
    number: StoredValue<u32>,
    hasher: StoredValue<Hasher>,
    /// The step to show once there are as many.
    aim: StoredValue<usize>,
    deaths: StoredValue<u32>,
    /// Whether a GPU failed on this page: it is not asked again.
    without_gpu: StoredValue<bool>,
    stale: StoredValue<Stale>,
    client: StoredValue<Option<Client>, LocalStorage>,
}

impl Run {
    /// The run of an address. The worker is started at once.
    pub fn new(link: Link, notices: Vec<Notice>) -> Self {
        let run = Self {
            at: RwSignal::new(0),
            recording: RwSignal::new(Recording::default()),
            playing: RwSignal::new(false),
            speed: RwSignal::new(1.0),
            status: RwSignal::new(Status::Starting),
            progress: RwSignal::new(None),
            fingerprint: RwSignal::new(None),
            large: RwSignal::new(false),
            computed: RwSignal::new(None),
            without_gpu: StoredValue::new(false),
            notices: RwSignal::new(notices),
            brought: RwSignal::new((String::new(), Brought::Nothing)),
            number: StoredValue::new(0),
            hasher: StoredValue::new(Hasher::default()),
            aim: StoredValue::new(0),
            deaths: StoredValue::new(0),
            stale: StoredValue::new(Stale::No),
            client: StoredValue::new_local(None),
            link: RwSignal::new(link),
        };
        run.client.set_value(Some(Client::start(move |heard| run.hear(heard))));
        run.begin(None);
        run.keep_time();
        run
    }

    /// The scenario that runs.
    pub fn scenario(self) -> Signal<Scenario> {
        Signal::derive(move || self.link.with(|link| link.scenario.clone()))
    }

    /// The state that is shown.
    pub fn state(self) -> Memo<AnyState> {
        Memo::new(move |_| self.recording.with(|recording| recording.at(self.at.get())))
    }

    /// How many events there are.
    pub fn total(self) -> Signal<usize> {
        Signal::derive(move || self.recording.with(Recording::len))
    }

    /// Whether more events may come.
    pub fn running(self) -> Signal<bool> {
        Signal::derive(move || matches!(self.status.get(), Status::Starting | Status::Running))
    }

    /// How this run compares with the one that was shared, once it is over.
    pub fn sameness(self) -> Signal<Option<Sameness>> {
        Signal::derive(move || {
            let promised = self.link.with(|link| link.fp.clone())?;
            // A GPU comes near the CPU's numbers, and not to the same bits.
            (!self.on_gpu()).then_some(())?;
            (self.status.get() == Status::Done).then_some(())?;
            self.fingerprint.get().map(|here| promised.compare(&here))
        })
    }

    /// Shows another address.
    pub fn open(self, link: Link, notices: Vec<Notice>) {
        self.notices.set(notices);
        self.link.set(link);
        self.deaths.set_value(0);
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
        // With an aim the new run begins like the one before: nothing need vanish, and the focus stays where it is.
        self.start(aim, if aim.is_some() { Stale::GoesOn } else { Stale::No });
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
            self.at.set(0);
        }
        self.progress.set(None);
        self.fingerprint.set(None);
        self.computed.set(None);
        self.status.set(Status::Starting);
        let number = self.number.get_value();
        let device = if self.without_gpu.get_value() { Pick::Cpu } else { link.device };
        let gain = labs::gain(&link.scenario);
        let parts = labs::parts(&link.scenario);
        let wanted = Wanted { link: Link::of(link.scenario).write(), parts, large: false, device };
        let large = match gain {
            None => false,
            Some(Gain::Needed) => true,
            Some(Gain::Much) if device == Pick::Auto => return self.look_for_gpu(number, wanted),
            Some(_) => device == Pick::Gpu,
        };
        self.hand_out(number, Wanted { large, ..wanted });
    }

    /// Lets the large worker compute where it finds a GPU, and the small one where there is none.
    fn look_for_gpu(self, number: u32, wanted: Wanted) {
        spawn_local(async move {
            let found = webgpu::usable(Pick::Auto).await;
            // Another run may have been started meanwhile.
            if self.number.try_get_value() == Some(number) {
                let large = found.is_ok();
                self.computed.set(found.err().map(|why| Computed { why: Some(why), ..Computed::default() }));
                self.hand_out(number, Wanted { large, ..wanted });
            }
        });
    }

    fn hand_out(self, number: u32, wanted: Wanted) {
        self.large.set(wanted.large);
        self.client(|client| client.run(number, wanted));
    }

    /// Whether a GPU computes it.
    pub fn on_gpu(self) -> bool {
        self.computed.with(|computed| computed.as_ref().is_some_and(|computed| computed.gpu))
    }

    /// Lets another device compute it.
    pub fn pick(self, device: Pick) {
        self.link.update(|link| link.device = device);
        self.without_gpu.set_value(false);
        self.begin(None);
    }

    /// Stops the worker; what has happened so far stays.
    pub fn cancel(self) {
        self.client(|client| client.cancel(self.number.get_value()));
    }

    /// Shows the state after `n` events, and stands still there.
    pub fn seek(self, n: usize) {
        self.playing.set(false);
        // Before the first event there is nothing to see.
        self.at.set(n.max(1).min(self.recording.with_untracked(Recording::len)));
    }

    /// Plays, or stands still. At the end of a finished run playing starts over.
    pub fn toggle(self) {
        let over = self.at.get_untracked() >= self.recording.with_untracked(Recording::len);
        if !self.playing.get_untracked() && over && !self.running().get_untracked() {
            self.at.set(1);
        }
        self.playing.update(|playing| *playing = !*playing);
    }

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

    fn client(self, act: impl FnOnce(&Client)) {
        self.client.with_value(|client| client.as_ref().map(act));
    }

    fn notify(self, text: String) {
        self.notices.update(|notices| notices.push(Notice(text)));
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Message(message) => self.receive(message),
            Heard::OtherBuild(build) => self.notify(format!(
                "The page and its worker are of different versions (worker: {build}). Reload the page to get both afresh."
            )),
            Heard::Replaced(why) => self.recover(&why),
        }
    }

    fn recover(self, why: &str) {
        self.deaths.update_value(|deaths| *deaths += 1);
        if self.deaths.get_value() > MAX_DEATHS {
            self.status.set(Status::Failed(format!(
                "The worker died {MAX_DEATHS} times on this run ({why}). Change a setting, or reload the page."
            )));
            return;
        }
        if untrack(|| self.on_gpu()) {
            self.without_gpu.set_value(true);
        }
        self.notify(format!(
            "The worker that computes stopped ({why}). A new one has taken its place, and the run was started again."
        ));
        let at = self.at.get_untracked();
        // Where nothing was shown yet, the run begins as it was asked to.
        self.begin((at > 0).then_some(at));
    }

    fn receive(self, message: ToPage<AnyEvent>) {
        let current = self.number.get_value();
        match message {
            ToPage::Events { run, events } if run == current => self.take(events),
            ToPage::Progress { run, done, total, what } if run == current => {
                self.progress.set(Some(Progress { done, total, what }));
            }
            ToPage::Done { run } if run == current => {
                self.fingerprint.set(Some(self.hasher.with_value(Hasher::finish)));
                self.status.set(Status::Done);
                self.progress.set(None);
                self.rest_at_the_end();
                self.compare_with_link();
            }
            ToPage::Cancelled { run } if run == current => {
                self.status.set(Status::Cancelled);
                self.progress.set(None);
            }
            ToPage::Failed { run, why } if run == current => {
                if self.stale.get_value() == Stale::Another {
                    self.recording.set(Recording::default());
                    self.at.set(0);
                }
                self.status.set(Status::Failed(why));
                self.progress.set(None);
            }
            ToPage::Computes { run, computed } if run == current => self.computed.set(Some(computed)),
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

    /// Says where the run that has ended is not what the link promised.
    fn compare_with_link(self) {
        let total = self.recording.with_untracked(Recording::len);
        if let Some(at) = self.link.with_untracked(|link| link.at).filter(|at| *at as usize > total) {
            self.notify(format!("The link asks for event {at}, and this run has {total}: the last one is shown."));
        }
        let from = match self.sameness().get_untracked() {
            Some(Sameness::Differs { from, to }) if from == to => format!("at event {from}"),
            Some(Sameness::Differs { from, to }) => format!("between events {from} and {to}"),
            _ => return,
        };
        self.notify(format!(
            "This run is not the one that was shared: they part {from}. Another version of the page, or other data, may be why."
        ));
    }

    fn take(self, events: Vec<AnyEvent>) {
        let stale = self.stale.get_value();
        if stale != Stale::No {
            self.stale.set_value(Stale::No);
            self.recording.update_untracked(|recording| *recording = Recording::default());
        }
        for event in events {
            self.hasher.update_value(|hasher| hasher.push(&event));
            self.recording.update_untracked(|recording| recording.push(event));
        }
        self.recording.notify();
        self.status.set(Status::Running);
        let (total, at, aim) =
            (self.recording.with_untracked(Recording::len), self.at.get_untracked(), self.aim.get_value());
        let at = if stale == Stale::Another { 0 } else { at };
        let follow =
            self.playing.get_untracked() && self.link.with_untracked(|link| pace(&link.scenario)) == Pace::Newest;
        if follow {
            self.at.set(total);
        } else {
            let reached = if at < aim { aim.min(total) } else { at };
            self.at.set(self.settled(reached));
        }
    }

    /// Past what is shown together with the event before it.
    fn settled(self, at: usize) -> usize {
        self.recording.with_untracked(|recording| {
            let next = recording.events().get(at);
            if at > 0 && next.is_some_and(labs::is_instant) { at + 1 } else { at }
        })
    }

    /// Shows the next step every so often while playing.
    fn keep_time(self) {
        let beat = StoredValue::new_local(None::<Interval>);
        Effect::new(move || {
            let period = STEP_MS / self.speed.get();
            beat.set_value(self.playing.get().then(|| Interval::new(period as u32, move || self.tick())));
        });
    }

    fn tick(self) {
        let total = self.recording.with_untracked(Recording::len);
        let at = self.at.get_untracked();
        if at < total {
            let newest = self.link.with_untracked(|link| pace(&link.scenario)) == Pace::Newest;
            self.at.set(if newest { total } else { self.settled(at + 1) });
        }
        self.rest_at_the_end();
    }

    /// Where nothing more can come, nothing plays.
    fn rest_at_the_end(self) {
        let over = self.at.get_untracked() >= self.recording.with_untracked(Recording::len);
        if over && !self.running().get_untracked() {
            self.playing.set(false);
        }
    }
}

/// The settings that hold a person's choices.
pub const CHOICES: [&str; 3] = ["moves", "beliefs", "summaries"];

/// Takes a person's choices back, as far as the lab has such settings.
fn forget_choices(scenario: &mut Scenario) {
    for key in CHOICES.into_iter().filter(|key| scenario.lab.setting(key).is_some()) {
        // An empty text is one that every such setting takes.
        let _ = scenario.set(key, "");
    }
}

/// The link that an address leads to, and what was wrong with it.
pub fn read(address: &str) -> (Link, Vec<Notice>) {
    Link::read(address, LABS)
}

fn reduced_motion() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}
