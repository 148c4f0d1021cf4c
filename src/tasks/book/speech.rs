//! Speech in quotation marks: what is said stays with who says it, a short speech stays whole, and each part of a long
//! one has marks of its own, so that no sentence begins or ends in the middle of a quotation.

use super::words::{is_unspaced, words};

/// A speech of more words is told sentence by sentence.
const SHORT: usize = 25;

/// An opening mark, and the marks that close it.
type Marks = (char, &'static [char]);

const MARKS: [Marks; 5] = [('“', &['”']), ('«', &['»']), ('„', &['“', '”']), ('「', &['」']), ('"', &['"'])];

/// The sentences of a paragraph, with its speeches put together.
pub fn joined(parts: Vec<String>) -> Vec<String> {
    let inside = inside(&parts);
    let mut joined: Vec<String> = Vec::with_capacity(parts.len());
    for (part, inside) in parts.into_iter().zip(inside) {
        let Some(last) = joined.last_mut() else {
            joined.push(part);
            continue;
        };
        match inside {
            Some((open, close)) if words(last) + words(&part) > SHORT => {
                last.push(close[0]);
                joined.push(format!("{open}{part}"));
            }
            None if !tells_who(last, &part) => joined.push(part),
            _ => {
                if !last.ends_with(is_unspaced) {
                    last.push(' ');
                }
                last.push_str(&part);
            }
        }
    }
    joined
}

/// Whether a sentence only says whose the speech before it was: “Is it late?” she asked.
fn tells_who(speech: &str, part: &str) -> bool {
    let closes = |c: char| MARKS.iter().any(|(_, close)| close.contains(&c));
    speech.ends_with(closes) && part.chars().next().is_some_and(char::is_lowercase)
}

/// For each part the marks of the speech in which it begins. A mark that is never closed opens nothing.
fn inside(parts: &[String]) -> Vec<Option<Marks>> {
    let (mut open, mut since, mut inside) = (None::<Marks>, 0, Vec::with_capacity(parts.len()));
    for (at, part) in parts.iter().enumerate() {
        inside.push(open);
        let mut before = ' ';
        for c in part.chars() {
            match open {
                Some((_, close)) if close.contains(&c) => open = None,
                None => {
                    let begins = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–');
                    // The straight mark closes too: it opens only where a word begins.
                    open = MARKS.into_iter().find(|(mark, _)| *mark == c && (c != '"' || begins));
                    since = if open.is_some() { at + 1 } else { since };
                }
                Some(_) => {}
            }
            before = c;
        }
    }
    if open.is_some() {
        inside.iter_mut().skip(since).for_each(|one| *one = None);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::super::sentences;

    #[test]
    fn a_speech_stays_with_who_says_it() {
        assert_eq!(
            sentences("“Is it late?” he asked. “Yes!” said Oda. They left."),
            ["“Is it late?” he asked.", "“Yes!” said Oda.", "They left."]
        );
        assert_eq!(
            sentences("\"Is it?\" he asked. A 6\" pipe. It is."),
            ["\"Is it?\" he asked.", "A 6\" pipe.", "It is."]
        );
        assert_eq!(sentences("„Ist es spät?“ fragte er. Ja."), ["„Ist es spät?“ fragte er.", "Ja."]);
    }

    #[test]
    fn a_short_speech_is_whole_and_parts_of_a_long_one_have_marks_of_their_own() {
        assert_eq!(
            sentences("“No,” she said. “He was tired. I keep the door.”"),
            ["“No,” she said.", "“He was tired. I keep the door.”"]
        );
        let long = "“You may give to anyone but yourself, and to nobody twice in one night. The door must be locked again \
                    before the eleven minutes are over, with you on the right side of it. Go!” She went.";
        assert_eq!(
            sentences(long),
            [
                "“You may give to anyone but yourself, and to nobody twice in one night.”",
                "“The door must be locked again before the eleven minutes are over, with you on the right side of it. Go!”",
                "She went."
            ]
        );
    }

    #[test]
    fn a_mark_that_is_never_closed_changes_nothing() {
        assert_eq!(sentences("She said “it is. It was. It will be."), ["She said “it is.", "It was.", "It will be."]);
        assert_eq!(sentences("「雨です。帰ります。」 犬。"), ["「雨です。帰ります。」", "犬。"]);
    }
}
