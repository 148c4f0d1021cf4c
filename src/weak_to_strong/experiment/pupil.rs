//! One training, whoever it is that learns: what it sees, what it is asked on the way, and when it is taken.

use crate::{
    lab::{Breath, Failure, Scenario},
    models::fit::{self, Answer, Moment, Network, Recipe},
    stats::Tally,
    weak_to_strong::{
        event::{Measured, Who},
        families::{Eyes, Family, Set},
        words,
    },
};

/// Measures over each training; fewer where each asks a whole network thousands of questions.
const MEASURES: u32 = 25;
const MEASURES_OF_WHOLE: u32 = 12;
const BATCH: usize = 32;

/// What a scenario asks for in one repetition.
pub struct Plan {
    /// Which repetition.
    pub run: u8,
    /// Its own seed.
    pub seed: u64,
    /// The supervisor's size, 0 to 2.
    pub weak: usize,
    /// The student's size, 0 to 2.
    pub strong: usize,
    /// The most weight of the student's own answers; 0: none.
    pub alpha: f32,
    /// Whether the student learns through a chain of models.
    pub is_chain: bool,
    /// Whether labels are rounded.
    pub hard: bool,
    stop: &'static str,
    epochs: u32,
    measures: u32,
}

impl Plan {
    /// The plan of one repetition.
    pub fn of(scenario: &Scenario, sizes: [usize; 2], run: u8, seed: u64) -> Self {
        let method = scenario.choice("method");
        Self {
            run,
            seed,
            weak: sizes[0],
            strong: sizes[1],
            alpha: if method == "confidence" { scenario.int("alpha") as f32 / 100.0 } else { 0.0 },
            is_chain: method == "bootstrap",
            hard: scenario.choice("labels") == "hard",
            stop: scenario.choice("stop"),
            epochs: scenario.int("epochs") as u32,
            measures: if words::finetunes_all(scenario) { MEASURES_OF_WHOLE } else { MEASURES },
        }
    }

    /// Whether the student learns in another way than from the labels as they are.
    pub fn has_method(&self) -> bool {
        self.alpha > 0.0 || self.is_chain
    }

    /// The sizes that the chain goes through: from the supervisor's to the student's, which is there in any case.
    pub fn sizes(&self) -> std::ops::RangeInclusive<usize> {
        self.weak.min(self.strong)..=self.strong
    }
}

/// Whoever has learned: what it was like at every measure, and how it sees.
pub struct Taught<N: Network> {
    /// With whose eyes it sees.
    pub eyes: Eyes,
    standards: N::Standards,
    stages: Vec<Stage<N>>,
    stop: &'static str,
}

/// What a training was like at a measure.
pub struct Stage<N> {
    /// Steps done.
    pub step: u32,
    /// On the test questions.
    pub test: Tally,
    /// How often it gave the supervisor's answer where that is right, and where it is wrong.
    pub agrees: (Tally, Tally),
    /// Its loss against the supervisor's labels for the validation questions.
    weak_loss: f32,
    /// Right answers to the validation questions.
    right: u32,
    network: N,
}

impl<N: Network> Taught<N> {
    /// The labels that it gives.
    pub fn labels(&self, seen: &N::Seen, hard: bool) -> Vec<N::Label> {
        self.taken().network.labels(&N::scaled(&self.standards, seen), hard)
    }

    /// Its answers.
    fn answers(&self, seen: &N::Seen) -> Vec<Answer> {
        self.last().network.answers(&N::scaled(&self.standards, seen))
    }

    /// The stage at which it is taken.
    pub fn taken(&self) -> &Stage<N> {
        match self.stop {
            "weak" => self.fits_best(),
            "truth" => self.is_best(),
            _ => self.last(),
        }
    }

    /// Before its training.
    pub fn first(&self) -> &Stage<N> {
        // A training is measured before its first step, so that there is a stage.
        &self.stages[0]
    }

    /// The end of its training.
    pub fn last(&self) -> &Stage<N> {
        &self.stages[self.stages.len() - 1]
    }

    /// The stage with the lowest loss against the supervisor's labels for the validation questions.
    pub fn fits_best(&self) -> &Stage<N> {
        self.best(|a, b| a.weak_loss < b.weak_loss)
    }

    /// The stage with most right answers to the validation questions.
    pub fn is_best(&self) -> &Stage<N> {
        self.best(|a, b| a.right > b.right)
    }

    /// The first stage that no other is better than.
    fn best(&self, better: impl Fn(&Stage<N>, &Stage<N>) -> bool) -> &Stage<N> {
        self.stages.iter().skip(1).fold(self.first(), |best, stage| if better(stage, best) { stage } else { best })
    }
}

/// What all trainings of one repetition share.
pub struct Class<'a, F> {
    /// What is asked for.
    pub plan: &'a Plan,
    /// The questions.
    pub family: &'a F,
    /// How many of the test questions are shown.
    pub shown: usize,
    /// Where to breathe.
    pub breath: &'a Breath,
    /// Hears every measure.
    pub emit: &'a mut dyn FnMut(Measured),
}

/// The supervisor, once there is one, and whoever is not it.
type Supervisor<'a, F> = Option<&'a Taught<<F as Family>::Net>>;

impl<F: Family> Class<'_, F> {
    /// Trains whoever sees `set` with these eyes on `labels`; students of one size start equal, and see a set in the
    /// same order. Without a supervisor it is the supervisor itself.
    ///
    /// # Errors
    /// Where the run is cancelled, or something that it needs is missing.
    pub async fn teach(
        &mut self,
        who: Who,
        eyes: Eyes,
        set: Set,
        labels: &[<F::Net as Network>::Label],
        supervisor: Supervisor<'_, F>,
    ) -> Result<Taught<F::Net>, Failure> {
        let (family, breath) = (self.family, self.breath);
        let seen = family.see(eyes, set, breath).await?;
        // Everybody sees their numbers in the scale of what they learn from.
        let standards = F::Net::standards(&seen);
        let seen = F::Net::scaled(&standards, &seen);
        let mut questions = Vec::new();
        for set in [Set::Test, Set::Validation] {
            let own = F::Net::scaled(&standards, &family.see(eyes, set, breath).await?);
            questions.push((own, family.see(Eyes::Weak, set, breath).await?, family.right(set)));
        }
        let [(test, weak_test, right), (validation, weak_validation, validation_right)] = &questions[..] else {
            unreachable!("there are two sets")
        };
        let weak_labels = match supervisor {
            Some(supervisor) => supervisor.labels(weak_validation, self.plan.hard),
            None => F::Net::truth(validation, validation_right),
        };
        let answers = supervisor.map(|supervisor| supervisor.answers(weak_test)).unwrap_or_default();
        let exam = Exam { run: self.plan.run, seen: test, right, supervisor: &answers, shown: self.shown };
        let (mut stages, emit) = (Vec::new(), &mut *self.emit);
        let measure = async |moment: Moment<'_, F::Net>| {
            // To ask a whole network thousands of questions takes a while.
            let measured = exam.measure(who, &moment);
            breath.take().await?;
            let weak_loss = moment.network.mean_loss(validation, &weak_labels);
            breath.take().await?;
            stages.push(Stage {
                step: moment.step,
                test: measured.right,
                agrees: (measured.agrees_right, measured.agrees_wrong),
                weak_loss,
                right: tally(&moment.network.answers(validation), validation_right).right,
                network: moment.network.clone(),
            });
            emit(measured);
            Ok(())
        };
        let recipe = self.plan.recipe(who, eyes, family);
        fit::train(&recipe, family.untrained(eyes), &seen, labels, breath, measure).await?;
        // Early stopping is for students.
        let stop = if who == Who::Weak { "end" } else { self.plan.stop };
        Ok(Taught { eyes, standards, stages, stop })
    }
}

impl Plan {
    fn recipe<F: Family>(&self, who: Who, eyes: Eyes, family: &F) -> Recipe {
        Recipe {
            seed: self.seed,
            name: if eyes == Eyes::Weak { "supervisor" } else { "student" },
            epochs: if eyes == Eyes::Weak { family.weak_epochs() } else { self.epochs },
            batch: BATCH,
            rate: family.rate(eyes),
            alpha: if who == Who::Student { self.alpha } else { 0.0 },
            measures: self.measures,
        }
    }
}

/// The test questions, as whoever is asked sees them.
struct Exam<'a, S> {
    run: u8,
    seen: &'a S,
    right: &'a [Vec<u8>],
    /// The supervisor's answers; none while it is asked itself.
    supervisor: &'a [Answer],
    shown: usize,
}

impl<S> Exam<'_, S> {
    fn measure<N: Network<Seen = S>>(&self, who: Who, moment: &Moment<N>) -> Measured {
        let answers = moment.network.answers(self.seen);
        let (agrees_right, agrees_wrong) = self.agreement(&answers);
        let shown = &answers[..self.shown.min(answers.len())];
        Measured {
            run: self.run,
            who,
            step: moment.step,
            steps: moment.steps,
            loss: moment.loss,
            alpha: moment.alpha,
            right: tally(&answers, self.right),
            agrees_right,
            agrees_wrong,
            answers: shown.iter().map(|answer| answer.choice).collect::<Vec<_>>().into(),
            beliefs: shown.iter().map(|answer| (100.0 * answer.belief).round() as u8).collect::<Vec<_>>().into(),
        }
    }

    /// How often the supervisor's answer is given, where that is right and where it is wrong.
    fn agreement(&self, answers: &[Answer]) -> (Tally, Tally) {
        let mut tallies = [Tally::default(); 2];
        for ((answer, weak), right) in answers.iter().zip(self.supervisor).zip(self.right) {
            let tally = &mut tallies[usize::from(!right.contains(&weak.choice))];
            tally.of += 1;
            tally.right += u32::from(answer.choice == weak.choice);
        }
        (tallies[0], tallies[1])
    }
}

/// How many of some answers are right.
fn tally(answers: &[Answer], right: &[Vec<u8>]) -> Tally {
    let correct = answers.iter().zip(right).filter(|(answer, right)| right.contains(&answer.choice));
    Tally { right: correct.count() as u32, of: right.len() as u32 }
}
