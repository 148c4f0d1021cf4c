#![allow(clippy::unwrap_used)]
use super::*;
use crate::seed;
use proptest::prelude::*;

/// H's answer where every sub-question is answered exactly.
pub fn amplify_exactly(task: &dyn Task, facts: &Facts, question: Question, chance: u64) -> Answer {
    let mut replies = Vec::new();
    loop {
        match task.act(question, &replies) {
            Move::Answer(answer) => return answer,
            Move::Ask(sub) => {
                assert!(replies.len() < task.most(), "{} asks on and on", task.question(question));
                let chance = chance.wrapping_mul(31).wrapping_add(replies.len() as u64);
                let answer =
                    if task.is_look_up(sub) { task.look_up(facts, sub, chance) } else { task.truth(facts, sub) };
                replies.push(Reply { asked: sub, answer });
            }
        }
    }
}

/// The trained tasks.
fn tasks() -> Vec<Box<dyn Task>> {
    let mut rng = seed::rng(1, "task", 0);
    vec![
        Box::new(Powering::new(7)),
        Box::new(Powering::fixed(&mut rng)),
        Box::new(Powering::held_out()),
        Box::new(Assignments::new(&mut rng)),
        Box::new(Wildcard::new(3)),
        Box::new(Wildcard::new(6)),
        Box::new(Paths),
        Box::new(Unions),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_decomposition_answered_exactly_is_exact(run in any::<u64>()) {
        for task in tasks() {
            let mut rng = seed::rng(run, "facts", 0);
            let facts = task.draw(&mut rng);
            for depth in 0..task.depths().len() {
                for _ in 0..4 {
                    let Some(question) = task.draw_question(&facts, depth, &mut rng) else { continue };
                    let truth = task.truth(&facts, question);
                    let question_in_words = task.question(question);
                    prop_assert_eq!(amplify_exactly(&*task, &facts, question, run), truth, "{}", question_in_words);
                    prop_assert_eq!(task.read(&task.link(question)), Ok(question));
                    prop_assert_ne!(task.another(question, truth, &mut rng), truth);
                }
            }
        }
    }

    #[test]
    fn what_h_decides_is_what_it_does_and_x_has_a_place_for_every_answer(run in any::<u64>()) {
        for task in tasks() {
            let Some(learned) = task.learned() else { continue };
            let mut rng = seed::rng(run, "facts", 0);
            let facts = learned.draw(&mut rng);
            let (net, eyes) = (learned.net(), learned.eyes() as u32);
            for (index, question) in learned.questions().into_iter().enumerate() {
                prop_assert_eq!(learned.index(question), Some(index));
                let place = learned.place(index);
                prop_assert!(place.row < net.rows && place.from + place.answers <= net.outputs);
                let Some(depth) = learned.depth(&facts, question) else { continue };
                prop_assert!(depth < learned.depths().len());
                prop_assert!((0..place.answers as Answer).contains(&learned.truth(&facts, question)));
                let (mut replies, mut seen) = (Vec::new(), Vec::new());
                loop {
                    seen.clear();
                    learned.sees(question, &replies, &mut seen);
                    prop_assert!(seen.iter().all(|mark| *mark < eyes));
                    let decision = learned.decide(question, &replies);
                    prop_assert!(decision < learned.decisions());
                    let next = learned.act(question, &replies);
                    prop_assert_eq!(learned.carry_out(decision, question, &replies), Some(next));
                    let Move::Ask(asked) = next else { break };
                    let looked = learned.is_look_up(asked);
                    let answer =
                        if looked { learned.look_up(&facts, asked, run) } else { learned.truth(&facts, asked) };
                    replies.push(Reply { asked, answer });
                }
            }
            for row in 0..net.rows {
                prop_assert!(learned.encode(&facts, row).iter().all(|mark| (*mark as usize) < net.inputs));
            }
        }
    }

    #[test]
    fn every_expression_is_taken_apart_to_its_value(run in any::<u64>()) {
        let expression = Expression::draw(&mut seed::rng(run, "expression", 0));
        let (facts, whole) = (Facts::new(), expression.whole());
        for part in 0..=whole {
            let value = expression.truth(&facts, part);
            prop_assert_eq!(amplify_exactly(&expression, &facts, part, 0), value);
            // What is written can be read again, and has the same value.
            for text in [expression.question(part), expression.link(part)] {
                let again = Expression::parse(&text).unwrap();
                prop_assert_eq!(again.truth(&facts, again.whole()), value, "{}", text);
            }
        }
        let text = expression.link(whole);
        prop_assert_eq!(Expression::parse(&text), Ok(expression), "{}", text);
    }

    #[test]
    fn anything_typed_is_read_or_refused_in_words(text in "[-+*/()0-9 .×·a-z−²]{0,40}") {
        if let Err(why) = Expression::parse(&text) {
            prop_assert!(why.ends_with('.') && why.len() > 20, "{}", why);
        }
    }
}

#[test]
fn an_expression_is_worth_what_arithmetic_says() {
    for (text, value) in [
        ("(3+4)*(2-7)+1", -34),
        ("2 - 3 - 4", -5),
        ("2+3*4", 14),
        ("-(2+3)*-4", 20),
        ("2·3×4", 24),
        ("7", 7),
        ("--7", 7),
    ] {
        let expression = Expression::parse(text).unwrap();
        assert_eq!(expression.truth(&Facts::new(), expression.whole()), value, "{text}");
    }
}

#[test]
fn what_is_no_expression_is_refused_with_its_place() {
    for (text, why) in [
        ("", "At character 1: the expression ends"),
        ("3+", "At character 3: the expression ends"),
        ("3+)", "At character 3: a number is expected, not “)”"),
        ("(3+4", "At character 1: this parenthesis is never closed"),
        ("3)", "At character 2: this parenthesis was never opened"),
        ("3 4", "At character 3: an operator is missing"),
        ("6/2", "At character 2: H cannot divide"),
        ("(6÷2)", "At character 3: H cannot divide"),
        ("x+1", "At character 1: a number is expected, not “x”"),
        ("99999999999999999999", "At character 1: this number is larger"),
        ("3000000000*3000000001*2", "A value on the way is larger"),
        (&"(".repeat(100), "At character 61: more than 60 parentheses"),
    ] {
        let said = Expression::parse(text).unwrap_err();
        assert!(said.starts_with(why), "{text}: {said}");
    }
}

#[test]
fn a_power_is_so_many_steps() {
    let task = Powering::new(3);
    // σ: 1 → 3 → 2 → 1.
    let facts = vec![2, 0, 1];
    let ask = |text| task.truth(&facts, task.read(text).unwrap()) + 1;
    assert_eq!((ask("1(1)"), ask("2(1)"), ask("3(1)"), ask("14(3)")), (3, 2, 1, 1));
    assert_eq!(task.question(task.read("13(2)").unwrap()), "σ¹³(2)");
    assert_eq!(task.depths(), ["k = 1", "k = 2–3", "k = 4–7", "k = 8–15"]);
    assert!(task.read("0(1)").is_err() && task.read("3(4)").is_err() && task.read("x").is_err());
}

#[test]
fn no_permutation_is_both_trained_on_and_held_out() {
    let (task, mut rng) = (Powering::held_out(), seed::rng(3, "permutations", 0));
    let mut draw = |held_out: bool| -> std::collections::BTreeSet<Facts> {
        (0..3000).map(|_| if held_out { task.draw_held_out(&mut rng) } else { task.draw(&mut rng) }).collect()
    };
    let (trained_on, held_out) = (draw(false), draw(true));
    assert!(trained_on.is_disjoint(&held_out));
    // A tenth of 40,320 is held out, so that 3,000 draws meet about half of it.
    assert!(
        (1900..2300).contains(&held_out.len()) && trained_on.len() > 2800,
        "{} {}",
        held_out.len(),
        trained_on.len()
    );
    // A cycle need not be whole: some items stay where they are.
    assert!(held_out.iter().any(|sigma| sigma.iter().zip(0..).any(|(to, from)| *to == from)));
}
