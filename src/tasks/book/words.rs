//! Words, in scripts with and without spaces.

use unicode_segmentation::UnicodeSegmentation as _;

/// How many words a text has. Scripts without spaces count by Unicode's rules, and no word is longer than ten
/// characters, so that a text without any gap has a size too.
pub fn words(text: &str) -> usize {
    text.unicode_words().map(|word| word.chars().count().div_ceil(10)).sum()
}

/// A character of a script that is written without spaces.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}
