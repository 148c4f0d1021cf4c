//! Labels at line ends that do not overlap.

/// Moves labels that want to sit at the heights `wanted` at least `gap` apart and inside `top..=bottom`, as little
/// as possible. The answer is in the order of `wanted`. Where they cannot all fit, they are spread evenly.
pub fn spread(wanted: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let n = wanted.len();
    let gap = if n > 1 { gap.min((bottom - top) / (n - 1) as f64) } else { gap };
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Labels that touch form a group, which sits where its members are best served on average.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for label in &order {
        let mut group = (wanted[*label], 1);
        while let Some((middle, size)) = groups.last().copied() {
            let apart = gap * (size + group.1) as f64 / 2.0;
            if group.0 - middle >= apart {
                break;
            }
            let all = (size + group.1) as f64;
            group = ((middle * size as f64 + group.0 * group.1 as f64) / all, size + group.1);
            groups.pop();
        }
        groups.push(group);
    }
    let mut sorted: Vec<f64> = groups
        .into_iter()
        .flat_map(|(middle, size)| (0..size).map(move |i| middle + gap * (i as f64 - (size - 1) as f64 / 2.0)))
        .collect();
    // Then the ends push back into the plot.
    let mut floor = top;
    for y in &mut sorted {
        *y = y.max(floor);
        floor = *y + gap;
    }
    let mut ceiling = bottom;
    for y in sorted.iter_mut().rev() {
        *y = y.min(ceiling);
        ceiling = *y - gap;
    }
    let mut placed = vec![0.0; n];
    for (label, y) in order.into_iter().zip(sorted) {
        placed[label] = y;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[80.0, 20.0], 15.0, 0.0, 100.0), [80.0, 20.0]);
        assert!(spread(&[], 15.0, 0.0, 100.0).is_empty());
    }

    #[test]
    fn two_that_meet_part_evenly() {
        assert_eq!(spread(&[50.0, 50.0], 16.0, 0.0, 100.0), [42.0, 58.0]);
        assert_eq!(spread(&[99.0, 100.0], 16.0, 0.0, 100.0), [84.0, 100.0]);
    }

    proptest! {
        #[test]
        fn labels_are_apart_and_inside(wanted in prop::collection::vec(-50.0_f64..250.0, 1..12)) {
            let placed = spread(&wanted, 16.0, 0.0, 200.0);
            let mut sorted = placed.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert!(sorted.iter().all(|y| (-1e-9..=200.0 + 1e-9).contains(y)));
            prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 16.0 - 1e-6));
        }
    }
}
