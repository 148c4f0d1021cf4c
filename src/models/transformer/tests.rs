#![allow(clippy::unwrap_used)]
use super::*;

const SHAPE: Shape = Shape { tokens: 3, facts: 6, questions: 5, answers: 3 };

/// Two contexts of three tokens, with two questions each.
fn batch() -> (Asked, Vec<Target>) {
    let mut asked = Asked::default();
    for facts in [[1, 2, 0], [2, 1, 0]] {
        (0..3).for_each(|at| asked.facts.push([at, 3 + facts[at as usize]]));
    }
    for question in [[0, 2], [1, 3], [1, 4], [0, 3]] {
        asked.questions.push(question);
    }
    let target = |row| Target { row, from: 0, answers: 3, answer: row % 3, weight: 0.25 };
    (asked, (0..4).map(target).collect())
}

fn loss_of(network: &Transformer, asked: &Asked, targets: &[Target]) -> f32 {
    descend(&network.logits(asked), targets, 3).0
}

#[test]
fn the_gradient_is_the_slope_of_the_loss() {
    let (asked, targets) = batch();
    let mut learner = Learner::new(Transformer::initial(3, "test", SHAPE));
    learner.slopes(&asked, &targets);
    // Every layer, the two embeddings and the answers among them; a bias of keys has no slope, as it moves all alike.
    for layer in 0..learner.network.layers.len() {
        let largest = |layer: &Layer| {
            (0..layer.weight.len()).max_by(|a, b| layer.weight[*a].abs().total_cmp(&layer.weight[*b].abs())).unwrap()
        };
        let weight = largest(&learner.descent.gradient[layer]);
        let at = |shift: f32| {
            let mut moved = learner.network.clone();
            moved.layers[layer].weight[weight] += shift;
            loss_of(&moved, &asked, &targets)
        };
        let (slope, found) = ((at(4e-3) - at(-4e-3)) / 8e-3, learner.descent.gradient[layer].weight[weight]);
        assert!(
            (slope - found).abs() < 0.03 * found.abs() + 2e-4,
            "layer {layer}, weight {weight}: {slope} by differences, {found} on the way back"
        );
    }
    for layer in [0, 1, 2, 5, 6, 7, 20, 31, 32] {
        let at = |shift: f32| {
            let mut moved = learner.network.clone();
            moved.layers[layer].bias[1] += shift;
            loss_of(&moved, &asked, &targets)
        };
        let (slope, found) = ((at(4e-3) - at(-4e-3)) / 8e-3, learner.descent.gradient[layer].bias[1]);
        assert!((slope - found).abs() < 0.06 * found.abs() + 5e-4, "layer {layer}: {slope} and {found}");
    }
}

#[test]
fn it_learns_what_it_is_told_and_the_average_follows() {
    let (asked, targets) = batch();
    let mut learner = Learner::new(Transformer::initial(3, "test", SHAPE));
    let losses: Vec<f32> = (0..60).map(|_| learner.step(&asked, &targets, 3e-3, 5.0)).collect();
    assert!(losses[0] > 0.5 && losses[59] < 0.02, "{losses:?}");
    assert!(loss_of(&learner.average, &asked, &targets) < 0.05);
}

#[test]
fn a_question_does_not_see_other_questions_or_other_facts() {
    let (asked, _) = batch();
    let network = Transformer::initial(5, "test", SHAPE);
    let all = network.logits(&asked);
    for context in 0..2 {
        for question in 0..2 {
            let alone = Asked {
                facts: asked.facts.part(context * 3..context * 3 + 3),
                questions: asked.questions.part(context * 2 + question..context * 2 + question + 1),
            };
            assert_eq!(network.logits(&alone), all[(context * 2 + question) * 3..][..3]);
        }
    }
}

#[test]
fn it_comes_back_from_its_file_within_rounding() {
    let (asked, _) = batch();
    let network = Transformer::initial(7, "test", SHAPE);
    let back = Transformer::from_file(&network.to_file().unwrap(), SHAPE).unwrap();
    for (was, is) in network.logits(&asked).iter().zip(back.logits(&asked)) {
        assert!((was - is).abs() < 0.05, "{was} became {is}");
    }
    let other = Shape { answers: 4, ..SHAPE };
    assert!(Transformer::from_file(&network.to_file().unwrap(), other).unwrap_err().contains("do not fit"));
}

/// Burn adds up in another order, and steps of Adam enlarge that.
#[test]
fn where_burn_computes_the_slopes_and_a_training_are_nearly_the_same() {
    let (asked, targets) = batch();
    let network = Transformer::initial(3, "test", SHAPE);
    let (mut plain, device) = (Learner::new(network.clone()), burn::tensor::Device::flex());
    let mut other = on_device::Learner::new(&network, &device);
    assert_eq!(other.parameters(), network.parameters());
    let (loss, slopes) = other.slopes(&asked, &targets);
    let found = pollster::block_on(crate::models::device::numbers(slopes)).unwrap();
    let (plain_loss, gradient) = plain.slopes(&asked, &targets);
    assert!((loss.into_scalar::<f32>() - plain_loss).abs() < 1e-5);
    let own: Vec<f32> = gradient.iter().flat_map(|layer| [layer.weight.clone(), layer.bias.clone()].concat()).collect();
    assert_eq!(found.len(), own.len());
    for (at, (found, own)) in found.iter().zip(&own).enumerate() {
        assert!((found - own).abs() < 1e-5 + 1e-4 * own.abs(), "{at}: {found} and {own}");
    }
    for step in 0..10 {
        let losses = [
            plain.step(&asked, &targets, 3e-3, 5.0),
            pollster::block_on(other.step(&asked, &targets, 3e-3, 5.0)).unwrap(),
        ];
        assert!((losses[0] - losses[1]).abs() < 0.01, "{step}: {losses:?}");
    }
    let logits = pollster::block_on(other.logits(&asked)).unwrap();
    for (found, own) in logits.iter().zip(plain.average.logits(&asked)) {
        assert!((found - own).abs() < 0.05, "{found} and {own}");
    }
}
