//! What shortest path and union find have in common: H does not know which vertex to go to next, lets X guess twice,
//! checks the guesses, looks up a random neighbour too, asks how far each candidate is, and takes the nearest.
//!
//! X is asked the very question that H was asked: it gets better because a random neighbour sometimes beats its guess.

use super::{Answer, Reply};

/// Candidates at most: two guesses and a neighbour.
pub const CANDIDATES: usize = 3;
/// Sub-questions at most, besides the look-up that may settle the question at once.
pub const MOST: usize = 8;

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
