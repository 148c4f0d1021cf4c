//! A small world in plain English: people, things, places and what is said of them, and 22 questions of yes or no about
//! such texts (as Burns and others 2023 have 22 language tasks).
//!
//! In fifteen of them one class of words says *yes* and another *no*, such as words of praise and of blame. In seven
//! the answer lies in how words stand to each other. Every sentence also begins with a small word that goes with the
//! answer somewhat more often than not: a reader of frequent words can go by those, and is wrong in a systematic way.

mod classes;
mod frames;
mod relations;
pub mod replies;

use crate::seed;
use classes::Classes;
use rand::Rng as _;
use relations::Relation;

/// A question that can be asked of a text.
pub struct Question {
    /// In links and flags.
    pub name: &'static str,
    /// In a list.
    pub title: &'static str,
    /// As it is asked.
    pub asks: &'static str,
    /// How a text comes about.
    form: Form,
    /// How often, in percent, a sentence begins with a word that goes with the answer.
    cue: u32,
}

enum Form {
    Classes(Classes),
    Relation(Relation),
}

/// All questions. The first is where the lab opens.
pub static QUESTIONS: [Question; 22] = classes::with_relations();

/// Names and titles of all questions.
pub const NAMES: [(&str, &str); 22] = {
    let (all, mut names) = (classes::with_relations(), [("", ""); 22]);
    let mut at = 0;
    while at < names.len() {
        names[at] = (all[at].name, all[at].title);
        at += 1;
    }
    names
};

/// The question of this name, or the first.
pub fn find(name: &str) -> &'static Question {
    QUESTIONS.iter().find(|question| question.name == name).unwrap_or(&QUESTIONS[0])
}

/// The text of this number about a question, and whether the answer is *yes*: one to three sentences.
pub fn text(question: &Question, index: u64) -> (String, bool) {
    let mut rng = seed::rng(1, question.name, index);
    let yes = rng.random();
    let sentences = match &question.form {
        Form::Classes(classes) => classes.sentences(yes, &mut rng),
        Form::Relation(relation) => relation.sentences(yes, &mut rng),
    };
    let opened = sentences.into_iter().map(|sentence| {
        let fits = rng.random_range(0..100) < question.cue;
        format!("{} {sentence}.", frames::opening(yes == fits, &mut rng))
    });
    (opened.collect::<Vec<_>>().join(" "), yes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_question_has_balanced_texts_that_differ() {
        let names: BTreeSet<&str> = QUESTIONS.iter().map(|question| question.name).collect();
        assert_eq!(names.len(), 22);
        for question in &QUESTIONS {
            let texts: Vec<(String, bool)> = (0..1000).map(|index| text(question, index)).collect();
            let yes = texts.iter().filter(|(_, yes)| *yes).count();
            assert!((430..570).contains(&yes), "{}: {yes}", question.name);
            let different: BTreeSet<&String> = texts.iter().map(|(text, _)| text).collect();
            assert!(different.len() > 900, "{}: {}", question.name, different.len());
            assert!(texts.iter().all(|(text, _)| text.split(' ').count() <= 48 && !text.contains('{')));
            assert_eq!(texts[7], text(question, 7));
        }
    }

    #[test]
    fn small_words_go_with_the_answer_but_do_not_give_it() {
        let question = find("sentiment");
        let begins_well = |text: &str| frames::goes_with_yes(text.split(' ').next().unwrap_or_default());
        let fits = (0..2000).filter(|index| {
            let (text, yes) = text(question, *index);
            begins_well(&text) == yes
        });
        let share = fits.count() as f64 / 2000.0;
        assert!((share - f64::from(question.cue) / 100.0).abs() < 0.04, "{share}");
    }
}
