//! One question, asked to the end.

use super::{
    grow::{Grew, Growth, grow},
    mistakes::Mistakes,
    subject::Subject,
};
use crate::{
    amplification::event::{Begun, By, Event, Example},
    lab::{Failure, Outlet, Scenario},
};

/// Up to so many nodes every question and answer is a step of its own; larger trees come in so many steps.
const STEPS: usize = 400;

/// Emits an [`Event::Begun`] and the tree.
pub async fn run(scenario: &Scenario, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let Subject { task, facts, question, instead } = Subject::of(scenario);
    let example = Example {
        question: task.question(question),
        link: task.link(question),
        truth: task.answer(question, task.truth(&facts, question)),
    };
    out.emit(Event::Begun(Box::new(Begun {
        facts: task.facts(&facts),
        depths: task.depths(),
        examples: vec![example],
        alone: Vec::new(),
        parameters: (0, 0),
        most: task.most() as u8,
        instead,
    })));
    let growth = Growth {
        task: &*task,
        facts: &facts,
        overseer: &|question, replies| Some(task.act(question, replies)),
        by: By::Human,
        mistakes: Mistakes::of(scenario, scenario.seed),
        x: None,
        levels: 0,
        cache: scenario.flag("cache"),
        seed: scenario.seed,
    };
    let breath = out.breath.clone();
    let (grew, _) = grow(&growth, question, &breath).await?;
    emit(grew, out);
    Ok(())
}

/// Puts out what happened to a tree: a step each, or in chunks.
fn emit(grew: Vec<Grew>, out: &mut Outlet<Event>) {
    if grew.len() <= 2 * STEPS {
        for one in grew {
            out.emit(match one {
                Grew::Asked(node) => Event::Asked(vec![node]),
                Grew::Answered(given) => Event::Answered(vec![given]),
            });
        }
        return;
    }
    let chunk = grew.len().div_ceil(STEPS);
    let (mut asked, mut answered) = (Vec::new(), Vec::new());
    let total = grew.len();
    for (at, one) in grew.into_iter().enumerate() {
        match one {
            Grew::Asked(node) => asked.push(node),
            Grew::Answered(given) => answered.push(given),
        }
        if (at + 1).is_multiple_of(chunk) || at + 1 == total {
            out.emit(Event::Asked(std::mem::take(&mut asked)));
            out.emit(Event::Answered(std::mem::take(&mut answered)));
        }
    }
}
