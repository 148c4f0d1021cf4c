//! A chart's numbers as rows.

use super::{Axis, Series, Unit, plot};

/// More rows than this are thinned out in the table for screen readers; the CSV keeps all.
const MOST_ROWS: usize = 40;

/// The value of a line at `x`, and its interval, in words.
pub fn reading(series: &Series, x: f64, unit: Unit) -> Option<String> {
    let point = series.points.iter().find(|p| (p.x - x).abs() < f64::EPSILON)?;
    let value = unit.reading(point.y);
    Some(match point.band {
        Some((low, high)) => format!("{value} ({} to {})", unit.reading(low), unit.reading(high)),
        None => value,
    })
}

/// Rows for a screen reader: x, then one cell for each line. At most [`MOST_ROWS`], first and last among them.
pub fn rows(x: &Axis, y: &Axis, series: &[Series]) -> Vec<Vec<String>> {
    let stops = plot::stops(series);
    let stride = stops.len().div_ceil(MOST_ROWS).max(1);
    let last = stops.len().saturating_sub(1);
    let kept = stops.iter().enumerate().filter(|(i, _)| i % stride == 0 || *i == last);
    kept.map(|(_, at)| {
        let cells = series.iter().map(|s| reading(s, *at, y.unit).unwrap_or_default());
        std::iter::once(x.unit.reading(*at)).chain(cells).collect()
    })
    .collect()
}

/// All points as CSV: one row for each point of each line.
pub fn csv(x: &Axis, y: &Axis, series: &[Series]) -> String {
    let name =
        |axis: &Axis, fallback: &str| if axis.label.is_empty() { fallback.to_owned() } else { axis.label.clone() };
    let head = vec!["series".to_owned(), name(x, "x"), name(y, "y"), "low".to_owned(), "high".to_owned()];
    let rows = series.iter().flat_map(|s| {
        s.points.iter().map(|p| {
            let end = |pick: fn((f64, f64)) -> f64| p.band.map(|band| pick(band).to_string()).unwrap_or_default();
            vec![s.name.clone(), p.x.to_string(), p.y.to_string(), end(|b| b.0), end(|b| b.1)]
        })
    });
    crate::ui::export::csv(std::iter::once(head).chain(rows))
}

#[cfg(test)]
mod tests {
    use super::super::Point;
    use super::*;
    use crate::ui::Tone;

    fn axes() -> (Axis, Axis) {
        let axis = |label: &str, unit| Axis { label: label.to_owned(), unit, range: None };
        (axis("turn", Unit::Count), axis("", Unit::Percent))
    }

    fn line(n: usize) -> Series {
        let points = (0..n).map(|i| Point { x: i as f64, y: 0.5, band: Some((0.25, 0.75)) }).collect();
        Series { name: "student, naive".to_owned(), tone: Tone::Student, points }
    }

    #[test]
    fn a_long_run_is_thinned_for_listening_but_not_in_the_file() {
        let (x, y) = axes();
        let rows = rows(&x, &y, &[line(1000)]);
        assert!(rows.len() <= MOST_ROWS + 1);
        assert_eq!(rows.last().map(|row| row[0].as_str()), Some("999"));
        assert_eq!(csv(&x, &y, &[line(1000)]).lines().count(), 1001);
    }

    #[test]
    fn an_interval_is_read_with_its_value() {
        let (x, y) = axes();
        assert_eq!(rows(&x, &y, &[line(1)]), [["0", "50\u{a0}% (25\u{a0}% to 75\u{a0}%)"]]);
        assert_eq!(csv(&x, &y, &[line(1)]), "series,turn,y,low,high\n\"student, naive\",0,0.5,0.25,0.75\n");
    }
}
