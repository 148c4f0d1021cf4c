//! A run in independent parts, so that several workers can share it: the run's events are those of its parts, one part
//! after the other, whoever computes them and whenever they are done.

use std::{collections::BTreeMap, ops::Range};

/// How a run falls into parts. A lab says it of a scenario; each part must need nothing of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// What is counted, in all.
    units: u64,
    /// How many of these belong together, at least 1; the last part may have fewer.
    each: u64,
    /// What is counted, in words; empty where the run counts for itself.
    what: &'static str,
}

impl Parts {
    /// A run that cannot be divided.
    pub const WHOLE: Self = Self { units: 1, each: 1, what: "" };

    /// Parts of `each` of some units, which `what` names; one part where there are no units.
    pub fn of(units: u64, each: u64, what: &'static str) -> Self {
        Self { units: units.max(1), each: each.max(1), what }
    }

    /// How many parts.
    pub fn count(&self) -> u32 {
        self.units.div_ceil(self.each) as u32
    }

    /// All of them.
    pub fn all(&self) -> Range<u32> {
        0..self.count()
    }

    /// The units of some parts.
    pub fn units(&self, parts: Range<u32>) -> Range<u64> {
        let at = |part| (u64::from(part) * self.each).min(self.units);
        at(parts.start)..at(parts.end)
    }

    /// How far a run is after so many units: these, of how many, and their name; `None` where the run counts for itself.
    pub fn progress(&self, done: u64) -> Option<(u64, u64, &'static str)> {
        (!self.what.is_empty()).then_some((done, self.units, self.what))
    }
}

/// Deals out the parts of a run and puts their events in order.
#[derive(Debug)]
pub struct Schedule<E> {
    parts: Parts,
    /// The next part to deal out.
    next: u32,
    /// The part whose events go out as they come; those before it are done.
    open: u32,
    /// Events of later parts, and whether the part is done.
    kept: BTreeMap<u32, (Vec<E>, bool)>,
    /// Units that are done: in all parts that are over, and in each that is not.
    done: u64,
    within: BTreeMap<u32, u64>,
}

impl<E> Schedule<E> {
    /// Nothing is dealt out yet.
    pub fn new(parts: Parts) -> Self {
        Self { parts, next: 0, open: 0, kept: BTreeMap::new(), done: 0, within: BTreeMap::new() }
    }

    /// A part for whoever has nothing to do.
    pub fn deal(&mut self) -> Option<u32> {
        (self.next < self.parts.count()).then(|| {
            self.next += 1;
            self.next - 1
        })
    }

    /// Takes events of a part; returns those whose turn it is.
    pub fn take(&mut self, part: u32, events: Vec<E>) -> Vec<E> {
        if part == self.open {
            return events;
        }
        self.kept.entry(part).or_default().0.extend(events);
        Vec::new()
    }

    /// A part is done; returns the events whose turn comes with that.
    pub fn end(&mut self, part: u32) -> Vec<E> {
        self.kept.entry(part).or_default().1 = true;
        self.done += self.parts.units(part..part + 1).count() as u64;
        self.within.remove(&part);
        let mut now = Vec::new();
        while let Some((events, is_done)) = self.kept.get_mut(&self.open) {
            now.append(events);
            if !*is_done {
                break;
            }
            self.kept.remove(&self.open);
            self.open += 1;
        }
        now
    }

    /// Whether every part is done.
    pub fn is_over(&self) -> bool {
        self.open == self.parts.count()
    }

    /// Whoever computes a part has come so far, counted from the first unit of all.
    pub fn reach(&mut self, part: u32, done: u64) {
        let units = self.parts.units(part..part + 1);
        self.within.insert(part, done.clamp(units.start, units.end) - units.start);
    }

    /// See [`Parts::progress`].
    pub fn progress(&self) -> Option<(u64, u64, &'static str)> {
        self.parts.progress(self.done + self.within.values().sum::<u64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_are_divided_without_rest() {
        let parts = Parts::of(25, 10, "pictures");
        assert_eq!((parts.all(), parts.units(0..1), parts.units(1..3)), (0..3, 0..10, 10..25));
        assert_eq!(parts.progress(10), Some((10, 25, "pictures")));
        assert_eq!((Parts::WHOLE.count(), Parts::WHOLE.progress(0)), (1, None));
        assert_eq!(Parts::of(0, 0, "none").count(), 1);
    }

    #[test]
    fn the_first_part_is_live_and_the_second_waits() {
        let mut schedule = Schedule::new(Parts::of(2, 1, "parts"));
        assert_eq!((schedule.deal(), schedule.deal(), schedule.deal()), (Some(0), Some(1), None));
        assert_eq!(schedule.take(1, vec!["b1"]), Vec::<&str>::new());
        assert_eq!(schedule.take(0, vec!["a1"]), ["a1"]);
        assert_eq!(schedule.end(0), ["b1"]);
        assert_eq!(schedule.take(1, vec!["b2"]), ["b2"]);
        assert!(!schedule.is_over());
        assert_eq!(schedule.end(1), Vec::<&str>::new());
        assert!(schedule.is_over());
        assert_eq!(schedule.progress(), Some((2, 2, "parts")));
    }

    #[test]
    fn progress_counts_what_is_done_within_parts() {
        let mut schedule: Schedule<()> = Schedule::new(Parts::of(6, 3, "trainings"));
        let done = |schedule: &Schedule<()>| schedule.progress().map(|(done, ..)| done);
        schedule.reach(0, 2);
        schedule.reach(1, 4);
        assert_eq!(done(&schedule), Some(3));
        schedule.end(1);
        assert_eq!(done(&schedule), Some(5));
        schedule.reach(0, 99);
        assert_eq!(done(&schedule), Some(6));
    }

    proptest! {
        /// Workers that take turns as `turns` says, each of three events a part.
        #[test]
        fn the_order_is_that_of_the_parts_whoever_computes(
            units in 1_u64..20, each in 1_u64..4, workers in 1_usize..5, turns in prop::collection::vec(0_usize..5, 1..60),
        ) {
            let parts = Parts::of(units, each, "units");
            let mut schedule = Schedule::new(parts);
            let mut busy: Vec<Option<(u32, u32)>> = (0..workers).map(|_| schedule.deal().map(|part| (part, 0))).collect();
            let mut seen = Vec::new();
            let mut turns = turns.into_iter().cycle();
            while !schedule.is_over() {
                let at = turns.next().unwrap_or(0);
                // Whoever it is, somebody who has something to do.
                let Some(worker) = (0..workers).map(|n| (n + at) % workers).find(|n| busy[*n].is_some()) else { break };
                if let Some((part, step)) = busy[worker] {
                    if step < 3 {
                        seen.extend(schedule.take(part, vec![(part, step)]));
                        busy[worker] = Some((part, step + 1));
                    } else {
                        seen.extend(schedule.end(part));
                        busy[worker] = schedule.deal().map(|part| (part, 0));
                    }
                }
            }
            let in_order: Vec<_> = (0..parts.count()).flat_map(|part| (0..3).map(move |step| (part, step))).collect();
            prop_assert_eq!(seen, in_order);
            prop_assert_eq!(schedule.progress(), Some((units, units, "units")));
        }
    }
}
