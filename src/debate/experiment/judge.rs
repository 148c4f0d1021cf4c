//! The judge that a scenario asks for.

use super::{setup, training};
use crate::{
    debate::{event::Event, judge::Net},
    lab::{Assets, Failure, Outlet, Scenario},
    models::{mlp::Mlp, shipped},
};
use std::rc::Rc;

/// For games of this many pixels: the shipped one, or one that is trained now.
pub async fn find(
    scenario: &Scenario,
    assets: &dyn Assets,
    pixels: u8,
    out: &mut Outlet<Event>,
) -> Result<Rc<Net>, Failure> {
    if scenario.choice("judge") == "live" {
        return training::trained(scenario, &setup::pictures(scenario, assets)?, pixels, out).await;
    }
    let shipped = shipped::find(&shipped::judge_name(pixels, scenario.choice("digits")))?;
    let file = assets.model(&shipped.file).await?;
    Ok(Rc::new(Net::new(&Mlp::from_f16_file(&file)?)?))
}
