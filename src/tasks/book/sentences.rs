//! Where a sentence ends, in any script: Unicode's rules (UAX 29), mended for abbreviations and initials, and with a
//! limit for texts that have no full stops. What is said in quotation marks: see [`speech`].

use super::speech;
use unicode_segmentation::UnicodeSegmentation as _;

/// A longer sentence is cut, in characters.
const LONGEST: usize = 500;

/// After these a full stop ends no sentence.
const ABBREVIATIONS: [&str; 26] = [
    "mr", "mrs", "ms", "dr", "st", "prof", "rev", "hon", "capt", "col", "gen", "lieut", "lt", "sgt", "sr", "jr", "vol",
    "no", "nos", "fig", "vs", "cf", "e.g", "i.e", "viz", "messrs",
];

/// The sentences of a paragraph, without white space around them; only such with a letter or a digit in them.
pub fn sentences(paragraph: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = String::new();
    for part in paragraph.split_sentence_bounds() {
        open.push_str(part);
        if !goes_on(&open) {
            close(&mut open, &mut found);
        }
    }
    close(&mut open, &mut found);
    speech::joined(found)
}

/// Puts a sentence away, cut where it is too long.
fn close(open: &mut String, found: &mut Vec<String>) {
    let text = open.trim();
    if text.chars().any(char::is_alphanumeric) {
        let mut rest = text;
        while let Some(at) = cut(rest) {
            found.push(rest[..at].trim_end().to_owned());
            rest = rest[at..].trim_start();
        }
        found.push(rest.to_owned());
    }
    open.clear();
}

/// Where to cut a text that is too long: after its last space, comma or the like that fits, else in the middle of it.
fn cut(text: &str) -> Option<usize> {
    let end = text.char_indices().nth(LONGEST)?.0;
    let gap =
        |(at, c): (usize, char)| (c.is_whitespace() || matches!(c, '、' | '，' | '،' | ';')).then(|| at + c.len_utf8());
    Some(text[..end].char_indices().rev().find_map(gap).filter(|at| *at > end / 2).unwrap_or(end))
}

/// Whether a text ends in an abbreviation or an initial, so that its full stop ends no sentence.
fn goes_on(text: &str) -> bool {
    let Some(before) = text.trim_end().strip_suffix('.') else { return false };
    let last =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '‘')).next().unwrap_or_default();
    let initial = last.chars().count() == 1 && last.chars().all(|c| c.is_uppercase() && c != 'I');
    initial || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{super::words, *};

    #[test]
    fn english_with_titles_initials_and_quotations() {
        let text = "Mr. Lake met J. R. Moss. “Is it late?” he asked. It was No. 7! So was I. They left.";
        assert_eq!(
            sentences(text),
            ["Mr. Lake met J. R. Moss.", "“Is it late?” he asked.", "It was No. 7!", "So was I.", "They left."]
        );
    }

    #[test]
    fn other_scripts() {
        assert_eq!(sentences("今日は雨です。明日は晴れます。"), ["今日は雨です。", "明日は晴れます。"]);
        assert_eq!(sentences("ذهب الولد. هل عاد؟ نعم."), ["ذهب الولد.", "هل عاد؟", "نعم."]);
        assert_eq!(sentences("वह गया। वह आया।").len(), 2);
    }

    #[test]
    fn a_text_without_full_stops_is_cut_and_loses_nothing() {
        let text = "word ".repeat(20_000);
        let found = sentences(&text);
        assert!(found.len() > 150 && found.iter().all(|sentence| sentence.chars().count() <= LONGEST));
        assert_eq!(found.iter().map(|sentence| words(sentence)).sum::<usize>(), 20_000);
        let solid = sentences(&"é".repeat(100_000));
        assert_eq!(solid.iter().map(|part| part.chars().count()).sum::<usize>(), 100_000);
        assert!(words(&solid[0]) >= 50);
    }

    #[test]
    fn what_has_no_words_has_no_sentences() {
        assert_eq!(sentences(" … !!! --- \u{0}"), Vec::<String>::new());
        assert_eq!(sentences(""), Vec::<String>::new());
    }
}
