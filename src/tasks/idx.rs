//! The IDX file format, in which MNIST is published: big-endian sizes, then bytes; gzip or not.
//!
//! Files come from users and from the network, so nothing is believed: no memory is taken for what a header claims,
//! and unpacking stops at [`MAX_BYTES`].

use super::{
    preprocess::{PIXELS, SIDE},
    unpack::unpack,
};

/// More than the largest of the four files unpacked (47,040,016 bytes).
pub const MAX_BYTES: usize = 48_000_000;

const PICTURES: u32 = 0x0000_0803;
const LABELS: u32 = 0x0000_0801;

/// What one file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idx {
    /// Pictures of 28 × 28 bytes, one after the other.
    Pictures(Vec<u8>),
    /// Labels, each 0 to 9.
    Labels(Vec<u8>),
}

/// Reads one file; `name` is used in the error's sentence only.
///
/// # Errors
/// A sentence that says what is wrong with the file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Idx, String> {
    let bytes = unpack(name, bytes, MAX_BYTES, "any file of MNIST")?;
    match word(&bytes, 0) {
        Some(PICTURES) => pictures(name, &bytes).map(Idx::Pictures),
        Some(LABELS) => labels(name, &bytes).map(Idx::Labels),
        Some(magic) => Err(format!(
            "{name} is not one of MNIST's files: it begins with {magic:#010x}, where pictures begin with \
             {PICTURES:#010x} and labels with {LABELS:#010x}."
        )),
        None => Err(format!("{name} is only {} bytes long, too short for a file of MNIST.", bytes.len())),
    }
}

fn pictures(name: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let (Some(count), Some(rows), Some(columns)) = (word(bytes, 4), word(bytes, 8), word(bytes, 12)) else {
        return Err(format!("{name} ends within its header."));
    };
    if (rows, columns) != (SIDE as u32, SIDE as u32) {
        return Err(format!("{name} holds pictures of {rows} × {columns} pixels; MNIST's are 28 × 28."));
    }
    body(name, &bytes[16..], count, PIXELS as u64, "pictures")
}

fn labels(name: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let Some(count) = word(bytes, 4) else {
        return Err(format!("{name} ends within its header."));
    };
    let labels = body(name, &bytes[8..], count, 1, "labels")?;
    match labels.iter().position(|label| *label > 9) {
        Some(at) => Err(format!("{name} has the label {} at place {}; labels are 0 to 9.", labels[at], at + 1)),
        None => Ok(labels),
    }
}

/// What follows the header, where it is just as long as the header says.
fn body(name: &str, bytes: &[u8], count: u32, each: u64, what: &str) -> Result<Vec<u8>, String> {
    let (expected, found) = (u64::from(count) * each, bytes.len() as u64);
    if found < expected {
        let whole = found / each;
        return Err(format!("{name} is cut off: it announces {count} {what} and holds {whole}."));
    }
    if found > expected {
        return Err(format!("{name} has {} bytes too many after its {count} {what}.", found - expected));
    }
    Ok(bytes.to_vec())
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at + 4)?;
    Some(word.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;
    use std::io::Write;

    fn file(words: &[u32], body: &[u8]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).chain(body.iter().copied()).collect()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn pictures_and_labels_are_read_packed_or_not() {
        let body: Vec<u8> = (0..2 * PIXELS).map(|at| at as u8).collect();
        let pictures = file(&[PICTURES, 2, 28, 28], &body);
        assert_eq!(read("p", &pictures), Ok(Idx::Pictures(body.clone())));
        assert_eq!(read("p", &gzip(&pictures)), Ok(Idx::Pictures(body)));
        assert_eq!(read("l", &file(&[LABELS, 3], &[0, 9, 5])), Ok(Idx::Labels(vec![0, 9, 5])));
    }

    #[test]
    fn every_fault_has_its_sentence() {
        let whole = gzip(&file(&[LABELS, 3000], &[4; 3000]));
        let faults: [(Vec<u8>, &str); 12] = [
            (vec![], "only 0 bytes"),
            (vec![0, 0, 8], "only 3 bytes"),
            (b"<!DOCTYPE html>".to_vec(), "begins with 0x3c21444f"),
            (file(&[PICTURES, 1], &[]), "ends within its header"),
            (file(&[LABELS], &[]), "ends within its header"),
            (file(&[PICTURES, 1, 28, 27], &[0; 28 * 27]), "28 × 27 pixels"),
            (file(&[PICTURES, 2, 28, 28], &[0; PIXELS + 5]), "announces 2 pictures and holds 1"),
            (file(&[PICTURES, u32::MAX, 28, 28], &[0; PIXELS]), "announces 4294967295 pictures and holds 1"),
            (file(&[LABELS, 2], &[1, 2, 3]), "1 bytes too many"),
            (file(&[LABELS, 3], &[1, 2, 10]), "label 10 at place 3"),
            (whole[..whole.len() / 2].to_vec(), "cannot be unpacked"),
            (vec![0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9], "cannot be unpacked"),
        ];
        for (bytes, sentence) in faults {
            let error = read("file", &bytes).unwrap_err();
            assert!(error.starts_with("file ") && error.contains(sentence), "{error}");
        }
    }

    #[test]
    fn a_gzip_bomb_is_not_unpacked() {
        let bomb = gzip(&vec![0; MAX_BYTES + 1]);
        assert!(bomb.len() < 1_000_000);
        assert!(read("bomb", &bomb).unwrap_err().contains("larger than any file"));
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_survived(
            magic in prop::sample::select(vec![PICTURES, LABELS, 0x1f8b_0800, 0]),
            words in prop::collection::vec(prop_oneof![Just(28_u32), any::<u32>()], 0..4),
            body in prop::collection::vec(any::<u8>(), 0..2000),
        ) {
            let bytes = file(&[&[magic], words.as_slice()].concat(), &body);
            let plain = read("file", &bytes);
            let packed = read("file", &gzip(&bytes));
            prop_assert!(magic == 0x1f8b_0800 || plain.is_ok() == packed.is_ok());
        }

        #[test]
        fn a_damaged_gzip_file_is_survived(at in 0_usize..1000, bit in 0_u8..8) {
            let mut bytes = gzip(&file(&[LABELS, 500], &[7; 500]));
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if let Ok(read) = read("file", &bytes) {
                prop_assert_eq!(read, Idx::Labels(vec![7; 500]));
            }
        }
    }
}
