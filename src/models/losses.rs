//! What training minimises. For answers of yes or no a network gives one logit z, and p = σ(z) is its belief in *yes*;
//! for a choice among several it gives a logit for each, and their softmax is its beliefs.
//!
//! Every loss here is a cross-entropy, so its slope by a logit is the belief minus the target.

use super::{
    exponential::{exponentials, shares},
    rectifier::larger,
};

/// σ(z).
pub fn sigmoid(logit: f32) -> f32 {
    belief(logit, libm::expf(-logit.abs()))
}

/// e^−|z| of every logit: beliefs and losses are made of it, and neither end overflows.
fn decays(logits: &[f32]) -> Vec<f32> {
    let mut decays: Vec<f32> = logits.iter().map(|logit| -logit.abs()).collect();
    exponentials(&mut decays);
    decays
}

/// σ(z), from e^−|z|.
fn belief(logit: f32, decay: f32) -> f32 {
    let rest = if logit >= 0.0 { 1.0 } else { decay };
    rest / (1.0 + decay)
}

/// The summed cross-entropy of logits against targets of 0 to 1, in nats, each −t·ln p − (1−t)·ln(1−p).
fn cross_entropy(logits: &[f32], targets: &[f32], decays: &[f32]) -> f32 {
    // ln(1 + e^z) − t·z.
    let one =
        |((logit, target), decay): ((&f32, &f32), &f32)| larger(*logit, 0.0) - logit * target + libm::log1pf(*decay);
    logits.iter().zip(targets).zip(decays).map(one).sum()
}

/// The mean cross-entropy of logits against their targets, in nats; 0 of none.
pub fn mean(logits: &[f32], targets: &[f32]) -> f32 {
    cross_entropy(logits, targets, &decays(logits)) / logits.len().max(1) as f32
}

/// The targets of the auxiliary confidence loss (Burns et al. 2023, appendix A.4) for one batch: the weak labels mixed
/// with the student's own hardened answers, (1−α)·weak + α·1[p > t], with t such that half of the batch is *yes*.
/// With α = 0 these are the weak labels.
pub fn confident_targets(logits: &[f32], weak: &[f32], alpha: f32) -> Vec<f32> {
    if alpha == 0.0 {
        return weak.to_vec();
    }
    let threshold = middle(logits);
    let mix = |(logit, weak): (&f32, &f32)| (1.0 - alpha) * weak + alpha * f32::from(u8::from(*logit > threshold));
    logits.iter().zip(weak).map(mix).collect()
}

/// The mean loss of a batch of logits against the weak labels, in nats, and its slope by every logit once the targets
/// are [`confident_targets`].
pub fn descend(logits: &[f32], weak: &[f32], alpha: f32) -> (f32, Vec<f32>) {
    let share = 1.0 / logits.len().max(1) as f32;
    let decays = decays(logits);
    let loss = cross_entropy(logits, weak, &decays) * share;
    let targets = confident_targets(logits, weak, alpha);
    let slope = |((logit, decay), target): ((&f32, &f32), &f32)| (belief(*logit, *decay) - target) * share;
    (loss, logits.iter().zip(&decays).zip(&targets).map(slope).collect())
}

/// The beliefs that belong to some logits: they add up to 1.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, larger);
    let mut beliefs: Vec<f32> = logits.iter().map(|logit| logit - most).collect();
    shares(&mut beliefs);
    beliefs
}

/// The place of the largest number; of equals the first.
pub fn largest(values: &[f32]) -> usize {
    (1..values.len()).fold(0, |best, at| if values[at] > values[best] { at } else { best })
}

/// Cross-entropy of beliefs against a distribution, in nats: −Σ t·ln p.
pub fn cross_entropy_of(beliefs: &[f32], target: &[f32]) -> f32 {
    let parts = beliefs.iter().zip(target).filter(|(_, target)| **target > 0.0);
    parts.map(|(belief, target)| -target * libm::logf(belief.max(1e-30))).sum()
}

/// The loss of a choice among several against the weak label, in nats, and its slope by every logit once the target is
/// that of the auxiliary confidence loss for many classes: (1−α)·weak + α·(1 for the largest logit).
pub fn descend_choice(logits: &[f32], weak: &[f32], alpha: f32) -> (f32, Vec<f32>) {
    let mut slopes = softmax(logits);
    let loss = cross_entropy_of(&slopes, weak);
    for (slope, weak) in slopes.iter_mut().zip(weak) {
        *slope -= (1.0 - alpha) * weak;
    }
    if let Some(own) = slopes.get_mut(largest(logits)) {
        *own -= alpha;
    }
    (loss, slopes)
}

/// The middle of some numbers: half of them are larger, as far as they differ.
fn middle(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let upper = sorted.len() / 2;
    match (upper.checked_sub(1).and_then(|lower| sorted.get(lower)), sorted.get(upper)) {
        (Some(lower), Some(upper)) => f32::midpoint(*lower, *upper),
        (_, only) => only.copied().unwrap_or(0.0),
    }
}

/// The weight α of the student's own answers after `step` of `steps`: rises in a line over the first fifth of the
/// training, then stays.
pub fn alpha(step: u32, steps: u32, most: f32) -> f32 {
    most * (step as f32 / (0.2 * steps as f32).max(1.0)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f32, b: f32) {
        assert!((a - b).abs() < 1e-5, "{a} and {b}");
    }

    #[test]
    fn cross_entropy_as_worked_by_hand() {
        near(sigmoid(0.0), 0.5);
        near(sigmoid(1.0), 0.731_059);
        near(sigmoid(-1.0), 0.268_941);
        near(mean(&[0.0], &[1.0]), std::f32::consts::LN_2);
        // p = 0.731059: −0.25 ln 0.731059 − 0.75 ln 0.268941 = 0.078315 + 0.984946.
        near(mean(&[1.0], &[0.25]), 1.063_262);
        near(mean(&[200.0, -200.0], &[0.0, 0.0]), 100.0);
    }

    #[test]
    fn the_confident_target_is_half_yes_whatever_the_student_thinks() {
        // All four lean to yes; the two surer ones are hardened to 1.
        let (logits, weak) = ([0.5, 3.0, 0.1, 2.0], [1.0, 0.0, 0.25, 0.5]);
        let targets = confident_targets(&logits, &weak, 0.75);
        for (target, by_hand) in targets.iter().zip([0.25, 0.75, 0.0625, 0.875]) {
            near(*target, by_hand);
        }
        assert_eq!(confident_targets(&logits, &weak, 0.0), weak);
        assert_eq!(confident_targets(&[], &[], 0.5), Vec::<f32>::new());
        assert_eq!(confident_targets(&[1.0, 2.0, 3.0], &[0.0; 3], 1.0), [0.0, 1.0, 1.0]);
    }

    #[test]
    fn a_choice_among_three_as_worked_by_hand() {
        // Logits ln 1, ln 2, ln 5: beliefs 1/8, 2/8, 5/8.
        let logits = [0.0, std::f32::consts::LN_2, 1.609_438];
        let (loss, slopes) = descend_choice(&logits, &[0.5, 0.5, 0.0], 0.0);
        // −½ ln ⅛ − ½ ln ¼ = 1.039721 + 0.693147.
        near(loss, 1.732_868);
        slopes.iter().zip([-0.375, -0.25, 0.625]).for_each(|(slope, by_hand)| near(*slope, by_hand));
        // With α = ½ half of the target is the third, which is the largest.
        let (same, slopes) = descend_choice(&logits, &[0.5, 0.5, 0.0], 0.5);
        near(same, loss);
        slopes.iter().zip([-0.125, 0.0, 0.125]).for_each(|(slope, by_hand)| near(*slope, by_hand));
        assert_eq!((largest(&[1.0, 3.0, 3.0]), largest(&[])), (1, 0));
    }

    #[test]
    fn alpha_rises_over_a_fifth_of_the_training() {
        near(alpha(0, 100, 0.75), 0.0);
        near(alpha(10, 100, 0.75), 0.375);
        near(alpha(20, 100, 0.75), 0.75);
        near(alpha(99, 100, 0.75), 0.75);
        near(alpha(0, 0, 0.5), 0.0);
    }
}
