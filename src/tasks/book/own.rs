//! A reader's own text: one file or several, in the order of their names, up to 5 MB in all.

use crate::tasks::unpack::{decoded, unpack};

/// Larger texts are not read.
pub const MOST_BYTES: usize = 5_000_000;

/// A text that the reader brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The files' names.
    pub name: String,
    /// Everything in them.
    pub text: String,
}

impl Own {
    /// Reads files of plain text, gzip or not.
    ///
    /// # Errors
    /// A sentence that says which file is wrong, and how.
    pub fn from_files(mut files: Vec<(String, Vec<u8>)>) -> Result<Self, String> {
        files.sort();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let (name, mut text) = (names.join(", "), String::new());
        for (name, bytes) in &files {
            let part = decoded(name, unpack(name, bytes, MOST_BYTES, "5 MB")?.into_owned())?;
            // A binary file may be valid UTF-8 by chance; no text has such characters.
            if part.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}' | '\u{85}'))
            {
                return Err(format!("“{name}” holds control characters: it is no plain text. Save it as .txt first."));
            }
            text += &part;
            text += "\n\n";
        }
        if text.len() > MOST_BYTES + 2 * files.len() {
            return Err(format!("{name} are larger than 5 MB together, so they were not read."));
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(if files.is_empty() {
                "There was no file in that.".to_owned()
            } else {
                format!("“{name}” holds no words.")
            });
        }
        Ok(Self { name, text })
    }

    /// What it holds, in a sentence.
    pub fn summary(&self) -> String {
        format!("{}: {} characters.", self.name, self.text.chars().count())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(files: &[(&str, &[u8])]) -> Result<Own, String> {
        Own::from_files(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect())
    }

    #[test]
    fn files_are_joined_in_the_order_of_their_names() {
        let own = read(&[("b.txt", b"Two."), ("a.txt", "\u{feff}Öne.\r\n".as_bytes())]).unwrap();
        assert_eq!((own.name.as_str(), own.text.as_str()), ("a.txt, b.txt", "Öne.\r\n\n\nTwo.\n\n"));
        assert!(own.summary().contains("characters"));
    }

    #[test]
    fn junk_is_refused_with_a_reason() {
        let why = |name: &str, bytes: &[u8]| read(&[(name, bytes)]).unwrap_err();
        assert!(why("a.txt", b"fine \xff\xfe not").contains("not UTF-8"));
        assert!(why("a.exe", b"MZ\0\0\x01\x02 text").contains("control characters"));
        assert!(why("a.txt", b" ... \n --- ").contains("holds no words"));
        assert!(why("a.txt", b"").contains("holds no words"));
        assert!(why("big.txt", &vec![b'a'; MOST_BYTES + 1]).contains("larger than 5 MB"));
        let half = vec![b'a'; MOST_BYTES / 2 + 9];
        assert!(read(&[("a", &half), ("b", &half)]).unwrap_err().contains("together"));
        assert!(read(&[]).unwrap_err().contains("no file"));
    }

    #[test]
    fn a_gzip_bomb_is_not_unpacked() {
        use std::io::Write as _;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b'a'; MOST_BYTES * 2]).unwrap();
        assert!(read(&[("a.gz", &packer.finish().unwrap())]).unwrap_err().contains("larger than 5 MB"));
    }
}
