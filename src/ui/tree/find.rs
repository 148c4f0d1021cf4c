//! Which nodes a text is found in.

use super::{Forest, shape::Shape};

/// The nodes, from top to bottom, whose texts hold this one; letters may be large or small. None for an empty text.
pub fn hits(forest: &dyn Forest, shape: &Shape, wanted: &str) -> Vec<u32> {
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let holds = |id: &u32| forest.texts(*id).iter().any(|text| contains(text, &wanted));
    shape.order().iter().copied().filter(holds).collect()
}

/// `wanted` is in small letters, and not empty. Only where it is more than ASCII does a search need a copy of the text.
fn contains(text: &str, wanted: &str) -> bool {
    if !wanted.is_ascii() {
        return !text.is_ascii() && text.to_lowercase().contains(wanted);
    }
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let (small, large) = (wanted[0], wanted[0].to_ascii_uppercase());
    let starts = text.iter().enumerate().filter(|(_, byte)| **byte == small || **byte == large);
    let fits = |at: usize| text.get(at..at + wanted.len()).is_some_and(|part| part.eq_ignore_ascii_case(wanted));
    starts.into_iter().any(|(at, _)| fits(at))
}

/// The hit after the row of `from` (before it, where not `forward`), going round.
pub fn next(hits: &[u32], shape: &Shape, from: u32, forward: bool) -> Option<u32> {
    let here = shape.rank(from);
    let rank = |id: &&u32| shape.rank(**id);
    if forward {
        hits.iter().find(|hit| rank(hit) > here).or(hits.first()).copied()
    } else {
        hits.iter().rev().find(|hit| rank(hit) < here).or(hits.last()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Row, shape::tests::small};
    use super::*;

    struct Named([&'static str; 6]);
    impl Forest for Named {
        fn count(&self) -> u32 {
            6
        }
        fn parent(&self, _: u32) -> Option<u32> {
            None
        }
        fn row(&self, _: u32) -> Row {
            Row::default()
        }
        fn texts(&self, id: u32) -> [&str; 2] {
            [self.0[id as usize], "answer"]
        }
        fn json(&self, _: u32) -> serde_json::Value {
            serde_json::Value::Null
        }
    }

    #[test]
    fn hits_come_from_top_to_bottom_in_any_case_and_script() {
        let (named, shape) = (Named(["Œuvre", "two", "", "ŒUVRE x", "TWO", "été"]), small());
        assert_eq!(hits(&named, &shape, "œuvre"), [0, 3]);
        assert_eq!(hits(&named, &shape, " two "), [1, 4]);
        assert_eq!(hits(&named, &shape, "ANSWER").len(), 6);
        assert_eq!(hits(&named, &shape, "  "), [0_u32; 0]);
        assert_eq!(hits(&named, &shape, "É"), [5]);
    }

    #[test]
    fn next_and_previous_go_round() {
        let shape = small();
        // From top to bottom: 0, 1, 3, 4, 2, 5.
        let hits = [1, 4, 5];
        assert_eq!(next(&hits, &shape, 0, true), Some(1));
        assert_eq!(next(&hits, &shape, 4, true), Some(5));
        assert_eq!(next(&hits, &shape, 5, true), Some(1));
        assert_eq!(next(&hits, &shape, 1, false), Some(5));
        assert_eq!(next(&hits, &shape, 2, false), Some(4));
        assert_eq!(next(&[], &shape, 2, true), None);
    }
}
