//! Whole runs, with a judge whose weights are random: what is emitted, in which order, and that it stays the same.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::{
    debate::{
        SPEC,
        event::{Answer, Opening, Picture, Protocol, Side, Turn},
        players::tests::now,
    },
    lab::{
        Breath,
        experiment::{Signal, Task},
    },
    models::judge::{SIZES, initial},
};
use std::{any::Any, cell::RefCell, collections::BTreeSet, rc::Rc};

/// Serves random weights, whatever file is asked for, and no data.
struct RandomWeights;

impl Assets for RandomWeights {
    fn model<'a>(&'a self, _: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
        Box::pin(async { initial(3, &SIZES).to_f16_file().map(Rc::new) })
    }

    fn data(&self, _: &str) -> Option<Rc<dyn Any>> {
        None
    }
}

fn scenario(settings: &[(&str, &str)]) -> Scenario {
    let mut scenario = Scenario::of_preset(&SPEC, &SPEC.presets[0]);
    for (key, value) in [("honest", "greedy"), ("liar", "greedy")].iter().chain(settings) {
        scenario.set(key, value).unwrap();
    }
    scenario
}

fn events(settings: &[(&str, &str)]) -> Result<Vec<Event>, Failure> {
    let list = Rc::new(RefCell::new(Vec::new()));
    let sink = list.clone();
    let mut out = Outlet::new(Breath::endless(), move |signal| {
        if let Signal::Event(event) = signal {
            sink.borrow_mut().push(event);
        }
    });
    let scenario = scenario(settings);
    now(run(&scenario, spec::parts(&scenario).all(), &RandomWeights, &mut out))?;
    drop(out);
    Ok(list.take())
}

fn opening(events: &[Event]) -> &Opening {
    let Some(Event::Opening(opening)) = events.first() else { panic!("no opening") };
    opening
}

fn turns(events: &[Event]) -> Vec<&Turn> {
    events.iter().filter_map(|event| if let Event::Turn(turn) = event { Some(&**turn) } else { None }).collect()
}

fn answers(events: &[Event]) -> Vec<&Answer> {
    events.iter().filter_map(|event| if let Event::Answer(answer) = event { Some(&**answer) } else { None }).collect()
}

#[test]
fn a_game_shows_the_strongest_lie_from_opening_to_verdict() {
    let events = events(&[("image", "5")]).unwrap();
    let (opening, turns) = (opening(&events), turns(&events));
    assert_eq!((opening.picture.number, opening.lies.len(), turns.len(), events.len()), (5, 9, 6, 8));
    let strongest = opening.lies.iter().min_by(|a, b| a.margin.total_cmp(&b.margin)).unwrap();
    assert_eq!(opening.lie, Some(strongest.lie));
    assert_eq!(turns[5].margin.to_bits(), strongest.margin.to_bits(), "the game shown is the one that was tried");
    let sides: Vec<Side> = turns.iter().map(|turn| turn.side).collect();
    assert_eq!(sides, [Side::Honest, Side::Liar].repeat(3));
    let pixels: BTreeSet<u16> = turns.iter().map(|turn| turn.pixel).collect();
    assert_eq!(pixels.len(), 6);
    for turn in &turns {
        assert_eq!(turn.value, opening.picture.pixels[usize::from(turn.pixel)]);
        assert!(turn.value > 0 && turn.candidates[0].pixel == turn.pixel && turn.evaluations > 0);
    }
    let promised = opening.heat.iter().find(|heat| heat.pixel == turns[0].pixel).unwrap();
    assert_eq!(promised.margin.to_bits(), turns[0].margin.to_bits());
    assert!(turns[5].heat.is_empty() && turns[4].heat.len() + 5 == opening.heat.len());
    let Some(Event::Verdict(verdict)) = events.last() else { panic!("no verdict") };
    let honest: Vec<bool> = std::iter::once(opening.margin)
        .chain(turns.iter().map(|turn| turn.margin))
        .map(|margin| margin > 0.0)
        .collect();
    assert_eq!(verdict.winner == Side::Honest, honest[6]);
    assert!(honest[usize::from(verdict.turning)..].iter().all(|side| *side == honest[6]));
    assert!(verdict.turning == 0 || honest[usize::from(verdict.turning) - 1] != honest[6]);
}

#[test]
fn the_same_scenario_gives_the_same_events() {
    let search: &[_] = &[("honest", "search"), ("hr", "50"), ("liar", "random"), ("lie", "any")];
    assert_eq!(events(search), events(search));
    let without: &[_] = &[("precommit", "0"), ("px", "3"), ("first", "liar")];
    let events = events(without).unwrap();
    assert_eq!((opening(&events).lie, turns(&events).len(), turns(&events)[2].side), (None, 3, Side::Liar));
}

#[test]
fn a_person_is_asked_for_one_pixel_after_another() {
    let seat: &[_] = &[("image", "5"), ("seat", "liar"), ("px", "4")];
    let first = events(seat).unwrap();
    assert_eq!((first.len(), first.last()), (3, Some(&Event::Yours(Some(Side::Liar)))));
    let open = &turns(&first)[0].heat;
    let mine = [open[3].pixel, open[9].pixel].map(|pixel| pixel.to_string());
    let one = events(&[seat, &[("moves", mine[0].as_str())]].concat()).unwrap();
    assert_eq!(one[..2], first[..2], "what was shown before stays");
    assert_eq!((turns(&one)[1].pixel, one.last()), (open[3].pixel, Some(&Event::Yours(Some(Side::Liar)))));
    let all = events(&[seat, &[("moves", mine.join("-").as_str())]].concat()).unwrap();
    assert!(turns(&all).len() == 4 && matches!(all.last(), Some(Event::Verdict(_))));
    // Pixel 0 is black in every picture: from there on the person is asked again.
    let illegal = events(&[seat, &[("moves", format!("{}-0-{}", mine[0], mine[1]).as_str())]].concat()).unwrap();
    assert_eq!(illegal, one);
}

#[test]
fn a_judge_is_asked_before_the_first_pixel_and_after_each() {
    let seat: &[_] = &[("image", "5"), ("seat", "judge"), ("px", "2")];
    for (beliefs, turns_seen) in [("", 0), ("50", 1), ("50-60", 2)] {
        let events = events(&[seat, &[("beliefs", beliefs)]].concat()).unwrap();
        assert_eq!((turns(&events).len(), events.last()), (turns_seen, Some(&Event::Yours(None))));
    }
    let all = events(&[seat, &[("beliefs", "50-60-70")]].concat()).unwrap();
    assert!(matches!(all.last(), Some(Event::Verdict(_))));
    assert!(opening(&all).lies.is_empty(), "how the lies fared would tell the judge");
}

#[test]
fn every_protocol_answers_for_one_picture() {
    let events = events(&[("mode", "protocols"), ("image", "2"), ("px", "4")]).unwrap();
    let answers = answers(&events);
    assert_eq!((opening(&events).lie, answers.len()), (None, 8));
    assert_eq!((answers[0].protocol, answers[0].of), (Protocol::RandomPixels, 200));
    for answer in &answers {
        assert_eq!((answer.picture, answer.shown.len(), answer.pixels), (2, 4, 4));
        let lies = matches!(answer.protocol, Protocol::Precommit { .. }) && answer.right == 0;
        assert_eq!(answer.lies_won != 0, lies, "{answer:?}");
        assert!(answer.of > 1 || (answer.judged == answer.truth) == (answer.right == 1));
        assert_eq!(answer.lies_won >> answer.truth & 1, 0, "the truth is no lie");
    }
}

#[test]
fn a_tournament_plays_different_pictures_and_fills_its_cells() {
    let rules = events(&[("mode", "tournament"), ("games", "4"), ("px", "2")]).unwrap();
    let pictures: BTreeSet<u32> = answers(&rules).iter().map(|answer| answer.picture).collect();
    assert_eq!((rules.len(), pictures.len()), (12, 4));
    let settings: &[_] = &[("mode", "tournament"), ("games", "1"), ("scope", "table"), ("px", "2")];
    let table = events(settings).unwrap();
    let cells: BTreeSet<(u8, Protocol)> =
        answers(&table).iter().map(|answer| (answer.pixels, answer.protocol)).collect();
    assert_eq!((table.len(), cells.len()), (16, 16));
    let names: BTreeSet<String> = metrics(&scenario(settings), &table).into_iter().map(|metric| metric.name).collect();
    for name in ["px4_judge_accuracy_random_pixels", "px6_precommit_honest_win_rate", "px6_open_consultancy_accuracy"] {
        assert!(names.contains(name), "{name} is not in {names:?}");
    }
}

#[test]
fn a_game_alone_goes_as_in_a_tournament() {
    let by: &[_] = &[("px", "3"), ("precommit", "0"), ("honest", "random"), ("liar", "random")];
    let tournament = events(&[by, &[("mode", "tournament"), ("games", "3")]].concat()).unwrap();
    for answer in answers(&tournament) {
        if let Protocol::Debate { first } = answer.protocol {
            let first = if first == Side::Honest { "honest" } else { "liar" };
            let image = answer.picture.to_string();
            let alone = events(&[by, &[("image", image.as_str()), ("first", first)]].concat()).unwrap();
            let Some(Event::Verdict(verdict)) = alone.last() else { panic!("no verdict") };
            assert_eq!(verdict.judged, answer.judged);
        }
    }
}

#[test]
fn a_judge_trained_here_judges() {
    let steps: &[_] = &[("steps", "50"), ("px", "2")];
    let curve = events(&[steps, &[("mode", "training")]].concat()).unwrap();
    assert_eq!(curve.len(), 50);
    let Some(Event::Learned(last)) = curve.last() else { panic!("nothing learnt") };
    assert_eq!((last.step, last.of), (50, 1000));
    let live: &[_] = &[("judge", "live"), ("image", "1"), ("lie", "any")];
    let (trained, shipped) = (events(&[steps, live].concat()).unwrap(), events(&[steps, &live[1..]].concat()).unwrap());
    assert_ne!(opening(&trained).logits.map(f32::to_bits), opening(&shipped).logits.map(f32::to_bits));
}

#[test]
fn what_is_missing_is_said() {
    let why = |settings: &[(&str, &str)]| events(settings).unwrap_err().to_string();
    assert!(why(&[("digits", "mnist")]).contains("needs MNIST"));
    assert!(why(&[("digits", "drawn")]).contains("Nothing is drawn"));
}

#[test]
fn a_drawing_is_debated_to_its_last_pixel() {
    let mut pixels = vec![0; 784];
    pixels[400..403].fill(255);
    let text = crate::debate::drawing::write(&pixels);
    let events = events(&[("digits", "drawn"), ("drawing", &text), ("truth", "7")]).unwrap();
    let Picture { truth, number, .. } = opening(&events).picture;
    assert_eq!((truth, number, turns(&events).len()), (7, 0, 3));
    assert!(matches!(events.last(), Some(Event::Verdict(_))));
}
