//! A line chart that knows no lab.
//!
//! | file | what it decides |
//! |---|---|
//! | `ticks` | round numbers along an axis, and how numbers are written |
//! | `labels` | labels at line ends that do not overlap |
//! | `plot` | from numbers to places and SVG paths |
//! | `layout` | where everything goes in a given width |
//! | `view` | the drawing |
//! | `table` | the same numbers as a table and as CSV |

mod labels;
pub(super) mod layout;
pub(super) mod plot;
mod table;
pub(super) mod ticks;
mod view;

pub use ticks::Unit;
pub use view::LineChart;

use super::Tone;
use crate::stats::Estimate;
use std::sync::Arc;

/// One axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it measures; empty where the caption says it.
    pub label: String,
    /// How its numbers are written.
    pub unit: Unit,
    /// Smallest and largest value; `None` takes them from the data.
    pub range: Option<(f64, f64)>,
}

/// One measured point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Place along the x axis.
    pub x: f64,
    /// Value.
    pub y: f64,
    /// The ends of the interval, where there is one.
    pub band: Option<(f64, f64)>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What is written at the line's end, before its last value.
    pub name: String,
    /// Its colour, dash and marker.
    pub tone: Tone,
    /// Its points, in the order of x.
    pub points: Vec<Point>,
}

/// A vertical line at a place that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub x: f64,
    /// What is written at it; empty for the present step.
    pub label: String,
}

/// What runs measured, averaged over them: a point for every measure from the `first` that at least one of them has
/// reached, at the `x` of the first run that has, with a band where several have.
pub fn over_runs<M>(
    runs: &[Vec<Arc<M>>],
    first: usize,
    x: impl Fn(&M) -> f64,
    mean: impl Fn(&[&M]) -> Option<Estimate>,
) -> Vec<Point> {
    let longest = runs.iter().map(Vec::len).max().unwrap_or(0);
    let point = |at: usize| {
        let measures: Vec<&M> = runs.iter().filter_map(|run| run.get(at)).map(|measured| &**measured).collect();
        let (x, mean) = (x(measures.first()?), mean(&measures)?);
        let band = (measures.len() > 1 && mean.lo.is_finite()).then_some((mean.lo, mean.hi));
        Some(Point { x, y: mean.mean, band })
    };
    (first..longest).filter_map(point).collect()
}
