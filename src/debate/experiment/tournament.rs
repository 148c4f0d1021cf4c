//! Hundreds of pictures under the same rules, for the paper's table.

use super::{protocols, setup};
use crate::{
    debate::{
        event::{Answer, Event, Picture, Protocol, Side},
        judge::PictureJudge,
    },
    lab::{Assets, Breath, Failure, Outlet, Scenario},
    seed,
    tasks::pictures::TEST_LEN,
};
use rand::Rng as _;
use std::ops::Range;

/// Pictures that are played one after the other, after a GPU was asked about all of them.
const TOGETHER: usize = 10;

/// A picture with its judge.
pub type Table = (Picture, PictureJudge);

/// Emits an [`Event::Answer`] for each of these games' pictures and each protocol.
pub async fn run(
    scenario: &Scenario,
    games: Range<u64>,
    assets: &dyn Assets,
    out: &mut Outlet<Event>,
) -> Result<(), Failure> {
    let table = scenario.choice("scope") == "table";
    let pixel_counts = if table { vec![4, 6] } else { vec![setup::rules(scenario).pixels] };
    let protocols = cells(table, scenario.flag("precommit"));
    let pictures = setup::pictures(scenario, assets)?;
    let mut judges = Vec::new();
    for pixels in pixel_counts {
        judges.push((pixels, setup::judge(scenario, assets, pixels, out).await?));
    }
    let breath = out.breath.clone();
    let chosen = draw(scenario.seed, scenario.int("games") as usize);
    let games: Vec<usize> = games.map(|game| game as usize).take_while(|game| *game < chosen.len()).collect();
    for games in games.chunks(TOGETHER) {
        let mut rounds = Vec::new();
        for (pixels, net) in &judges {
            let table = |game: &usize| {
                let picture = setup::test_picture(&pictures, chosen[*game]);
                let judge = PictureJudge::new(net.clone(), &picture);
                (picture, judge)
            };
            let mut tables: Vec<Table> = games.iter().map(table).collect();
            ahead(scenario, assets, &mut tables, *pixels, &protocols, &breath).await?;
            rounds.push((*pixels, tables));
        }
        for (at, game) in games.iter().enumerate() {
            out.progress(*game as u64, chosen.len() as u64, "pictures");
            for (pixels, tables) in &mut rounds {
                let (picture, judge) = &mut tables[at];
                let mut arena = setup::arena(scenario, picture, judge, &breath, 1);
                for protocol in &protocols {
                    let answer = protocols::answer(&mut arena, picture, *pixels, *protocol, 1).await?;
                    out.emit(Event::Answer(Box::new(Answer { shown: Vec::new(), ..answer })));
                }
            }
        }
    }
    Ok(())
}

/// Lets a GPU answer what will be asked, where one was chosen.
#[cfg(feature = "large")]
async fn ahead(
    scenario: &Scenario,
    assets: &dyn Assets,
    tables: &mut [Table],
    pixels: u8,
    protocols: &[Protocol],
    breath: &Breath,
) -> Result<(), Failure> {
    let gpu = crate::models::device::gpu().filter(|_| crate::debate::spec::asks_ahead(scenario));
    let Some(gpu) = gpu else { return Ok(()) };
    let judge = setup::shipped_judge(scenario, assets, pixels).await?;
    super::ahead::ask(&gpu, &judge, tables, pixels, protocols, breath).await
}

/// The small worker has none.
#[cfg(not(feature = "large"))]
async fn ahead(
    _: &Scenario,
    _: &dyn Assets,
    _: &mut [Table],
    _: u8,
    _: &[Protocol],
    _: &Breath,
) -> Result<(), Failure> {
    std::future::ready(Ok(())).await
}

/// The protocols to play with each pixel count.
fn cells(table: bool, precommit: bool) -> Vec<Protocol> {
    let mut cells = vec![Protocol::RandomPixels];
    for first in [Side::Honest, Side::Liar] {
        cells.extend((table || !precommit).then_some(Protocol::Debate { first }));
        cells.extend((table || precommit).then_some(Protocol::Precommit { first }));
    }
    if table {
        cells.extend([Protocol::HonestAdviser, Protocol::DishonestAdviser, Protocol::OpenConsultancy]);
    }
    cells
}

/// Indices of test pictures, drawn without replacement.
fn draw(run: u64, games: usize) -> Vec<u32> {
    let mut rng = seed::rng(run, "tournament", 0);
    let mut indices: Vec<u32> = (0..TEST_LEN).collect();
    let games = games.min(indices.len());
    for at in 0..games {
        let other = rng.random_range(at as u32..TEST_LEN);
        indices.swap(at, other as usize);
    }
    indices.truncate(games);
    indices
}
