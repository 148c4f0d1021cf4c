//! The register of labs: one enum over all of them, and one place that knows which code belongs to which name.

use crate::{
    amplification,
    data_sets::{self, DataSet},
    debate,
    lab::{Fold, LabSpec, Parts, Scenario, device::Gain},
    weak_to_strong,
};
use serde::{Deserialize, Serialize};

/// Every lab; the first is where the page opens.
pub static LABS: &[&LabSpec] = &[&debate::SPEC, &amplification::SPEC, &weak_to_strong::SPEC];

/// An event of any lab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AnyEvent {
    /// Of the debate lab.
    Debate(debate::Event),
    /// Of the weak-to-strong lab.
    WeakToStrong(weak_to_strong::Event),
    /// Of the amplification lab.
    Amplification(amplification::Event),
}

/// The labs' states after some events: what their views show. A run changes its own lab's only.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnyState {
    /// Of the debate lab.
    pub debate: debate::State,
    /// Of the weak-to-strong lab.
    pub weak_to_strong: weak_to_strong::State,
    /// Of the amplification lab.
    pub amplification: amplification::State,
}

impl Fold<AnyEvent> for AnyState {
    fn apply(&mut self, event: &AnyEvent) {
        match event {
            AnyEvent::Debate(event) => self.debate.apply(event),
            AnyEvent::WeakToStrong(event) => self.weak_to_strong.apply(event),
            AnyEvent::Amplification(event) => self.amplification.apply(event),
        }
    }
}

/// The data set that a reader of this scenario may bring; `None` where everything is built in.
pub fn data_set(scenario: &Scenario) -> Option<&'static DataSet> {
    let name = match scenario.lab.name {
        "debate" => "mnist",
        "weak-to-strong" => match scenario.choice("family") {
            "text" => "text",
            "digits" => "mnist",
            "chess" => "lichess",
            _ => return None,
        },
        "amplification" if scenario.choice("mode") == "book" => "book",
        _ => return None,
    };
    data_sets::find(name).ok()
}

/// How a run is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Step by step, at a reader's speed.
    Steps,
    /// Always the newest event, as with a curve.
    Newest,
}

/// How the run of this scenario is watched.
pub fn pace(scenario: &Scenario) -> Pace {
    match (scenario.lab.name, scenario.choice("mode")) {
        ("debate", "game") | ("amplification", "tree" | "you") => Pace::Steps,
        _ => Pace::Newest,
    }
}

/// Whether an event only says whose turn it is: it is shown together with the one before it.
pub fn is_instant(event: &AnyEvent) -> bool {
    matches!(event, AnyEvent::Debate(debate::Event::Yours(_)) | AnyEvent::Amplification(amplification::Event::Yours(_)))
}

/// What an event says of the scenario: what could not be used, and what is used instead.
pub fn note(event: &AnyEvent) -> Option<&str> {
    match event {
        AnyEvent::Amplification(amplification::Event::Begun(begun)) => begun.instead.as_deref(),
        _ => None,
    }
}

/// What a GPU is to a run; `None` where it could do nothing.
pub fn gain(scenario: &Scenario) -> Option<Gain> {
    match scenario.lab.name {
        "debate" => debate::spec::gain(scenario),
        "amplification" => amplification::spec::gain(scenario),
        _ => weak_to_strong::spec::gain(scenario),
    }
}

/// The name of the network that a GPU could train in a run, if there is one.
pub fn network(scenario: &Scenario) -> Option<String> {
    Some(format!("{} {:?}", scenario.lab.name, gain(scenario)?))
}

/// How the run of this scenario falls into parts that several workers can share.
pub fn parts(scenario: &Scenario) -> Parts {
    match scenario.lab.name {
        "debate" => debate::spec::parts(scenario),
        "weak-to-strong" => weak_to_strong::spec::parts(scenario),
        _ => Parts::WHOLE,
    }
}

/// Where a recording stands, in the lab's words, after `at` of `total` events.
pub fn position(scenario: &Scenario, state: &AnyState, at: usize, total: usize) -> String {
    let debate = &state.debate;
    match pace(scenario) {
        _ if scenario.lab.name == "amplification" => amplification::words::position(scenario, &state.amplification),
        Pace::Newest if scenario.lab.name == "weak-to-strong" => weak_to_strong::words::position(&state.weak_to_strong),
        Pace::Newest => format!("event {at} of {total}"),
        Pace::Steps if debate.verdict.is_some() => "the verdict".to_owned(),
        Pace::Steps if debate.opening.is_none() => "before the start".to_owned(),
        Pace::Steps if debate.turns.is_empty() => "the opening".to_owned(),
        Pace::Steps => format!("turn {} of {}", debate.turns.len(), scenario.int("px")),
    }
}

#[cfg(feature = "gpu")]
pub use compute::trains;
#[cfg(feature = "cpu")]
pub use compute::{load, metrics, run, run_parts, value_of};

#[cfg(feature = "cpu")]
mod compute {
    use super::AnyEvent;
    use crate::{
        amplification, data_sets, debate,
        lab::{Assets, Breath, Failure, Metric, Outlet, Scenario, Signal},
        tasks::{
            book::Own,
            chess::lichess::Lichess,
            mnist::Mnist,
            sentences::{self, Texts},
        },
        weak_to_strong,
    };
    #[cfg(feature = "gpu")]
    use crate::{lab::device::Gain, models::trial::Kind};
    use std::{any::Any, ops::Range, rc::Rc};

    /// The network that a scenario trains where Burn computes, if it does.
    #[cfg(feature = "gpu")]
    pub fn trains(scenario: &Scenario) -> Option<Kind> {
        Some(match (scenario.lab.name, super::gain(scenario)?) {
            ("debate", Gain::Needed) => Kind::Convolutional,
            ("debate", _) => Kind::Layers,
            ("amplification", _) => amplification::experiment::transformer(),
            _ => Kind::Reader,
        })
    }

    /// Runs a whole scenario; every signal goes to `sink`, in order.
    ///
    /// # Errors
    /// Where the run was cancelled, or cannot go on (with a sentence for the user).
    pub async fn run(
        scenario: &Scenario,
        assets: &dyn Assets,
        breath: Breath,
        sink: impl FnMut(Signal<AnyEvent>) + 'static,
    ) -> Result<(), Failure> {
        run_parts(scenario, super::parts(scenario).all(), assets, breath, sink).await
    }

    /// Runs some parts of it, one after the other (see [`super::parts`]).
    ///
    /// # Errors
    /// As [`run`].
    pub async fn run_parts(
        scenario: &Scenario,
        parts: Range<u32>,
        assets: &dyn Assets,
        breath: Breath,
        mut sink: impl FnMut(Signal<AnyEvent>) + 'static,
    ) -> Result<(), Failure> {
        match scenario.lab.name {
            "debate" => {
                let mut out = Outlet::new(breath, move |signal| sink(signal.map(AnyEvent::Debate)));
                debate::experiment::run(scenario, parts, assets, &mut out).await
            }
            "weak-to-strong" => {
                let mut out = Outlet::new(breath, move |signal| sink(signal.map(AnyEvent::WeakToStrong)));
                weak_to_strong::experiment::run(scenario, parts, assets, &mut out).await
            }
            "amplification" => {
                let mut out = Outlet::new(breath, move |signal| sink(signal.map(AnyEvent::Amplification)));
                amplification::experiment::run(scenario, assets, &mut out).await
            }
            other => Err(Failure::Because(format!("The lab “{other}” cannot run in this build."))),
        }
    }

    /// What a run's events amount to.
    pub fn metrics(scenario: &Scenario, events: &[AnyEvent]) -> Vec<Metric> {
        let (mut debate, mut weak_to_strong, mut amplification) = (Vec::new(), Vec::new(), Vec::new());
        for event in events.iter().cloned() {
            match event {
                AnyEvent::Debate(event) => debate.push(event),
                AnyEvent::WeakToStrong(event) => weak_to_strong.push(event),
                AnyEvent::Amplification(event) => amplification.push(event),
            }
        }
        match scenario.lab.name {
            "debate" => debate::experiment::metrics(scenario, &debate),
            "amplification" => amplification::metrics::metrics(&amplification),
            _ => weak_to_strong::experiment::metrics(&weak_to_strong),
        }
    }

    /// Reads a data set that the user brought: the parsed set and a sentence that says what it holds.
    ///
    /// # Errors
    /// A sentence that says which file is wrong, and how.
    pub fn load(set: &str, files: Vec<(String, Vec<u8>)>) -> Result<(Rc<dyn Any>, String), String> {
        match set {
            "mnist" => {
                let mnist = Mnist::from_files(files)?;
                let summary = mnist.summary();
                Ok((Rc::new(mnist), summary))
            }
            "text" => {
                let texts = Texts::from_files(files)?;
                let summary = texts.summary();
                Ok((Rc::new(texts), summary))
            }
            "lichess" => {
                let puzzles = Lichess::from_files(files)?;
                let summary = puzzles.summary();
                Ok((Rc::new(puzzles), summary))
            }
            "book" => {
                let own = Own::from_files(files)?;
                let summary = own.summary();
                Ok((Rc::new(own), summary))
            }
            other => Err(data_sets::find(other).err().unwrap_or_default()),
        }
    }

    /// The value of the setting that uses a data set of these files (see [`crate::data_sets`]).
    pub fn value_of(set: &str, files: &[String]) -> &'static str {
        match set {
            "text" => sentences::wanted(files),
            "lichess" => "lichess",
            "book" => "own",
            _ => "mnist",
        }
    }
}
