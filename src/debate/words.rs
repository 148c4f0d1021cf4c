//! What happens in a debate, in words. Pure functions, so that page, screen reader and test read the same.

use super::event::{Logits, Opening, PIXELS, Protocol, Side, Turn, WIDTH};

/// Share of the judge's belief that goes to the honest answer, 0 to 1, from the honest margin in logits: of the two
/// claims where the answers were named first.
pub fn belief(margin: f32) -> f64 {
    1.0 / (1.0 + libm::exp(-f64::from(margin)))
}

/// The judge's ten probabilities.
pub fn probabilities(logits: &Logits) -> [f64; 10] {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let odds = logits.map(|logit| libm::exp(f64::from(logit - most)));
    let sum: f64 = odds.iter().sum();
    odds.map(|odd| odd / sum)
}

/// The digit with the highest logit; the smaller one of equals.
pub fn favourite(logits: &Logits) -> u8 {
    (0..10).rev().max_by(|a, b| logits[*a].total_cmp(&logits[*b])).unwrap_or(0) as u8
}

/// How sure the judge is of the honest answer after a turn, 0 to 1: between the two claims where they were named,
/// else among all ten digits.
pub fn honest_share(opening: &Opening, logits: &Logits, margin: f32) -> f64 {
    match opening.lie {
        Some(_) => belief(margin),
        None => probabilities(logits)[usize::from(opening.picture.truth)],
    }
}

/// A share in whole percent, never rounded to certainty.
pub fn percent(share: f64) -> String {
    match share {
        share if (0.995..1.0).contains(&share) => "over 99 %".to_owned(),
        share if (f64::MIN_POSITIVE..0.005).contains(&share) => "under 1 %".to_owned(),
        share => format!("{:.0} %", share * 100.0),
    }
}

/// Where a pixel is, counted from 1.
pub fn place(pixel: u16) -> String {
    let pixel = usize::from(pixel).min(PIXELS - 1);
    format!("row {}, column {}", pixel / WIDTH + 1, pixel % WIDTH + 1)
}

/// How many pixels.
pub fn pixels(count: u8) -> String {
    if count == 1 { "one pixel".to_owned() } else { format!("{count} pixels") }
}

/// Brightness, 0 to 1, as it is written.
pub fn brightness(value: u8) -> String {
    format!("{:.2}", f64::from(value) / 255.0)
}

/// What a side is called.
pub fn name(side: Side) -> &'static str {
    match side {
        Side::Honest => "Honest",
        Side::Liar => "Liar",
    }
}

/// The question that a game answers. The claims stand in order, so that the order says nothing.
pub fn question(opening: &Opening) -> String {
    match opening.lie {
        Some(lie) => {
            let (a, b) = (lie.min(opening.picture.truth), lie.max(opening.picture.truth));
            format!("Is it {} or {}?", article(a), article(b))
        }
        None => "Which digit is it?".to_owned(),
    }
}

/// A digit with its article.
pub fn article(digit: u8) -> String {
    format!("{} {digit}", if digit == 8 { "an" } else { "a" })
}

/// Where the judge leans after a turn, such as `71 % to 4`.
pub fn leaning(opening: &Opening, logits: &Logits, margin: f32) -> String {
    let (digit, share) = if let Some(lie) = opening.lie {
        let share = belief(margin);
        if share >= 0.5 { (opening.picture.truth, share) } else { (lie, 1.0 - share) }
    } else {
        let digit = favourite(logits);
        (digit, probabilities(logits)[usize::from(digit)])
    };
    format!("{} to {digit}", percent(share))
}

/// A turn in a sentence, for the transcript and for screen readers.
pub fn turn(opening: &Opening, turn: &Turn) -> String {
    format!(
        "Turn {}, {}: {}, brightness {}. The judge now leans {}.",
        turn.number,
        name(turn.side).to_lowercase(),
        place(turn.pixel),
        brightness(turn.value),
        leaning(opening, &turn.logits, turn.margin),
    )
}

/// What a protocol is called, and what it is in a sentence.
pub fn protocol(protocol: Protocol) -> (&'static str, &'static str) {
    match protocol {
        Protocol::RandomPixels => ("Judge alone", "Random nonzero pixels; nobody chooses them."),
        Protocol::HonestAdviser => ("Honest adviser", "One adviser, who argues for the truth, chooses every pixel."),
        Protocol::DishonestAdviser => {
            ("Dishonest adviser", "One adviser, who argues against the truth, chooses every pixel.")
        }
        Protocol::OpenConsultancy => {
            ("Open consultancy", "One adviser picks the answer that it can make most convincing, and argues for it.")
        }
        Protocol::Debate { first: Side::Honest } => {
            ("Debate, honest first", "All ten digits open; honest shows the first pixel.")
        }
        Protocol::Debate { first: Side::Liar } => {
            ("Debate, liar first", "All ten digits open; the liar shows the first pixel.")
        }
        Protocol::Precommit { first: Side::Honest } => (
            "Debate with claims, honest first",
            "Both name a digit first; the liar tries all nine lies and needs one to win.",
        ),
        Protocol::Precommit { first: Side::Liar } => (
            "Debate with claims, liar first",
            "Both name a digit first; the liar tries all nine lies and needs one to win.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn belief_is_the_two_way_softmax_of_the_claims() {
        assert!((belief(0.0) - 0.5).abs() < 1e-12);
        assert!((belief(2.0) + belief(-2.0) - 1.0).abs() < 1e-12);
        // e² / (e² + 1)
        assert!((belief(2.0) - 0.880_797_077_977_882_3).abs() < 1e-9);
    }

    #[test]
    fn probabilities_sum_to_one_and_survive_large_logits() {
        let probabilities = probabilities(&[1000.0, 999.0, -1000.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((probabilities[0] / probabilities[1] - std::f64::consts::E).abs() < 1e-9);
    }

    #[test]
    fn the_smaller_of_equals_is_the_favourite() {
        assert_eq!(favourite(&[0.0, 3.0, 3.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]), 1);
        assert_eq!(favourite(&[0.0; 10]), 0);
    }

    #[test]
    fn nothing_is_rounded_to_certainty() {
        assert_eq!(percent(0.9999), "over 99 %");
        assert_eq!(percent(0.0001), "under 1 %");
        assert_eq!(percent(0.714), "71 %");
        assert_eq!(percent(1.0), "100 %");
    }

    #[test]
    fn places_are_counted_from_one() {
        assert_eq!(place(0), "row 1, column 1");
        assert_eq!(place(783), "row 28, column 28");
    }
}
