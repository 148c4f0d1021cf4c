//! The training of X on its own amplification: the paper's four processes (section 2.3), in turn at every step.
//!
//! H is recorded now and then; H′ learns from that; Amplify^H′(X) answers every question about fresh facts; X learns
//! these answers.

use super::{
    learner::{Beliefs, X},
    overseer::{Decider, Demonstrations, LearnedHuman, Shown, reply, transcript},
    plan::{Plan, Plays},
};
use crate::{
    amplification::tasks::{Answer, Body, Facts, Learned, Move, Net, Place, Question, Recipe, Reply},
    lab::{Breath, Failure},
    models::{
        fit::shuffled,
        table::{Target, beliefs, likeliest},
        transformer::{Asked, Transformer},
    },
    seed::{self, Rng},
};
use rand::Rng as _;

/// Batches that H′ learns before the first step, and after each.
const FIRST_BATCHES: u32 = 200;
const BATCHES: u32 = 2;
/// Steps in which a network that plays both parts learns H's decisions alone, before it answers anything.
const WARM_UP: u32 = 60;

/// Who plays H.
enum Overseer {
    Human,
    Learned(LearnedHuman),
    Own(Decider),
}

/// A training of X, with all that it needs.
pub struct Training<'a> {
    /// The task.
    pub task: &'a dyn Learned,
    /// How it is trained.
    pub plan: Plan,
    /// Steps done.
    pub step: u32,
    /// Targets that X has been trained on.
    pub labels: u64,
    /// The loss of H′ on what it has not learned from.
    pub overseer_loss: Option<f32>,
    x: X,
    overseer: Overseer,
    shown: Demonstrations,
    questions: Vec<Question>,
    places: Vec<Place>,
    net: Net,
}

/// A question with its target.
struct Taught {
    /// About which of the step's facts, and as which of the questions about them.
    context: usize,
    at: usize,
    /// Which question, by its index.
    index: usize,
    answer: Answer,
}

impl<'a> Training<'a> {
    /// Before the first step; the human has answered its first questions.
    pub fn new(task: &'a dyn Learned, plan: Plan) -> Self {
        let net = task.net();
        let more = if plan.plays == Plays::Own { (task.eyes(), task.decisions()) } else { (0, 0) };
        let overseer = match plan.plays {
            Plays::Human => Overseer::Human,
            Plays::Learned => Overseer::Learned(LearnedHuman::new(plan.seed, task)),
            Plays::Own => Overseer::Own(Decider::after(net.inputs, net.outputs)),
        };
        let questions = task.questions();
        let places = (0..questions.len()).map(|index| task.place(index)).collect();
        let x = X::new(plan.seed, task, more);
        let shown = Demonstrations::default();
        Self { task, plan, step: 0, labels: 0, overseer_loss: None, x, overseer, shown, questions, places, net }
    }

    /// Lets the human answer its first questions, and whoever imitates it learn from them.
    pub async fn begin(&mut self, breath: &Breath) -> Result<(), Failure> {
        if self.plan.plays == Plays::Human {
            return Ok(());
        }
        if self.plan.has_human(0) {
            for _ in 0..self.plan.recipe.block {
                self.ask_human().await?;
            }
        }
        let decisions = self.task.decisions();
        if let Overseer::Learned(learned) = &mut self.overseer {
            for _ in 0..FIRST_BATCHES / 10 {
                learned.learn(&self.shown, self.plan.seed, decisions, 10);
                breath.take().await?;
            }
        } else {
            for step in 0..WARM_UP {
                let (mut asked, mut targets) = (Asked::default(), Vec::new());
                self.teach_decisions("decisions before the first step", step, &[], &mut asked, &mut targets).await?;
                self.x.step(&asked, &targets, self.plan.recipe.rate, 1.0).await?;
                breath.take().await?;
            }
        }
        self.look_at_overseer();
        Ok(())
    }

    /// Uses these demonstrations, and asks no human.
    pub fn learn_from(&mut self, shown: Vec<Vec<Shown>>) {
        self.plan.remove = Some(0);
        for transcript in shown {
            self.shown.keep(transcript);
        }
    }

    /// Begins with a transformer that has learned before.
    pub fn start_from(&mut self, network: Transformer) {
        self.x = X::of(network);
    }

    /// X's average, where it is a transformer.
    #[cfg(feature = "terminal")]
    pub fn transformer(&self) -> Option<&Transformer> {
        if let X::Transformer(learner) = &self.x { Some(&learner.average) } else { None }
    }

    /// One step; returns X's loss against its targets before it.
    pub async fn advance(&mut self, breath: &Breath) -> Result<f32, Failure> {
        let mut rng = seed::rng(self.plan.seed, "training step", self.step.into());
        let contexts = self.contexts(&mut rng);
        let chosen = self.choose(&contexts, &mut rng);
        let beliefs = self.x.ask(self.task, &contexts, self.task.sub_questions()).await?;
        breath.take().await?;
        let mut taught = Vec::new();
        for (context, (facts, chosen)) in contexts.iter().zip(&chosen).enumerate() {
            for (at, index) in chosen.iter().copied().enumerate() {
                if self.task.depth(facts, self.questions[index]).is_some()
                    && let Some(answer) = self.amplify(facts, context, &beliefs, index, &mut rng)
                {
                    taught.push(Taught { context, at, index, answer });
                }
            }
            if context % 16 == 15 {
                breath.take().await?;
            }
        }
        let loss = self.learn(&contexts, &chosen, &taught, true).await?;
        self.oversee().await?;
        breath.take().await?;
        Ok(loss)
    }

    /// One step on true answers instead.
    pub async fn advance_supervised(&mut self, breath: &Breath) -> Result<f32, Failure> {
        let mut rng = seed::rng(self.plan.seed, "training step", self.step.into());
        let contexts = self.contexts(&mut rng);
        let chosen = self.choose(&contexts, &mut rng);
        let mut taught = Vec::new();
        for (context, (facts, chosen)) in contexts.iter().zip(&chosen).enumerate() {
            for (at, index) in chosen.iter().copied().enumerate() {
                let question = self.questions[index];
                if self.task.depth(facts, question).is_some() {
                    taught.push(Taught { context, at, index, answer: self.task.truth(facts, question) });
                }
            }
        }
        breath.take().await?;
        let loss = self.learn(&contexts, &chosen, &taught, false).await?;
        breath.take().await?;
        Ok(loss)
    }

    /// X learns these targets, and where it decides for H too, decisions.
    async fn learn(
        &mut self,
        contexts: &[Facts],
        chosen: &[Vec<usize>],
        taught: &[Taught],
        decisions: bool,
    ) -> Result<f32, Failure> {
        self.labels += taught.len() as u64;
        let mut asked = self.x.put(self.task, contexts, &chosen.concat());
        let mut targets = self.targets(contexts, chosen, taught);
        if decisions {
            self.teach_decisions("decisions beside a step", self.step, contexts, &mut asked, &mut targets).await?;
        }
        let loss = self.x.step(&asked, &targets, self.rate(), self.plan.recipe.horizon).await?;
        self.step += 1;
        Ok(loss)
    }

    /// What whoever plays H does next.
    pub fn next(&self, question: Question, replies: &[Reply]) -> Option<Move> {
        let decision = match &self.overseer {
            Overseer::Human => return Some(self.task.act(question, replies)),
            Overseer::Learned(learned) => learned.decide(self.task, question, replies),
            Overseer::Own(decider) => decider.decide(self.x.table()?, self.task, question, replies),
        };
        self.task.carry_out(decision, question, replies)
    }

    /// What Amplify(X) answers; `None` where whoever plays H does not come to an answer.
    pub fn amplify(&self, facts: &Facts, context: usize, x: &Beliefs, index: usize, rng: &mut Rng) -> Option<Answer> {
        let question = self.questions[index];
        let mut replies = Vec::with_capacity(self.task.most());
        while replies.len() <= self.task.most() {
            match self.next(question, &replies)? {
                Move::Answer(answer) => {
                    let said = self.plan.mistakes.say(self.task, question, &replies, answer, rng);
                    return (0..self.places[index].answers as Answer).contains(&said).then_some(said);
                }
                Move::Ask(asked) => {
                    let chance = rng.random();
                    // Who is asked twice for a guess should be able to guess twice.
                    let sampled = self.plan.sampled || asked == question;
                    let answer = reply(self.task, facts, asked, chance, |index| {
                        self.sub_answer(x, context, index, sampled, rng)
                    });
                    replies.push(Reply { asked, answer });
                }
            }
        }
        None
    }

    /// X's answer to a sub-question.
    fn sub_answer(&self, x: &Beliefs, context: usize, index: usize, sampled: bool, rng: &mut Rng) -> Answer {
        let own = x.of(context, self.places[index]);
        if !sampled {
            return likeliest(own) as Answer;
        }
        let mut found = vec![0.0; own.len()];
        beliefs(own, &mut found);
        let mut left: f32 = rng.random();
        let drawn = found.iter().position(|belief| {
            left -= belief;
            left < 0.0
        });
        drawn.unwrap_or(own.len() - 1) as Answer
    }

    /// What X (its average) believes about some facts.
    ///
    /// # Errors
    /// Where a GPU fails.
    pub async fn ask(&self, contexts: &[Facts]) -> Result<Beliefs, Failure> {
        self.x.ask(self.task, contexts, self.questions.len()).await
    }

    /// X's likeliest answer to a question by its index.
    pub fn likeliest(&self, x: &Beliefs, context: usize, index: usize) -> Answer {
        likeliest(x.of(context, self.places[index])) as Answer
    }

    /// Questions that the human has answered.
    pub fn queries(&self) -> u32 {
        self.shown.queries
    }

    /// Weights and biases of X, and of H′.
    pub fn parameters(&self) -> (u32, u32) {
        let learned = if let Overseer::Learned(learned) = &self.overseer { learned.parameters() } else { 0 };
        (self.x.parameters() as u32, learned as u32)
    }

    /// Adam's step size now: it rises in a line while it warms up, and over the last third of the training falls in
    /// another to a tenth.
    fn rate(&self) -> f32 {
        let Recipe { steps, warm_up, rate, .. } = self.plan.recipe;
        let left = 1.0 - self.step as f32 / steps as f32;
        let risen = if self.step < warm_up { (self.step + 1) as f32 / warm_up as f32 } else { 1.0 };
        rate * (3.0 * left).clamp(0.1, 1.0) * risen
    }

    fn contexts(&self, rng: &mut Rng) -> Vec<Facts> {
        (0..self.plan.recipe.batch).map(|_| self.task.draw(rng)).collect()
    }

    /// The questions of each context, by their index: all, or as many of each depth as the task says.
    fn choose(&self, contexts: &[Facts], rng: &mut Rng) -> Vec<Vec<usize>> {
        let of = |facts: &Facts| {
            let Some(each) = self.plan.recipe.each else { return (0..self.questions.len()).collect() };
            let depth = |index: &usize| self.task.depth(facts, self.questions[*index]);
            let mut chosen = Vec::new();
            for wanted in 0..self.task.depths().len() {
                let fitting: Vec<usize> = (0..self.questions.len()).filter(|at| depth(at) == Some(wanted)).collect();
                chosen.extend(shuffled(fitting.len(), rng).into_iter().take(each).map(|at| fitting[at]));
            }
            chosen
        };
        contexts.iter().map(of).collect()
    }

    /// Targets of which every depth weighs the same.
    fn targets(&self, contexts: &[Facts], chosen: &[Vec<usize>], taught: &[Taught]) -> Vec<Target> {
        let depth = |one: &Taught| self.task.depth(&contexts[one.context], self.questions[one.index]).unwrap_or(0);
        let mut counts = vec![0_u32; self.task.depths().len()];
        for one in taught {
            counts[depth(one)] += 1;
        }
        let present = counts.iter().filter(|count| **count > 0).count() as f32;
        let each = chosen.first().map_or(0, Vec::len);
        let target = |one: &Taught| {
            let place = self.places[one.index];
            let row = match self.net.body {
                Body::Table(_) => one.context * self.net.rows + place.row,
                Body::Transformer(_) => one.context * each + one.at,
            };
            Target {
                row: row as u32,
                from: place.from as u32,
                answers: place.answers as u32,
                answer: one.answer as u32,
                weight: 1.0 / (present * counts[depth(one)] as f32),
            }
        };
        taught.iter().map(target).collect()
    }

    /// Adds decisions to what a network that plays both parts learns: those that H has shown; once the human is gone,
    /// its own about these facts.
    async fn teach_decisions(
        &self,
        purpose: &str,
        step: u32,
        contexts: &[Facts],
        asked: &mut Asked,
        targets: &mut Vec<Target>,
    ) -> Result<(), Failure> {
        let Overseer::Own(decider) = &self.overseer else { return Ok(()) };
        let own: Vec<Shown>;
        let mut batch = self.shown.batch(self.plan.seed, purpose, step.into());
        if !self.plan.has_human(step) && !contexts.is_empty() {
            own = self.own_decisions(decider, contexts, step).await?;
            batch = own.iter().collect();
        }
        let weight = 1.0 / batch.len().max(1) as f32;
        for shown in batch {
            decider.teach(shown, self.task.decisions(), weight, &mut asked.questions, targets);
        }
        Ok(())
    }

    async fn own_decisions(&self, decider: &Decider, contexts: &[Facts], step: u32) -> Result<Vec<Shown>, Failure> {
        let mut rng = seed::rng(self.plan.seed, "own decisions", step.into());
        let Some(network) = self.x.table() else { return Ok(Vec::new()) };
        let decide = |question, replies: &[Reply]| decider.decide(network, self.task, question, replies);
        let mut all = Vec::new();
        for facts in contexts.iter().take(16) {
            let x = self.ask(std::slice::from_ref(facts)).await?;
            if let Some(question) = self.draw_question(facts, &mut rng) {
                all.extend(self.transcript(facts, &x, question, &decide, &mut rng));
            }
        }
        Ok(all)
    }

    /// A question that makes sense about these facts, each as likely as the others.
    fn draw_question(&self, facts: &Facts, rng: &mut Rng) -> Option<Question> {
        let fitting = |question: &&Question| self.task.depth(facts, **question).is_some();
        let n = self.questions.iter().filter(fitting).count() as u32;
        let at = if n == 0 { 0 } else { rng.random_range(0..n) as usize };
        self.questions.iter().filter(fitting).nth(at).copied()
    }

    fn transcript(
        &self,
        facts: &Facts,
        x: &Beliefs,
        question: Question,
        decide: &dyn Fn(Question, &[Reply]) -> usize,
        rng: &mut Rng,
    ) -> Vec<Shown> {
        let mut answer = |asked| {
            let (chance, sampled) = (rng.random(), self.plan.sampled || asked == question);
            reply(self.task, facts, asked, chance, |index| self.sub_answer(x, 0, index, sampled, rng))
        };
        transcript(self.task, question, decide, &mut answer)
    }

    /// The human answers one question, with X's help.
    async fn ask_human(&mut self) -> Result<(), Failure> {
        let mut rng = seed::rng(self.plan.seed, "query to the human", self.shown.queries.into());
        let facts = self.task.draw(&mut rng);
        let Some(question) = self.draw_question(&facts, &mut rng) else { return Ok(()) };
        let x = self.ask(std::slice::from_ref(&facts)).await?;
        let decide = |question, replies: &[Reply]| self.task.decide(question, replies);
        let shown = self.transcript(&facts, &x, question, &decide, &mut rng);
        self.shown.keep(shown);
        Ok(())
    }

    /// What comes after a step of X: the human is asked, if it is time, and H′ learns.
    async fn oversee(&mut self) -> Result<(), Failure> {
        if self.plan.plays == Plays::Human {
            // H itself answers every call that makes a target.
            self.shown.queries = u32::try_from(self.labels).unwrap_or(u32::MAX);
            return Ok(());
        }
        if self.plan.has_human(self.step) {
            let due = self.shown.due(self.overseer_loss.unwrap_or(f32::INFINITY));
            for _ in 0..due {
                self.ask_human().await?;
            }
        }
        let decisions = self.task.decisions();
        match &mut self.overseer {
            Overseer::Learned(learned) => learned.learn(&self.shown, self.plan.seed, decisions, BATCHES),
            Overseer::Own(decider) => decider.forget(),
            Overseer::Human => {}
        }
        self.look_at_overseer();
        Ok(())
    }

    fn look_at_overseer(&mut self) {
        let decisions = self.task.decisions();
        self.overseer_loss = match &self.overseer {
            Overseer::Human => None,
            Overseer::Learned(learned) => learned.loss(&self.shown, decisions),
            Overseer::Own(decider) => {
                decider.forget();
                self.x.table().and_then(|network| self.shown.loss(network, decider, decisions))
            }
        };
    }
}
