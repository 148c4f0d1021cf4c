//! Iterated amplification as events: measures, the trees of the example questions, and what it came to.

use super::{
    grow::{Grew, Growth, grow},
    measure::Tests,
    overseer::Shown,
    plan::{Plan, Plays},
    subject::Subject,
    training::Training,
};
use crate::{
    amplification::{
        event::{Begun, By, Event, Example, Grown, Learner, Measured, Outcome, Snapshot},
        spec::has_learned,
        tasks::{Learned, Powering, Question},
    },
    lab::{Assets, Breath, Failure, Outlet, Scenario},
    models::{shipped, transformer::Transformer},
    seed,
    stats::Tally,
};

/// Measures over a training, besides the one before its first step.
const MEASURES: u32 = 50;
/// The same for a training of a sweep, of which only the end is shown.
const MEASURES_OF_SWEEP: u32 = 10;
/// Example questions.
const EXAMPLES: usize = 4;
/// Where H's questions do not come to an end by themselves, the trees shown have so many levels.
const LEVELS: u16 = 2;

/// Emits every repetition.
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let subject = Subject::of(scenario);
    let start = if has_learned(scenario) { Some(learned(assets).await?) } else { None };
    let Some(task) = subject.task.learned() else { return super::tree::run(scenario, out).await };
    let repeats = scenario.int("repeats") as u8;
    for run in 0..repeats {
        let plan = Plan::of(scenario, task.recipe(), seed::seed(scenario.seed, "repetition", run.into()), run);
        let questions = examples(&subject, task, scenario.seed);
        let show = Show { scenario, subject: &subject, questions, start: start.as_ref() };
        show.repetition(task, plan, out).await?;
    }
    Ok(())
}

/// The transformer as it is shipped.
async fn learned(assets: &dyn Assets) -> Result<Transformer, Failure> {
    let shipped = shipped::find("powering")?;
    let file = assets.model(&shipped.file).await?;
    shipped.check(&file)?;
    Ok(Transformer::from_file(&file, Powering::held_out().shape())?)
}

/// What is shown of a training.
struct Show<'a> {
    scenario: &'a Scenario,
    subject: &'a Subject,
    questions: Vec<Question>,
    /// What X begins with; none: untrained.
    start: Option<&'a Transformer>,
}

/// The question that was chosen, and others from deep to shallow.
fn examples(subject: &Subject, task: &dyn Learned, seed: u64) -> Vec<Question> {
    let mut rng = seed::rng(seed, "example questions", 0);
    let mut questions = vec![subject.question];
    for depth in (0..task.depths().len()).rev() {
        let drawn = task.draw_question(&subject.facts, depth, &mut rng);
        questions.extend(drawn.filter(|drawn| !questions.contains(drawn)));
    }
    questions.truncate(EXAMPLES);
    questions
}

/// What is told of a training while it runs.
enum Telling<'a> {
    /// How far along a sweep is: so many trainings are done, of so many.
    Sweep { done: u64, of: u64 },
    /// Every measure.
    Curves,
    /// Every measure, and the trees then.
    Trees(&'a Show<'a>),
}

/// A training of a sweep, of which so many are done.
pub async fn in_sweep(
    task: &dyn Learned,
    plan: Plan,
    (done, of): (u64, u64),
    out: &mut Outlet<Event>,
) -> Result<Outcome, Failure> {
    let breath = out.breath.clone();
    let tests = Tests::new(task, plan.recipe.tests, plan.seed);
    let alone = tests.of_human(task, &breath).await?;
    let mut training = Training::new(task, plan);
    training.begin(&breath).await?;
    let rounds = rounds(&mut training, &tests, Learner::X, Telling::Sweep { done, of }, out).await?;
    Ok(outcome(&training, &rounds, &[], alone))
}

/// A training whose H′ knows these demonstrations and no others.
pub async fn on_demonstrations(
    task: &dyn Learned,
    plan: Plan,
    shown: Vec<Vec<Shown>>,
    out: &mut Outlet<Event>,
) -> Result<(), Failure> {
    let breath = out.breath.clone();
    let tests = Tests::new(task, plan.recipe.tests, plan.seed);
    let alone = tests.of_human(task, &breath).await?;
    let mut training = Training::new(task, plan);
    training.learn_from(shown);
    training.begin(&breath).await?;
    let rounds = rounds(&mut training, &tests, Learner::X, Telling::Curves, out).await?;
    out.emit(Event::Ended(Box::new(outcome(&training, &rounds, &[], alone))));
    Ok(())
}

fn outcome(training: &Training<'_>, rounds: &[Measured], ceiling: &[Measured], alone: Vec<Tally>) -> Outcome {
    let last = |rounds: &[Measured]| rounds.last().map_or(Vec::new(), |last| last.right.clone());
    Outcome {
        run: training.plan.run,
        x: last(rounds),
        amplify: rounds.last().map_or(Vec::new(), |last| last.amplify.clone()),
        supervised: last(ceiling),
        alone,
        queries: training.queries(),
        steps_to_95: steps_to_95(rounds),
    }
}

/// For each depth, the first measured step from which X stayed at 95 % or above.
fn steps_to_95(rounds: &[Measured]) -> Vec<Option<u32>> {
    let depths = rounds.first().map_or(0, |first| first.right.len());
    let reached = |depth: usize| {
        let good = |round: &&Measured| round.right.get(depth).is_none_or(|tally: &Tally| tally.share() >= 0.95);
        rounds.iter().rev().take_while(good).last().map(|round| round.step)
    };
    (0..depths).map(reached).collect()
}

/// All steps of one training, measured on the way.
async fn rounds(
    training: &mut Training<'_>,
    tests: &Tests,
    who: Learner,
    telling: Telling<'_>,
    out: &mut Outlet<Event>,
) -> Result<Vec<Measured>, Failure> {
    let breath = out.breath.clone();
    let steps = training.plan.recipe.steps;
    let many = if matches!(telling, Telling::Sweep { .. }) { MEASURES_OF_SWEEP } else { MEASURES };
    let every = steps.div_ceil(many).max(1);
    let mut rounds = Vec::new();
    let mut since = (0.0, 0_u32);
    loop {
        if training.step.is_multiple_of(every) || training.step >= steps {
            let measured = measure(training, tests, who, since.0 / since.1.max(1) as f32, &breath).await?;
            since = (0.0, 0);
            rounds.push(measured.clone());
            if !matches!(telling, Telling::Sweep { .. }) {
                out.emit(Event::Measured(Box::new(measured)));
            }
            if let Telling::Trees(show) = telling {
                out.emit(Event::Snapshot(Box::new(show.snapshot(training, &breath).await?)));
            }
        }
        if training.step >= steps {
            return Ok(rounds);
        }
        let (step, steps) = (u64::from(training.step), u64::from(steps));
        match (&telling, who) {
            (Telling::Sweep { done, of }, _) => out.progress(done * steps + step, of * steps, "steps"),
            (_, Learner::X) => out.progress(step, steps, "steps of X"),
            (_, Learner::Supervised) => out.progress(step, steps, "steps of the ceiling"),
        }
        since.0 += match who {
            Learner::X => training.advance(&breath).await?,
            Learner::Supervised => training.advance_supervised(&breath).await?,
        };
        since.1 += 1;
    }
}

async fn measure(
    training: &Training<'_>,
    tests: &Tests,
    who: Learner,
    loss: f32,
    breath: &Breath,
) -> Result<Measured, Failure> {
    let right = tests.of_x(training, breath).await?;
    let amplify = if who == Learner::X { tests.of_amplify(training, breath).await? } else { Vec::new() };
    Ok(Measured {
        run: training.plan.run,
        who,
        step: training.step,
        steps: training.plan.recipe.steps,
        right,
        amplify,
        loss,
        queries: training.queries(),
        labels: training.labels,
        overseer_loss: training.overseer_loss,
        human: training.plan.has_human(training.step),
    })
}

impl Show<'_> {
    /// One repetition: X, and where it is asked for its ceiling. The first begins with what it is about.
    async fn repetition(&self, task: &dyn Learned, plan: Plan, out: &mut Outlet<Event>) -> Result<(), Failure> {
        let breath = out.breath.clone();
        let tests = Tests::new(task, plan.recipe.tests, plan.seed);
        let alone = tests.of_human(task, &breath).await?;
        let mut training = self.training(task, plan);
        if plan.run == 0 {
            out.emit(Event::Begun(Box::new(self.begun(&training, alone.clone()))));
        }
        training.begin(&breath).await?;
        let learned = rounds(&mut training, &tests, Learner::X, Telling::Trees(self), out).await?;
        let ceiling = if self.scenario.flag("supervised") {
            let mut ceiling = self.training(task, Plan { plays: Plays::Human, ..plan });
            rounds(&mut ceiling, &tests, Learner::Supervised, Telling::Curves, out).await?
        } else {
            Vec::new()
        };
        out.emit(Event::Ended(Box::new(outcome(&training, &learned, &ceiling, alone))));
        Ok(())
    }

    fn training<'b>(&self, task: &'b dyn Learned, plan: Plan) -> Training<'b> {
        let mut training = Training::new(task, plan);
        if let Some(start) = self.start {
            training.start_from(start.clone());
        }
        training
    }

    fn begun(&self, training: &Training<'_>, alone: Vec<Tally>) -> Begun {
        let Subject { task, facts, .. } = self.subject;
        let example = |question: &Question| Example {
            question: task.question(*question),
            link: task.link(*question),
            truth: task.answer(*question, task.truth(facts, *question)),
        };
        Begun {
            facts: task.facts(facts),
            depths: task.depths(),
            examples: self.questions.iter().map(example).collect(),
            alone,
            parameters: training.parameters(),
            most: task.most() as u8,
            instead: self.subject.instead.clone(),
        }
    }

    async fn snapshot(&self, training: &Training<'_>, breath: &Breath) -> Result<Snapshot, Failure> {
        let Subject { task, facts, .. } = self.subject;
        let x = training.ask(std::slice::from_ref(facts)).await?;
        let levels = match self.scenario.int("levels") as u16 {
            0 if !task.ends() => LEVELS,
            levels => levels,
        };
        let growth = Growth {
            task: &**task,
            facts,
            overseer: &|question, replies| training.next(question, replies),
            by: match training.plan.plays {
                Plays::Human => By::Human,
                Plays::Learned => By::LearnedHuman,
                Plays::Own => By::Own,
            },
            mistakes: training.plan.mistakes,
            x: Some(&|question| training.task.index(question).map(|index| training.likeliest(&x, 0, index))),
            levels,
            cache: self.scenario.flag("cache"),
            seed: training.plan.seed,
        };
        let mut trees = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let mut grown = Grown::default();
            for one in grow(&growth, *question, breath).await?.0 {
                match one {
                    Grew::Asked(node) => grown.nodes.push(node),
                    Grew::Answered(given) => grown.given.push(given),
                }
            }
            trees.push(grown);
        }
        Ok(Snapshot { run: training.plan.run, step: training.step, trees })
    }
}
