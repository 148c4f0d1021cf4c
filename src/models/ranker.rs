//! Reward modelling: a network gives each of two answers a score, and the belief that the second is better is
//! σ(score of the second − score of the first) (Bradley and Terry 1952; Burns and others 2023, section 4.1).

use super::{
    fit::{Answer, Network},
    head::{self, Matrix, Standards},
    losses,
    mlp::{Layer, Mlp},
};

/// See the module's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranker(pub Mlp);

/// The first and the second answer of every question, a row each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairs {
    /// The first answers.
    pub first: Matrix,
    /// The second answers.
    pub second: Matrix,
}

impl Ranker {
    /// The log-odds that the second answer is better, for every pair.
    fn odds(&self, seen: &Pairs) -> Vec<f32> {
        let [first, second] = [&seen.first, &seen.second].map(|answers| head::outputs(self.0.layers(), answers));
        first.iter().zip(second).map(|(first, second)| second - first).collect()
    }

    fn beliefs(&self, seen: &Pairs) -> Vec<f32> {
        self.odds(seen).into_iter().map(losses::sigmoid).collect()
    }
}

impl Network for Ranker {
    type Seen = Pairs;
    type Standards = Standards;
    /// How likely it is that the second answer is better, 0 to 1.
    type Label = f32;

    fn layers(&self) -> &[Layer] {
        self.0.layers()
    }

    fn layers_mut(&mut self) -> &mut [Layer] {
        self.0.layers_mut()
    }

    fn count(seen: &Pairs) -> usize {
        seen.first.rows()
    }

    fn standards(seen: &Pairs) -> Standards {
        let rows = |matrix: &Matrix| (0..matrix.rows()).map(|row| matrix.row(row).to_vec()).collect::<Vec<_>>();
        Matrix::of_rows(rows(&seen.first).into_iter().chain(rows(&seen.second))).standards()
    }

    fn scaled(standards: &Standards, seen: &Pairs) -> Pairs {
        Pairs { first: standards.apply(&seen.first), second: standards.apply(&seen.second) }
    }

    fn descend(&self, seen: &Pairs, labels: &[f32], batch: &[usize], alpha: f32, gradient: &mut [Layer]) -> f32 {
        let mut rows = Vec::with_capacity(2 * batch.len() * seen.first.columns());
        for row in batch {
            rows.extend_from_slice(seen.first.row(*row));
            rows.extend_from_slice(seen.second.row(*row));
        }
        let values = head::forward(self.0.layers(), rows);
        let odds: Vec<f32> =
            values[self.0.layers().len()].chunks_exact(2).map(|scores| scores[1] - scores[0]).collect();
        let weak: Vec<f32> = batch.iter().map(|row| labels[*row]).collect();
        let (loss, slopes) = losses::descend(&odds, &weak, alpha);
        head::backward(self.0.layers(), &values, slopes.iter().flat_map(|slope| [-slope, *slope]).collect(), gradient);
        loss
    }

    fn mean_loss(&self, seen: &Pairs, labels: &[f32]) -> f32 {
        losses::mean(&self.odds(seen), labels)
    }

    fn answers(&self, seen: &Pairs) -> Vec<Answer> {
        head::answers(&self.beliefs(seen))
    }

    fn labels(&self, seen: &Pairs, hard: bool) -> Vec<f32> {
        head::hardened(self.beliefs(seen), hard)
    }

    fn truth(_: &Pairs, right: &[Vec<u8>]) -> Vec<f32> {
        head::truth(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranker(weights: [f32; 2]) -> Ranker {
        Ranker(
            Mlp::new(vec![Layer { weight: weights.to_vec(), ..Layer::zeros(2, 1) }])
                .unwrap_or_else(|_| Mlp::zeros(&[2, 1])),
        )
    }

    fn pairs() -> Pairs {
        Pairs {
            first: Matrix::of_rows([vec![1.0, 0.0], vec![0.5, 0.5]]),
            second: Matrix::of_rows([vec![0.0, 2.0], vec![1.0, 1.0]]),
        }
    }

    #[test]
    fn beliefs_and_loss_as_by_hand() {
        // Scores 1 and 1, then 0.75 and 1.5: odds 0 and 0.75.
        let (ranker, pairs) = (ranker([1.0, 0.5]), pairs());
        let beliefs = ranker.beliefs(&pairs);
        assert!((beliefs[0] - 0.5).abs() < 1e-6 && (beliefs[1] - 0.679_179).abs() < 1e-5, "{beliefs:?}");
        // The mean of −ln 0.5 = 0.693147 and −ln 0.679179 = 0.386871.
        assert!((ranker.mean_loss(&pairs, &[1.0, 1.0]) - 0.540_009).abs() < 1e-5);
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss_and_the_bias_has_none() {
        let (labels, pairs) = ([0.25, 1.0], pairs());
        let mut gradient = vec![Layer::zeros(2, 1)];
        ranker([0.3, -0.2]).descend(&pairs, &labels, &[0, 1], 0.0, &mut gradient);
        for (weight, moved) in [(0, [[0.31, -0.2], [0.29, -0.2]]), (1, [[0.3, -0.19], [0.3, -0.21]])] {
            let [up, down] = moved.map(|weights| ranker(weights).mean_loss(&pairs, &labels));
            assert!(((up - down) / 0.02 - gradient[0].weight[weight]).abs() < 1e-3);
        }
        assert!(gradient[0].bias[0].abs() < 1e-7);
    }
}
