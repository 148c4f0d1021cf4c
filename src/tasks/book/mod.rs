//! Books to summarise: the built-in story, stories that are generated with a known list of facts, and a reader's own
//! text, each cut into chapters, pages and sentences.
//!
//! | file | what it decides |
//! |---|---|
//! | `words` | how many words a text has, in any script |
//! | `sentences` | where a sentence ends, in any script |
//! | `speech` | what belongs together in quotation marks |
//! | `parts` | where chapters begin, and what fits on a page |
//! | `extract` | which sentences stand for all (TF-IDF and centrality) |
//! | `plan` | the tree of what is summarised from what |
//! | `generated` | stories whose facts are known |
//! | `own` | a reader's files |

pub mod extract;
pub mod generated;
pub mod own;
pub mod parts;
pub mod plan;
mod sentences;
mod speech;
mod words;

pub use own::Own;
pub use sentences::sentences;
pub use words::words;

/// The built-in story, “The keeper of small hours”, written for this page.
pub const STORY: &str = include_str!("story.txt");
/// What happens in it, a line each: the words without which it is not told.
const STORY_FACTS: &str = include_str!("story_facts.txt");

/// What happens in the built-in story. The list was made before any summary of it was looked at.
pub fn story_facts() -> Vec<Fact> {
    let names = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    STORY_FACTS.lines().map(|line| Fact { names: names(line) }).collect()
}

/// Something that happens in a story. A text tells it where one of its sentences holds all its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The words without which it is not told.
    pub names: Vec<String>,
}

impl Fact {
    /// Whether these sentences tell it.
    pub fn is_told(&self, sentences: &[String]) -> bool {
        let tells = |sentence: &String| {
            let known: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).collect();
            self.names.iter().all(|name| known.iter().any(|word| word.eq_ignore_ascii_case(name)))
        };
        sentences.iter().any(tells)
    }
}

/// A book with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Its chapters, in order; at least one.
    pub chapters: Vec<Chapter>,
    /// What happens in it, where that is known.
    pub facts: Vec<Fact>,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its heading; empty where the book has none.
    pub title: String,
    /// Its pages, in order.
    pub pages: Vec<Page>,
}

/// A page: some sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// In order.
    pub sentences: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chapters of a text, read at once.
    pub fn chapters(text: &str) -> Vec<(String, Vec<String>)> {
        let paragraphs = parts::paragraphs(text);
        let mut reader = parts::Reader::of(&paragraphs);
        for paragraph in &paragraphs {
            reader.read(paragraph);
        }
        reader.chapters()
    }

    #[test]
    fn a_fact_is_told_only_with_all_its_names_in_one_sentence() {
        let fact = Fact { names: vec!["Ada".to_owned(), "boat".to_owned()] };
        let told = |texts: &[&str]| fact.is_told(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert!(told(&["Then ADA sold the boat."]));
        assert!(!told(&["Ada slept.", "The boat sank."]));
        assert!(!told(&["Adam saw a boathouse."]));
    }

    #[test]
    fn the_story_tells_each_of_its_facts() {
        let all: Vec<String> = chapters(STORY).into_iter().flat_map(|(_, sentences)| sentences).collect();
        let untold: Vec<Fact> = story_facts().into_iter().filter(|fact| !fact.is_told(&all)).collect();
        assert_eq!(untold, []);
    }

    #[test]
    fn the_story_has_chapters_and_a_few_thousand_words() {
        let chapters = chapters(STORY);
        assert!(chapters.len() >= 5 && chapters.iter().all(|(title, _)| !title.is_empty()), "{}", chapters.len());
        let words: usize = chapters.iter().flat_map(|(_, sentences)| sentences).map(|sentence| words(sentence)).sum();
        assert!((2_000..6_000).contains(&words), "{words}");
    }
}
