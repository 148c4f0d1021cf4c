//! What the reader did as H, as it stands in a link: `moves=q12-q15-a3`, sub-questions and answers by their codes.

use super::event::Form;

/// Most moves that are kept.
const MOST: usize = 400;

/// One thing that the reader did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mine {
    /// Asked the sub-question with this code.
    Ask(u32),
    /// Gave the answer with this code.
    Answer(i64),
}

/// The canonical form of a list of moves.
///
/// # Errors
/// What is wrong with the text.
pub fn check(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').filter(|part| !part.is_empty()).collect();
    if parts.len() > MOST {
        return Err(format!("it holds {} moves, and at most {MOST} are kept.", parts.len()));
    }
    let list = parts.into_iter().map(parse).collect::<Option<Vec<_>>>();
    list.map(|list| write(&list)).ok_or_else(|| "it must be moves such as q12 or a3, joined by “-”.".to_owned())
}

/// The moves in a canonical text.
pub fn read(canonical: &str) -> Vec<Mine> {
    canonical.split('-').filter_map(parse).collect()
}

/// The text after one more move.
pub fn with(canonical: &str, form: &Form, choices: &[i64]) -> String {
    let mut list = read(canonical);
    let code = form.code(choices);
    list.push(match u32::try_from(code) {
        Ok(code) if form.prefix == 'q' => Mine::Ask(code),
        _ => Mine::Answer(code),
    });
    write(&list)
}

fn write(list: &[Mine]) -> String {
    let text = |one: &Mine| match one {
        Mine::Ask(code) => format!("q{code}"),
        // “-” joins the moves, so a minus is an n.
        Mine::Answer(code) if *code < 0 => format!("an{}", code.unsigned_abs()),
        Mine::Answer(code) => format!("a{code}"),
    };
    list.iter().map(text).collect::<Vec<_>>().join("-")
}

fn parse(part: &str) -> Option<Mine> {
    if let Some(code) = part.strip_prefix('q') {
        return digits(code)?.parse().ok().map(Mine::Ask);
    }
    let code = part.strip_prefix('a')?;
    match code.strip_prefix('n') {
        Some(below) => digits(below)?.parse::<i64>().ok().map(|code| Mine::Answer(-code)),
        None => digits(code)?.parse().ok().map(Mine::Answer),
    }
}

fn digits(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amplification::event::Field;

    #[test]
    fn moves_come_back_and_junk_is_refused() {
        assert_eq!(check("q12--an5-a03"), Ok("q12-an5-a3".to_owned()));
        assert_eq!(read("q12-an5-a3"), [Mine::Ask(12), Mine::Answer(-5), Mine::Answer(3)]);
        assert_eq!(check(""), Ok(String::new()));
        for junk in ["q", "b3", "q-", "q+3", "a1.5", "an", "q99999999999", "é"] {
            assert!(junk == "q-" || check(junk).is_err(), "{junk}");
        }
        assert!(check(&"q1-".repeat(500)).is_err_and(|why| why.contains("500 moves")));
    }

    #[test]
    fn a_form_that_was_filled_in_is_a_move() {
        let field = |stride| Field { label: String::new(), options: vec![String::new(); 7], stride };
        let form = Form { prefix: 'q', label: String::new(), base: 7, fields: vec![field(7), field(1)] };
        assert_eq!(with("a3", &form, &[2, 4]), "a3-q25");
    }
}
