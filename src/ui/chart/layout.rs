//! Decides where everything in a line chart goes, before anything is drawn.

use super::{Axis, Series, Unit, labels, plot, plot::Plot, ticks, ticks::Ticks};
use crate::ui::Tone;

/// A label at a line's end.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// Left end of the text.
    pub x: f64,
    /// Middle of the text.
    pub y: f64,
    /// The text.
    pub text: String,
    /// The line's tone.
    pub tone: Tone,
}

/// Everything that a chart's drawing needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The frame.
    pub plot: Plot,
    /// Ticks along the bottom.
    pub x_ticks: Ticks,
    /// Ticks along the left.
    pub y_ticks: Ticks,
    /// Labels at the line ends; names are left out where `legend` is set.
    pub labels: Vec<EndLabel>,
    /// The names do not fit beside the lines and stand in a legend below.
    pub legend: bool,
}

/// At most this part of the width goes to labels; wider ones move into a legend.
const LABEL_SHARE: f64 = 0.32;

/// Lays a chart out in `width` × `height` CSS pixels.
pub fn layout((width, height): (f64, f64), x: &Axis, y: &Axis, series: &[Series]) -> Layout {
    let top = if y.label.is_empty() { 14.0 } else { 30.0 };
    let bottom = height - if x.label.is_empty() { 28.0 } else { 46.0 };
    let rows = ((bottom - top) / 30.0).floor().clamp(2.0, 6.0) as usize;
    let y_range = y.range.unwrap_or_else(|| ticks::range_of(heights(series), rows, y.unit));
    let y_ticks = ticks::ticks(y_range.0, y_range.1, rows, y.unit);
    let left = 18.0 + 6.8 * plot::longest(&y_ticks, y.unit) as f64;

    let widest = |texts: &mut dyn Iterator<Item = String>| texts.map(|t| plot::text_width(&t)).fold(0.0, f64::max);
    // Room for the longest reading, so that nothing shifts while values change.
    let reading = plot::text_width(&y.unit.reading(y_range.1)).max(plot::text_width(&y.unit.reading(y_range.0)));
    let written = widest(&mut series.iter().map(|s| plot::end_label(s, y.unit)));
    let full = widest(&mut series.iter().map(|s| format!("{} ", s.name))) + reading;
    let room = written.max(full);
    let legend = room > width * LABEL_SHARE;
    let margin = if legend { reading } else { room };
    let right = (width - margin - 20.0).max(left + 40.0);

    let x_range = x.range.unwrap_or_else(|| x_range(series));
    let x_wide = x.unit.tick(x_range.1, 1.0).chars().count();
    let x_ticks = ticks::ticks(x_range.0, x_range.1, plot::room_for(right - left, x_wide).min(12), x.unit);
    let frame = Plot { left, right, top, bottom, x: x_range, y: y_range };
    Layout { plot: frame, x_ticks, y_ticks, labels: end_labels(&frame, series, y.unit, legend), legend }
}

fn heights(series: &[Series]) -> impl Iterator<Item = f64> {
    series.iter().flat_map(|s| &s.points).flat_map(|p| [p.y, p.band.map_or(p.y, |b| b.0), p.band.map_or(p.y, |b| b.1)])
}

fn x_range(series: &[Series]) -> (f64, f64) {
    let stops = plot::stops(series);
    match (stops.first(), stops.last()) {
        (Some(first), Some(last)) if first < last => (*first, *last),
        (Some(only), _) => (*only, only + 1.0),
        _ => (0.0, 1.0),
    }
}

fn end_labels(frame: &Plot, series: &[Series], unit: Unit, legend: bool) -> Vec<EndLabel> {
    let ends: Vec<_> = series
        .iter()
        .filter_map(|s| s.points.iter().rev().find(|p| p.x.is_finite() && p.y.is_finite()).map(|p| (s, p)))
        .collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, p)| frame.py(p.y)).collect();
    let placed = labels::spread(&wanted, plot::LINE, frame.top, frame.bottom);
    let label = |((series, point), y): (&(&Series, &super::Point), f64)| EndLabel {
        x: frame.px(point.x) + 10.0,
        y,
        text: if legend { unit.reading(point.y) } else { plot::end_label(series, unit) },
        tone: series.tone,
    };
    ends.iter().zip(placed).map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Point;
    use super::*;

    fn axis(label: &str, unit: Unit, range: Option<(f64, f64)>) -> Axis {
        Axis { label: label.to_owned(), unit, range }
    }

    fn line(name: &str, ys: &[f64]) -> Series {
        let points = ys.iter().enumerate().map(|(i, y)| Point { x: i as f64, y: *y, band: None }).collect();
        Series { name: name.to_owned(), tone: Tone::Honest, points }
    }

    #[test]
    fn labels_fit_beside_the_lines_or_become_a_legend() {
        let lines = [line("“4”, honest", &[0.5, 0.71]), line("“9”, liar", &[0.5, 0.29])];
        let (x, y) = (axis("turn", Unit::Count, Some((0.0, 6.0))), axis("", Unit::Percent, Some((0.0, 1.0))));
        let wide = layout((830.0, 230.0), &x, &y, &lines);
        assert!(!wide.legend);
        assert_eq!(wide.labels[0].text, "“4”, honest 71\u{a0}%");
        let narrow = layout((288.0, 230.0), &x, &y, &lines);
        assert!(narrow.legend);
        assert_eq!(narrow.labels[0].text, "71\u{a0}%");
        for (layout, width) in [(wide, 830.0), (narrow, 288.0)] {
            assert!(layout.labels.iter().all(|l| l.x + plot::text_width(&l.text) <= width), "{layout:?}");
        }
    }

    #[test]
    fn nothing_to_draw_is_still_a_frame() {
        let empty = layout((320.0, 200.0), &axis("x", Unit::Count, None), &axis("y", Unit::Percent, None), &[]);
        assert_eq!(empty.plot.x, (0.0, 1.0));
        assert!(empty.labels.is_empty());
        assert!(empty.plot.left < empty.plot.right && empty.plot.top < empty.plot.bottom);
    }

    #[test]
    fn a_frame_keeps_its_place_while_values_change() {
        let (x, y) = (axis("turn", Unit::Count, Some((0.0, 6.0))), axis("", Unit::Percent, Some((0.0, 1.0))));
        let few = layout((830.0, 230.0), &x, &y, &[line("“4”, honest", &[0.5])]);
        let more = layout((830.0, 230.0), &x, &y, &[line("“4”, honest", &[0.5, 0.07])]);
        assert_eq!(few.plot, more.plot);
    }
}
