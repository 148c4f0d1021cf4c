#![allow(clippy::unwrap_used)]
use super::*;
use crate::{
    lab::{
        Breath, Fingerprint,
        experiment::{Signal, Task},
    },
    models::encoder::Encoder,
    weak_to_strong::{
        SPEC,
        event::{Shown, Who},
    },
};
use std::{any::Any, cell::RefCell, rc::Rc};

/// Serves an untrained encoder, whatever file is asked for, and no data.
struct Untrained;

impl Assets for Untrained {
    fn model<'a>(&'a self, _: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
        Box::pin(async { Encoder::initial(3, 4).to_file().map(Rc::new) })
    }

    fn data(&self, _: &str) -> Option<Rc<dyn Any>> {
        None
    }
}

fn events(preset: &str, settings: &[(&str, &str)]) -> Result<Vec<Event>, Failure> {
    let mut scenario = Scenario::of_preset(&SPEC, SPEC.preset(preset).unwrap());
    for (key, value) in [("repeats", "1"), ("labelled", "500")].iter().chain(settings) {
        scenario.set(key, value).unwrap();
    }
    let list = Rc::new(RefCell::new(Vec::new()));
    let sink = list.clone();
    let mut out = Outlet::new(Breath::endless(), move |signal| {
        if let Signal::Event(event) = signal {
            sink.borrow_mut().push(event);
        }
    });
    pollster::block_on(run(&scenario, spec::parts(&scenario).all(), &Untrained, &mut out))?;
    drop(out);
    Ok(list.take())
}

fn outcome(events: &[Event]) -> &super::super::event::Outcome {
    let Some(Event::Ended(outcome)) = events.last() else { panic!("no outcome") };
    outcome
}

#[test]
fn a_pair_is_trained_three_times_and_asked_all_the_way() {
    let events = events("overlap", &[("epochs", "10")]).unwrap();
    let Event::Begun(begun) = &events[0] else { panic!("no beginning") };
    assert_eq!((begun.examples.len(), begun.weak_parameters, begun.student_parameters), (96, 7, (33 * 32 + 33, 0)));
    let of = |who| {
        let all = events.iter().filter_map(|event| if let Event::Measured(m) = event { Some(&**m) } else { None });
        all.filter(|measured| measured.who == who).collect::<Vec<_>>()
    };
    // In a short training some of the 25 measures fall on the same step.
    let measures = of(Who::Student).len();
    assert!(of(Who::Weak).len() == 26 && measures > 15 && of(Who::Ceiling).len() == measures);
    assert!(of(Who::Naive).is_empty());
    let outcome = outcome(&events);
    assert_eq!(outcome.weak, of(Who::Weak)[25].right);
    assert_eq!(outcome.student, of(Who::Student)[measures - 1].right);
    assert!(outcome.ceiling.share() > outcome.weak.share() + 0.05, "{outcome:?}");
    for measured in of(Who::Student) {
        // Agreeing where the supervisor is right, and not agreeing where it is wrong, is being right.
        let (agrees, inherits) = (measured.agrees_right, measured.agrees_wrong);
        assert_eq!(agrees.of + inherits.of, 2000);
        assert_eq!(measured.right.right, agrees.right + inherits.of - inherits.right);
        assert_eq!(measured.beliefs.len(), 96);
    }
}

#[test]
fn with_the_confidence_loss_a_naive_student_stands_beside() {
    let events = events("overlap", &[("method", "confidence"), ("alpha", "50"), ("epochs", "10")]).unwrap();
    let alphas: Vec<f32> = events
        .iter()
        .filter_map(|event| match event {
            Event::Measured(m) if m.who == Who::Student => Some(m.alpha),
            Event::Measured(m) => {
                assert!(m.alpha.abs() < 1e-9);
                None
            }
            _ => None,
        })
        .collect();
    assert!(alphas[1] < 0.2 && (alphas[alphas.len() - 1] - 0.5).abs() < 1e-6, "{alphas:?}");
    assert!(outcome(&events).naive.is_some());
}

#[test]
fn stopping_early_takes_another_student() {
    let at = |stop| {
        let events = events("overlap", &[("stop", stop), ("epochs", "20")]).unwrap();
        outcome(&events).clone()
    };
    let (end, truth) = (at("end"), at("truth"));
    assert_eq!((end.stop_weak, end.stop_truth), (truth.stop_weak, truth.stop_truth));
    assert!(end.stop_truth < 300, "{end:?}");
    assert!(truth.student.right > end.student.right);
}

#[test]
fn a_chain_goes_through_every_size_and_has_its_controls() {
    let events = events("overlap", &[("weak", "s"), ("strong", "l"), ("method", "bootstrap")]).unwrap();
    let outcome = outcome(&events);
    let chain = outcome.chain.as_ref().unwrap();
    assert_eq!((chain.links.len(), chain.selves.len()), (3, 3));
    assert_eq!(chain.links[2], outcome.student);
    let taught = |who| events.iter().any(|event| matches!(event, Event::Measured(m) if m.who == who));
    assert!(taught(Who::Link(0)) && taught(Who::Link(1)) && !taught(Who::Link(2)));
    assert!(taught(Who::SelfLink(2)) && taught(Who::SameData) && taught(Who::Naive));
    let names: Vec<String> = metrics(&events).into_iter().map(|metric| metric.name).collect();
    for name in ["direct_pgr", "direct_same_data_pgr", "self_chain_pgr", "pgr"] {
        assert!(names.iter().any(|other| other == name), "{names:?}");
    }
}

#[test]
fn a_run_replays_and_repetitions_differ() {
    let of = |repeats: &str| events("digits", &[("repeats", repeats), ("epochs", "1"), ("labelled", "200")]).unwrap();
    let (once, twice) = (of("1"), of("2"));
    assert_eq!(Fingerprint::of(&once), Fingerprint::of(&of("1")));
    assert_eq!(twice[..once.len()], once[..], "the first repetition does not depend on how many follow");
    let (Event::Ended(first), Event::Ended(second)) = (&once[once.len() - 1], &twice[twice.len() - 1]) else {
        panic!("no outcomes")
    };
    assert_ne!(first.weak, second.weak);
}

#[test]
fn all_weights_learn_or_the_heads_alone() {
    let of = |finetune| {
        let events = events("digits", &[("strong", "s"), ("epochs", "5"), ("finetune", finetune)]).unwrap();
        let Event::Begun(begun) = &events[0] else { panic!("no beginning") };
        (begun.student_parameters, outcome(&events).clone())
    };
    let (frozen, whole) = (of("head"), of("all"));
    assert_eq!((frozen.0, whole.0), ((33, 1504), (1504 + 33, 0)));
    assert_eq!(frozen.1.weak, whole.1.weak, "the supervisor has no pretrained weights");
    assert_ne!(frozen.1.ceiling, whole.1.ceiling);
    // Where nothing is pretrained the setting means nothing.
    let toy = |finetune| Fingerprint::of(&events("overlap", &[("epochs", "1"), ("finetune", finetune)]).unwrap());
    assert_eq!(toy("head"), toy("all"));
}

#[test]
fn a_grid_holds_every_pair() {
    let events = events("digits-grid", &[("family", "overlap"), ("labelled", "100"), ("epochs", "1")]).unwrap();
    let pairs: Vec<(u8, u8)> = events
        .iter()
        .filter_map(|event| if let Event::Cell(c) = event { Some((c.weak, c.strong)) } else { None })
        .collect();
    assert_eq!(pairs, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2)]);
}

#[test]
fn what_is_missing_is_said() {
    let why = events("digits", &[("digits", "mnist")]).unwrap_err().to_string();
    assert!(why.contains("needs MNIST"), "{why}");
}

#[test]
fn texts_and_replies_are_taught_and_shown() {
    let quick = [("epochs", "1"), ("labelled", "200")];
    let first = |preset| {
        let events = events(preset, &quick).unwrap();
        let Event::Begun(begun) = events[0].clone() else { panic!("no beginning") };
        assert!(outcome(&events).weak.share() > 0.55, "{preset}: the supervisor has learned something");
        begun
    };
    let text = first("text");
    assert_eq!((text.labelled, text.examples.len(), text.weak_parameters), (200, 96, 21));
    assert!(matches!(&text.examples[0].shown, Shown::Text { asks, .. } if asks.contains("praised")));
    let reply = first("reward");
    let Shown::Dialogue(said) = &reply.examples[0].shown else { panic!("no dialogue") };
    assert!(!said.is_empty() && reply.examples[0].answers.len() == 2);
    assert_eq!(reply.student_parameters.0, 60 + 10 + 1);
}

#[test]
fn texts_that_are_not_there_are_asked_for() {
    let why = events("text", &[("text", "sst2")]).unwrap_err().to_string();
    assert!(why.contains("sst2.csv") && why.contains("built-in"), "{why}");
}
