//! Replay: the same scenario gives the same events, always and everywhere.
//!
//! `fingerprints.json` holds a fingerprint for every preset, at a size that runs in moments. The browser tests hold
//! the worker to the same file. Native training runs on kernels that are chosen for the processor it finds, so its
//! fingerprint is committed for browsers only, and here a second run must repeat the first. `OVERSIGHT_BLESS=1` writes
//! the fingerprints anew that hold everywhere.

#![cfg(feature = "terminal")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use oversight_playground::{
    lab::{
        Assets, Breath, Failure, Fingerprint, Link, Signal, Task,
        messages::{ToPage, pack, unpack},
    },
    labs::{self, AnyEvent, LABS},
    models::pretrain,
};
use serde_json::Value;
use std::{
    any::Any,
    cell::{Cell, RefCell},
    ops::Range,
    path::{Path, PathBuf},
    rc::Rc,
};

struct Shipped;

impl Assets for Shipped {
    fn model<'a>(&'a self, file: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
        Box::pin(async move {
            let bytes = std::fs::read(pretrain::folder().join(file)).map_err(|error| error.to_string())?;
            Ok(Rc::new(bytes))
        })
    }

    fn data(&self, _set: &str) -> Option<Rc<dyn Any>> {
        None
    }
}

fn run(link: &str, breath: Breath) -> (Vec<AnyEvent>, Result<(), Failure>) {
    let all = labs::parts(&Link::read(link, LABS).0.scenario).all();
    run_parts(link, all, breath)
}

fn run_parts(link: &str, parts: Range<u32>, breath: Breath) -> (Vec<AnyEvent>, Result<(), Failure>) {
    let (link, notices) = Link::read(link, LABS);
    assert_eq!(notices, [], "{}", link.write());
    let events = Rc::new(RefCell::new(Vec::new()));
    let sink = {
        let events = events.clone();
        move |signal| {
            if let Signal::Event(event) = signal {
                events.borrow_mut().push(event);
            }
        }
    };
    let ended = pollster::block_on(labs::run_parts(&link.scenario, parts, &Shipped, breath, sink));
    (events.take(), ended)
}

fn file() -> PathBuf {
    // Tests run in the clone's own folder; one build may serve several clones.
    Path::new("tests/fingerprints.json").to_owned()
}

#[test]
fn every_preset_replays_to_its_committed_fingerprint() {
    let mut committed: Value = serde_json::from_str(&std::fs::read_to_string(file()).unwrap()).unwrap();
    let bless = std::env::var_os("OVERSIGHT_BLESS").is_some();
    let mut presets: Vec<&str> = Vec::new();
    for entry in committed.as_array_mut().unwrap() {
        let link = entry["link"].as_str().unwrap().to_owned();
        let (events, ended) = run(&link, Breath::endless());
        assert_eq!(ended, Ok(()), "{link}");
        let found = Fingerprint::of(&events).to_string();
        let message = ToPage::Events { run: 1, events };
        let arrived: ToPage<AnyEvent> = unpack(&pack(&message)).expect("every preset's events can be read");
        assert_eq!(arrived, message, "{link} changed on its way to the page");
        if entry.get("browser").is_some() {
            assert_eq!(Fingerprint::of(&run(&link, Breath::endless()).0).to_string(), found, "{link}");
        } else if bless {
            entry["everywhere"] = Value::from(found);
        } else {
            assert_eq!(entry["everywhere"], found, "{link}");
        }
        presets.push(Link::read(&link, LABS).0.scenario.preset.name);
    }
    for preset in LABS.iter().flat_map(|lab| lab.presets) {
        assert!(presets.contains(&preset.name), "{} has no fingerprint", preset.name);
    }
    if bless {
        std::fs::write(file(), serde_json::to_string_pretty(&committed).unwrap() + "\n").unwrap();
    }
}

#[test]
fn parts_need_nothing_of_each_other() {
    for (link, count) in [
        ("#/debate/paper-6px?v=1&games=13&honest=greedy&liar=greedy", 2),
        ("#/weak-to-strong/overlap?v=1&labelled=250&epochs=1&repeats=3", 3),
        ("#/weak-to-strong/digits-grid?v=1&family=overlap&labelled=250&epochs=1&repeats=1", 9),
    ] {
        let (whole, _) = run(link, Breath::endless());
        let parts = labs::parts(&Link::read(link, LABS).0.scenario);
        assert_eq!(parts.count(), count, "{link}");
        // The last one first, each in a thread that remembers nothing of the others.
        let mut events: Vec<Vec<AnyEvent>> = Vec::new();
        for part in parts.all().rev() {
            let done = std::thread::spawn(move || run_parts(link, part..part + 1, Breath::endless()).0);
            events.insert(0, done.join().unwrap());
        }
        assert_eq!(events.concat(), whole, "{link}");
    }
}

#[test]
fn a_run_that_is_cancelled_stops_there_and_says_so() {
    let cancelled = Rc::new(Cell::new(false));
    let breaths = Rc::new(Cell::new(0));
    let breath = {
        let (cancelled, breaths) = (cancelled.clone(), breaths.clone());
        Breath::new(cancelled.clone(), move || {
            breaths.set(breaths.get() + 1);
            cancelled.set(breaths.get() >= 20);
            None
        })
    };
    let (whole, _) = run("#/debate/paper-6px?games=3", Breath::endless());
    let (events, ended) = run("#/debate/paper-6px?games=3", breath);
    assert_eq!(ended, Err(Failure::Cancelled));
    assert_eq!(breaths.get(), 20, "it went on after it was cancelled");
    assert!(events.len() < whole.len());
    assert_eq!(events, whole[..events.len()], "a cancelled run is the beginning of the whole one");
}

#[test]
fn a_person_s_choices_only_add_to_what_has_happened() {
    let link = "#/debate/first?seat=honest&lie=any";
    let (first, _) = run(link, Breath::endless());
    let Some(AnyEvent::Debate(oversight_playground::debate::Event::Opening(opening))) = first.first() else {
        panic!("no opening")
    };
    let pixel = opening.heat[0].pixel;
    let (second, _) = run(&format!("{link}&moves={pixel}"), Breath::endless());
    assert_eq!(second[..first.len() - 1], first[..first.len() - 1]);
    assert!(second.len() > first.len());
}
