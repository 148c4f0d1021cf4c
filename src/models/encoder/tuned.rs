//! A head on an encoder's features. Below it the encoder is frozen, and its features are what the head sees; or it
//! learns as well, and what both see are pictures.

use super::{Encoder, collect, features, stages};
use crate::models::{
    convolution, dense,
    fit::{Answer, BELOW, Network},
    head::{self, Matrix, Standards},
    losses,
    mlp::{Layer, Mlp},
};

/// See the module's text.
#[derive(Debug, Clone)]
pub struct Tuned {
    /// The encoder's layers, if it learns, and then the head's.
    layers: Vec<Layer>,
    encoder: usize,
    /// How the features of an encoder that learns are brought to the head's scale: as before its training.
    standards: Standards,
}

/// What such a network looks at.
#[derive(Debug, Clone)]
pub enum Sight {
    /// Features, a row each.
    Features(Matrix),
    /// Pictures of 784 brightnesses, a row each.
    Pictures(Matrix),
}

impl Tuned {
    /// A head by itself.
    pub fn head(head: &Mlp) -> Self {
        Self { layers: head.layers().to_vec(), encoder: 0, standards: Standards::default() }
    }

    /// A head and the encoder below it, whose features of `some` pictures say what scale they have.
    pub fn whole(encoder: &Encoder, head: &Mlp, some: &[Vec<f32>]) -> Self {
        let standards = Matrix::of_rows(some.iter().map(|picture| encoder.features(picture))).standards();
        let layers = [encoder.layers(), head.layers()].concat();
        Self { layers, encoder: encoder.layers().len(), standards }
    }

    /// What the head sees of a picture.
    fn scaled(&self, stages: &[Vec<f32>]) -> Vec<f32> {
        self.standards.row(&features(stages, self.layers[self.encoder - 1].outputs))
    }

    /// The log-odds of *yes* for everything seen.
    fn odds(&self, seen: &Sight) -> Vec<f32> {
        let (encoder, head) = self.layers.split_at(self.encoder);
        match seen {
            Sight::Features(rows) => head::outputs(head, rows),
            Sight::Pictures(rows) => {
                let features = (0..rows.rows()).map(|row| self.scaled(&stages(encoder, rows.row(row))));
                head::outputs(head, &Matrix::of_rows(features))
            }
        }
    }

    fn beliefs(&self, seen: &Sight) -> Vec<f32> {
        self.odds(seen).into_iter().map(losses::sigmoid).collect()
    }
}

impl Sight {
    fn rows(&self) -> &Matrix {
        match self {
            Self::Features(rows) | Self::Pictures(rows) => rows,
        }
    }
}

impl Network for Tuned {
    type Seen = Sight;
    /// Pictures are taken as they are.
    type Standards = Option<Standards>;
    type Label = f32;

    fn layers(&self) -> &[Layer] {
        &self.layers
    }

    fn layers_mut(&mut self) -> &mut [Layer] {
        &mut self.layers
    }

    fn pace(&self, layer: usize) -> f32 {
        if layer < self.encoder { BELOW } else { 1.0 }
    }

    fn count(seen: &Sight) -> usize {
        seen.rows().rows()
    }

    fn standards(seen: &Sight) -> Option<Standards> {
        match seen {
            Sight::Features(rows) => Some(rows.standards()),
            Sight::Pictures(_) => None,
        }
    }

    fn scaled(standards: &Option<Standards>, seen: &Sight) -> Sight {
        match (standards, seen) {
            (Some(standards), Sight::Features(rows)) => Sight::Features(standards.apply(rows)),
            _ => seen.clone(),
        }
    }

    fn descend(&self, seen: &Sight, labels: &[f32], batch: &[usize], alpha: f32, gradient: &mut [Layer]) -> f32 {
        let (encoder, head) = self.layers.split_at(self.encoder);
        let (below, above) = gradient.split_at_mut(self.encoder);
        let weak: Vec<f32> = batch.iter().map(|row| labels[*row]).collect();
        let Sight::Pictures(rows) = seen else {
            return head::descend(head, seen.rows().of(batch), &weak, alpha, above).0;
        };
        let stages: Vec<_> = batch.iter().map(|row| stages(encoder, rows.row(*row))).collect();
        let features = stages.iter().flat_map(|stages| self.scaled(stages)).collect();
        let (loss, slopes) = head::descend(head, features, &weak, alpha, above);
        below.iter_mut().for_each(Layer::clear);
        let turned: Vec<_> = encoder.iter().map(convolution::turned).collect();
        let slopes = dense::back(&head[0], &slopes);
        for (stages, slopes) in stages.iter().zip(slopes.chunks_exact(head[0].inputs)) {
            collect(&turned, stages, &self.standards.back(slopes), below);
        }
        loss
    }

    fn mean_loss(&self, seen: &Sight, labels: &[f32]) -> f32 {
        losses::mean(&self.odds(seen), labels)
    }

    fn answers(&self, seen: &Sight) -> Vec<Answer> {
        head::answers(&self.beliefs(seen))
    }

    fn labels(&self, seen: &Sight, hard: bool) -> Vec<f32> {
        head::hardened(self.beliefs(seen), hard)
    }

    fn truth(_: &Sight, right: &[Vec<u8>]) -> Vec<f32> {
        head::truth(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::digits::{Split, builtin};

    fn whole() -> (Tuned, Sight) {
        let pictures: Vec<Vec<f32>> = (0..12).map(|index| builtin(Split::Test, index).brightness()).collect();
        let encoder = Encoder::initial(3, 2);
        let mut head = head::initial(1, "test", encoder.features_len(), &[]);
        head.layers_mut()[0].weight.iter_mut().enumerate().for_each(|(i, weight)| *weight = (i % 5) as f32 / 9.0 - 0.2);
        (Tuned::whole(&encoder, &head, &pictures), Sight::Pictures(Matrix::of_rows(pictures)))
    }

    #[test]
    fn before_its_training_it_answers_as_a_head_on_the_frozen_encoder() {
        let (tuned, seen) = whole();
        let encoder = Encoder::initial(3, 2);
        let features = Matrix::of_rows((0..12).map(|row| encoder.features(seen.rows().row(row))));
        let head = Tuned { layers: tuned.layers[3..].to_vec(), encoder: 0, standards: Standards::default() };
        let frozen = Sight::Features(features.standards().apply(&features));
        assert_eq!(tuned.odds(&seen), head.odds(&frozen));
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let (tuned, seen) = whole();
        let labels: Vec<f32> = (0..12).map(|i| (i % 2) as f32).collect();
        let mut gradient: Vec<Layer> = tuned.layers.iter().map(|l| Layer::zeros(l.inputs, l.outputs)).collect();
        let all: Vec<usize> = (0..12).collect();
        // What it finds is written over what was there.
        gradient[0].weight.fill(7.0);
        let loss = tuned.descend(&seen, &labels, &all, 0.0, &mut gradient);
        assert!((loss - tuned.mean_loss(&seen, &labels)).abs() < 1e-5);
        for (layer, weight) in [(0, 3), (0, 9), (1, 20), (2, 5), (2, 100), (3, 4)] {
            let after = |by: f32| {
                let mut moved = tuned.clone();
                moved.layers[layer].weight[weight] += by;
                moved.mean_loss(&seen, &labels)
            };
            let (slope, found) = ((after(2e-3) - after(-2e-3)) / 4e-3, gradient[layer].weight[weight]);
            assert!((slope - found).abs() < 3e-3, "layer {layer}, weight {weight}: {slope} and {found}");
        }
    }
}
