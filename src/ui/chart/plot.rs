//! From numbers to places in the drawing.

use super::{Point, Series, Unit, ticks::Ticks};

/// About how wide a character of the chart's bold 13 px labels is, in CSS pixels.
const CHARACTER: f64 = 7.4;
/// Room between two labels at line ends.
pub const LINE: f64 = 16.0;

/// The frame of a chart: its size, and what its edges stand for. Lengths are CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// Left edge of the plotting area.
    pub left: f64,
    /// Right edge of the plotting area.
    pub right: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// What left and right stand for.
    pub x: (f64, f64),
    /// What bottom and top stand for.
    pub y: (f64, f64),
}

fn between(value: f64, from: (f64, f64), to: (f64, f64)) -> f64 {
    let span = from.1 - from.0;
    if span == 0.0 { f64::midpoint(to.0, to.1) } else { to.0 + (value - from.0) / span * (to.1 - to.0) }
}

impl Plot {
    /// Place of a value on the x axis.
    pub fn px(&self, x: f64) -> f64 {
        between(x, self.x, (self.left, self.right))
    }

    /// Place of a value on the y axis; values outside sit on the edge.
    pub fn py(&self, y: f64) -> f64 {
        between(y, self.y, (self.bottom, self.top)).clamp(self.top, self.bottom)
    }

    /// What a place on the x axis stands for.
    pub fn x_at(&self, px: f64) -> f64 {
        between(px, (self.left, self.right), self.x)
    }

    /// A line through the points, as an SVG path; a value that is no number leaves a gap.
    pub fn line(&self, points: &[Point]) -> String {
        let mut path = Vec::new();
        let mut pen = 'M';
        for point in points {
            if point.x.is_finite() && point.y.is_finite() {
                path.push(format!("{pen}{:.1} {:.1}", self.px(point.x), self.py(point.y)));
                pen = 'L';
            } else {
                pen = 'M';
            }
        }
        path.concat()
    }

    /// The area between the interval's ends, as an SVG path; empty where fewer than two points have one.
    pub fn band(&self, points: &[Point]) -> String {
        let ends: Vec<_> = points.iter().filter_map(|p| p.band.map(|(low, high)| (p.x, low, high))).collect();
        if ends.len() < 2 {
            return String::new();
        }
        let at = |x: f64, y: f64| format!("{:.1} {:.1}", self.px(x), self.py(y));
        let upper = ends.iter().map(|(x, _, high)| at(*x, *high));
        let lower = ends.iter().rev().map(|(x, low, _)| at(*x, *low));
        format!("M{}z", upper.chain(lower).collect::<Vec<_>>().join("L"))
    }
}

/// How wide a label of this text is, roughly.
pub fn text_width(text: &str) -> f64 {
    CHARACTER * text.chars().count() as f64
}

/// What is written at a line's end.
pub fn end_label(series: &Series, unit: Unit) -> String {
    let value = series.points.last().map(|point| unit.reading(point.y)).unwrap_or_default();
    if series.name.is_empty() { value } else { format!("{} {value}", series.name) }
}

/// The sorted values of x that any line has.
pub fn stops(series: &[Series]) -> Vec<f64> {
    let mut stops: Vec<f64> = series.iter().flat_map(|s| s.points.iter().map(|p| p.x)).collect();
    stops.retain(|x| x.is_finite());
    stops.sort_by(f64::total_cmp);
    stops.dedup();
    stops
}

/// The index of the stop nearest to `x`; `None` where there is none.
pub fn nearest(stops: &[f64], x: f64) -> Option<usize> {
    let far = |index: &usize| (stops[*index] - x).abs();
    (0..stops.len()).min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// Ticks thinned so that labels of this many characters do not touch along `length` pixels.
pub fn room_for(length: f64, characters: usize) -> usize {
    (length / (characters as f64 * 6.8 + 18.0)).floor().max(1.0) as usize
}

/// The longest tick label, in characters.
pub fn longest(ticks: &Ticks, unit: Unit) -> usize {
    ticks.at.iter().map(|value| unit.tick(*value, ticks.step).chars().count()).max().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Plot = Plot { left: 50.0, right: 150.0, top: 10.0, bottom: 110.0, x: (0.0, 10.0), y: (0.0, 1.0) };

    fn point(x: f64, y: f64, band: Option<(f64, f64)>) -> Point {
        Point { x, y, band }
    }

    #[test]
    fn up_is_more_and_right_is_later() {
        assert_eq!(PLOT.line(&[point(0.0, 0.0, None), point(10.0, 1.0, None)]), "M50.0 110.0L150.0 10.0");
        assert!((PLOT.x_at(PLOT.px(3.0)) - 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_value_that_is_no_number_leaves_a_gap() {
        let points = [point(0.0, 0.0, None), point(5.0, f64::NAN, None), point(10.0, 1.0, None)];
        assert_eq!(PLOT.line(&points), "M50.0 110.0M150.0 10.0");
    }

    #[test]
    fn a_band_goes_there_and_back() {
        let points = [point(0.0, 0.5, Some((0.0, 1.0))), point(10.0, 0.5, Some((0.0, 1.0)))];
        assert_eq!(PLOT.band(&points), "M50.0 10.0L150.0 10.0L150.0 110.0L50.0 110.0z");
        assert_eq!(PLOT.band(&points[..1]), "");
    }

    #[test]
    fn the_nearest_stop_is_found() {
        assert_eq!(nearest(&[0.0, 1.0, 4.0], 2.4), Some(1));
        assert_eq!(nearest(&[0.0, 1.0, 4.0], 99.0), Some(2));
        assert_eq!(nearest(&[], 1.0), None);
    }
}
