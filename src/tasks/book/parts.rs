//! Where chapters begin, and what fits on a page.

use super::{
    Chapter, Page,
    sentences::sentences,
    words::{is_unspaced, words},
};

/// Words that begin the heading of a part, in some languages that readers may bring.
const HEADINGS: [&str; 21] = [
    "chapter",
    "part",
    "book",
    "section",
    "canto",
    "act",
    "scene",
    "letter",
    "prologue",
    "epilogue",
    "preface",
    "introduction",
    "kapitel",
    "teil",
    "chapitre",
    "capítulo",
    "capitolo",
    "hoofdstuk",
    "rozdział",
    "глава",
    "часть",
];
/// A heading has no more words.
const LONGEST_HEADING: usize = 12;

/// A longer paragraph is read in pieces, in bytes: so that reading one takes no time to speak of.
const LONGEST_PARAGRAPH: usize = 20_000;

/// Reads a text paragraph by paragraph, so that whoever reads a long one can rest in between.
#[derive(Debug, Default)]
pub struct Reader {
    /// Headings count where there are several: a single one may be the title, or a sentence that looks like one.
    headed: bool,
    chapters: Vec<(String, Vec<String>)>,
}

impl Reader {
    /// A reader of these paragraphs.
    pub fn of(paragraphs: &[String]) -> Self {
        let headed = paragraphs.iter().filter(|paragraph| is_heading(paragraph)).count() > 1;
        Self { headed, chapters: Vec::new() }
    }

    /// Takes the next paragraph in.
    pub fn read(&mut self, paragraph: &str) {
        if self.headed && is_heading(paragraph) {
            self.chapters.push((paragraph.trim_start_matches(['#', ' ']).to_owned(), Vec::new()));
            return;
        }
        if self.chapters.is_empty() {
            self.chapters.push((String::new(), Vec::new()));
        }
        if let Some((_, list)) = self.chapters.last_mut() {
            list.extend(sentences(paragraph));
        }
    }

    /// The chapters, each with its heading and its sentences: those that have any.
    pub fn chapters(mut self) -> Vec<(String, Vec<String>)> {
        self.chapters.retain(|(_, sentences)| !sentences.is_empty());
        self.chapters
    }
}

/// Paragraphs stand between empty lines; a heading is one by itself. Lines within one are joined, with a space unless
/// their script has none.
pub fn paragraphs(text: &str) -> Vec<String> {
    let (mut all, mut open) = (Vec::new(), String::new());
    for line in text.lines().flat_map(pieces).map(str::trim) {
        if line.is_empty() || is_heading(line) || open.len() + line.len() > LONGEST_PARAGRAPH {
            all.extend((!open.is_empty()).then(|| std::mem::take(&mut open)));
            if line.is_empty() || is_heading(line) {
                all.extend((!line.is_empty()).then(|| line.to_owned()));
                continue;
            }
        }
        let gap = open.chars().last().is_some_and(|c| !is_unspaced(c)) && !line.starts_with(is_unspaced);
        if gap {
            open.push(' ');
        }
        open.push_str(line);
    }
    all.extend((!open.is_empty()).then_some(open));
    all
}

/// A line in pieces of bearable length, cut after a space where there is one.
fn pieces(line: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), line);
    while rest.len() > LONGEST_PARAGRAPH {
        let most = (0..=LONGEST_PARAGRAPH).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let gap = rest[..most].char_indices().rev().find(|(_, c)| matches!(c, ' ' | '。'));
        let at = gap.map_or(most, |(at, c)| at + c.len_utf8());
        pieces.push(&rest[..at]);
        rest = &rest[at..];
    }
    pieces.push(rest);
    pieces
}

/// Whether a line looks like the heading of a chapter.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 200 || words(line) > LONGEST_HEADING || words(line) == 0 {
        return false;
    }
    let first: String = line.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let rest = line[line.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>()..].trim_start();
    // “Chapter 3”, “Part two: the sea”, but not “Part of me wished …”.
    let named = HEADINGS.contains(&first.as_str())
        && (!line.ends_with(['.', ',', ';']) || words(line) <= 3)
        && is_numbered(rest);
    let counted = line.starts_with('第') && line.contains(['章', '回', '节', '節', '部']);
    let alone = rest.trim_end_matches(['.', ' ']).is_empty() && is_number(&first);
    line.starts_with('#') || named || counted || alone
}

/// Whether what follows a word such as “chapter” counts it, or nothing does.
fn is_numbered(rest: &str) -> bool {
    const NUMBERS: [&str; 13] =
        ["the", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let next: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    next.is_empty() || is_number(&next) || NUMBERS.contains(&next.as_str())
}

/// A number in digits, or a Roman one.
fn is_number(word: &str) -> bool {
    let roman = word.len() <= 8 && word.chars().all(|c| "ivxlc".contains(c));
    !word.is_empty() && (roman || word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit()))
}

/// A chapter's sentences on pages of about so many words: a page is full once it holds them.
pub fn pages(title: String, sentences: Vec<String>, size: usize) -> Chapter {
    let mut pages = vec![Page::default()];
    let mut filled = 0;
    for sentence in sentences {
        let own = words(&sentence);
        let here = pages.last().map_or(0, |page| page.sentences.len());
        // A page ends where that is nearer to its size than to go on.
        if here > 0 && filled + own / 2 > size {
            pages.push(Page::default());
            filled = 0;
        }
        filled += own;
        if let Some(page) = pages.last_mut() {
            page.sentences.push(sentence);
        }
    }
    Chapter { title, pages }
}

#[cfg(test)]
mod tests {
    use super::super::tests::chapters;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chapters_begin_at_their_headings() {
        let text =
            "A title\n\nChapter 1\nIt began. It\nwent on.\n\nPart of me left.\n\nCHAPTER II. The sea\n\nIt ended.";
        let found = chapters(text);
        assert_eq!(
            found.iter().map(|(title, _)| title.as_str()).collect::<Vec<_>>(),
            ["", "Chapter 1", "CHAPTER II. The sea"]
        );
        assert_eq!(found[1].1, ["It began.", "It went on.", "Part of me left."]);
    }

    #[test]
    fn headings_in_other_forms() {
        for heading in
            ["IV", "7.", "# The sea", "Prologue", "第三章 海", "Глава 2", "Kapitel 4: Das Meer", "Act the second"]
        {
            assert!(is_heading(heading), "{heading}");
        }
        for other in
            ["Mild", "I went home early that day and slept.", "Part of me wished it", "1984 was a year", "", "***"]
        {
            assert!(!is_heading(other), "{other}");
        }
    }

    #[test]
    fn lines_are_joined_as_their_script_wants() {
        assert_eq!(paragraphs("one\ntwo\n\nthree"), ["one two", "three"]);
        assert_eq!(paragraphs("今日は\n雨です。"), ["今日は雨です。"]);
    }

    #[test]
    fn a_text_without_chapters_is_one() {
        assert_eq!(
            chapters("It began. It ended."),
            [(String::new(), vec!["It began.".to_owned(), "It ended.".to_owned()])]
        );
        assert_eq!(chapters(" \n\n --- "), []);
    }

    #[test]
    fn a_line_without_end_is_read_in_pieces_and_loses_nothing() {
        for text in ["word ".repeat(30_000), "é".repeat(100_000), "今日は雨です。".repeat(20_000)] {
            let paragraphs = paragraphs(&text);
            assert!(paragraphs.len() > 5 && paragraphs.iter().all(|part| part.len() <= LONGEST_PARAGRAPH));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            assert_eq!(paragraphs.iter().map(|part| letters(part)).sum::<usize>(), letters(&text));
        }
    }

    proptest! {
        #[test]
        fn no_sentence_is_lost_between_pages(lengths in prop::collection::vec(1_usize..60, 1..80), size in 20_usize..300) {
            let sentences: Vec<String> = lengths.iter().map(|n| "word ".repeat(*n)).collect();
            let chapter = pages(String::new(), sentences.clone(), size);
            let again: Vec<String> = chapter.pages.iter().flat_map(|page| page.sentences.clone()).collect();
            prop_assert_eq!(again, sentences);
            prop_assert!(chapter.pages.iter().all(|page| !page.sentences.is_empty()));
        }
    }
}
