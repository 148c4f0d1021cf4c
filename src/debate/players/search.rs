//! PUCT Monte Carlo tree search, as in the paper (section 3.1): uniform prior, c = 1, the most-visited move.
//!
//! Each rollout descends by `value + c · prior · √visits / (1 + child's visits)`, adds one position to the tree, and
//! plays on at random to the end; the judge there says who won. Values run from −1 (lost) to 1 (won), and a move not
//! yet tried counts as 0. Equals are chosen among at random. The tree holds only what was visited: the many moves
//! that were not are all alike.

use super::MOST_CANDIDATES;
use crate::{
    debate::{
        event::{Candidate, Side},
        judge::PictureJudge,
        rules::{Game, MOST_SHOWN, Shown},
    },
    lab::{Breath, Failure},
    seed::Rng,
};
use rand::Rng as _;

/// Weight of exploration.
const C: f32 = 1.0;
/// Rollouts between two breaths.
const STRETCH: u32 = 256;
/// No position.
const NONE: u32 = u32::MAX;

/// The most-visited moves; `value` is the mover's share of won rollouts.
pub async fn choose(
    game: &Game,
    keep: usize,
    rollouts: u32,
    judge: &mut PictureJudge,
    breath: &Breath,
    rng: &mut Rng,
) -> Result<Vec<Candidate>, Failure> {
    let mut tree = Tree { game, judge, rng, nodes: Vec::with_capacity(rollouts as usize + 1) };
    tree.nodes.push(Node::new(0));
    for rollout in 0..rollouts {
        if rollout % STRETCH == STRETCH - 1 {
            breath.take().await?;
        }
        tree.rollout();
    }
    Ok(tree.candidates(keep))
}

/// A visited position.
struct Node {
    /// The pixel that led here.
    pixel: u16,
    /// How many children were visited.
    children: u16,
    first_child: u32,
    next_sibling: u32,
    visits: u32,
    /// Rollouts won by whoever moved here.
    won: u32,
    /// Mean outcome for whoever moved here, −1 to 1: kept ready because choosing reads it far more often.
    value: f32,
    /// 1 / (1 + visits).
    share: f32,
}

impl Node {
    fn new(pixel: u16) -> Self {
        Self { pixel, children: 0, first_child: NONE, next_sibling: NONE, visits: 0, won: 0, value: 0.0, share: 1.0 }
    }

    fn count(&mut self, won: bool) {
        self.visits += 1;
        self.won += u32::from(won);
        self.value = (2.0 * self.won as f32 - self.visits as f32) / self.visits as f32;
        self.share = 1.0 / (1.0 + self.visits as f32);
    }
}

struct Tree<'a> {
    game: &'a Game,
    judge: &'a mut PictureJudge,
    rng: &'a mut Rng,
    nodes: Vec<Node>,
}

impl Tree<'_> {
    /// One rollout: down the tree, on to the end at random, and back.
    fn rollout(&mut self) {
        let mut shown = self.game.shown();
        let (mut path, mut depth) = ([0_u32; MOST_SHOWN + 1], 0);
        let mut grown = false;
        while !grown && shown.len() < self.game.turns() {
            let (node, new) = self.step(path[depth], shown);
            shown = shown.with(self.nodes[node as usize].pixel);
            grown = new;
            depth += 1;
            path[depth] = node;
        }
        while shown.len() < self.game.turns() {
            shown = shown.with(self.any(shown));
        }
        let winner = self.game.winner(&self.judge.logits(&shown));
        let start = self.game.shown().len();
        self.nodes[0].count(false);
        for (ply, node) in path[1..=depth].iter().enumerate() {
            let mover: Side = self.game.mover_at(start + ply);
            self.nodes[*node as usize].count(winner == mover);
        }
    }

    /// The child of `parent` to go to, and whether it is new.
    fn step(&mut self, parent: u32, shown: Shown) -> (u32, bool) {
        let node = &self.nodes[parent as usize];
        let open = self.game.allowed().len() - shown.len();
        let untried = open as u32 - u32::from(node.children);
        let explore = C * (node.visits as f32).sqrt() / open as f32;
        let score = |child: &Node| child.value + explore * child.share;
        // Those not tried yet all score `explore`; `equal` counts who shares the best score.
        let (mut best, mut equal) = if untried > 0 { (explore, untried) } else { (f32::NEG_INFINITY, 0) };
        let mut tried_best = false;
        let mut at = node.first_child;
        while at != NONE {
            let child = &self.nodes[at as usize];
            let score = score(child);
            if score > best {
                (best, equal, tried_best) = (score, 1, true);
            } else {
                equal += u32::from(score >= best);
            }
            at = child.next_sibling;
        }
        let mut pick = if equal > 1 { self.rng.random_range(0..equal) } else { 0 };
        if !tried_best && untried > 0 {
            if pick < untried {
                return (self.grow(parent, shown), true);
            }
            pick -= untried;
        }
        let mut at = self.nodes[parent as usize].first_child;
        loop {
            let child = &self.nodes[at as usize];
            if score(child) >= best {
                if pick == 0 {
                    return (at, false);
                }
                pick -= 1;
            }
            at = child.next_sibling;
        }
    }

    /// A new child of `parent`, by any move that was not tried there.
    fn grow(&mut self, parent: u32, shown: Shown) -> u32 {
        let mut tried = Vec::new();
        let mut at = self.nodes[parent as usize].first_child;
        while at != NONE {
            tried.push(self.nodes[at as usize].pixel);
            at = self.nodes[at as usize].next_sibling;
        }
        let pixel = loop {
            let pixel = self.any(shown);
            if !tried.contains(&pixel) {
                break pixel;
            }
        };
        let new = self.nodes.len() as u32;
        let parent = &mut self.nodes[parent as usize];
        let next_sibling = std::mem::replace(&mut parent.first_child, new);
        parent.children += 1;
        self.nodes.push(Node { next_sibling, ..Node::new(pixel) });
        new
    }

    /// Any pixel that may be shown.
    fn any(&mut self, shown: Shown) -> u16 {
        let allowed = self.game.allowed();
        loop {
            let pixel = allowed[self.rng.random_range(0..allowed.len() as u32) as usize];
            if !shown.holds(pixel) {
                return pixel;
            }
        }
    }

    fn candidates(&mut self, keep: usize) -> Vec<Candidate> {
        let mut children: Vec<(u32, u32, u32)> = Vec::new();
        let mut at = self.nodes[0].first_child;
        while at != NONE {
            let child = &self.nodes[at as usize];
            // Equally visited moves stand in random order.
            children.push((child.visits, self.rng.random(), at));
            at = child.next_sibling;
        }
        children.sort_by(|a, b| b.cmp(a));
        children.iter().take(keep.min(MOST_CANDIDATES)).map(|(_, _, at)| self.candidate(*at)).collect()
    }

    fn candidate(&self, at: u32) -> Candidate {
        let child = &self.nodes[at as usize];
        let mut line = Vec::new();
        let mut next = self.most_visited(child);
        while let Some(node) = next {
            line.push(node.pixel);
            next = self.most_visited(node);
        }
        Candidate { pixel: child.pixel, visits: child.visits, value: child.won as f32 / child.visits as f32, line }
    }

    fn most_visited(&self, parent: &Node) -> Option<&Node> {
        let (mut best, mut at) = (None::<&Node>, parent.first_child);
        while let Some(child) = self.nodes.get(at as usize) {
            if best.is_none_or(|best| child.visits > best.visits) {
                best = Some(child);
            }
            at = child.next_sibling;
        }
        best
    }
}
