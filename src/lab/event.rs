//! Events, and the fingerprint over them that lets two runs be compared without sending either.

use super::messages::pack;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::fmt;

/// One step of a run. Its serialised bytes are what the fingerprint covers.
pub trait Event: Serialize + DeserializeOwned + Clone + 'static {}

impl<T: Serialize + DeserializeOwned + Clone + 'static> Event for T {}

/// Marks kept along the way: enough to say where two runs part, few enough for a link.
const MAX_MARKS: usize = 16;

/// A hash over a run's events, with marks along the way.
///
/// Written `6-0a1b2c3d4e5f-00112233…`: events, total, one byte for each mark. With at most 16 events there is a
/// mark for each, so that a difference is found exactly; with more, to within a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    events: u32,
    total: [u8; 6],
    marks: Vec<u8>,
}

/// How a run compares with the fingerprint that a link carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// Every event is the same.
    Exact,
    /// The runs part at an event in `from..=to` (counted from 1).
    Differs { from: u32, to: u32 },
}

/// Computes a fingerprint while events come in.
#[derive(Debug, Clone, Default)]
pub struct Hasher {
    chain: [u8; 32],
    /// Links of the chain kept so far, every `stride`-th.
    kept: Vec<u8>,
    stride_log2: u32,
    events: u32,
}

impl Hasher {
    /// Takes the next event in.
    pub fn push<E: Event>(&mut self, event: &E) {
        self.chain = Sha256::new().chain_update(self.chain).chain_update(pack(event)).finalize().into();
        self.events += 1;
        if self.events.is_multiple_of(1 << self.stride_log2) {
            self.kept.push(self.chain[0]);
        }
        if self.kept.len() > MAX_MARKS {
            // Every second mark is dropped, and from here on half as many are taken.
            self.kept = self.kept.iter().skip(1).step_by(2).copied().collect();
            self.stride_log2 += 1;
        }
    }

    /// The fingerprint of the events so far.
    pub fn finish(&self) -> Fingerprint {
        let mut total = [0; 6];
        total.copy_from_slice(&self.chain[..6]);
        Fingerprint { events: self.events, total, marks: self.kept.clone() }
    }
}

impl Fingerprint {
    /// Compares `self` (what a link promised) with what ran here.
    pub fn compare(&self, here: &Fingerprint) -> Sameness {
        if self == here {
            return Sameness::Exact;
        }
        let stride = |print: &Fingerprint| {
            let mut stride = 1_u32;
            while print.events / stride > MAX_MARKS as u32 {
                stride *= 2;
            }
            stride
        };
        let (a, b) = (stride(self), stride(here));
        let step = a.max(b);
        let mark = |print: &Fingerprint, own: u32, at: u32| print.marks.get((at / own) as usize - 1).copied();
        let (mut from, shorter) = (1, self.events.min(here.events));
        let mut at = step;
        while at <= shorter {
            if mark(self, a, at) != mark(here, b, at) {
                return Sameness::Differs { from, to: at };
            }
            from = at + 1;
            at += step;
        }
        Sameness::Differs { from, to: self.events.max(here.events).max(from) }
    }

    /// The fingerprint of these events.
    pub fn of<E: Event>(events: &[E]) -> Self {
        let mut hasher = Hasher::default();
        for event in events {
            hasher.push(event);
        }
        hasher.finish()
    }

    /// Reads the written form; `None` where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let events = parts.next()?.parse().ok()?;
        let total = unhex(parts.next()?)?.try_into().ok()?;
        let marks = unhex(parts.next().unwrap_or(""))?;
        (parts.next().is_none() && marks.len() <= MAX_MARKS).then_some(Self { events, total, marks })
    }

    /// The first characters of the total, to show to people.
    pub fn short(&self) -> String {
        hex(&self.total[..4])
    }

    /// How many events it covers.
    pub fn events(&self) -> u32 {
        self.events
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.events, hex(&self.total), hex(&self.marks))
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(events: &[u32]) -> Fingerprint {
        Fingerprint::of(events)
    }

    #[test]
    fn the_written_form_comes_back() {
        for n in [0, 1, 6, 16, 17, 1000] {
            let original = print(&(0..n).collect::<Vec<_>>());
            assert_eq!(Fingerprint::parse(&original.to_string()), Some(original));
        }
    }

    #[test]
    fn junk_is_not_a_fingerprint() {
        for junk in ["", "-", "6", "6-zz", "6-0a1b2c3d4e5f-1", "6-0a1b2c3d4e5f-é", "x-0a1b2c3d4e5f-", "1-2-3-4"] {
            assert_eq!(Fingerprint::parse(junk), None, "{junk}");
        }
    }

    #[test]
    fn a_short_run_says_exactly_where_it_differs() {
        let original = print(&[1, 2, 3, 4, 5, 6]);
        assert_eq!(original.compare(&print(&[1, 2, 3, 4, 5, 6])), Sameness::Exact);
        assert_eq!(original.compare(&print(&[1, 2, 9, 4, 5, 6])), Sameness::Differs { from: 3, to: 3 });
        assert_eq!(original.compare(&print(&[1, 2, 3])), Sameness::Differs { from: 4, to: 6 });
    }

    #[test]
    fn a_long_run_says_in_which_stretch() {
        let original: Vec<u32> = (0..1000).collect();
        let mut other = original.clone();
        other[700] = 0;
        let Sameness::Differs { from, to } = print(&original).compare(&print(&other)) else { panic!("not told apart") };
        assert!(from <= 701 && 701 <= to && to - from <= 64, "{from}..{to}");
    }

    #[test]
    fn a_fingerprint_that_claims_more_than_it_holds_is_survived() {
        let forged = Fingerprint::parse("4000000000-0a1b2c3d4e5f-");
        let compared = forged.map(|forged| forged.compare(&print(&[1, 2])));
        assert!(matches!(compared, Some(Sameness::Differs { .. })));
    }
}
