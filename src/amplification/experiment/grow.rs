//! Grows a tree: H takes a question apart, its sub-questions are taken apart in turn, down to what can be looked up.

use super::mistakes::Mistakes;
use crate::{
    amplification::{
        event::{By, Direct, Given, Node},
        tasks::{Answer, Facts, Move, Question, Reply, Task},
    },
    lab::{Breath, Failure},
    seed,
};
use std::collections::BTreeMap;

/// Most nodes of a tree.
const MOST_NODES: usize = 150_000;

/// X, asked directly.
pub type Model<'a> = &'a dyn Fn(Question) -> Option<Answer>;
/// Whoever plays H: what to do next, `None` where it does not know.
pub type Overseer<'a> = &'a dyn Fn(Question, &[Reply]) -> Option<Move>;

/// How to grow.
pub struct Growth<'a> {
    /// The task.
    pub task: &'a dyn Task,
    /// The facts.
    pub facts: &'a Facts,
    /// Who decomposes; where it does not know what to do, the question stays unanswered.
    pub overseer: Overseer<'a>,
    /// What the overseer is called.
    pub by: By,
    /// How it errs.
    pub mistakes: Mistakes,
    /// X, where there is one.
    pub x: Option<Model<'a>>,
    /// Below so many levels X answers; 0: never.
    pub levels: u16,
    /// A question that has an answer is not asked again.
    pub cache: bool,
    /// The run's seed.
    pub seed: u64,
}

/// What happens to a tree, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Grew {
    /// A question was asked.
    Asked(Node),
    /// A question was answered.
    Answered(Given),
}

/// A question on which H is at work.
struct Open {
    node: u32,
    question: Question,
    replies: Vec<Reply>,
}

/// A tree that grows.
struct Grower<'a, 'b> {
    growth: &'b Growth<'a>,
    grew: Vec<Grew>,
    asked: u32,
    /// The first node that asked each question, and its answer once it has one.
    known: BTreeMap<Question, (u32, Option<Answer>)>,
}

/// Grows the tree of a question; returns what happened, and the root's answer.
///
/// # Errors
/// Where the run is cancelled, or the tree would have too many nodes.
pub async fn grow(growth: &Growth<'_>, question: Question, breath: &Breath) -> Result<(Vec<Grew>, Answer), Failure> {
    let mut grower = Grower { growth, grew: Vec::new(), asked: 0, known: BTreeMap::new() };
    let mut open: Vec<Open> = Vec::new();
    let mut came = grower.ask(None, 0, question);
    loop {
        match came {
            Came::Open(node, question) => open.push(Open { node, question, replies: Vec::new() }),
            Came::Reply(reply) => match open.last_mut() {
                Some(parent) => parent.replies.push(reply),
                None => return Ok((grower.grew, reply.answer)),
            },
        }
        came = grower.go_on(&mut open, question);
        if grower.grew.len().is_multiple_of(128) {
            breath.take().await?;
        }
        if grower.asked as usize > MOST_NODES {
            return Err(Failure::Because(format!(
                "The tree of this question has more than {MOST_NODES} nodes. Choose a smaller question, or fewer levels."
            )));
        }
    }
}

/// What became of a question that was asked.
enum Came {
    /// H is at work on it.
    Open(u32, Question),
    /// It is answered.
    Reply(Reply),
}

impl Grower<'_, '_> {
    /// The next thing that H does about the question that it is at work on.
    fn go_on(&mut self, open: &mut Vec<Open>, whole: Question) -> Came {
        let level = open.len() as u16;
        let Some(top) = open.pop() else { return self.ask(None, 0, whole) };
        let asks_on = top.replies.len() <= self.growth.task.most();
        match asks_on.then(|| (self.growth.overseer)(top.question, &top.replies)).flatten() {
            Some(Move::Ask(sub)) => {
                let parent = top.node;
                open.push(top);
                self.ask(Some(parent), level, sub)
            }
            Some(Move::Answer(answer)) => Came::Reply(self.combine(&top, Some(answer))),
            None => Came::Reply(self.combine(&top, None)),
        }
    }

    fn ask(&mut self, parent: Option<u32>, level: u16, question: Question) -> Came {
        let Growth { task, facts, .. } = *self.growth;
        let node = self.asked;
        self.asked += 1;
        let before = self.known.get(&question).copied();
        self.known.entry(question).or_insert((node, None));
        self.grew.push(Grew::Asked(Node {
            parent,
            question: task.question(question),
            level,
            truth: Some(task.answer(question, task.truth(facts, question))),
            same_as: before.map(|(first, _)| first),
        }));
        let (answer, by) = if task.is_look_up(question) {
            let chance = seed::seed(self.growth.seed, "look-up", node.into());
            (task.look_up(facts, question, chance), By::LookUp)
        } else if let (true, Some((_, Some(answer)))) = (self.growth.cache, before) {
            (answer, By::Cache)
        } else if let (true, Some(answer)) = (self.is_deep(level), self.direct(question)) {
            (answer, By::X)
        } else if before.is_some_and(|(_, answer)| answer.is_none()) {
            // H is asked what it is already at work on, and would go round in circles: a perfect X stands in.
            (task.truth(facts, question), By::Rule)
        } else {
            return Came::Open(node, question);
        };
        self.give(node, question, answer, by, None, String::new());
        Came::Reply(Reply { asked: question, answer })
    }

    fn is_deep(&self, level: u16) -> bool {
        self.growth.levels > 0 && level >= self.growth.levels
    }

    fn direct(&self, question: Question) -> Option<Answer> {
        self.growth.x.and_then(|x| x(question))
    }

    /// H answers from the replies; without an answer the most it can say is a wild guess.
    fn combine(&mut self, done: &Open, answer: Option<Answer>) -> Reply {
        let Growth { task, .. } = *self.growth;
        let mut rng = seed::rng(self.growth.seed, "answer in the tree", done.node.into());
        let (answer, how) = match answer {
            Some(answer) => {
                let said = self.growth.mistakes.say(task, done.question, &done.replies, answer, &mut rng);
                let how = task.how(done.question, &done.replies);
                (said, if said == answer { how } else { "H made a mistake here".to_owned() })
            }
            None => (task.another(done.question, 0, &mut rng), "did not know how to go on, and guessed".to_owned()),
        };
        let amplified = self.amplify(done.question);
        self.give(done.node, done.question, answer, self.growth.by, amplified, how);
        Reply { asked: done.question, answer }
    }

    /// What H makes of X's direct answers, without mistakes of its own.
    fn amplify(&self, question: Question) -> Option<Answer> {
        let Growth { task, facts, .. } = *self.growth;
        self.growth.x?;
        let mut replies = Vec::new();
        while replies.len() <= task.most() {
            match (self.growth.overseer)(question, &replies)? {
                Move::Answer(answer) => return Some(answer),
                Move::Ask(sub) => {
                    let looked = task.is_look_up(sub);
                    let answer = if looked { task.look_up(facts, sub, 0) } else { self.direct(sub)? };
                    replies.push(Reply { asked: sub, answer });
                }
            }
        }
        None
    }

    fn give(&mut self, node: u32, question: Question, answer: Answer, by: By, amplified: Option<Answer>, how: String) {
        let Growth { task, facts, .. } = *self.growth;
        let truth = task.truth(facts, question);
        let beside = |answer: Answer| Direct { answer: task.answer(question, answer), right: answer == truth };
        // A look-up such as “a neighbour” has several right answers, and the facts are never wrong.
        let right = by == By::LookUp || answer == truth;
        let direct = if by == By::LookUp { None } else { self.direct(question).map(beside) };
        let amplified = amplified.map(beside);
        let answer_in_words = task.answer(question, answer);
        self.grew.push(Grew::Answered(Given {
            node,
            answer: answer_in_words,
            by,
            right: Some(right),
            direct,
            amplified,
            how,
        }));
        if let Some(known) = self.known.get_mut(&question) {
            known.1.get_or_insert(answer);
        }
    }
}
