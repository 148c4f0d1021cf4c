//! What shortest path and union find have in common: H does not know which vertex to go to next, lets X guess twice,
//! checks the guesses, looks up a random neighbour too, asks how far each candidate is, and takes the nearest.
//!
//! X is asked the very question that H was asked: it gets better because a random neighbour sometimes beats its guess.

use super::{Answer, Move, Question, Reply, letter};
use crate::amplification::event::{Field, Form};

/// Candidates at most: two guesses and a neighbour.
pub const CANDIDATES: usize = 3;
/// Sub-questions at most, besides the look-up that may settle the question at once.
pub const MOST: usize = 8;

/// The decisions of H, by number: those of both tasks; each has its own from [`decision::OWN`] on.
pub mod decision {
    /// The look-up that may settle the question.
    pub const LOOK_UP: usize = 0;
    pub const GUESS: usize = 1;
    pub const CHECK: usize = 2;
    pub const NEIGHBOUR: usize = 3;
    /// And the next two.
    pub const MEASURE: usize = 4;
    /// And the next two.
    pub const CHOOSE: usize = 7;
    /// Nothing that was found leads there.
    pub const NOBODY: usize = 10;
    /// The look-up has settled it.
    pub const AT_ONCE: usize = 11;
    /// To ask from the guessed vertex on.
    pub const ON: usize = 12;
    pub const OWN: usize = 13;
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// X guesses.
    Guess,
    /// Is the last guess a neighbour at all?
    Check,
    /// A random neighbour.
    Neighbour,
    /// How far is this candidate, by its place in the list?
    Measure(usize),
    /// The nearest, by its place in the list; of equals the one that comes first by name. `None`: none leads there.
    Choose(Option<usize>),
}

impl Next {
    /// As a decision.
    pub fn decision(self) -> usize {
        match self {
            Next::Guess => decision::GUESS,
            Next::Check => decision::CHECK,
            Next::Neighbour => decision::NEIGHBOUR,
            Next::Measure(at) => decision::MEASURE + at,
            Next::Choose(Some(at)) => decision::CHOOSE + at,
            Next::Choose(None) => decision::NOBODY,
        }
    }
}

/// How a task asks what both tasks ask. Vertices and distances are answers below `vertices`; `yes` answers a check.
pub struct Asks<'a> {
    pub vertices: Answer,
    pub yes: Answer,
    pub look_up: Question,
    pub guess: Question,
    pub neighbour: Question,
    /// Whether this vertex is a neighbour.
    pub check: &'a dyn Fn(u32) -> Question,
    /// How far it is from this candidate.
    pub measure: &'a dyn Fn(u32) -> Question,
    /// The same question from this vertex on.
    pub on: &'a dyn Fn(u32) -> Question,
}

impl Asks<'_> {
    /// What a decision of both tasks means after these replies; `None` where it means nothing.
    pub fn carry_out(&self, decision: usize, replies: &[Reply]) -> Option<Move> {
        let last = replies.last().map(|reply| reply.answer).filter(|last| (0..self.vertices).contains(last));
        let last = last.map(|last| last as u32);
        let candidate = |at: usize| {
            let found = Guesses::of(replies.get(1..)?, self.vertices, self.vertices, self.yes);
            found.candidates.get(at).copied()
        };
        match decision {
            decision::LOOK_UP => Some(Move::Ask(self.look_up)),
            decision::GUESS => Some(Move::Ask(self.guess)),
            decision::CHECK => last.map(|vertex| Move::Ask((self.check)(vertex))),
            decision::NEIGHBOUR => Some(Move::Ask(self.neighbour)),
            decision::ON => last.map(|vertex| Move::Ask((self.on)(vertex))),
            at if (decision::CHOOSE..decision::NOBODY).contains(&at) => {
                candidate(at - decision::CHOOSE).map(Move::Answer)
            }
            at => candidate(at.checked_sub(decision::MEASURE)?).map(|other| Move::Ask((self.measure)(other as u32))),
        }
    }
}

/// What H sees: the kind of the question, how many replies there are, what was asked last and what came back, and the
/// candidates.
pub struct Eyes {
    /// Kinds of questions that H is asked.
    pub kinds: u32,
    /// Kinds of questions that H asks.
    pub asked: u32,
}

impl Eyes {
    /// How many marks there are.
    pub const fn count(&self) -> usize {
        (self.kinds + 10 + self.asked + 4) as usize + Guesses::EYES
    }

    /// The marks that are on. `last`: the kind of the last sub-question, and whether it was a check or look-up that a yes
    /// answers (or not), or a vertex (or none).
    pub fn see(
        &self,
        kind: u32,
        replies: usize,
        last: Option<(u32, Saw)>,
        found: Option<&Guesses>,
        seen: &mut Vec<u32>,
    ) {
        let counts = self.kinds;
        seen.extend([kind, counts + replies.min(9) as u32]);
        let Some((asked, saw)) = last else { return };
        let saw = match saw {
            Saw::Yes(yes) => u32::from(yes),
            Saw::Vertex(there) => 2 + u32::from(there),
        };
        seen.extend([counts + 10 + asked, counts + 10 + self.asked + saw]);
        if let Some(found) = found {
            found.sees(counts + 10 + self.asked + 4, seen);
        }
    }
}

/// What came back last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saw {
    /// Yes, or no.
    Yes(bool),
    /// A vertex or the like, or none.
    Vertex(bool),
}

/// The names of so many vertices.
pub fn names(vertices: u32) -> Vec<String> {
    (0..vertices).map(|vertex| letter(vertex).to_string()).collect()
}

/// A form for a sub-question; each gap is one of these names, and its place counts so much.
pub fn ask(label: &str, base: u32, gaps: &[(&str, u32)], vertices: u32) -> Form {
    let gap = |(label, stride): &(&str, u32)| Field {
        label: (*label).to_owned(),
        options: names(vertices),
        stride: (*stride).into(),
    };
    Form { prefix: 'q', label: label.to_owned(), base: base.into(), fields: gaps.iter().map(gap).collect() }
}

/// The form for an answer.
pub fn answer(options: Vec<String>) -> Form {
    let fields = vec![Field { label: "answer".to_owned(), options, stride: 1 }];
    Form { prefix: 'a', label: "the answer is _".to_owned(), base: 0, fields }
}

/// The replies so far, sorted out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guesses {
    /// Vertices that H may choose from.
    pub candidates: Vec<Answer>,
    /// How far each is, as far as it was asked; `None`: it does not lead there.
    pub measures: Vec<Option<Answer>>,
    /// What comes next.
    pub next: Next,
}

impl Guesses {
    /// Follows the replies after the first look-up. Vertices are below `vertices`, distances below `far`; a check is
    /// answered by `yes`.
    pub fn of(replies: &[Reply], vertices: Answer, far: Answer, yes: Answer) -> Self {
        let mut found = Self { candidates: Vec::new(), measures: Vec::new(), next: Next::Guess };
        let (mut tries, mut guessed) = (0, 0);
        for reply in replies {
            let is_vertex = (0..vertices).contains(&reply.answer);
            found.next = match found.next {
                Next::Guess if is_vertex => {
                    guessed = reply.answer;
                    Next::Check
                }
                Next::Guess | Next::Check => {
                    if found.next == Next::Check && reply.answer == yes {
                        found.candidates.push(guessed);
                    }
                    tries += 1;
                    if tries < 2 { Next::Guess } else { Next::Neighbour }
                }
                Next::Neighbour => {
                    if is_vertex {
                        found.candidates.push(reply.answer);
                    }
                    found.after_measures()
                }
                Next::Measure(_) => {
                    found.measures.push(Some(reply.answer).filter(|far_away| (0..far).contains(far_away)));
                    found.after_measures()
                }
                Next::Choose(best) => Next::Choose(best),
            };
        }
        found
    }

    fn after_measures(&self) -> Next {
        if self.measures.len() < self.candidates.len() {
            return Next::Measure(self.measures.len());
        }
        let known = (0..self.candidates.len()).filter(|at| self.measures[*at].is_some());
        Next::Choose(known.min_by_key(|at| (self.measures[*at], self.candidates[*at])))
    }

    /// Marks (below [`Guesses::EYES`]) for what H sees of the candidates: how many there are, which lead there, and which
    /// of two is nearer.
    pub fn sees(&self, first: u32, seen: &mut Vec<u32>) {
        seen.push(first + self.candidates.len() as u32);
        let measure = |at: usize| self.measures.get(at).copied().flatten().map(|far| (far, self.candidates[at]));
        seen.extend((0..CANDIDATES).filter(|at| measure(*at).is_some()).map(|at| first + 4 + at as u32));
        for (pair, (a, b)) in [(0, 1), (0, 2), (1, 2)].into_iter().enumerate() {
            if let (Some(a), Some(b)) = (measure(a), measure(b)) {
                seen.push(first + 7 + 2 * pair as u32 + u32::from(a <= b));
            }
        }
    }

    /// How many marks there are.
    pub const EYES: usize = 13;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(answers: &[Answer]) -> Next {
        let replies: Vec<Reply> = answers.iter().map(|answer| Reply { asked: 0, answer: *answer }).collect();
        Guesses::of(&replies, 6, 6, 1).next
    }

    #[test]
    fn guesses_are_checked_measured_and_compared() {
        assert_eq!(next(&[]), Next::Guess);
        assert_eq!(next(&[4]), Next::Check);
        // A guess that is no neighbour, one that is no vertex, and a neighbour.
        assert_eq!(next(&[4, 0]), Next::Guess);
        assert_eq!(next(&[4, 0, 6]), Next::Neighbour);
        assert_eq!(next(&[4, 0, 6, 2]), Next::Measure(0));
        assert_eq!(next(&[4, 0, 6, 2, 3]), Next::Choose(Some(0)));
        assert_eq!(next(&[4, 0, 6, 2, 6]), Next::Choose(None));
        // Vertices 4, 4 and 2 at 2, 2 and 2: the first by name.
        assert_eq!(next(&[4, 1, 4, 1, 2, 2, 2]), Next::Measure(2));
        assert_eq!(next(&[4, 1, 4, 1, 2, 2, 2, 2]), Next::Choose(Some(2)));
        assert_eq!(next(&[4, 1, 4, 1, 2, 1, 1, 2]), Next::Choose(Some(0)));
        assert_eq!(next(&[6, 6, 6]), Next::Choose(None));
    }
}
