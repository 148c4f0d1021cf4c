//! One supervisor and one student: the trainings, what they are asked, and what they come to.

use crate::{
    lab::{Breath, Failure, Scenario},
    models::{
        head::{self, Matrix, Moment, Recipe, Standards, beliefs},
        mlp::Mlp,
    },
    weak_to_strong::{
        event::{Measured, Outcome, Tally, Who},
        families::{Questions, Task},
    },
};

/// Measures over each training.
const MEASURES: u32 = 25;
const BATCH: usize = 32;
/// Adam's step sizes: for logistic regression on few numbers, for a head on features, and for a network with a hidden
/// layer.
const WEAK_RATE: f32 = 0.02;
const HEAD_RATE: f32 = 2e-3;
const HIDDEN_RATE: f32 = 2e-3;
/// Epochs of the supervisor's own training.
const WEAK_EPOCHS: u32 = 20;

/// What a scenario asks for.
pub struct Plan {
    run: u8,
    seed: u64,
    /// The most weight of the student's own answers; 0: naive.
    alpha: f32,
    hard: bool,
    stop: &'static str,
    epochs: u32,
}

impl Plan {
    /// The plan of one repetition.
    pub fn of(scenario: &Scenario, run: u8, seed: u64) -> Self {
        let confident = scenario.choice("method") == "confidence";
        Self {
            run,
            seed,
            alpha: if confident { scenario.int("alpha") as f32 / 100.0 } else { 0.0 },
            hard: scenario.choice("labels") == "hard",
            stop: scenario.choice("stop"),
            epochs: scenario.int("epochs") as u32,
        }
    }
}

/// What a student's training was like at a measure, to choose when to stop.
struct Stage {
    step: u32,
    /// Cross-entropy against the supervisor's labels for the validation questions.
    weak_loss: f32,
    /// Right answers to the validation questions.
    right: u32,
    /// On the test questions.
    test: Tally,
    agrees: (Tally, Tally),
}

/// A supervisor that has learned.
pub struct Supervisor {
    network: Mlp,
    standards: Standards,
    right: Tally,
    /// Its answers to the test questions.
    answers: Vec<bool>,
}

/// Trains the supervisor on the truth; `emit` hears every measure.
///
/// # Errors
/// Where the run is cancelled.
pub async fn supervise(
    plan: &Plan,
    task: &Task,
    breath: &Breath,
    emit: &mut dyn FnMut(Measured),
) -> Result<Supervisor, Failure> {
    // Everybody sees their numbers in the standards of what they learn from.
    let standards = task.for_weak.weak.standards();
    let recipe = Recipe {
        seed: plan.seed,
        name: "supervisor",
        epochs: WEAK_EPOCHS,
        batch: BATCH,
        rate: WEAK_RATE,
        alpha: 0.0,
        measures: MEASURES,
    };
    let exam = Exam { plan, task, inputs: standards.apply(&task.test.weak), supervisor: &[] };
    let inputs = standards.apply(&task.for_weak.weak);
    let told = |moment: Moment| emit(exam.measure(Who::Weak, &moment));
    let network = head::train(&recipe, &[], &inputs, &numbers(&task.for_weak.truth), breath, told).await?;
    let beliefs = beliefs(&network, &exam.inputs);
    let right = exam.right(&beliefs);
    Ok(Supervisor { network, standards, right, answers: yes(&beliefs) })
}

impl Supervisor {
    fn labels(&self, questions: &Questions, hard: bool) -> Vec<f32> {
        let beliefs = beliefs(&self.network, &self.standards.apply(&questions.weak));
        if hard { numbers(&yes(&beliefs)) } else { beliefs }
    }
}

/// Trains the student on the supervisor's labels, and on the truth; `emit` hears every measure.
///
/// # Errors
/// Where the run is cancelled.
pub async fn teach(
    plan: &Plan,
    task: &Task,
    supervisor: &Supervisor,
    breath: &Breath,
    emit: &mut dyn FnMut(Measured),
) -> Result<Outcome, Failure> {
    let standards = task.for_student.strong.standards();
    let exam = Exam { plan, task, inputs: standards.apply(&task.test.strong), supervisor: &supervisor.answers };
    let validation = (standards.apply(&task.validation.strong), supervisor.labels(&task.validation, plan.hard));
    let inputs = standards.apply(&task.for_student.strong);
    let labels = supervisor.labels(&task.for_student, plan.hard);
    let learner = Learner { plan, task, inputs: &inputs, exam: &exam, validation: &validation, breath };
    let naive = if plan.alpha > 0.0 { Some(learner.learn(Who::Naive, &labels, 0.0, emit).await?) } else { None };
    let student = learner.learn(Who::Student, &labels, plan.alpha, emit).await?;
    let ceiling = learner.learn(Who::Ceiling, &numbers(&task.for_student.truth), 0.0, emit).await?;

    let taken = |stages: &[Stage]| match plan.stop {
        "weak" => fits_best(stages),
        "truth" => is_best(stages),
        _ => stages.len() - 1,
    };
    let at = taken(&student);
    Ok(Outcome {
        run: plan.run,
        weak: supervisor.right,
        student: student[at].test,
        ceiling: ceiling[ceiling.len() - 1].test,
        naive: naive.map(|stages| stages[taken(&stages)].test),
        agrees: student[at].agrees,
        stop_weak: student[fits_best(&student)].step,
        stop_truth: student[is_best(&student)].step,
    })
}

/// The stage with the lowest loss against the supervisor's labels for the validation questions.
fn fits_best(stages: &[Stage]) -> usize {
    best(stages, |a, b| a.weak_loss < b.weak_loss)
}

/// The stage with most right answers to the validation questions.
fn is_best(stages: &[Stage]) -> usize {
    best(stages, |a, b| a.right > b.right)
}

/// The first stage that no other is better than.
fn best(stages: &[Stage], better: impl Fn(&Stage, &Stage) -> bool) -> usize {
    (1..stages.len()).fold(0, |best, at| if better(&stages[at], &stages[best]) { at } else { best })
}

/// What students of one repetition share.
struct Learner<'a> {
    plan: &'a Plan,
    task: &'a Task,
    inputs: &'a Matrix,
    exam: &'a Exam<'a>,
    /// Validation questions as the student sees them, and the supervisor's labels for them.
    validation: &'a (Matrix, Vec<f32>),
    breath: &'a Breath,
}

impl Learner<'_> {
    /// Trains the student's network from its start; every student of a repetition starts equal and sees the same
    /// order. There is at least one stage.
    async fn learn(
        &self,
        who: Who,
        labels: &[f32],
        alpha: f32,
        emit: &mut dyn FnMut(Measured),
    ) -> Result<Vec<Stage>, Failure> {
        let recipe = Recipe {
            seed: self.plan.seed,
            name: "student",
            epochs: self.plan.epochs,
            batch: BATCH,
            rate: if self.task.hidden.is_empty() { HEAD_RATE } else { HIDDEN_RATE },
            alpha,
            measures: MEASURES,
        };
        let mut stages = Vec::new();
        head::train(&recipe, &self.task.hidden, self.inputs, labels, self.breath, |moment| {
            let measured = self.exam.measure(who, &moment);
            let (weak_loss, right) = self.validate(moment.network);
            let (test, agrees) = (measured.right, (measured.agrees_right, measured.agrees_wrong));
            stages.push(Stage { step: moment.step, weak_loss, right, test, agrees });
            emit(measured);
        })
        .await?;
        Ok(stages)
    }

    fn validate(&self, network: &Mlp) -> (f32, u32) {
        let (inputs, weak) = self.validation;
        let answers = yes(&beliefs(network, inputs));
        let right = answers.iter().zip(&self.task.validation.truth).filter(|(answer, truth)| answer == truth).count();
        (head::mean_loss(network, inputs, weak), right as u32)
    }
}

/// The test questions, as whoever is asked sees them.
struct Exam<'a> {
    plan: &'a Plan,
    task: &'a Task,
    inputs: Matrix,
    /// The supervisor's answers; none while it is asked itself.
    supervisor: &'a [bool],
}

impl Exam<'_> {
    fn measure(&self, who: Who, moment: &Moment) -> Measured {
        let beliefs = beliefs(moment.network, &self.inputs);
        let (agrees_right, agrees_wrong) = self.agreement(&beliefs);
        let shown = &beliefs[..self.task.examples.len()];
        Measured {
            run: self.plan.run,
            who,
            step: moment.step,
            steps: moment.steps,
            loss: moment.loss,
            alpha: moment.alpha,
            right: self.right(&beliefs),
            agrees_right,
            agrees_wrong,
            beliefs: shown.iter().map(|belief| (100.0 * belief).round() as u8).collect::<Vec<_>>().into(),
        }
    }

    fn right(&self, beliefs: &[f32]) -> Tally {
        let truth = &self.task.test.truth;
        let right = yes(beliefs).iter().zip(truth).filter(|(answer, truth)| answer == truth).count();
        Tally { right: right as u32, of: truth.len() as u32 }
    }

    /// How often the supervisor's answer is given, where that is right and where it is wrong.
    fn agreement(&self, beliefs: &[f32]) -> (Tally, Tally) {
        let mut tallies = [Tally::default(); 2];
        for ((answer, weak), truth) in yes(beliefs).iter().zip(self.supervisor).zip(&self.task.test.truth) {
            let tally = &mut tallies[usize::from(weak != truth)];
            tally.of += 1;
            tally.right += u32::from(answer == weak);
        }
        (tallies[0], tallies[1])
    }
}

fn yes(beliefs: &[f32]) -> Vec<bool> {
    beliefs.iter().map(|belief| *belief > 0.5).collect()
}

fn numbers(truth: &[bool]) -> Vec<f32> {
    truth.iter().map(|truth| f32::from(u8::from(*truth))).collect()
}
