//! Remembers the judge's answers by the set of pixels shown.
//!
//! A table with one place for each key: whoever comes later takes it over. It never answers wrongly, because the
//! whole key is kept, and it is never iterated, so that nothing depends on where things lie.

use super::event::Logits;

/// Places to begin with, as a power of two.
const FIRST_BITS: u32 = 10;
/// Places at most: 2^17 of 64 bytes are 8 MB.
const MOST_BITS: u32 = 17;
/// No set has this key: its count of pixels would be 15.
const EMPTY: u128 = u128::MAX;

/// Logits by key.
#[derive(Debug, Clone)]
pub struct Cache {
    places: Vec<(u128, Logits)>,
    bits: u32,
    filled: usize,
}

impl Default for Cache {
    fn default() -> Self {
        Self { places: vec![(EMPTY, [0.0; 10]); 1 << FIRST_BITS], bits: FIRST_BITS, filled: 0 }
    }
}

impl Cache {
    /// What was kept for this key, if it is still there.
    pub fn get(&self, key: u128) -> Option<&Logits> {
        let (kept, logits) = &self.places[self.place(key)];
        (*kept == key).then_some(logits)
    }

    /// Keeps the logits of a key.
    pub fn put(&mut self, key: u128, logits: Logits) {
        if self.filled * 2 > self.places.len() && self.bits < MOST_BITS {
            self.grow();
        }
        let place = self.place(key);
        self.filled += usize::from(self.places[place].0 == EMPTY);
        self.places[place] = (key, logits);
    }

    fn grow(&mut self) {
        self.bits = (self.bits + 2).min(MOST_BITS);
        let old = std::mem::replace(&mut self.places, vec![(EMPTY, [0.0; 10]); 1 << self.bits]);
        self.filled = 0;
        for (key, logits) in old.into_iter().filter(|(key, _)| *key != EMPTY) {
            let place = self.place(key);
            self.filled += usize::from(self.places[place].0 == EMPTY);
            self.places[place] = (key, logits);
        }
    }

    /// Multiplicative hashing (Knuth): the odd constants spread the low bits over the high ones that are used.
    fn place(&self, key: u128) -> usize {
        let (low, high) = (key as u64, (key >> 64) as u64);
        let mixed = (low ^ high.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        ((mixed ^ (mixed >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - self.bits)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_what_was_put() {
        let mut cache = Cache::default();
        let logits = |key: u128| [key as f32; 10];
        let keys = || (0..300_000_u128).map(|n| (n * n) << 40 | n);
        let mut found = 0;
        for key in keys() {
            cache.put(key, logits(key));
            assert_eq!(cache.get(key), Some(&logits(key)));
        }
        for key in keys() {
            if let Some(kept) = cache.get(key) {
                assert_eq!(kept.map(f32::to_bits), logits(key).map(f32::to_bits));
                found += 1;
            }
        }
        assert_eq!(cache.places.len(), 1 << MOST_BITS);
        assert!(found > 100_000, "only {found} of 131072 places hold something");
        assert_eq!(cache.get(1 << 50), None);
    }
}
