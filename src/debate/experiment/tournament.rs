//! Hundreds of pictures under the same rules, for the paper's table.

use super::{judge, protocols, setup};
use crate::{
    debate::{
        event::{Answer, Event, Protocol, Side},
        judge::PictureJudge,
    },
    lab::{Assets, Failure, Outlet, Scenario},
    seed,
    tasks::pictures::TEST_LEN,
};
use rand::Rng as _;
use std::ops::Range;

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
        judges.push((pixels, judge::find(scenario, assets, pixels, out).await?));
    }
    let breath = out.breath.clone();
    let chosen = draw(scenario.seed, scenario.int("games") as usize);
    for game in games {
        let Some(index) = chosen.get(game as usize) else { break };
        out.progress(game, chosen.len() as u64, "pictures");
        let picture = setup::test_picture(&pictures, *index);
        for (pixels, net) in &judges {
            let mut judge = PictureJudge::new(net.clone(), &picture);
            let mut arena = setup::arena(scenario, &picture, &mut judge, &breath, 1);
            for protocol in &protocols {
                let answer = protocols::answer(&mut arena, &picture, *pixels, *protocol, 1).await?;
                out.emit(Event::Answer(Box::new(Answer { shown: Vec::new(), ..answer })));
            }
        }
    }
    Ok(())
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
