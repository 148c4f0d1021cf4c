//! Joins questions, models and methods: a scenario in, events out.

mod pair;
mod pupil;
#[cfg(test)]
mod tests;

pub use super::metrics::metrics;

use super::{
    event::{Begun, Cell, Event, Outcome},
    families::{Chess, Digits, Eyes, Family, Order, Overlap, Reward, Text},
    spec::{self, SIZES},
};
use crate::{
    lab::{Assets, Breath, Failure, Outlet, Parts, Scenario},
    models::fit::Network as _,
    seed,
};
use pupil::{Class, Plan};
use std::ops::Range;

/// Runs some parts of a scenario of the weak-to-strong lab (see [`spec::parts`]): repetitions, or pairs of the grid.
///
/// # Errors
/// Where the run is cancelled, or cannot go on (with a sentence for the user).
pub async fn run(
    scenario: &Scenario,
    parts: Range<u32>,
    assets: &dyn Assets,
    out: &mut Outlet<Event>,
) -> Result<(), Failure> {
    let sizes = ["weak", "strong"].map(|key| {
        let chosen = scenario.choice(key);
        SIZES.iter().position(|size| *size == chosen).unwrap_or(0)
    });
    let breath = out.breath.clone();
    let whole = spec::parts(scenario);
    for part in parts {
        let mut done = whole.units(part..part + 1).start;
        tell(out, whole, done);
        if scenario.choice("mode") == "grid" {
            pair(scenario, part as usize, assets, out).await?;
        } else {
            let mut emit = |event| {
                if let Event::Measured(measured) = &event
                    && measured.step == measured.steps
                {
                    done += 1;
                    tell(out, whole, done);
                }
                out.emit(event);
            };
            let outcome = repetition(scenario, assets, sizes, part as u8, &breath, &mut emit).await?;
            out.emit(Event::Ended(Box::new(outcome)));
        }
    }
    Ok(())
}

fn tell(out: &mut Outlet<Event>, parts: Parts, done: u64) {
    if let Some((done, total, what)) = parts.progress(done) {
        out.progress(done, total, what);
    }
}

/// One pair of the grid, with all its repetitions: every supervisor with the first student, and so on.
async fn pair(scenario: &Scenario, number: usize, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let (breath, [weak, strong]) = (out.breath.clone(), [number % SIZES.len(), number / SIZES.len()]);
    let mut outcomes = Vec::new();
    for run in 0..scenario.int("repeats") as u8 {
        outcomes.push(repetition(scenario, assets, [weak, strong], run, &breath, &mut |_| ()).await?);
    }
    out.emit(Event::Cell(Cell { weak: weak as u8, strong: strong as u8, outcomes }));
    Ok(())
}

/// All trainings of one repetition. The first begins with questions to look at.
async fn repetition(
    scenario: &Scenario,
    assets: &dyn Assets,
    sizes: [usize; 2],
    run: u8,
    breath: &Breath,
    emit: &mut dyn FnMut(Event),
) -> Result<Outcome, Failure> {
    let seed = seed::seed(scenario.seed, "repetition", run.into());
    let plan = Plan::of(scenario, sizes, run, seed);
    let order = Order {
        seed,
        weak: plan.weak,
        labelled: scenario.int("labelled") as usize,
        fresh: if plan.is_chain { plan.sizes().count() } else { 1 },
    };
    let students: Vec<usize> = if plan.is_chain { plan.sizes().collect() } else { vec![plan.strong] };
    match scenario.choice("family") {
        "overlap" => trainings(&Overlap::open(scenario, order), &plan, breath, emit).await,
        "chess" => {
            trainings(&Chess::open(scenario, assets, order, &students, breath).await?, &plan, breath, emit).await
        }
        "text" => {
            let text = Text::open(scenario, assets, order, breath, &mut |read| emit(Event::Read(read))).await?;
            trainings(&text, &plan, breath, emit).await
        }
        "reward" => trainings(&Reward::open(scenario, order, breath).await?, &plan, breath, emit).await,
        _ => trainings(&Digits::open(scenario, assets, order, &students).await?, &plan, breath, emit).await,
    }
}

async fn trainings<F: Family>(
    family: &F,
    plan: &Plan,
    breath: &Breath,
    emit: &mut dyn FnMut(Event),
) -> Result<Outcome, Failure> {
    let examples = family.examples();
    let shown = examples.len();
    if plan.run == 0 {
        emit(Event::Begun(Box::new(Begun {
            examples,
            weak_parameters: family.untrained(Eyes::Weak).parameters() as u32,
            student_parameters: (
                family.untrained(Eyes::Strong(plan.strong)).parameters() as u32,
                family.frozen(plan.strong),
            ),
            labelled: family.labelled() as u32,
            pretrained: family.is_pretrained(),
        })));
    }
    let mut measured = |measured| emit(Event::Measured(Box::new(measured)));
    pair::run(&mut Class { plan, family, shown, breath, emit: &mut measured }, plan).await
}
