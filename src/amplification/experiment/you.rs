//! The reader is H: they take questions apart, copies of the scripted H answer what they ask, and they put the answers
//! together. What they decided can then train H′.

use super::{
    grow::{Grew, Growth, grow},
    mistakes::Mistakes,
    overseer::Shown,
    plan::{Plan, Plays},
    subject::Subject,
    train,
};
use crate::{
    amplification::{
        event::{Begun, By, Event, Example, Given, Node, Turn},
        moves::{self, Mine},
        tasks::{Answer, Learned, Move, Question, Reply, Task},
    },
    lab::{Failure, Outlet, Scenario},
    seed,
};

/// Questions that the reader is asked.
const QUESTIONS: u8 = 12;

/// A reader at work on one question.
struct Desk<'a> {
    subject: &'a Subject,
    scenario: &'a Scenario,
    moves: std::vec::IntoIter<Mine>,
    /// Nodes in the tree so far.
    nodes: u32,
    /// Decisions that a network could make too.
    shown: Vec<Vec<Shown>>,
}

/// Emits the reader's questions with what they asked and answered, then whose turn it is; with `mine`, the training on
/// their decisions.
pub async fn run(scenario: &Scenario, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let subject = Subject::of(scenario);
    let questions = questions(&subject, scenario.seed);
    let example = |question: &Question| Example {
        question: subject.task.question(*question),
        link: subject.task.link(*question),
        truth: subject.task.answer(*question, subject.task.truth(&subject.facts, *question)),
    };
    out.emit(Event::Begun(Box::new(Begun {
        facts: subject.task.facts(&subject.facts),
        depths: subject.task.depths(),
        examples: questions.iter().map(example).collect(),
        alone: Vec::new(),
        parameters: (0, 0),
        most: subject.task.most() as u8,
        instead: subject.instead.clone(),
    })));
    let moves = moves::read(&scenario.text("moves")).into_iter();
    let mut desk = Desk { subject: &subject, scenario, moves, nodes: 0, shown: Vec::new() };
    for (at, question) in questions.iter().enumerate() {
        if !desk.ask(*question, at as u8 + 1, questions.len() as u8, out).await? {
            break;
        }
    }
    match subject.task.learned() {
        Some(task) if scenario.flag("mine") && !desk.shown.is_empty() => {
            let plan = Plan::of(scenario, task.recipe(), seed::seed(scenario.seed, "repetition", 0), 0);
            let plan = Plan { plays: Plays::Learned, remove: Some(0), ..plan };
            train::on_demonstrations(task, plan, desk.shown, out).await
        }
        _ => Ok(()),
    }
}

/// The reader's questions: shallow ones first.
fn questions(subject: &Subject, seed: u64) -> Vec<Question> {
    let depths = subject.task.depths().len();
    if depths == 0 {
        return vec![subject.question];
    }
    let mut rng = seed::rng(seed, "questions for the reader", 0);
    let depth = |at: usize| (1 + at * depths / usize::from(QUESTIONS)).min(depths - 1);
    let drawn =
        (0..usize::from(QUESTIONS)).filter_map(|at| subject.task.draw_question(&subject.facts, depth(at), &mut rng));
    let mut questions: Vec<Question> = Vec::new();
    drawn.for_each(|question| {
        if !questions.contains(&question) {
            questions.push(question);
        }
    });
    questions
}

impl Desk<'_> {
    /// One question; whether the reader has answered it. Where they have not, it is their turn, and the run ends.
    async fn ask(&mut self, question: Question, number: u8, of: u8, out: &mut Outlet<Event>) -> Result<bool, Failure> {
        let task = &*self.subject.task;
        let root = self.node(None, 0, question, out);
        let (mut replies, mut shown) = (Vec::new(), Vec::new());
        loop {
            let left = task.most().saturating_sub(replies.len());
            let next = self.moves.next().and_then(|mine| allowed(task, mine, left));
            if let (Some(next), Some(learned)) = (next, task.learned())
                && let Some(decision) = decision(learned, question, &replies, next)
            {
                shown.push(decision);
            }
            match next {
                Some(Move::Ask(sub)) => {
                    let answer = self.sub_question(root, sub, out).await?;
                    replies.push(Reply { asked: sub, answer });
                }
                Some(Move::Answer(answer)) => {
                    self.give(root, question, answer, By::You, task.how(question, &replies), out);
                    self.shown.push(shown);
                    return Ok(true);
                }
                None => {
                    let mut forms = task.forms(question);
                    forms.retain(|form| form.prefix == 'a' || left > 0);
                    let question = task.question(question);
                    let turn = Turn { number, of, question, node: root, left: left as u8, forms };
                    out.emit(Event::Yours(Box::new(turn)));
                    return Ok(false);
                }
            }
        }
    }

    /// A sub-question, answered by copies of H down to the facts. The whole tree of it is one step.
    async fn sub_question(&mut self, parent: u32, sub: Question, out: &mut Outlet<Event>) -> Result<Answer, Failure> {
        let Subject { task, facts, .. } = self.subject;
        let seed = seed::seed(self.scenario.seed, "sub-question", self.nodes.into());
        let growth = Growth {
            task: &**task,
            facts,
            overseer: &|question, replies| Some(task.act(question, replies)),
            by: By::Human,
            mistakes: Mistakes::of(self.scenario, seed),
            x: None,
            levels: 0,
            cache: true,
            seed,
        };
        let breath = out.breath.clone();
        let (grown, answer) = grow(&growth, sub, &breath).await?;
        let (mut nodes, mut given) = (Vec::new(), Vec::new());
        let first = self.nodes;
        for one in grown {
            match one {
                Grew::Asked(node) => nodes.push(Node {
                    parent: Some(node.parent.map_or(parent, |above| above + first)),
                    level: node.level + 1,
                    same_as: node.same_as.map(|same| same + first),
                    ..node
                }),
                Grew::Answered(answer) => given.push(Given { node: answer.node + first, ..answer }),
            }
        }
        self.nodes += nodes.len() as u32;
        out.emit(Event::Asked(nodes));
        out.emit(Event::Answered(given));
        Ok(answer)
    }

    fn node(&mut self, parent: Option<u32>, level: u16, question: Question, out: &mut Outlet<Event>) -> u32 {
        let Subject { task, facts, .. } = self.subject;
        let node = self.nodes;
        self.nodes += 1;
        let truth = Some(task.answer(question, task.truth(facts, question)));
        out.emit(Event::Asked(vec![Node { parent, question: task.question(question), level, truth, same_as: None }]));
        node
    }

    fn give(&self, node: u32, question: Question, answer: Answer, by: By, how: String, out: &mut Outlet<Event>) {
        let Subject { task, facts, .. } = self.subject;
        let right = Some(answer == task.truth(facts, question));
        let answer = task.answer(question, answer);
        out.emit(Event::Answered(vec![Given { node, answer, by, right, direct: None, amplified: None, how }]));
    }
}

/// A move of the reader's, if the task knows it. With one that it does not know their list ends.
fn allowed(task: &dyn Task, mine: Mine, left: usize) -> Option<Move> {
    match mine {
        Mine::Ask(question) => (left > 0 && task.knows(question)).then_some(Move::Ask(question)),
        Mine::Answer(answer) => Some(Move::Answer(answer)),
    }
}

/// The decision of a network that would have made this move: H's own if that is the same, else the first that is.
fn decision(task: &dyn Learned, question: Question, replies: &[Reply], made: Move) -> Option<Shown> {
    let own = task.decide(question, replies);
    let all = std::iter::once(own).chain(0..task.decisions());
    let decision = all.into_iter().find(|decision| task.carry_out(*decision, question, replies) == Some(made))?;
    let mut seen = Vec::new();
    task.sees(question, replies, &mut seen);
    Some(Shown { seen, decision: decision as u32 })
}
