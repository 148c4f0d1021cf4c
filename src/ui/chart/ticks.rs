//! Where an axis has its ticks, and how it writes numbers.

/// How an axis writes its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A share in `0..=1`, written as "71 %".
    Percent,
    /// A number followed by a unit, which may be empty.
    Plain(&'static str),
    /// A count, such as turns or steps: ticks at whole numbers only.
    Count,
}

impl Unit {
    /// A value as a reading: a share to the percent, other numbers to three digits.
    pub fn reading(self, value: f64) -> String {
        match self {
            // Nearly certain is not certain.
            Unit::Percent if (0.99..1.0).contains(&value) || (value > 0.0 && value < 0.01) => {
                format!("{:.1}\u{a0}%", value * 100.0)
            }
            Unit::Percent => minus(format!("{:.0}\u{a0}%", value * 100.0)),
            Unit::Plain("") | Unit::Count => three_digits(value),
            Unit::Plain(unit) => format!("{}\u{a0}{unit}", three_digits(value)),
        }
    }

    /// The values at ticks `step` apart, all with the same number of decimals; the unit is in the axis label.
    pub fn tick(self, value: f64, step: f64) -> String {
        let decimals = |step: f64| (0..6).find(|d| is_whole(step * 10_f64.powi(*d))).unwrap_or(6) as usize;
        match self {
            Unit::Percent => minus(format!("{:.*}\u{a0}%", decimals(step * 100.0), value * 100.0)),
            _ if value.abs() >= 1000.0 && is_whole(value) => minus(thousands(value)),
            _ => minus(format!("{:.*}", decimals(step), value)),
        }
    }
}

/// A true minus sign, and no minus before a zero.
fn minus(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().any(|c| ('1'..='9').contains(&c)) => format!("−{rest}"),
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

fn thousands(value: f64) -> String {
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", crate::lab::grouped(value.abs() as u64))
}

/// A number to three significant digits, without an exponent where that is readable.
fn three_digits(value: f64) -> String {
    let size = value.abs();
    let text = if !value.is_finite() {
        return "–".to_owned();
    } else if size >= 1000.0 {
        thousands(value.round())
    } else if is_whole(value) || size >= 100.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 0.995 {
        format!("{value:.2}")
    } else if size >= 0.001 {
        format!("{value:.3}")
    } else {
        format!("{value:.1e}")
    };
    minus(text)
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// Ticks and the distance between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// The values, from low to high.
    pub at: Vec<f64>,
    /// The distance between two.
    pub step: f64,
}

/// About `wanted` round values within `low..=high`, multiples of 1, 2, 2.5 or 5 times a power of ten; whole
/// numbers only where `unit` counts.
pub fn ticks(low: f64, high: f64, wanted: usize, unit: Unit) -> Ticks {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 {
        return Ticks { at: vec![low], step: 1.0 };
    }
    let rough = span / wanted.max(1) as f64;
    let power = libm::pow(10.0, libm::log10(rough).floor());
    let nice = [1.0, 2.0, 2.5, 5.0, 10.0].map(|n| n * power);
    let allowed = |step: &f64| *step >= rough * 0.999 && (unit != Unit::Count || is_whole(*step));
    let step = nice.into_iter().find(allowed).unwrap_or(nice[4]);
    let step = if unit == Unit::Count { step.max(1.0) } else { step };
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    Ticks { at: (first..=last).map(|n| n as f64 * step).collect(), step }
}

/// A range that holds all finite `values` and starts and ends at a round number; `0..=1` where there are none.
pub fn range_of(values: impl Iterator<Item = f64>, wanted: usize, unit: Unit) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return (0.0, 1.0);
    }
    let (low, high) = if high - low < 1e-12 { (low - 0.5, high + 0.5) } else { (low, high) };
    let step = ticks(low, high, wanted, unit).step;
    ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(low: f64, high: f64, wanted: usize, unit: Unit) -> Vec<f64> {
        ticks(low, high, wanted, unit).at
    }

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(at(0.0, 1.0, 4, Unit::Percent), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(at(0.0, 6.0, 6, Unit::Count), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(at(0.0, 3.0, 10, Unit::Count), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(at(-3.0, 3.0, 3, Unit::Plain("")), [-2.0, 0.0, 2.0]);
        assert_eq!(at(37.0, 1234.0, 4, Unit::Count), [500.0, 1000.0]);
    }

    #[test]
    fn an_empty_or_broken_range_is_survived() {
        assert_eq!(at(2.0, 2.0, 5, Unit::Count), [2.0]);
        assert_eq!(ticks(f64::NAN, 1.0, 5, Unit::Percent).at.len(), 1);
        assert_eq!(range_of([].into_iter(), 4, Unit::Percent), (0.0, 1.0));
        assert_eq!(range_of([f64::NAN, 3.0].into_iter(), 4, Unit::Plain("")), (2.5, 3.5));
    }

    #[test]
    fn a_range_ends_at_round_numbers() {
        assert_eq!(range_of([0.13, 2.71].into_iter(), 4, Unit::Plain("")), (0.0, 3.0));
        assert_eq!(range_of([-1.2, 2.2].into_iter(), 4, Unit::Plain("")), (-2.0, 3.0));
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(Unit::Percent.reading(0.714), "71\u{a0}%");
        assert_eq!(Unit::Percent.reading(0.998), "99.8\u{a0}%");
        assert_eq!(Unit::Percent.reading(-0.001), "0\u{a0}%");
        assert_eq!(Unit::Percent.tick(0.125, 0.125), "12.5\u{a0}%");
        assert_eq!(Unit::Plain("nats").reading(-1.234_5), "−1.23\u{a0}nats");
        assert_eq!(Unit::Count.reading(12_000.0), "12,000");
        assert_eq!(Unit::Plain("").tick(-0.5, 0.5), "−0.5");
        assert_eq!(Unit::Plain("").tick(-0.0, 0.5), "0.0");
    }
}
