//! Who is whose child, in a list of nodes that name the node above them.

/// The children of every node, in time and room proportional to the nodes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Children {
    parent: Vec<Option<u32>>,
    /// Children of node `i`: `kids[start[i]..start[i + 1]]`; the roots stand at the place after the last node.
    start: Vec<u32>,
    kids: Vec<u32>,
}

impl Children {
    /// Of nodes that name the node above them, in order. A node that names no earlier one counts as a root.
    pub fn of(parents: impl Iterator<Item = Option<u32>>) -> Self {
        let parent: Vec<Option<u32>> =
            (0..).zip(parents).map(|(id, above): (u32, _)| above.filter(|above| *above < id)).collect();
        let place = |above: Option<u32>| above.map_or(parent.len(), |above| above as usize);
        let mut start = vec![0_u32; parent.len() + 2];
        for above in &parent {
            start[place(*above) + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let (mut next, mut kids) = (start.clone(), vec![0; parent.len()]);
        for (id, above) in (0..).zip(&parent) {
            let slot = &mut next[place(*above)];
            kids[*slot as usize] = id;
            *slot += 1;
        }
        Self { parent, start, kids }
    }

    /// How many nodes.
    pub fn len(&self) -> usize {
        self.parent.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parent.is_empty()
    }

    /// The node above.
    pub fn parent(&self, id: u32) -> Option<u32> {
        self.parent.get(id as usize).copied().flatten()
    }

    /// The nodes without one, in order.
    pub fn roots(&self) -> &[u32] {
        self.kids_at(self.len())
    }

    /// The nodes right below one, in order.
    pub fn children(&self, id: u32) -> &[u32] {
        if (id as usize) < self.len() { self.kids_at(id as usize) } else { &[] }
    }

    /// The node and all above it, from the root down; nothing where there is no such node.
    pub fn path(&self, id: u32) -> Vec<u32> {
        let first = Some(id).filter(|id| (*id as usize) < self.len());
        let mut path: Vec<u32> = std::iter::successors(first, |id| self.parent(*id)).collect();
        path.reverse();
        path
    }

    fn kids_at(&self, place: usize) -> &[u32] {
        match (self.start.get(place), self.start.get(place + 1)) {
            (Some(from), Some(to)) => &self.kids[*from as usize..*to as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn children_stand_in_order_and_paths_begin_at_the_root() {
        // 0 ─ 1 ─ 2, 3; 0 ─ 4 ─ 5.
        let of = Children::of([None, Some(0), Some(1), Some(1), Some(0), Some(4)].into_iter());
        assert_eq!(
            (of.roots(), of.children(0), of.children(1), of.children(5)),
            (&[0][..], &[1, 4][..], &[2, 3][..], &[][..])
        );
        assert_eq!((of.path(5), of.path(99), of.children(99).len()), (vec![0, 4, 5], Vec::new(), 0));
    }

    #[test]
    fn who_names_a_later_node_is_a_root() {
        let of = Children::of([Some(1), Some(1), Some(7)].into_iter());
        assert_eq!((of.roots(), of.path(1)), (&[0, 1, 2][..], vec![1]));
        assert!(Children::of(std::iter::empty()).roots().is_empty() && Children::default().is_empty());
    }

    proptest! {
        #[test]
        fn every_node_is_the_child_of_its_parent(parents in prop::collection::vec(any::<u32>(), 0..200)) {
            let parents: Vec<_> = (0..).zip(parents).map(|(id, p): (u32, u32)| (id > 0).then(|| p % id)).collect();
            let of = Children::of(parents.iter().copied());
            for (id, parent) in (0..).zip(&parents) {
                prop_assert!(parent.map_or(of.roots(), |parent| of.children(parent)).contains(&id));
            }
            prop_assert_eq!(of.roots().len() + (0..of.len() as u32).map(|id| of.children(id).len()).sum::<usize>(), of.len());
        }
    }
}
