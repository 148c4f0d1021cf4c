//! Which device computes what can be computed on several, as links and workers name it.

use serde::{Deserialize, Serialize};

/// What somebody asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    /// Whichever is faster here.
    #[default]
    Auto,
    /// The CPU, whose runs replay exactly.
    Cpu,
    /// The GPU, through WebGPU, where there is one.
    Gpu,
}

impl Pick {
    /// Every choice, in the order of a list.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Cpu, Self::Gpu];

    /// The name in links and flags.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
        }
    }

    /// The choice of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pick| pick.name() == name)
    }
}

/// What a GPU is to a run that it can train.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gain {
    /// A step takes less than a GPU's round trip: only who asks for one gets it.
    Little,
    /// A GPU is much faster; without one the small worker trains.
    Much,
    /// Too much for the small worker in any case.
    Needed,
}

/// What computes a run, and how it was come to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Computed {
    /// Whether it is a GPU; its runs are near those of a CPU, and not the same to the bit.
    pub gpu: bool,
    /// What the GPU calls itself, where there is one.
    pub name: String,
    /// Milliseconds that a training step took on the CPU and on the GPU, where both were tried.
    pub step_ms: Option<[f64; 2]>,
    /// The largest difference of a first training step's slopes between the two, as a share of the largest slope.
    pub differs: Option<f64>,
    /// Why it is not the GPU, though that was asked for or might have been faster.
    pub why: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        assert!(Pick::ALL.into_iter().all(|pick| Pick::parse(pick.name()) == Some(pick)));
        assert_eq!((Pick::parse("tpu"), Pick::default()), (None, Pick::Auto));
    }
}
