//! Mate in one: given a position, choose the move. Supervisor and students have networks that were pretrained to
//! imitate good moves; only their heads learn here, on what their frozen trunks make of a position.

use super::{EXAMPLES, Eyes, Family, Numbers, Order, Set, TEST};
use crate::{
    lab::{Assets, Breath, Failure, Scenario},
    models::{
        chess::{
            self, SIZES, Trunk,
            mover::{Boards, Glance, Mover},
        },
        shipped,
    },
    tasks::chess::{
        Puzzle, games,
        lichess::{Lichess, Part},
    },
    weak_to_strong::event::{Example, Shown},
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Built-in puzzles that may be learned from: enough for a chain of three.
const BUILT_IN: usize = 15_000;
/// Games between two breaths.
const GAMES: u64 = 2;

/// See the module's text.
pub struct Chess {
    numbers: Numbers,
    weak: usize,
    library: Rc<Library>,
    /// By their place among [`SIZES`]; only those that learn.
    networks: BTreeMap<usize, (Trunk, Mover)>,
    /// What a trunk made of the questions of a set: of the whole repetition the same.
    seen: RefCell<BTreeMap<(usize, usize), Rc<Glance>>>,
}

/// Puzzles: first those that may be learned from, then those of the test.
struct Library {
    pool: Vec<Puzzle>,
    test: Vec<Puzzle>,
}

thread_local! {
    static BUILT_IN_PUZZLES: RefCell<Option<Rc<Library>>> = const { RefCell::new(None) };
}

/// The place among [`SIZES`] of whoever looks: a student is one larger than the supervisor of the same name.
fn place(eyes: Eyes, weak: usize) -> usize {
    match eyes {
        Eyes::Weak => weak,
        Eyes::Strong(size) => size + 1,
    }
}

impl Chess {
    /// The puzzles that a scenario chooses, for students of these sizes.
    ///
    /// # Errors
    /// Where the run is cancelled, or puzzles or a network are missing.
    pub async fn open(
        scenario: &Scenario,
        assets: &dyn Assets,
        order: Order,
        sizes: &[usize],
        breath: &Breath,
    ) -> Result<Self, Failure> {
        let source = scenario.choice("puzzles");
        let library = match source {
            "lichess" => Library::brought(assets)?,
            _ => Library::built_in(breath).await?,
        };
        let mut networks = BTreeMap::new();
        let eyes = sizes.iter().map(|size| Eyes::Strong(*size)).chain([Eyes::Weak]);
        for place in eyes.map(|eyes| place(eyes, order.weak)) {
            let size = SIZES[place];
            let shipped = shipped::find(&format!("chess-{}-{source}", size.name))?;
            networks.insert(place, chess::from_file(&assets.model(&shipped.file).await?, size)?);
        }
        let pool = library.pool.len();
        let numbers = Numbers::draw(order, pool, (pool..pool + library.test.len()).collect());
        Ok(Self { numbers, weak: order.weak, library, networks, seen: RefCell::default() })
    }

    fn puzzle(&self, number: usize) -> &Puzzle {
        let Library { pool, test } = &*self.library;
        pool.get(number).unwrap_or_else(|| &test[number - pool.len()])
    }
}

impl Library {
    fn brought(assets: &dyn Assets) -> Result<Rc<Self>, Failure> {
        let lichess: Option<Rc<Lichess>> = assets.data("lichess").and_then(|set| set.downcast().ok());
        let lichess = lichess.ok_or_else(|| {
            "This run needs Lichess puzzles, which are not part of the playground: bring a file of them, or use the \
             built-in puzzles."
                .to_owned()
        })?;
        let of = |part, most| lichess.puzzles(part).iter().take(most).cloned().collect();
        Ok(Rc::new(Self { pool: of(Part::Pool, usize::MAX), test: of(Part::Test, TEST) }))
    }

    async fn built_in(breath: &Breath) -> Result<Rc<Self>, Failure> {
        if let Some(known) = BUILT_IN_PUZZLES.with_borrow(Clone::clone) {
            return Ok(known);
        }
        let test = found("test", TEST, breath).await?;
        let library = Rc::new(Self { pool: found("labels", BUILT_IN, breath).await?, test });
        BUILT_IN_PUZZLES.set(Some(library.clone()));
        Ok(library)
    }
}

/// So many puzzles, from games that are played for this purpose alone.
async fn found(purpose: &str, many: usize, breath: &Breath) -> Result<Vec<Puzzle>, Failure> {
    let mut all = Vec::with_capacity(many);
    for game in 0.. {
        if all.len() >= many {
            break;
        }
        all.append(&mut games::puzzles(purpose, game));
        if game % GAMES == 0 {
            breath.take().await?;
        }
    }
    all.truncate(many);
    Ok(all)
}

impl Family for Chess {
    type Net = Mover;

    fn untrained(&self, eyes: Eyes) -> Mover {
        let place = place(eyes, self.weak);
        self.networks.get(&place).map_or_else(|| Mover::initial(0, SIZES[place]), |(_, head)| head.clone())
    }

    fn is_pretrained(&self) -> bool {
        true
    }

    fn frozen(&self, size: usize) -> u32 {
        self.networks.get(&place(Eyes::Strong(size), self.weak)).map_or(0, |(trunk, _)| trunk.parameters() as u32)
    }

    fn rate(&self, _: Eyes) -> f32 {
        3e-3
    }

    fn weak_epochs(&self) -> u32 {
        3
    }

    async fn see(&self, eyes: Eyes, set: Set, breath: &Breath) -> Result<Boards, Failure> {
        let place = place(eyes, self.weak);
        let mut boards = Boards::new();
        let Some((trunk, _)) = self.networks.get(&place) else { return Ok(boards) };
        for number in self.numbers.of(set) {
            let known = self.seen.borrow().get(&(place, *number)).cloned();
            let look = || {
                let position = &self.puzzle(*number).position;
                Rc::new(Glance::new(&trunk.features(&position.squares), &position.steps))
            };
            let glance = known.unwrap_or_else(look);
            self.seen.borrow_mut().insert((place, *number), glance.clone());
            boards.push(glance);
            breath.take().await?;
        }
        Ok(boards)
    }

    fn right(&self, set: Set) -> Vec<Vec<u8>> {
        self.numbers.of(set).iter().map(|number| self.puzzle(*number).mates.clone()).collect()
    }

    fn examples(&self) -> Vec<Example> {
        let example = |number: &usize| {
            let puzzle = self.puzzle(*number);
            Example {
                shown: Shown::Board {
                    squares: puzzle.position.squares.to_vec().into(),
                    black: puzzle.is_black(),
                    steps: puzzle.position.steps.iter().map(|step| (step.from, step.to)).collect(),
                },
                answers: puzzle.names(),
                right: puzzle.mates.clone(),
            }
        };
        self.numbers.of(Set::Test).iter().take(EXAMPLES).map(example).collect()
    }
}
