//! How one repetition is trained: the settings, completed by what suits the task.

use super::mistakes::Mistakes;
use crate::{
    amplification::{spec::has_learned, tasks::Recipe},
    lab::Scenario,
};

/// Who plays H in Amplify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plays {
    /// H itself.
    Human,
    /// H′, trained on H's decisions.
    Learned,
    /// The network that is trained, in both parts.
    Own,
}

/// See the module's text.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The repetition's seed.
    pub seed: u64,
    /// Which repetition, from 0.
    pub run: u8,
    /// Who plays H.
    pub plays: Plays,
    /// The step from which on no human is asked.
    pub remove: Option<u32>,
    /// Sub-answers are drawn from X's beliefs.
    pub sampled: bool,
    /// How the overseer errs.
    pub mistakes: Mistakes,
    /// Steps, batch, rate, horizon, tests and first queries.
    pub recipe: Recipe,
}

impl Plan {
    /// The plan of one repetition.
    pub fn of(scenario: &Scenario, recipe: Recipe, seed: u64, run: u8) -> Self {
        let plays = match scenario.choice("overseer") {
            "h" => Plays::Human,
            "self" => Plays::Own,
            _ => Plays::Learned,
        };
        let removed = matches!(scenario.choice("overseer"), "removed" | "self");
        let or = |key, own: f32| match scenario.int(key) {
            0 => own,
            n => n as f32,
        };
        Self {
            seed,
            run,
            plays,
            remove: removed.then(|| scenario.int("remove") as u32),
            sampled: scenario.flag("sampled"),
            mistakes: Mistakes::of(scenario, seed),
            recipe: Recipe {
                // Who has learned before is only looked at, unless more steps are asked for.
                steps: or("steps", if has_learned(scenario) { 0.0 } else { recipe.steps as f32 }) as u32,
                batch: or("batch", recipe.batch as f32) as usize,
                rate: or("rate", recipe.rate * 1e4) * 1e-4,
                horizon: or("horizon", recipe.horizon),
                block: or("block", recipe.block as f32) as u32,
                ..recipe
            },
        }
    }

    /// Whether the human can be asked after so many steps.
    pub fn has_human(&self, step: u32) -> bool {
        self.remove.is_none_or(|remove| step < remove)
    }
}
