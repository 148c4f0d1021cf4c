//! Questions about held-out facts: how X, Amplify(X) and H alone do, by depth.

use super::training::Training;
use crate::{
    amplification::tasks::{Answer, Facts, Learned, Move, Question, Reply},
    lab::{Breath, Failure},
    seed,
    stats::Tally,
};
use rand::Rng as _;

/// Facts to ask about, with the right answers.
pub struct Tests {
    contexts: Vec<Facts>,
    /// For each context and question, by its index: its depth and the right answer.
    asked: Vec<Vec<Option<(usize, Answer)>>>,
    depths: usize,
    seed: u64,
}

impl Tests {
    /// So many sets of facts, which no training draws.
    pub fn new(task: &dyn Learned, contexts: usize, seed: u64) -> Self {
        let contexts: Vec<Facts> =
            (0..contexts).map(|at| task.draw_held_out(&mut seed::rng(seed, "facts of the test", at as u64))).collect();
        let questions = task.questions();
        let ask = |facts: &Facts| {
            let one = |question: &Question| Some((task.depth(facts, *question)?, task.truth(facts, *question)));
            questions.iter().map(one).collect()
        };
        Self { asked: contexts.iter().map(ask).collect(), contexts, depths: task.depths().len(), seed }
    }

    /// X: its average, which is what answers sub-questions.
    pub async fn of_x(&self, training: &Training<'_>, breath: &Breath) -> Result<Vec<Tally>, Failure> {
        let x = training.ask(&self.contexts).await?;
        self.count(breath, |context, index| Some(training.likeliest(&x, context, index))).await
    }

    /// Amplify(X), whose sub-questions go to X's average.
    pub async fn of_amplify(&self, training: &Training<'_>, breath: &Breath) -> Result<Vec<Tally>, Failure> {
        let x = training.ask(&self.contexts).await?;
        let mut rng = seed::rng(self.seed, "amplify in the test", training.step.into());
        self.count(breath, |context, index| training.amplify(&self.contexts[context], context, &x, index, &mut rng))
            .await
    }

    /// H without X: it does the whole tree by itself, with as many look-ups as it may ask sub-questions, and guesses
    /// where they run out.
    pub async fn of_human(&self, task: &dyn Learned, breath: &Breath) -> Result<Vec<Tally>, Failure> {
        let mut rng = seed::rng(self.seed, "H alone", 0);
        let questions = task.questions();
        let answer = |context: usize, index: usize| {
            let mut left = task.most();
            let found = alone(task, &self.contexts[context], questions[index], &mut left, rng.random());
            found.or_else(|| Some(rng.random_range(0..task.place(index).answers as Answer)))
        };
        self.count(breath, answer).await
    }

    async fn count(
        &self,
        breath: &Breath,
        mut answer: impl FnMut(usize, usize) -> Option<Answer>,
    ) -> Result<Vec<Tally>, Failure> {
        let mut tallies = vec![Tally::default(); self.depths];
        for (context, asked) in self.asked.iter().enumerate() {
            for (index, asked) in asked.iter().enumerate() {
                if let Some((depth, truth)) = asked {
                    tallies[*depth].count(answer(context, index) == Some(*truth));
                }
            }
            breath.take().await?;
        }
        Ok(tallies)
    }
}

/// H's answer with so many look-ups left and nobody to ask; `None` where they do not suffice.
fn alone(task: &dyn Learned, facts: &Facts, question: Question, left: &mut usize, chance: u64) -> Option<Answer> {
    let mut replies = Vec::new();
    loop {
        match task.act(question, &replies) {
            Move::Answer(answer) => return Some(answer),
            Move::Ask(asked) => {
                let answer = if task.is_look_up(asked) {
                    *left = left.checked_sub(1)?;
                    task.look_up(facts, asked, chance)
                } else {
                    // Who asks itself the very same question goes round in circles.
                    (asked != question).then_some(())?;
                    alone(task, facts, asked, left, chance)?
                };
                replies.push(Reply { asked, answer });
            }
        }
    }
}
