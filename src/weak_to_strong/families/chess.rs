//! Mate in one: given a position, choose the move. Supervisor and students have networks that were pretrained to
//! imitate good moves; their heads learn here, on what their frozen trunks make of a position, or all their weights.

use super::{EXAMPLES, Eyes, FOR_WEAK, Family, Numbers, Order, Set, TEST, VALIDATION};
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
    weak_to_strong::{
        event::{Example, Shown},
        words,
    },
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Games between two breaths.
const GAMES: u64 = 2;

/// See the module's text.
pub struct Chess {
    order: Order,
    /// Whether trunks learn as well.
    whole: bool,
    source: Source,
    test: Rc<Vec<Puzzle>>,
    /// By their place among [`SIZES`]; only those that learn.
    networks: BTreeMap<usize, (Trunk, Mover)>,
    /// The puzzles of this repetition, once they were asked for.
    drawn: RefCell<BTreeMap<Set, Rc<Vec<Puzzle>>>>,
    /// What a trunk made of them.
    seen: RefCell<BTreeMap<(usize, Set), Boards>>,
}

/// Where puzzles come from.
enum Source {
    /// Games that are played when their puzzles are asked for.
    Games,
    /// Puzzles that the user brought.
    Lichess(Rc<Lichess>, Numbers),
}

thread_local! {
    /// The test puzzles are the same in every repetition.
    static TEST_PUZZLES: RefCell<Option<Rc<Vec<Puzzle>>>> = const { RefCell::new(None) };
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
        let name = scenario.choice("puzzles");
        let (source, test) = if name == "lichess" {
            let lichess = brought(assets)?;
            let pool = lichess.puzzles(Part::Pool).len();
            let test = lichess.puzzles(Part::Test).iter().take(TEST).cloned().collect();
            (Source::Lichess(lichess, Numbers::draw(order, pool, Vec::new())), Rc::new(test))
        } else {
            (Source::Games, test(breath).await?)
        };
        let mut networks = BTreeMap::new();
        let eyes = sizes.iter().map(|size| Eyes::Strong(*size)).chain([Eyes::Weak]);
        for place in eyes.map(|eyes| place(eyes, order.weak)) {
            let size = SIZES[place];
            let shipped = shipped::find(&format!("chess-{}-{name}", size.name))?;
            networks.insert(place, chess::from_file(&assets.model(&shipped.file).await?, size)?);
        }
        let whole = words::finetunes_all(scenario);
        Ok(Self { order, whole, source, test, networks, drawn: RefCell::default(), seen: RefCell::default() })
    }

    /// The puzzles of a set that is no union of others.
    async fn puzzles(&self, set: Set, breath: &Breath) -> Result<Rc<Vec<Puzzle>>, Failure> {
        if set == Set::Test {
            return Ok(self.test.clone());
        }
        if let Some(known) = self.drawn.borrow().get(&set) {
            return Ok(known.clone());
        }
        let puzzles = match &self.source {
            Source::Games => found(&format!("{} {set:?}", self.order.seed), self.many(set), breath).await?,
            Source::Lichess(lichess, numbers) => {
                let pool = lichess.puzzles(Part::Pool);
                numbers.of(set).iter().map(|number| pool[*number].clone()).collect()
            }
        };
        let puzzles = Rc::new(puzzles);
        self.drawn.borrow_mut().insert(set, puzzles.clone());
        Ok(puzzles)
    }

    /// How many puzzles a set has.
    fn many(&self, set: Set) -> usize {
        match (&self.source, set) {
            (_, Set::Test) => self.test.len(),
            (Source::Lichess(_, numbers), set) => numbers.of(set).len(),
            (Source::Games, Set::ForWeak) => FOR_WEAK,
            (Source::Games, Set::Validation) => VALIDATION,
            (Source::Games, Set::Fresh(_)) => self.order.labelled,
            (Source::Games, Set::All) => self.order.labelled * self.order.fresh,
        }
    }

    /// The sets that a set is made of.
    fn parts(&self, set: Set) -> Vec<Set> {
        if set == Set::All { (0..self.order.fresh).map(Set::Fresh).collect() } else { vec![set] }
    }
}

fn brought(assets: &dyn Assets) -> Result<Rc<Lichess>, Failure> {
    let lichess = assets.data("lichess").and_then(|set| set.downcast().ok());
    lichess.ok_or_else(|| {
        let why = "This run needs Lichess puzzles, which are not part of the playground: bring a file of them, or use \
                   the built-in puzzles.";
        Failure::Because(why.to_owned())
    })
}

/// The built-in test puzzles.
async fn test(breath: &Breath) -> Result<Rc<Vec<Puzzle>>, Failure> {
    if let Some(known) = TEST_PUZZLES.with_borrow(Clone::clone) {
        return Ok(known);
    }
    let test = Rc::new(found("test", TEST, breath).await?);
    TEST_PUZZLES.set(Some(test.clone()));
    Ok(test)
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
        let place = place(eyes, self.order.weak);
        let network = |(trunk, head): &(Trunk, Mover)| if self.whole { head.on(trunk) } else { head.clone() };
        self.networks.get(&place).map_or_else(|| Mover::initial(0, SIZES[place]), network)
    }

    fn is_pretrained(&self) -> bool {
        true
    }

    fn frozen(&self, size: usize) -> u32 {
        if self.whole {
            return 0;
        }
        self.networks.get(&place(Eyes::Strong(size), self.order.weak)).map_or(0, |(trunk, _)| trunk.parameters() as u32)
    }

    fn rate(&self, _: Eyes) -> f32 {
        3e-3
    }

    fn weak_epochs(&self) -> u32 {
        3
    }

    async fn see(&self, eyes: Eyes, set: Set, breath: &Breath) -> Result<Boards, Failure> {
        let place = place(eyes, self.order.weak);
        let mut all = Boards::new();
        let Some((trunk, _)) = self.networks.get(&place) else { return Ok(all) };
        for set in self.parts(set) {
            if let Some(known) = self.seen.borrow().get(&(place, set)) {
                all.extend_from_slice(known);
                continue;
            }
            let mut boards = Boards::new();
            for puzzle in self.puzzles(set, breath).await?.iter() {
                let position = &puzzle.position;
                let (squares, steps) = (&position.squares, &position.steps);
                boards.push(Rc::new(if self.whole {
                    Glance::of_board(squares, steps)
                } else {
                    Glance::new(&trunk.features(squares), steps)
                }));
                breath.take().await?;
            }
            all.extend_from_slice(&boards);
            self.seen.borrow_mut().insert((place, set), boards);
        }
        Ok(all)
    }

    fn right(&self, set: Set) -> Vec<Vec<u8>> {
        let drawn = self.drawn.borrow();
        let of = |set: Set| if set == Set::Test { Some(self.test.clone()) } else { drawn.get(&set).cloned() };
        // Whoever asks has seen the puzzles.
        let puzzles = self.parts(set).into_iter().filter_map(of);
        puzzles.flat_map(|puzzles| puzzles.iter().map(|puzzle| puzzle.mates.clone()).collect::<Vec<_>>()).collect()
    }

    fn labelled(&self) -> usize {
        self.many(Set::Fresh(0))
    }

    fn examples(&self) -> Vec<Example> {
        let example = |puzzle: &Puzzle| Example {
            shown: Shown::Board {
                squares: puzzle.position.squares.to_vec().into(),
                black: puzzle.is_black(),
                steps: puzzle.position.steps.iter().map(|step| (step.from, step.to)).collect(),
            },
            answers: puzzle.names(),
            right: puzzle.mates.clone(),
        };
        self.test.iter().take(EXAMPLES).map(example).collect()
    }
}
